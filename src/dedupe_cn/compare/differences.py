"""Noise or meaning: what the differing places of two near-identical passages say.

Similarity cannot decide (前款罪 against 前两款罪 is 0.98, a page scanned twice 0.93), so every differing place gets a
class. When in doubt the class is one of meaning: a wrong deletion is worse than ten missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dedupe_cn.compare.better import faults
from dedupe_cn.compare.classes import GUARDED, NOISE, Finding, Sides, class_of_words, classify_equal, classify_place
from dedupe_cn.compare.grouping import group_places
from dedupe_cn.compare.look_alikes import CERTAIN, Reading
from dedupe_cn.compare.marks import ENCLOSING, LAYOUT
from dedupe_cn.compare.places import Passage, Place, find_places, read_passage
from dedupe_cn.compare.tokens import Tokens, find_tokens
from dedupe_cn.compare.word_tables import NEGATIONS, NUMERALS, simplified_only
from dedupe_cn.model import Difference
from dedupe_cn.text.characters import is_han
from dedupe_cn.text.folding import variants

#: Characters of two passages together up to which what compares them is remembered: at most 15 MB in all.
_SHORT = 1000
#: Marks that only one copy has, and all that only one copy has.
_ADDED_MARKS = frozenset({"stray-mark", "dropped-mark"})
_ADDED = _ADDED_MARKS | {"inserted-words"}
_SHOWN_ALONE = NOISE | {"translation", "mark"}


class Comparison(NamedTuple):
    """What compares two passages: similarity, the differences in order, and what they amount to.

    ``score`` is the similarity of the exact forms (0-1). ``likeness`` is ``equal`` (exact forms are the same),
    ``noise``, ``contained`` (one copy holds all of the other and only unguarded words more) or ``meaning``.
    ``guarded`` holds when a difference stays at every level. ``better`` is ``removed`` or ``kept``, the copy with
    fewer faults (the fuller one when ``contained``), None when neither is.
    """

    score: float
    differences: tuple[Difference, ...]
    likeness: str
    guarded: bool
    better: str | None


def compare(removed: str, kept: str) -> Comparison:
    """Compare two passages of original text, white space and all.

    White space, controls and zero-width characters are no differences, but a copy strewn with them is less clean.
    The likeness does not depend on the order of the two.
    """
    if removed > kept:  # so that what is remembered serves both ways round
        return turned(compare(kept, removed))
    return _compare_short(removed, kept) if len(removed) + len(kept) <= _SHORT else _compare_texts(removed, kept)


def turned(comparison: Comparison) -> Comparison:
    """Give what comparing the two passages the other way round gives."""
    better = {"removed": "kept", "kept": "removed", None: None}[comparison.better]
    swapped = tuple(Difference(d.kept, d.removed, d.kind) for d in comparison.differences)
    return comparison._replace(differences=swapped, better=better)


@lru_cache(maxsize=4096)
def _compare_short(removed: str, kept: str) -> Comparison:
    """Compare two short passages; what stays is compared again in every pass over a text."""
    return _compare_texts(removed, kept)


def _compare_texts(removed: str, kept: str) -> Comparison:
    (one, ours), (other, theirs) = _read(removed), _read(kept)
    if one.exact > other.exact:
        return turned(_compare(Sides(other, one, theirs, ours)))
    return _compare(Sides(one, other, ours, theirs))


def _read(text: str) -> tuple[Passage, Tokens]:
    """Read a passage; a short one is compared with several others mostly."""
    return _read_short(text) if len(text) <= _SHORT else _read_text(text)


@lru_cache(maxsize=256)
def _read_short(text: str) -> tuple[Passage, Tokens]:
    return _read_text(text)


def _read_text(text: str) -> tuple[Passage, Tokens]:
    passage = read_passage(text)
    return passage, find_tokens(passage)


def _compare(sides: Sides) -> Comparison:
    one, other = sides.first, sides.second
    differing, common = find_places(one, other)
    differing = group_places(one, other, sides.first_tokens, sides.second_tokens, differing)
    findings = [f for place in common for f in classify_equal(sides, place)]
    findings += [f for place in differing for f in classify_place(sides, place)]
    findings.sort(key=lambda f: (f.place.a, f.place.b))
    findings = _settle_additions(_settle_translation(_settle_readings(findings, sides), sides, common), sides)
    differences = tuple(_describe(sides, f) for f in findings)
    kinds = {f.kind for f in findings}
    likeness = _likeness(kinds)
    first_faults, second_faults = faults(sides, findings, common)
    better: str | None = None
    if likeness == "contained":
        better = "removed" if len(one.exact) > len(other.exact) else "kept"
    elif first_faults != second_faults:
        better = "kept" if first_faults > second_faults else "removed"
    return Comparison(_ratio(one.exact, other.exact), differences, likeness, bool(kinds & GUARDED), better)


def _likeness(kinds: set[str]) -> str:
    if not kinds:
        return "exact"
    if kinds <= NOISE:
        return "noise"
    return "contained" if kinds <= NOISE | {"inserted-words"} else "meaning"


def _settle_readings(findings: Sequence[Finding], sides: Sides) -> list[Finding]:
    """Decide which look-alikes are misreadings.

    A lone pair of everyday characters needs clear evidence of its own. Several look-alikes in a passage that differs
    in nothing else are the pattern of a scan. A numeral or negation needs that pattern and evidence beyond doubt.
    """
    readings = [f.reading for f in findings if f.reading is not None]
    if not readings:
        return list(findings)
    pairs = {frozenset((r.first, r.second)) for r in readings}
    clear = {frozenset((r.first, r.second)) for r in readings if r.clear}
    settled: list[Finding] = []
    for finding in findings:
        reading = finding.reading
        if reading is None or _is_misread(reading, len(pairs), len(clear)):
            settled.append(finding)
        else:
            settled.append(finding._replace(kind=_meant(sides, finding), reading=None))
    return settled


def _is_misread(reading: Reading, pairs: int, clear: int) -> bool:
    if reading.kind == "guard":
        return clear >= 2 and abs(reading.evidence) >= CERTAIN and not reading.attested
    return reading.kind == "shape" or reading.clear or clear >= 1 or pairs >= 3


def _meant(sides: Sides, finding: Finding) -> str:
    """Give the class of look-alikes that are both meant."""
    both = {sides.first.folded[finding.place.a], sides.second.folded[finding.place.b]}
    if both & NEGATIONS:
        return "negation"
    return "numeral" if both & NUMERALS else class_of_words(sides, finding.place)


def _settle_translation(findings: list[Finding], sides: Sides, common: Sequence[Place]) -> list[Finding]:
    """Turn variants into ``translation`` when most characters that have two scripts' forms differ in script."""
    differing = sum(f.place.a_end - f.place.a for f in findings if f.kind == "variant")
    if differing < 3:
        return findings
    table, simple = variants(), simplified_only()
    same = 0
    for place in common:
        ours = sides.first.exact[place.a : place.a_end]
        theirs = sides.second.exact[place.b : place.b_end]
        same += sum(x == y and (x in simple or table.get(x) in simple) for x, y in zip(ours, theirs, strict=True))
    share = differing / (differing + same)
    if share > 0.5 if differing >= 5 else share >= 0.8:
        return [f._replace(kind="translation") if f.kind == "variant" else f for f in findings]
    return findings


def _settle_additions(findings: list[Finding], sides: Sides) -> list[Finding]:
    """Hold together what only makes sense in the whole passage.

    Additions are ``inserted-words`` only when all of them stand in the same copy. A mark of Markdown, and a quote or
    bracket, is dirt when it stands alone; two of them in one copy enclose something.
    """
    if not any(f.kind in _ADDED for f in findings):
        return findings
    added = [f.place for f in findings if f.kind == "inserted-words"]
    both = any(p.a == p.a_end for p in added) and any(p.b == p.b_end for p in added)
    enclosing = Counter(_added_mark(f, sides) for f in findings)
    settled: list[Finding] = []
    for finding in findings:
        mark = _added_mark(finding, sides)
        if (both and finding.kind == "inserted-words") or (mark is not None and enclosing[mark] > 1):
            finding = finding._replace(kind="mark" if mark else "word")
        settled.append(finding)
    return settled


def _added_mark(finding: Finding, sides: Sides) -> str | None:
    """Give the folded mark that one copy has more, when it is one of those that come in pairs."""
    if finding.kind not in _ADDED_MARKS:
        return None
    place = finding.place
    mark = sides.first.folded[place.a : place.a_end] + sides.second.folded[place.b : place.b_end]
    if mark in LAYOUT:
        return mark
    return "enclosing" if len(mark) == 1 and mark in ENCLOSING else None


def _describe(sides: Sides, finding: Finding) -> Difference:
    """Show the place in words: a lone character of meaning with a neighbour, so that a person sees the word."""
    place, ours, theirs = finding.place, sides.first.exact, sides.second.exact
    a, a_end, b, b_end = place.a, place.a_end, place.b, place.b_end
    if finding.kind not in _SHOWN_ALONE and min(a_end - a, b_end - b) <= 1:
        if is_han(ours[a_end : a_end + 1]) and ours[a_end : a_end + 1] == theirs[b_end : b_end + 1]:
            a_end, b_end = a_end + 1, b_end + 1
        elif a and b and is_han(ours[a - 1]) and ours[a - 1] == theirs[b - 1]:
            a, b = a - 1, b - 1
    return Difference(ours[a:a_end], theirs[b:b_end], finding.kind)


def _ratio(first: str, second: str) -> float:
    """Give the similarity of two exact forms, 0-1: twice the common characters over both lengths (Indel ratio)."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(first, second)
