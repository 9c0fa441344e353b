"""Noise or meaning: what the differing places of two near-identical passages say.

Similarity cannot decide (前款罪 against 前两款罪 is 0.98, a page scanned twice 0.93), so every differing place gets a
class. When in doubt the class is one of meaning: a wrong deletion is worse than ten missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dedupe_cn.model import Difference
from dedupe_cn.repeats.classes import GUARDED, NOISE, Finding, Sides, classify_equal, classify_place
from dedupe_cn.repeats.cleaner import faults
from dedupe_cn.repeats.difference_tables import NEGATIONS, NUMERALS, simplified_only
from dedupe_cn.repeats.grouping import group_places
from dedupe_cn.repeats.look_alikes import CERTAIN, Reading
from dedupe_cn.repeats.places import Passage, Place, find_places, read_passage
from dedupe_cn.repeats.similarity import ratio
from dedupe_cn.repeats.tokens import find_tokens
from dedupe_cn.text.folding import variants


@dataclass(frozen=True, slots=True)
class Comparison:
    """What compares two passages: similarity, the differences in order, and what they amount to.

    ``score`` is the similarity of the exact forms (0-1). ``verdict`` is ``equal`` (exact forms are the same),
    ``noise``, ``contained`` (one copy holds all of the other and only unguarded words more) or ``meaning``.
    ``guarded`` holds when a difference stays at every level. ``cleaner`` is ``removed`` or ``kept``, the copy with
    fewer faults (the fuller one when ``contained``), None when neither is.
    """

    score: float
    differences: tuple[Difference, ...]
    verdict: str
    guarded: bool
    cleaner: str | None


def compare(removed: str, kept: str) -> Comparison:
    """Compare two passages of original text, white space and all.

    White space, controls and zero-width characters are no differences, but a copy strewn with them is less clean.
    The verdict does not depend on the order of the two.
    """
    one, other = read_passage(removed), read_passage(kept)
    if one.exact > other.exact:
        turned = _compare(other, one)
        cleaner = {"removed": "kept", "kept": "removed", None: None}[turned.cleaner]
        swapped = tuple(Difference(d.kept, d.removed, d.kind) for d in turned.differences)
        return replace(turned, differences=swapped, cleaner=cleaner)
    return _compare(one, other)


def _compare(one: Passage, other: Passage) -> Comparison:
    sides = Sides(one, other, find_tokens(one), find_tokens(other))
    differing, common = find_places(one, other)
    differing = group_places(one, other, sides.first_tokens, sides.second_tokens, differing)
    findings = [f for place in common for f in classify_equal(sides, place)]
    findings += [f for place in differing for f in classify_place(sides, place)]
    findings.sort(key=lambda f: (f.place.a, f.place.b))
    findings = _settle_insertions(_settle_translation(_settle_readings(findings), sides, common))
    differences = tuple(_describe(sides, f) for f in findings)
    kinds = {f.kind for f in findings}
    verdict = _verdict(kinds)
    first_faults, second_faults = faults(sides, findings, common)
    cleaner: str | None = None
    if verdict == "contained":
        cleaner = "removed" if len(one.exact) > len(other.exact) else "kept"
    elif first_faults != second_faults:
        cleaner = "kept" if first_faults > second_faults else "removed"
    return Comparison(ratio(one.exact, other.exact), differences, verdict, bool(kinds & GUARDED), cleaner)


def _verdict(kinds: set[str]) -> str:
    if not kinds:
        return "equal"
    if kinds <= NOISE:
        return "noise"
    return "contained" if kinds <= NOISE | {"inserted-words"} else "meaning"


def _settle_readings(findings: Sequence[Finding]) -> list[Finding]:
    """Decide which look-alikes are misreadings.

    A lone pair of everyday characters needs clear evidence of its own. Two or more look-alikes in a passage that
    differs in nothing else are the pattern of a scan. Numerals and negations need a scan of three, all of it clear.
    """
    readings = [f.reading for f in findings if f.reading is not None]
    pairs = {frozenset((r.first, r.second)) for r in readings}
    clear = [r for r in readings if r.clear and r.kind != "guard"]
    settled: list[Finding] = []
    for finding in findings:
        reading = finding.reading
        if reading is None or _is_misread(reading, len(pairs), len(clear)):
            settled.append(finding)
        else:
            settled.append(replace(finding, kind=_meant(reading), reading=None))
    return settled


def _is_misread(reading: Reading, pairs: int, clear: int) -> bool:
    if reading.kind == "guard":
        return clear >= 2 and abs(reading.evidence) >= CERTAIN and not reading.attested
    return reading.kind == "shape" or reading.clear or clear >= 1 or pairs >= 3


def _meant(reading: Reading) -> str:
    """Give the class of look-alikes that are both meant."""
    both = {reading.first, reading.second}
    if both & NEGATIONS:
        return "negation"
    return "numeral" if both & NUMERALS else "word"


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
        return [replace(f, kind="translation") if f.kind == "variant" else f for f in findings]
    return findings


def _settle_insertions(findings: list[Finding]) -> list[Finding]:
    """Let additions be ``inserted-words`` only when all of them stand in the same copy."""
    added = [f.place for f in findings if f.kind == "inserted-words"]
    if any(p.a == p.a_end for p in added) and any(p.b == p.b_end for p in added):
        return [replace(f, kind="word") if f.kind == "inserted-words" else f for f in findings]
    return findings


def _describe(sides: Sides, finding: Finding) -> Difference:
    """Show the place in words: a lone character of meaning with its neighbours, so that a person sees the word."""
    place = finding.place
    one, other = sides.first.exact[place.a : place.a_end], sides.second.exact[place.b : place.b_end]
    return Difference(one, other, finding.kind)
