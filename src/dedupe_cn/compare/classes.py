"""The class of one differing place."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from dedupe_cn.compare.look_alikes import Reading, look_alike_class, read_place
from dedupe_cn.compare.passages import Passage, Place
from dedupe_cn.compare.punctuation import STRAY_HAN, class_of_marks, is_mark
from dedupe_cn.compare.tokens import Tokens, find_numbers
from dedupe_cn.compare.words import class_of_substance
from dedupe_cn.text.characters import is_han

#: Tokens in which any change is a change of the token.
STRONG = frozenset({"link", "identifier"})
#: Marks behind the last letter of a passage, at most.
_TAIL = 20


class ClassedPlace(NamedTuple):
    """A differing place with its class; ``reading`` waits to be settled (look-alikes only)."""

    place: Place
    kind: str
    reading: Reading | None = None


class Sides(NamedTuple):
    """Both passages with their tokens."""

    first: Passage
    second: Passage
    first_tokens: Tokens
    second_tokens: Tokens


def classify_equal(sides: Sides, place: Place) -> list[ClassedPlace]:
    """Class what is equal only when folded: width, case, script, the same mark in another form."""
    findings: list[ClassedPlace] = []
    ours = sides.first.exact[place.a : place.a_end]
    theirs = sides.second.exact[place.b : place.b_end]
    if ours == theirs:
        return findings
    for step in [step for step, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other]:
        a, b = place.a + step, place.b + step
        kind = _folded_class(sides, a, b)
        here = Place(a, a + 1, b, b + 1)
        if findings and findings[-1].kind == kind and findings[-1].place.a_end == a:
            here = Place(findings[-1].place.a, a + 1, findings[-1].place.b, b + 1)
            findings.pop()
        findings.append(ClassedPlace(here, kind))
    return findings


def _folded_class(sides: Sides, a: int, b: int) -> str:
    ours, theirs = sides.first.exact, sides.second.exact
    one, other = ours[a], theirs[b]
    same_width = unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)
    if is_mark(one):
        if one.isascii() != other.isascii() or same_width:
            return "width"
        if ours[a - 1 : a].isdecimal() and ours[a + 1 : a + 2].isdecimal() and one not in "-—–－":
            return "number"
        return "mark" if one.isascii() else "punctuation"
    if same_width:
        return "width" if one.isascii() or other.isascii() else "variant"
    if is_han(one) or is_han(other):
        return "variant"
    return _strong(sides, Place(a, a + 1, b, b + 1)) or "word"


def classify_place(sides: Sides, place: Place) -> list[ClassedPlace]:
    """Class a stretch that differs even when folded; look-alikes come out unsettled."""
    ours, theirs = sides.first.folded, sides.second.folded
    letters_a, letters_b = _letters(ours, place.a, place.a_end), _letters(theirs, place.b, place.b_end)
    if len(letters_a) != len(letters_b):
        letters_a, letters_b = _without_stray(ours, letters_a), _without_stray(theirs, letters_b)
    strong = _strong(sides, place)
    if strong is not None:
        return [ClassedPlace(place, strong)]
    one, other = ours[place.a : place.a_end], theirs[place.b : place.b_end]
    if find_numbers(one) != find_numbers(other):
        return [_substance(sides, place)]
    if [ours[i] for i in letters_a] == [theirs[i] for i in letters_b]:
        return _marks_between(sides, place, letters_a, letters_b)
    if any(c.isascii() and c.isalnum() for c in one + other):
        return [_substance(sides, place)]
    front, back = _alike_ends(ours, theirs, letters_a, letters_b)
    rest_a, rest_b = letters_a[front : len(letters_a) - back], letters_b[front : len(letters_b) - back]
    alike = [*range(front), *range(-back, 0)]
    findings = [f for at in alike for f in _reading(sides, letters_a[at], letters_b[at])]
    if len(rest_a) == len(rest_b):
        findings += _paired(sides, rest_a, rest_b)
    elif rest_a or rest_b:
        both = letters_a and letters_b  # what only one copy has is classed with its marks
        findings.append(_substance(sides, _cover(place, rest_a, rest_b) if both else place))
    return findings


def _letters(text: str, start: int, end: int) -> list[int]:
    return [i for i in range(start, end) if not is_mark(text[i])]


def _without_stray(text: str, letters: list[int]) -> list[int]:
    return [i for i in letters if text[i] not in STRAY_HAN or _in_word(text, i)]


def _alike_ends(ours: str, theirs: str, letters_a: list[int], letters_b: list[int]) -> tuple[int, int]:
    """Give how many letters at both ends of a place are alike, those at the end first."""
    least = min(len(letters_a), len(letters_b))
    back = front = 0
    while back < least and _alike(ours[letters_a[-1 - back]], theirs[letters_b[-1 - back]]):
        back += 1
    while front < least - back and _alike(ours[letters_a[front]], theirs[letters_b[front]]):
        front += 1
    return front, back


def _in_word(text: str, at: int) -> bool:
    """Tell whether a rare character that scanners produce stands beside nothing Chinese, so may be meant."""
    return not (is_han(text[at - 1 : at]) or is_han(text[at + 1 : at + 2]))


def _alike(one: str, other: str) -> bool:
    return one == other or look_alike_class(one, other) is not None


def _reading(sides: Sides, a: int, b: int) -> list[ClassedPlace]:
    ours, theirs = sides.first.folded, sides.second.folded
    if ours[a] == theirs[b]:
        return []
    return [ClassedPlace(Place(a, a + 1, b, b + 1), "look-alike", read_place(ours, a, theirs, b))]


def _paired(sides: Sides, letters_a: list[int], letters_b: list[int]) -> list[ClassedPlace]:
    """Split stretches of equal length into look-alikes and runs of really different characters."""
    findings: list[ClassedPlace] = []
    open_run: Place | None = None
    for a, b in zip(letters_a, letters_b, strict=True):
        if _alike(sides.first.folded[a], sides.second.folded[b]):
            findings += _reading(sides, a, b)
            if open_run:
                findings.append(_substance(sides, open_run))
            open_run = None
        else:
            open_run = Place(open_run.a if open_run else a, a + 1, open_run.b if open_run else b, b + 1)
    if open_run:
        findings.append(_substance(sides, open_run))
    return findings


def _cover(place: Place, letters_a: list[int], letters_b: list[int]) -> Place:
    """Give the stretch from the first letter to the last, on each side."""
    a, a_end = (letters_a[0], letters_a[-1] + 1) if letters_a else (place.a, place.a)
    b, b_end = (letters_b[0], letters_b[-1] + 1) if letters_b else (place.b, place.b)
    return Place(a, a_end, b, b_end)


def _strong(sides: Sides, place: Place) -> str | None:
    """Give the kind of the link or identifier that a place touches on either side."""
    ours, theirs = sides.first_tokens, sides.second_tokens
    kinds = (
        *(ours.kinds[number] for number in ours.touching(place.a, place.a_end)),
        *(theirs.kinds[number] for number in theirs.touching(place.b, place.b_end)),
    )
    return next((kind for kind in kinds if kind in STRONG), None)


def _marks_between(sides: Sides, place: Place, letters_a: list[int], letters_b: list[int]) -> list[ClassedPlace]:
    """Class the marks of a place whose letters are equal, gap by gap between the letters."""
    findings: list[ClassedPlace] = []
    edges_a = zip([place.a - 1, *letters_a], [*letters_a, place.a_end], strict=True)
    edges_b = zip([place.b - 1, *letters_b], [*letters_b, place.b_end], strict=True)
    for (left_a, right_a), (left_b, right_b) in zip(edges_a, edges_b, strict=True):
        gap = _trim(sides, Place(left_a + 1, right_a, left_b + 1, right_b))
        if (gap.a < gap.a_end or gap.b < gap.b_end) and (found := _marks(sides, gap)) is not None:
            findings.append(found)
    return findings


def _trim(sides: Sides, place: Place) -> Place:
    """Take what is equal when folded off both ends."""
    a, a_end, b, b_end = place
    while a < a_end and b < b_end and sides.first.folded[a] == sides.second.folded[b]:
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and sides.first.folded[a_end - 1] == sides.second.folded[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
    return Place(a, a_end, b, b_end)


def _marks(sides: Sides, place: Place) -> ClassedPlace | None:
    """Class marks between two letters; those with which a quote only goes on are none."""
    ours, theirs = sides.first.exact, sides.second.exact
    one, other = ours[place.a : place.a_end], theirs[place.b : place.b_end]
    if ">" in one + other:
        one, other = sides.first.unquoted(place.a, place.a_end), sides.second.unquoted(place.b, place.b_end)
        if one == other:
            return None
    before = ours[place.a - 1] if place.a else ""
    after = ours[place.a_end : place.a_end + 1]
    if " " in one + other:  # a blank between two Latin words or two numbers
        return ClassedPlace(place, "number" if before.isdecimal() or after.isdecimal() else "word")
    last = all(is_mark(c) for c in ours[place.a_end : place.a_end + _TAIL])
    return ClassedPlace(place, class_of_marks(one, other, before, after, last=last))


def _substance(sides: Sides, place: Place) -> ClassedPlace:
    return ClassedPlace(place, class_of_substance(sides.first, sides.second, place))
