"""Noise or meaning: what the differing places of two nearly equal copies say.

Similarity cannot decide (前款罪 against 前两款罪 is 0.98, a page scanned twice 0.93), so every differing place gets a
class, and the weightiest of them decides on the whole. When in doubt the class is one of meaning: a wrong deletion is
worse than ten missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dedupe_cn.compare.additions import find_additions
from dedupe_cn.compare.alignment import find_places, is_counted, similarity
from dedupe_cn.compare.better import find_better
from dedupe_cn.compare.classes import ClassedPlace, Sides, classify_equal, classify_place
from dedupe_cn.compare.comparison import GUARDED, Comparison, turned
from dedupe_cn.compare.grouping import group_places
from dedupe_cn.compare.letters import have_own_letters
from dedupe_cn.compare.passages import Passage, Place, read_passage
from dedupe_cn.compare.settling import settle
from dedupe_cn.compare.tokens import NO_TOKENS, find_tokens
from dedupe_cn.model import Difference
from dedupe_cn.reasons import ADDED, NOISE
from dedupe_cn.text.characters import is_han

#: Characters of two passages together up to which what compares them is remembered: at most 15 MB in all.
_SHORT = 1000
#: Places inside sentences at which one copy may lack words.
_INSIDE = 2
_SHOWN_ALONE = NOISE | ADDED | {"translation", "mark", "moved-mark", "sign", "number"}


def compare(removed: str, kept: str) -> Comparison:
    """Compare two copies, passages of original text, white space and all.

    White space, controls and zero-width characters are no differences (but for the blank between two Latin words), but
    a copy strewn with them is not the right one. The likeness does not depend on the order of the two.
    """
    if removed > kept:  # so that what is remembered serves both ways round
        return turned(compare(kept, removed))
    return _compare_short(removed, kept) if len(removed) + len(kept) <= _SHORT else _compare_texts(removed, kept)


def say_something_else(removed: str, kept: str) -> bool:
    """Tell cheaply that two copies say something else; when False, only comparing them tells."""
    return have_own_letters(_read(removed), _read(kept))


def score_of(removed: str, kept: str) -> float | None:
    """Give the similarity of two copies as comparing them does, without that; None where it is taken from there."""
    ours, theirs = _read(removed).exact, _read(kept).exact
    return similarity(ours, theirs, ()) if is_counted(ours, theirs) else None


@lru_cache(maxsize=4096)
def _compare_short(removed: str, kept: str) -> Comparison:
    """Compare two short passages; what stays is compared again in every pass over a text."""
    return _compare_texts(removed, kept)


def _compare_texts(removed: str, kept: str) -> Comparison:
    one, other = _read(removed), _read(kept)
    if one.exact > other.exact:
        return turned(_compare(other, one))
    return _compare(one, other)


def is_same(first: Passage, second: Passage) -> bool:
    """Tell whether two passages say the same to the letter, however a quote in them is wrapped and set apart."""
    if first.exact == second.exact or ">" not in first.exact + second.exact:
        return first.exact == second.exact
    return first.unquoted(0, len(first.exact)) == second.unquoted(0, len(second.exact))


def _read(text: str) -> Passage:
    """Read a passage; a short one is compared with several others mostly."""
    return _read_short(text) if len(text) <= _SHORT else read_passage(text)


@lru_cache(maxsize=256)
def _read_short(text: str) -> Passage:
    return read_passage(text)


def _compare(first: Passage, second: Passage) -> Comparison:
    if is_same(first, second):
        better = find_better(Sides(first, second, NO_TOKENS, NO_TOKENS), (), ())
        return Comparison(1.0, (), "exact", guarded=False, better=better)
    places, common = find_places(first, second)
    places, whole = find_additions(first, second, places)
    sides = Sides(first, second, find_tokens(first), find_tokens(second))
    added = [ClassedPlace(place, kind) for place, kind in whole.items()]
    findings = _classify(sides, places, common, added)
    fuller = _fuller(sides, findings)
    if fuller is None and any(f.kind in ADDED for f in findings):
        # What is more in both copies, or too much, is a difference like any other, with its numbers and denials.
        findings = [
            f._replace(kind="word") if f.kind == "inserted-words" else f
            for f in _classify(sides, places, common, [])
        ]
    kinds = {f.kind for f in findings}
    score = similarity(first.exact, second.exact, common)
    differences = tuple(_describe(sides, f) for f in findings)
    better = fuller or find_better(sides, findings, common)
    return Comparison(score, differences, likeness_of(kinds), bool(kinds & GUARDED), better)


def _classify(
    sides: Sides, places: Sequence[Place], common: Sequence[Place], added: list[ClassedPlace]
) -> list[ClassedPlace]:
    """Class all places in order; those that are added as a whole have their class."""
    whole = {f.place for f in added}
    grouped = group_places(*sides, places, whole)
    findings = added + [f for place in common for f in classify_equal(sides, place)]
    findings += [f for place in grouped if place not in whole for f in classify_place(sides, place)]
    findings.sort(key=lambda f: (f.place.a, f.place.b))
    return settle(findings, sides, common)


def _fuller(sides: Sides, findings: Sequence[ClassedPlace]) -> str | None:
    """Say which copy has all that the other has, and more: ``removed`` (the first), ``kept`` or None.

    At least two thirds of it must be in the other one, an end that was cut off aside.
    """
    more = [(f.place.a_end - f.place.a - (f.place.b_end - f.place.b), f.kind) for f in findings if f.kind in ADDED]
    ours = any(size > 0 for size, _ in more)
    if ours == any(size < 0 for size, _ in more) or sum(kind == "inserted-words" for _, kind in more) > _INSIDE:
        return None
    cut = sum(abs(size) for size, kind in more if kind == "cut-end")
    rest = len(sides.first.exact if ours else sides.second.exact) - cut
    if 3 * (sum(abs(size) for size, _ in more) - cut) > rest:
        return None
    return "removed" if ours else "kept"


def likeness_of(kinds: set[str]) -> str:
    """Say what the classes of all differences of two copies amount to."""
    if kinds <= NOISE:
        return "noise"
    return "contained" if kinds <= NOISE | ADDED else "meaning"


def _describe(sides: Sides, finding: ClassedPlace) -> Difference:
    """Show the place in words: a lone character of meaning with a neighbour, so that a person sees the word."""
    place, ours, theirs = finding.place, sides.first.exact, sides.second.exact
    a, a_end, b, b_end = place
    if finding.kind not in _SHOWN_ALONE and min(a_end - a, b_end - b) <= 1:
        if is_han(ours[a_end : a_end + 1]) and ours[a_end : a_end + 1] == theirs[b_end : b_end + 1]:
            a_end, b_end = a_end + 1, b_end + 1
        elif a and b and is_han(ours[a - 1]) and ours[a - 1] == theirs[b - 1]:
            a, b = a - 1, b - 1
    return Difference(ours[a:a_end], theirs[b:b_end], finding.kind)
