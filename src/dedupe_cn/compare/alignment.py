"""Where two passages differ: their exact forms lined up character by character.

The lining-up is done on folded forms, so that width, script and case never push the alignment aside; rapidfuzz gives
the Levenshtein opcodes, in a band as wide as there are differences. Passages of which one lacks something, and long
ones that differ in much, are cut at anchors first (grams that occur once in each): that holds what is missing together,
and keeps the cost near linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dedupe_cn.compare.passages import Passage, Place

#: Differing characters up to which passages are lined up at once: no sentence is missing in so few on both sides.
_FEW = 10
#: Above this product of lengths a stretch without anchors counts as replaced throughout (two of 60,000: 0.5 s) ...
_MOST = 3_600_000_000
#: ... unless it differs in so few characters (two of a million: 0.5 s).
_BAND = 2000
#: Above this product of both lengths and the differing characters the similarity is taken from the lining-up.
_COUNTED = 300_000_000
#: Length of an anchor: long enough to be unique in most pages, short enough to stand between two misreadings.
_ANCHOR = 12
#: Characters that one passage has more from which a sentence may be missing.
_LACK = 6
#: Characters between two anchors within which the place of what is missing is looked for.
_BESIDE = 400
#: Characters by which noise shifts what stands beside a missing sentence, at most.
_ASKEW = 4
_NEAREST = sorted(range(2 * _ASKEW + 1), key=lambda step: (abs(step - _ASKEW), step))

#: Whether a stretch is equal when folded, and the stretch.
Step = tuple[bool, Place]


def find_places(first: Passage, second: Passage) -> tuple[list[Place], list[Place]]:
    """Line two passages up; give the stretches that differ, and those that are equal when folded, in order.

    What only one copy has is given as one stretch where it can be: lined up character by character, a missing sentence
    falls to pieces around the characters that it has in common with the one behind it.
    """
    steps: list[Step] = []
    for step in _opcodes(first.folded, second.folded):
        _push(steps, step)
        while len(steps) >= 3 and not steps[-1][0] and (whole := _gather(first.folded, second.folded, steps)):
            del steps[-3:]
            for part in whole:
                _push(steps, part)
    return [place for tag, place in steps if not tag], [place for tag, place in steps if tag]


def _push(steps: list[Step], step: Step) -> None:
    """Put a step behind others, joined with the last one when that is of the same sort."""
    tag, place = step
    if place.a == place.a_end and place.b == place.b_end:
        return
    if steps and steps[-1][0] == tag:
        place = Place(steps[-1][1].a, place.a_end, steps[-1][1].b, place.b_end)
        steps.pop()
    steps.append((tag, place))


def is_counted(first: str, second: str) -> bool:
    """Tell whether the similarity of two exact forms is counted however much they differ in."""
    both = len(first) + len(second)
    return both * both <= _COUNTED


def similarity(first: str, second: str, common: Sequence[Place]) -> float:
    """Give the similarity of two exact forms, 0-1: twice the common characters over both lengths.

    This is rapidfuzz's Indel ratio, the measure of ``--threshold``; of long passages that differ in much it is taken
    from the lining-up (``common``), which finds a little less in common.
    """
    from rapidfuzz.distance import Indel

    both = len(first) + len(second)
    if not both:
        return 1.0
    same = 0
    for a, a_end, b, b_end in common:
        ours, theirs = first[a:a_end], second[b:b_end]
        same += a_end - a if ours == theirs else sum(map(str.__eq__, ours, theirs))
    least = 2 * same / both
    if (both - 2 * same) * both > _COUNTED:
        return least
    return Indel.normalized_similarity(first, second, score_cutoff=max(0.0, least - 1e-4))


def _gather(first: str, second: str, steps: list[Step]) -> list[Step] | None:
    """Read the last steps, more, common, more, as one stretch that a copy has more, beside the common one."""
    (_, left), (_, middle), (_, right) = steps[-3:]
    if left.a == left.a_end and right.a == right.a_end:
        whole = _gather_first(second, left.swapped, middle.swapped, right.swapped)
        return whole and [(tag, place.swapped) for tag, place in whole]
    if left.b == left.b_end and right.b == right.b_end:
        return _gather_first(first, left, middle, right)
    return None


def _gather_first(text: str, left: Place, middle: Place, right: Place) -> list[Step] | None:
    common = text[middle.a : middle.a_end]
    if len(common) > (left.a_end - left.a) + (right.a_end - right.a):
        return None
    if text.startswith(common, left.a):
        at = left.a + len(common)
        return [(True, Place(left.a, at, middle.b, middle.b_end)), (False, Place(at, right.a_end, right.b, right.b))]
    if text.endswith(common, left.a, right.a_end):
        at = right.a_end - len(common)
        return [(False, Place(left.a, at, left.b, left.b)), (True, Place(at, right.a_end, middle.b, middle.b_end))]
    return None


def _opcodes(first: str, second: str) -> Iterator[Step]:
    """Give (equal or not, stretch) from left to right, covering both strings."""
    front = _common_front(first, second)
    back = _common_front(first[front:][::-1], second[front:][::-1])
    a, a_end, b, b_end = front, len(first) - back, front, len(second) - back
    yield True, Place(0, a, 0, b)
    if _is_near(first[a:a_end], second[b:b_end], _FEW):
        yield from _line_up(first, second, Place(a, a_end, b, b_end))
    else:
        for at_a, at_b in _anchors(first, second, Place(a, a_end, b, b_end)):
            yield from _align(first, second, Place(a, at_a, b, at_b))
            yield True, Place(at_a, at_a + _ANCHOR, at_b, at_b + _ANCHOR)
            a, b = at_a + _ANCHOR, at_b + _ANCHOR
        yield from _align(first, second, Place(a, a_end, b, b_end))
    yield True, Place(a_end, len(first), b_end, len(second))


def _common_front(first: str, second: str) -> int:
    """Give how many characters two strings have in common from the beginning on."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _is_near(first: str, second: str, most: int) -> bool:
    """Tell whether two strings differ in so few characters that they can be lined up at once."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(first, second, score_cutoff=most) <= most


def _align(first: str, second: str, part: Place) -> Iterator[Step]:
    """Align one stretch, with what is missing on one side held together.

    One that is still too large for its few anchors counts as replaced throughout.
    """
    a, a_end, b, b_end = part
    size_a, size_b = a_end - a, b_end - b
    if abs(size_a - size_b) < _LACK or not 0 < min(size_a, size_b) <= _BESIDE:
        yield from _line_up(first, second, part)
    elif size_a < size_b:
        here, (at, until) = _split(first[a:a_end], second[b:b_end])
        yield from _line_up(first, second, Place(a, a + here, b, b + at))
        yield False, Place(a + here, a + here, b + at, b + until)
        yield from _line_up(first, second, Place(a + here, a_end, b + until, b_end))
    else:
        for tag, place in _align(second, first, part.swapped):
            yield tag, place.swapped


def _line_up(first: str, second: str, part: Place) -> Iterator[Step]:
    from rapidfuzz.distance import Levenshtein

    a, a_end, b, b_end = part
    if (a_end - a) * (b_end - b) > _MOST and not _is_near(first[a:a_end], second[b:b_end], _BAND):
        yield False, part
        return
    for step in Levenshtein.opcodes(first[a:a_end], second[b:b_end], score_hint=_ANCHOR):
        place = Place(a + step.src_start, a + step.src_end, b + step.dest_start, b + step.dest_end)
        yield step.tag == "equal", place


def _split(short: str, long: str) -> tuple[int, tuple[int, int]]:
    """Say where one gap in ``short`` makes it most like ``long``, and which stretch of ``long`` stands there."""
    ahead = _edge(short, long)
    back = _edge(short[::-1], long[::-1])[::-1]
    here = min(range(len(short) + 1), key=lambda at: ahead[at][0] + back[at][0])
    at, until = ahead[here][1], len(long) - back[here][1]
    return here, (at, max(at, until))


def _edge(short: str, long: str) -> list[tuple[int, int]]:
    """Give for each beginning of ``short`` its distance to the most similar beginning of ``long``, and the end of that.

    Beginnings that are more than ``_ASKEW`` characters longer or shorter are not looked at.
    """
    far = len(short) + _ASKEW  # more than any distance
    width = 2 * _ASKEW + 1
    costs = [far] * _ASKEW + [*range(_ASKEW + 1), far]  # by how much longer the other beginning is, from -_ASKEW on
    best = [(0, 0)]
    for size, char in enumerate(short, 1):
        before, costs, left = costs, [far] * (width + 1), far
        first = size - _ASKEW - 1
        for step in range(max(0, -first - 1), min(width, len(long) - first)):
            here, at = before[step + 1], first + step
            if left < here:
                here = left
            here += 1
            if at >= 0:
                same = before[step] if long[at] == char else before[step] + 1
                if same < here:
                    here = same
            costs[step] = left = here
        least = min(costs)
        for step in _NEAREST:
            if costs[step] == least:
                best.append((least, first + 1 + step))
                break
    return best


def _anchors(first: str, second: str, part: Place) -> list[tuple[int, int]]:
    """Give places of grams that occur once in each stretch, rising in both and not overlapping.

    The longest rising chain is taken (patience sorting, as in patience diff), then overlaps are left out.
    """
    theirs = _single_grams(second, part.b, part.b_end)
    pairs = [(at, theirs[gram]) for gram, at in _single_grams(first, part.a, part.a_end).items() if gram in theirs]
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


def _single_grams(text: str, start: int, end: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for at in range(start, end - _ANCHOR + 1):
        gram = text[at : at + _ANCHOR]
        places[gram] = -1 if gram in places else at
    return {gram: at for gram, at in places.items() if at >= 0}
