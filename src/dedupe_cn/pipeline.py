"""The way of the data through one document, as a list one can read."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from dedupe_cn.laws import check_marks, check_outcome
from dedupe_cn.model import Document, Kind, Outcome, Removal, Verdict
from dedupe_cn.reasons import Reason
from dedupe_cn.settings import RULES, Settings
from dedupe_cn.tidy.suspicious import warnings
from dedupe_cn.work import Work, marks_of

if TYPE_CHECKING:
    from dedupe_cn.text.segments import Layout

#: How far below the threshold pairs are still looked for.
BORDER = 0.15
NO_VERDICTS: Mapping[str, Verdict] = MappingProxyType({})
#: Code points from which on loading NumPy pays: before that, pages are screened one by one (``repeats/screen.py``).
_WORTH_LOADING = 12_000


def clean(document: Document, settings: Settings, verdicts: Mapping[str, Verdict] = NO_VERDICTS) -> Outcome:
    """Tidy a document and remove its repeats until nothing changes any more.

    A removal can make new neighbours, so repeats are found and judged again on the result; all spans of the outcome
    are offsets of the original. ``verdicts`` (by the id of a repeat) are honoured every time. Raises LawError when a
    step breaks a law: then nothing may be written.
    """
    return finish(begin(document, settings, verdicts))


def begin(
    document: Document, settings: Settings, verdicts: Mapping[str, Verdict] = NO_VERDICTS, brief: bool = False
) -> Work:
    """Tidy a document; :func:`finish` does the rest. Raises LawError as ``clean`` does.

    ``brief`` asks for no more than the number of the repeats that stay (``Outcome.left``).
    """
    work = Work(document, settings, verdicts, brief)
    work.tidy()
    return work


def look_together(works: Iterable[Work]) -> list[Work]:
    """Take a pass over several small documents, which takes a fraction of the time of one by one.

    Gives those from which something went: they are to be looked at again, with others or by :func:`finish`. Nothing of
    this changes what that gives. Those of which this cannot be done are left as they are. Raises LawError.
    """
    groups: defaultdict[tuple[Kind, Settings], list[Work]] = defaultdict(list)
    for work in works:
        if work.may_be_joined():
            groups[work.kind, work.settings].append(work)
    again: list[Work] = []
    for (kind, settings), group in groups.items():
        total = sum(len(work.text) for work in group)
        if len(group) < 2 or ("numpy" not in sys.modules and total < _WORTH_LOADING):
            continue
        from dedupe_cn.repeats.together import look
        from dedupe_cn.text.joint import Joint

        joint = Joint([work.text for work in group], kind)
        for number, (work, seen) in enumerate(zip(group, look(joint, settings), strict=True)):
            work.seen = [seen]
            if not work.passes:
                work.exact = joint.codes(number)
            if work.take_pass():
                again.append(work)
    return again


def finish(work: Work) -> Outcome:
    """Remove the repeats of a document until nothing changes any more. Raises LawError as ``clean`` does."""
    document, settings = work.document, work.settings
    while work.open:
        work.take_pass()
    work.reading.let_go()  # its arrays are not needed any more, and the next steps need some
    if len(work.passes) > 1:
        from dedupe_cn.kept import settle_kept

        work.passes = settle_kept(document.text, work.text, work.offsets, work.passes)
    removals = tuple(sorted([*chain(*work.passes), *work.left], key=lambda r: (r.span.start, r.span.end, r.rule)))
    settled, suspicious = work.settled(removals), warnings(document.text, work.odd)
    left = tuple(work.counted.items())
    off = frozenset(RULES) if work.conflict else frozenset()
    outcome = Outcome(document.text, work.text, tuple(work.edits), removals, suspicious, off, settled, left)
    check_outcome(outcome, settings.rules)
    if work.marked is None:
        return outcome
    check_marks(document.text, work.text, document.kind)
    told = sorted([*outcome.warnings, *work.marked.warnings(settings.rules)], key=lambda warning: warning.start)
    return replace(outcome, warnings=tuple(told), ignored=off | work.marked.ignored)


def survey(document: Document, settings: Settings, verdicts: Mapping[str, Verdict] = NO_VERDICTS) -> Outcome:
    """Tell of every repeat that stands in a document as it is and that no verdict keeps; nothing is changed.

    Each id is told once, with its count; ``applied`` tells whether it would go if nothing else did. The text is looked
    at before and after tidying, so that what is decided holds whether or not a run tidies.
    """
    work = Work(document, settings, verdicts)
    found = work.present()
    work.tidy()
    if work.text != document.text:
        found = [*found, *work.present()]
    first: dict[str, Removal] = {}
    for removal in found:
        known = first.setdefault(removal.id, removal)
        if known.count < removal.count:
            first[removal.id] = replace(known, count=removal.count)
    removals = tuple(sorted(first.values(), key=lambda r: (r.span.start, r.span.end, r.rule)))
    return Outcome(document.text, document.text, removals=removals, settled=work.settled(removals))


def borderline(document: Document, settings: Settings, count: int) -> tuple[Removal, ...]:
    """Give the pairs of paragraphs whose similarity is nearest to the threshold, from both sides, the nearest first.

    They are only shown, so that a person can choose ``threshold``: ``why`` names the verdict and the differences.
    """
    from dedupe_cn.repeats.differences import compare
    from dedupe_cn.repeats.near import near_pairs
    from dedupe_cn.text.segments import layout

    marked = marks_of(document)
    here = layout(document.text, document.kind, marked.spans(document.text) if marked else ())
    pairs = near_pairs(here, max(0.5, settings.threshold - BORDER))
    if marked:
        rule = "near-duplicate"
        pairs = [pair for pair in pairs if not marked.holds(here, rule, _block(here, pair.later))]
    shown: list[Removal] = []
    for pair in sorted(pairs, key=lambda pair: abs(pair.ratio - settings.threshold))[:count]:
        comparison = compare(here.block_text(pair.later), here.block_text(pair.earlier))
        kinds = ", ".join(sorted({d.kind for d in comparison.differences})) or "space"
        first, second = _block(here, pair.earlier), _block(here, pair.later)
        shown.append(
            Removal(
                rule="near-duplicate",
                span=here.span(*second),
                kept=here.span(*first),
                chars=second[1] - second[0],
                why=Reason("borderline", (comparison.verdict, kinds)),
                applied=False,
                score=pair.ratio,
                differences=comparison.differences,
            )
        )
    return tuple(shown)


def _block(here: Layout, index: int) -> tuple[int, int]:
    return int(here.starts[index]), int(here.ends[index])
