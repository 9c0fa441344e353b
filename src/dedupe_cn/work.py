"""A text on its way through tidying and removing, step by step."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from dedupe_cn.edits import OffsetMap, apply
from dedupe_cn.laws import check_cuts, check_made, check_removals, check_tidied
from dedupe_cn.model import Document, Edit, Kind, Level, Removal, Span, Verdict
from dedupe_cn.reasons import Reason
from dedupe_cn.settings import REPEAT_RULES, TIDY_ON_REQUEST, TOGETHER, Settings
from dedupe_cn.text.block_kinds import BETWEEN
from dedupe_cn.text.characters import squash
from dedupe_cn.text.code_spans import FENCES
from dedupe_cn.text.conflict import conflicts
from dedupe_cn.text.mark_mention import mentions_marks
from dedupe_cn.text.odd import BOUND, CONTROL, MARK, RAGGED, held
from dedupe_cn.text.reading import Reading
from dedupe_cn.tidy import tidy
from dedupe_cn.tidy.zones import Zones

if TYPE_CHECKING:
    from dedupe_cn.repeats.find import Decision
    from dedupe_cn.repeats.settle import Settled
    from dedupe_cn.repeats.together import Seen
    from dedupe_cn.text.characters import Codes
    from dedupe_cn.text.marked import Marked
    from dedupe_cn.text.segments import Layout

#: Code points of which the exact form is kept to be measured; of a huge text it is memory that counts.
_HELD = 1 << 22
#: Rules that look for single characters.
_ABOUT_CHARACTERS = frozenset({"bom", "control-chars"})


class Work:
    """A text on its way: what it is now, where its characters came from, and what was done to it.

    ``open`` tells whether repeats may be in it; ``seen`` holds what was found in it together with others, or nothing;
    ``exact`` is its exact form when it was tidied first, None where nobody has it or it is huge. Of a ``brief`` work
    the repeats that stay are only ``counted``, by the lowest level at which they go, else they are ``left``.
    """

    def __init__(
        self, document: Document, settings: Settings, verdicts: Mapping[str, Verdict], brief: bool = False
    ) -> None:
        self.document = document
        self.kind = document.kind
        self.settings = settings
        self.conflict = conflicts(document.text)[0] > 0  # which a person has to resolve before anything is changed
        if self.conflict:
            self.settings = replace(settings, rules=frozenset(), eol="keep")
        self.verdicts = verdicts
        self.kept: Counter[str] = Counter()
        self.text = document.text
        self.offsets = OffsetMap()
        self.edits: list[Edit] = []
        self.passes: list[list[Removal]] = []
        self.brief = brief
        self.left: list[Removal] = []
        self.counted: Counter[Level | None] = Counter()
        self.marked = marks_of(document)
        self.reading = Reading(self.kind, self.marked)
        self.odd = held(document.text)
        self.open = True
        self.seen: list[Seen | None] = []
        self.exact: Codes | None = None

    def may_be_joined(self) -> bool:
        """Tell whether repeats may be looked for in this text and others together."""
        return (
            len(self.text) <= TOGETHER
            and not self.marked
            and not self.verdicts
            and not self.settings.rules.isdisjoint(REPEAT_RULES)
            and not (self.odd & BOUND and BETWEEN in self.text)
        )

    def tidy(self) -> None:
        """Tidy the present text."""
        spare = self.marked.spare if self.marked else None
        rules, eol = self.settings.rules, self.settings.eol
        if not self.odd & (MARK | CONTROL) and not rules.intersection(TIDY_ON_REQUEST):
            rules -= _ABOUT_CHARACTERS  # what a text does not hold, neither cuts nor layout put into it

        def change(text: str, edits: list[Edit]) -> str:
            after = self.reading.change(text, edits)
            check_tidied(text, edits, after, rules)
            return after

        ragged = bool(self.odd & RAGGED) or self.text is not self.document.text
        self.text, steps = tidy(self.text, self.kind, rules, eol, self._zones, spare, change, ragged)
        for step in steps:
            self._record(step)

    def _zones(self, text: str) -> Zones:
        from dedupe_cn.text.markdown import may_hold_verbatim
        from dedupe_cn.text.segments import layout

        if self.kind is Kind.MARKDOWN and not may_hold_verbatim(text):
            return Zones()  # nothing in Markdown is tidied that spares the other protected blocks
        if self.marked:
            return Zones(*layout(text, self.kind).protected_spans())
        # The protected blocks that are not verbatim are only asked for fences there.
        return Zones(*self.reading.layout(text).protected_spans(FENCES if self.kind is Kind.MARKDOWN else ()))

    def take_pass(self) -> bool:
        """Remove repeats and tidy what is left; tell whether anything went, for then there may be others."""
        self.open = self._remove_repeats()
        if self.open:
            self.tidy()
        return self.open

    def _remove_repeats(self) -> bool:
        """Carry out one pass of removals; tell whether anything went."""
        if not self.settings.rules.intersection(REPEAT_RULES):
            return False
        seen = self.seen.pop() if (looked := bool(self.seen)) else None
        if looked and seen is None:
            return False
        if seen is not None:
            self.reading.hold(seen.layout)
        elif "numpy" not in sys.modules:  # with NumPy loaded, the search takes less time than the proof
            from dedupe_cn.repeats.screen import may_repeat

            if not may_repeat(self.text, self.settings):
                return False
        from dedupe_cn.repeats.cuts import cut
        from dedupe_cn.repeats.find import decide

        here = self.reading.layout(self.text)
        if self.exact is None and not self.passes and not self.marked and here.codes.size <= _HELD:
            self.exact = here.codes
        settled = self._settle(here) if self.verdicts else None
        decisions = decide(here, self.settings, self.marked, settled, seen=seen)
        going = [d for d in decisions if d.goes]
        if not going:
            self._leave(here, decisions)
            return False
        cuts = _apart([cut(here, d.repeat, self.marked) for d in going])
        if self.marked and not self.marked.allows(self.text, apply(self.text, cuts)):
            why = Reason("marks-shift")
            stays = [d._replace(goes=False, told=why, case=None) if d.goes else d for d in decisions]
            self._leave(here, stays)
            return False
        repeats = [d.repeat for d in going]
        check_removals(here, repeats)
        check_cuts(here, repeats, cuts)
        self.passes.append([self._removal(here, d) for d in going])
        del here, seen, decisions, going  # which hold the layout: beside two texts it would be the most there ever is
        after = self.reading.change(self.text, cuts)
        check_made(self.text, cuts, after)
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
        if not self.verdicts:
            return ()
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

    def _leave(self, here: Layout, decisions: Sequence[Decision]) -> None:
        """Report what stays once, however often it recurs, or count it."""
        if not decisions:
            return
        first: dict[str | bytes, list[Decision]] = {}
        for decision in decisions:
            start, end = decision.repeat.removed
            text = squash(here.slice(start, end)) if self.marked else here.codes[start:end].tobytes()
            first.setdefault(text, []).append(decision)
        if self.brief:
            self.counted.update(_first_to_go(here, same).level for same in first.values())
        else:
            self.left = [self._reported(here, same) for same in first.values()]

    def _reported(self, here: Layout, same: Sequence[Decision]) -> Removal:
        """Give the removal that is told of some decisions on one text, with the copies of all that have its id."""
        from dedupe_cn.repeats.identity import identity, times

        told = _first_to_go(here, same)
        removal = self._removal(here, told)
        more = sum(times(d.repeat) for d in same if d is not told and identity(here, d.repeat) == removal.id)
        return replace(removal, count=removal.count + more) if more else removal

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
        if not self.edits:
            return span
        return Span(self.offsets.original(span.start), self.offsets.original_end(span.end))

    def _record(self, edits: Sequence[Edit]) -> None:
        """Note edits of the present text in offsets of the original, and move on to the text they make."""
        for edit in edits:
            start = self.offsets.original(edit.start)
            end = self.offsets.original_end(edit.end) if edit.end > edit.start else start
            self.edits.append(replace(edit, start=start, end=end))
        self.offsets = self.offsets.after(edits)


def marks_of(document: Document) -> Marked | None:
    """Read the marks of a document, or give None for one that cannot hold any."""
    if not mentions_marks(document.text):
        return None
    from dedupe_cn.text.marked import Marked

    return Marked(document.text, document.kind)


def _first_to_go(here: Layout, same: Sequence[Decision]) -> Decision:
    """Give, of decisions on one text that stays, the one by which it goes at the lowest level, else the first.

    A paragraph may be like several others, of which only one differs in noise alone. Of those that say the same of the
    same two texts the first one speaks for all: a line may stand a hundred thousand times.
    """
    if len(same) == 1:
        return same[0]
    kinds: dict[tuple[str, str, bytes], Decision] = {}
    for decision in same:
        rule, told, comparison = decision.repeat.rule, decision.told, decision.repeat.comparison
        other = here.codes[slice(*decision.repeat.kept)].tobytes() if comparison else b""
        kinds.setdefault((rule, told.code if told else "", other), decision)
    return min(kinds.values(), key=lambda decision: decision.level.rank if decision.level else len(Level))


def _apart(cuts: list[Edit]) -> list[Edit]:
    """Sort cuts, and take from a cut the white space that the one before it has taken already."""
    result: list[Edit] = []
    for edit in sorted(cuts):
        start = max(edit.start, result[-1].end) if result else edit.start
        result.append(replace(edit, start=start, end=max(start, edit.end)))
    return result
