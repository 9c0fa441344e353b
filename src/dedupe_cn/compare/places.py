"""Where two passages differ: their exact forms lined up character by character.

The lining-up is done on folded forms, so that width, script and case never push the alignment aside; rapidfuzz gives
the Levenshtein opcodes. Long passages are cut at anchors first (grams that occur once in each), which keeps the cost
near linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.text.characters import exact_form, squash
from dedupe_cn.text.folding import fold_text

#: Above this product of lengths a stretch is cut at anchors (two passages of 6,000 characters: 2 ms of alignment).
_WHOLE = 36_000_000
#: Above this product a stretch without anchors counts as replaced throughout (two passages of 60,000: 0.5 s).
_MOST = 3_600_000_000
#: Length of an anchor: long enough to be unique in a text of a million characters.
_ANCHOR = 16


class Passage(NamedTuple):
    """A passage in three forms; ``exact`` and ``folded`` have the same length."""

    text: str
    exact: str
    folded: str

    @property
    def dense(self) -> bool:
        """Tell whether the text holds nothing that is not in its exact form."""
        return len(self.text) == len(self.exact)

    def origins(self) -> Sequence[int]:
        """Give for each character of ``exact`` its offset in ``text``."""
        return range(len(self.text)) if self.dense else exact_form(self.text)[1].tolist()


class Place(NamedTuple):
    """A stretch ``[a, a_end)`` of one exact form that stands against ``[b, b_end)`` of the other."""

    a: int
    a_end: int
    b: int
    b_end: int


def read_passage(text: str) -> Passage:
    """Bring a passage into its three forms."""
    exact = squash(text)
    return Passage(text, exact, fold_text(exact))


def find_places(first: Passage, second: Passage) -> tuple[list[Place], list[Place]]:
    """Line two passages up; give the stretches that differ, and those that are equal when folded, in order."""
    differing: list[Place] = []
    equal: list[Place] = []
    for tag, place in _merge(_opcodes(first.folded, second.folded)):
        (equal if tag else differing).append(place)
    return differing, equal


def _merge(steps: Iterator[tuple[bool, Place]]) -> Iterator[tuple[bool, Place]]:
    """Join touching steps of the same sort."""
    open_tag, open_place = True, Place(0, 0, 0, 0)
    for tag, place in steps:
        if tag == open_tag:
            open_place = Place(open_place.a, place.a_end, open_place.b, place.b_end)
            continue
        if open_place.a < open_place.a_end or open_place.b < open_place.b_end:
            yield open_tag, open_place
        open_tag, open_place = tag, place
    if open_place.a < open_place.a_end or open_place.b < open_place.b_end:
        yield open_tag, open_place


def _opcodes(first: str, second: str) -> Iterator[tuple[bool, Place]]:
    """Give (equal or not, stretch) from left to right, covering both strings."""
    a = b = 0
    if len(first) * len(second) > _WHOLE:
        for at_a, at_b in _anchors(first, second):
            if at_a > a or at_b > b:
                yield from _align(first, second, Place(a, at_a, b, at_b))
            yield True, Place(at_a, at_a + _ANCHOR, at_b, at_b + _ANCHOR)
            a, b = at_a + _ANCHOR, at_b + _ANCHOR
    yield from _align(first, second, Place(a, len(first), b, len(second)))


def _align(first: str, second: str, part: Place) -> Iterator[tuple[bool, Place]]:
    """Align one stretch; one that is still too large for its few anchors counts as replaced throughout."""
    from rapidfuzz.distance import Levenshtein

    size_a, size_b = part.a_end - part.a, part.b_end - part.b
    if size_a * size_b > _MOST:
        yield False, part
        return
    a, b = part.a, part.b
    for step in Levenshtein.opcodes(first[a : part.a_end], second[b : part.b_end]):
        place = Place(a + step.src_start, a + step.src_end, b + step.dest_start, b + step.dest_end)
        yield step.tag == "equal", place


def _anchors(first: str, second: str) -> list[tuple[int, int]]:
    """Give places of grams that occur once in each string, rising in both and not overlapping.

    The longest rising chain is taken (patience sorting, as in patience diff), then overlaps are left out.
    """
    theirs = _single_grams(second)
    pairs = [(at, theirs[gram]) for gram, at in _single_grams(first).items() if gram in theirs]
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, at_b) in enumerate(pairs):
        pile = bisect_left(tops, at_b)
        before.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [at_b]
        ends[pile : pile + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    anchors: list[tuple[int, int]] = []
    for at_a, at_b in reversed(chain):
        if not anchors or (at_a >= anchors[-1][0] + _ANCHOR and at_b >= anchors[-1][1] + _ANCHOR):
            anchors.append((at_a, at_b))
    return anchors


def _single_grams(text: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for at in range(len(text) - _ANCHOR + 1):
        gram = text[at : at + _ANCHOR]
        places[gram] = -1 if gram in places else at
    return {gram: at for gram, at in places.items() if at >= 0}
