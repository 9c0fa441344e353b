"""The way of the data through one document, as a list one can read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from dedupe_cn.edits import OffsetMap
from dedupe_cn.laws import check_cut, check_marks, check_outcome, check_removals, check_tidied
from dedupe_cn.model import Document, Edit, Kind, Outcome, Removal, Span, Verdict
from dedupe_cn.reasons import Reason
from dedupe_cn.settings import REPEAT_RULES, TIDY_ON_REQUEST, Settings
from dedupe_cn.text.characters import exact_codes, squash
from dedupe_cn.text.code_spans import FENCES
from dedupe_cn.text.mark_mention import mentions_marks
from dedupe_cn.text.odd import CONTROL, MARK, SUSPICIOUS, held
from dedupe_cn.text.reading import Reading
from dedupe_cn.tidy import tidy
from dedupe_cn.tidy.suspicious import warnings
from dedupe_cn.tidy.zones import Zones

if TYPE_CHECKING:
    from dedupe_cn.repeats.find import Decision
    from dedupe_cn.repeats.settle import Settled
    from dedupe_cn.text.marked import Marked
    from dedupe_cn.text.segments import Layout

#: How far below the threshold pairs are still looked for.
BORDER = 0.15
#: Rules that look for single characters.
_ABOUT_CHARACTERS = frozenset({"bom", "control-chars"})
NO_VERDICTS: Mapping[str, Verdict] = MappingProxyType({})


def clean(document: Document, settings: Settings, verdicts: Mapping[str, Verdict] = NO_VERDICTS) -> Outcome:
    """Tidy a document and remove its repeats until nothing changes any more.

    A removal can make new neighbours, so repeats are found and judged again on the result; all spans of the outcome
    are offsets of the original. ``verdicts`` (by the id of a repeat) are honoured every time. Raises LawError when a
    step breaks a law: then nothing may be written.
    """
    work = _Work(document, settings, verdicts)
    work.tidy()
    while work.remove_repeats():
        work.tidy()
    work.reading.let_go()  # its arrays are not needed any more, and the next steps need some
    if len(work.passes) > 1:
        from dedupe_cn.kept import settle_kept

        work.passes = settle_kept(document.text, work.text, work.offsets, work.passes)
    removals = tuple(sorted([*chain(*work.passes), *work.left], key=lambda r: (r.span.start, r.span.end, r.rule)))
    suspicious = warnings(document.text) if work.odd & SUSPICIOUS else ()
    settled = work.settled(removals)
    outcome = Outcome(document.text, work.text, tuple(work.edits), removals, suspicious, settled=settled)
    check_outcome(outcome, settings.rules)
    if work.marked is None:
        return outcome
    check_marks(document.text, work.text, document.kind)
    told = sorted([*outcome.warnings, *work.marked.warnings(settings.rules)], key=lambda warning: warning.start)
    return replace(outcome, warnings=tuple(told), ignored=work.marked.ignored)


def survey(document: Document, settings: Settings, verdicts: Mapping[str, Verdict] = NO_VERDICTS) -> Outcome:
    """Tell of every repeat that stands in a document as it is and that no verdict keeps; nothing is changed.

    Each id is told once, with its count; ``applied`` tells whether it would go if nothing else did. The text is looked
    at before and after tidying, so that what is decided holds whether or not a run tidies.
    """
    work = _Work(document, settings, verdicts)
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

    marked = _marked(document)
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


class _Work:
    """A text on its way: what it is now, where its characters came from, and what was done to it."""

    def __init__(self, document: Document, settings: Settings, verdicts: Mapping[str, Verdict]) -> None:
        self.kind = document.kind
        self.settings = settings
        self.verdicts = verdicts
        self.kept: Counter[str] = Counter()
        self.text = document.text
        self.offsets = OffsetMap()
        self.edits: list[Edit] = []
        self.passes: list[list[Removal]] = []
        self.left: list[Removal] = []
        self.marked = _marked(document)
        self.reading = Reading(self.kind, self.marked)
        self.odd = held(document.text)

    def tidy(self) -> None:
        """Tidy the present text."""
        before = self.text
        spare = self.marked.spare if self.marked else None
        rules, eol = self.settings.rules, self.settings.eol
        if not self.odd & (MARK | CONTROL) and not rules.intersection(TIDY_ON_REQUEST):
            rules -= _ABOUT_CHARACTERS  # what a text does not hold, neither cuts nor layout put into it
        self.text, steps = tidy(before, self.kind, rules, eol, self._zones, spare, self.reading.change)
        for step in steps:
            self._record(step)
        if steps:
            check_tidied(before, steps, self.text, rules)

    def _zones(self, text: str) -> Zones:
        from dedupe_cn.text.markdown import may_hold_verbatim
        from dedupe_cn.text.segments import layout

        if self.kind is Kind.MARKDOWN and not may_hold_verbatim(text):
            return Zones()  # nothing in Markdown is tidied that spares the other protected blocks
        if self.marked:
            return Zones(*layout(text, self.kind).protected_spans())
        # The protected blocks that are not verbatim are only asked for fences there.
        return Zones(*self.reading.layout(text).protected_spans(FENCES if self.kind is Kind.MARKDOWN else ()))

    def remove_repeats(self) -> bool:
        """Carry out one pass of removals; tell whether anything went."""
        if not self.settings.rules.intersection(REPEAT_RULES):
            return False
        if "numpy" not in sys.modules:  # with NumPy loaded, the search takes less time than the proof
            from dedupe_cn.repeats.screen import may_repeat

            if not may_repeat(self.text, self.settings):
                return False
        from dedupe_cn.repeats.cuts import cut
        from dedupe_cn.repeats.find import decide

        here = self.reading.layout(self.text)
        decisions = decide(here, self.settings, self.marked, self._settle(here) if self.verdicts else None)
        going = [d for d in decisions if d.goes]
        cuts = _apart([cut(here, d.repeat, self.marked) for d in going])
        after = self.reading.change(self.text, cuts)
        if self.marked and going and not self.marked.allows(self.text, after):
            why, going = Reason("marks-shift"), []
            decisions = [replace(d, goes=False, told=why, case=None) if d.goes else d for d in decisions]
        if not going:
            self.left = self._once(here, decisions)
            return False
        repeats = [d.repeat for d in going]
        check_removals(here, repeats)
        self.passes.append([self._removal(here, d) for d in going])
        check_cut(here, repeats, [self.reading.layout(after).codes] if self.marked else exact_codes(after))
        self._record(cuts)
        self.text = after
        return True

    def present(self) -> list[Removal]:
        """Give every open repeat of the present text, each id once with its count."""
        if not self.settings.rules.intersection(REPEAT_RULES):
            return []
        from dedupe_cn.repeats.find import decide

        here = self.reading.layout(self.text)
        found: dict[str, Removal] = {}
        for decision in decide(here, self.settings, self.marked, self._settle(here), survey=True):
            removal = self._removal(here, decision)
            known = found.setdefault(removal.id, removal)
            if known is not removal:
                found[removal.id] = replace(known, count=known.count + removal.count)
        return list(found.values())

    def settled(self, removals: Iterable[Removal]) -> tuple[tuple[str, int], ...]:
        """Count the copies on which verdicts were honoured, by id."""
        settled = Counter(self.kept)
        for removal in removals:
            if removal.id in self.verdicts and not self.verdicts[removal.id].keep:
                settled[removal.id] += removal.count
        return tuple(sorted(settled.items()))

    def _settle(self, here: Layout) -> Settled:
        """Hold the repeats of the present text against the verdicts."""
        from dedupe_cn.repeats.find import candidates
        from dedupe_cn.repeats.settle import settle

        repeats = [r for r in chain.from_iterable(candidates(here, self.settings)) if r.rule in self.settings.rules]
        settled = settle(here, repeats, self.verdicts)
        self.kept |= Counter(settled.kept)
        return settled

    def _once(self, here: Layout, decisions: Iterable[Decision]) -> list[Removal]:
        """Report what stays once, however often it recurs."""
        first: dict[str, Removal] = {}
        for decision in decisions:
            removal = self._removal(here, decision)
            text = squash(here.slice(*decision.repeat.removed))
            known = first.setdefault(text, removal)
            if known is not removal and known.id == removal.id:
                first[text] = replace(known, count=known.count + removal.count)
        return list(first.values())

    def _removal(self, here: Layout, decision: Decision) -> Removal:
        from dedupe_cn.repeats.identity import block_ids, identity, times

        repeat = decision.repeat
        return Removal(
            rule=repeat.rule,
            span=self._original(here.span(*repeat.removed)),
            kept=self._original(here.span(*repeat.kept)),
            chars=repeat.removed[1] - repeat.removed[0],
            why=decision.why,
            applied=decision.goes,
            level=decision.level,
            score=round(repeat.score, 4),
            differences=repeat.comparison.differences if repeat.comparison else (),
            id=identity(here, repeat),
            count=times(repeat),
            blocks=block_ids(here, repeat),
        )

    def _original(self, span: Span) -> Span:
        return Span(self.offsets.original(span.start), self.offsets.original_end(span.end))

    def _record(self, edits: Sequence[Edit]) -> None:
        """Note edits of the present text in offsets of the original, and move on to the text they make."""
        for edit in edits:
            start = self.offsets.original(edit.start)
            end = self.offsets.original_end(edit.end) if edit.end > edit.start else start
            self.edits.append(replace(edit, start=start, end=end))
        self.offsets = self.offsets.after(edits)


def _marked(document: Document) -> Marked | None:
    """Read the marks of a document, or give None for one that cannot hold any."""
    if not mentions_marks(document.text):
        return None
    from dedupe_cn.text.marked import Marked

    return Marked(document.text, document.kind)


def _apart(cuts: list[Edit]) -> list[Edit]:
    """Sort cuts, and take from a cut the white space that the one before it has taken already."""
    result: list[Edit] = []
    for edit in sorted(cuts):
        start = max(edit.start, result[-1].end) if result else edit.start
        result.append(replace(edit, start=start, end=max(start, edit.end)))
    return result
