"""The way of the data through one document, as a list one can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from dedupe_cn.edits import OffsetMap
from dedupe_cn.laws import check_marks, check_outcome
from dedupe_cn.model import Document, Outcome, Removal, Verdict
from dedupe_cn.reasons import Reason
from dedupe_cn.settings import INEXACT, RULES, SHAPES, Settings
from dedupe_cn.tidy.spoiled import spoiled
from dedupe_cn.tidy.suspicious import warnings
from dedupe_cn.timed import work_on

#: How far below the threshold pairs are still looked for.
BORDER = 0.15
NO_VERDICTS: Mapping[str, Verdict] = MappingProxyType({})


def clean(document: Document, settings: Settings, verdicts: Mapping[str, Verdict] = NO_VERDICTS) -> Outcome:
    """Tidy a document and remove its repeats until nothing changes any more.

    A removal can make new neighbours, so repeats are found and judged again on the result; all spans of the outcome
    are offsets of the original. ``verdicts`` (by the id of a repeat) are honoured every time. Raises LawError when a
    step breaks a law: then nothing may be written.
    """
    return clean_and_follow(document, settings, verdicts)[0]


def clean_and_follow(
    document: Document, settings: Settings, verdicts: Mapping[str, Verdict] = NO_VERDICTS
) -> tuple[Outcome, OffsetMap]:
    """Do as :func:`clean`, and tell besides where the characters of the text that came of it stood before."""
    work = work_on(document, settings, verdicts)
    document, settings = work.document, work.settings  # a conflict in the text switches rules off
    work.tidy()
    while work.remove_copies():
        work.tidy()
    if len(work.passes) > 1:
        from dedupe_cn.kept import settle_kept

        work.passes = settle_kept(document.text, work.text, work.offsets, work.passes)
    removals = tuple(sorted([*chain(*work.passes), *work.left], key=lambda r: (r.span.start, r.span.end, r.rule)))
    settled, suspicious = work.settled(removals), warnings(document.text, work.odd)
    if document.shape is not None:
        suspicious = tuple(sorted([*suspicious, *spoiled(document.text)], key=lambda warning: warning.start))
    off = frozenset(RULES) if work.conflict else frozenset()
    texts, edits = (document.text, work.text), tuple(work.edits)
    outcome = Outcome(*texts, edits, removals, suspicious, off, settled, shape=document.shape)
    check_outcome(outcome, settings.rules)
    if work.marked is None:
        return outcome, work.offsets
    check_marks(document.text, work.text, document.kind)
    told = sorted([*outcome.warnings, *work.marked.warnings(settings.rules)], key=lambda warning: warning.start)
    return replace(outcome, warnings=tuple(told), ignored=off | work.marked.ignored), work.offsets


def survey(document: Document, settings: Settings, verdicts: Mapping[str, Verdict] = NO_VERDICTS) -> Outcome:
    """Tell of every repeat that stands in a document as it is and that no verdict keeps; nothing is changed.

    Each id is told once, with its count; ``applied`` tells whether it would go if nothing else did. The text is looked
    at before and after tidying, so that what is decided holds whether or not a run tidies; what is said of a repeat is
    what holds after it. ``edits`` say what tidying would change.
    """
    work = work_on(document, settings, verdicts)
    found = work.present()
    work.tidy()
    if work.text != document.text:
        found = [*work.present(), *found]
    first: dict[str, Removal] = {}
    for removal in found:
        known = first.setdefault(removal.id, removal)
        if known.count < removal.count:
            first[removal.id] = replace(known, count=removal.count)
    removals = tuple(sorted(first.values(), key=lambda r: (r.span.start, r.span.end, r.rule)))
    settled = work.settled(removals)
    return Outcome(document.text, document.text, tuple(work.edits), removals, settled=settled, shape=document.shape)


def borderline(document: Document, settings: Settings, count: int) -> tuple[Removal, ...]:
    """Give the copies that are not exact whose similarity is nearest to the threshold, from both sides, nearest first.

    They are only shown, so that a person can choose ``threshold``: ``why`` names the likeness and the differences.
    """
    shown: list[Removal] = []
    least = max(0.5, settings.threshold - BORDER)
    wide = settings.with_options(rules=settings.rules | {INEXACT, *SHAPES}, threshold=least)
    for removal in work_on(document, wide, NO_VERDICTS).present():
        if removal.likeness != "exact" and removal.score >= least:
            kinds = ", ".join(sorted({difference.kind for difference in removal.differences})) or "space"
            shown.append(replace(removal, applied=False, why=Reason("borderline", (removal.likeness, kinds))))
    return tuple(sorted(shown, key=lambda removal: abs(removal.score - settings.threshold))[:count])
