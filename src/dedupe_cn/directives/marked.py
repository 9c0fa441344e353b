"""Hold back what the marks of a document forbid while it is cleaned, and note which of them held something back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedupe_cn.directives.mark_mention import MENTION
from dedupe_cn.directives.mark_reach import Reach, reach, same_marks
from dedupe_cn.directives.marks import EVERY
from dedupe_cn.edits import apply
from dedupe_cn.model import Edit, Kind, Span
from dedupe_cn.model import Warning as Finding
from dedupe_cn.reasons import OFF, Reason
from dedupe_cn.settings import REPEAT_RULES, TIDY_DEFAULT

if TYPE_CHECKING:
    from dedupe_cn.text.segments import Layout

#: What is no matter of one text, so that one text alone cannot tell whether a mark holds it back.
_OF_SEVERAL = frozenset({"duplicate-file", "across"})
#: What a mark without names holds back unless more was asked for.
_DEFAULT = frozenset(REPEAT_RULES + TIDY_DEFAULT) - _OF_SEVERAL


class Marked:
    """The marks of one document on its way.

    The text changes, its marks do not: they are never removed, and a change after which others would hold, or the same
    would cover less, is left out.
    """

    def __init__(self, text: str, kind: Kind) -> None:
        self._kind = kind
        self._original = self._latest = reach(text, kind)
        self._text = text
        self._used: set[int] = set()
        self._shifted = False

    @property
    def ignored(self) -> frozenset[str]:
        """Give the rules that are off for the whole file."""
        return frozenset(self._original.whole)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Give the places of the marks in a text: no part of what is compared."""
        return tuple(mark.span for mark in self._reach(text).marks)

    def off(self, rule: str) -> tuple[Span, ...]:
        """Give the stretches of the original in which a rule is off."""
        here = self._original
        if rule in here.whole:
            return (Span(0, len(here.text)),)
        return tuple(Span(s.start, s.end) for s in here.overlapping(rule, 0, len(here.text) + 1))

    def spare(self, text: str, edits: Sequence[Edit]) -> list[Edit]:
        """Keep the tidy-ups (of one rule) that touch nothing where the rule is off."""
        here = self._reach(text)
        kept = [edit for edit in edits if not self._covered(here, edit.rule, edit.start, edit.end)]
        if kept and not same_marks(here, self._reach(apply(text, kept))):
            self._shifted = True
            return []
        return kept

    def holds(self, layout: Layout, rule: str, removed: tuple[int, int]) -> Reason | None:
        """Say why a repeat stays because of a mark: OFF when all of it is marked, else a reason to report.

        ``removed`` is in exact offsets. None when no mark is in the way.
        """
        here = self._reach(layout.text)
        span = layout.span(*removed)
        stretches = list(here.overlapping(rule, span.start, span.end))
        marked = 0
        for stretch in stretches:
            exact = layout.form.exact
            marked += exact(min(stretch.end, span.end)) - exact(max(stretch.start, span.start))
        if marked == removed[1] - removed[0] or rule in here.whole:
            self._used.update([stretch.mark for stretch in stretches] or [here.whole[rule]])
            return OFF
        if marked:
            self._used.update(stretch.mark for stretch in stretches)
            return Reason("marked-part")
        return Reason("holds-mark") if here.marks_in(span.start, span.end) else None

    def gap(self, text: str, before: int, span: Span, after: int) -> tuple[int, int]:
        """Narrow the white space round a removed span to what no mark and no stretch holds."""
        return self._reach(text).gap(before, span, after)

    def allows(self, before: str, after: str) -> bool:
        """Tell whether the marks of a text are still the same after a change."""
        return same_marks(self._reach(before), self._reach(after))

    def warnings(self, rules: frozenset[str]) -> list[Finding]:
        """Give what is wrong with the marks; ``rules`` are in force.

        A mark is only called unused when everything it could have held back was looked for.
        """
        here = self._original
        found = list(here.reading.problems)
        idle, misspelt = frozenset(here.idle), {problem.start for problem in found}
        for number, mark in enumerate(here.marks):
            code = ""
            if mark.word == "on":
                code = "mark-idle" if number in idle and mark.rules else ""
            elif number not in self._used and (mark.named or mark.rules == EVERY):
                needed = mark.rules if mark.named and mark.rules != EVERY else _DEFAULT
                needed -= {"across"} if mark.word != "ignore-file" else _OF_SEVERAL
                known = bool(needed) and needed <= rules and mark.span.start not in misspelt
                code = "mark-unused" if known else ""
            if code:
                found.append(Finding("unused-mark", 1, mark.span.start, Reason(code, (mark.word,))))
        if self._shifted:
            named = MENTION.search(here.text)  # what is no mark yet may become one
            start = here.marks[0].span.start if here.marks else named.end() - len("dedupe-cn") if named else 0
            found.append(Finding("shifted-mark", 1, start, Reason("mark-shifted")))
        return sorted(found, key=lambda finding: finding.start)

    def _covered(self, here: Reach, rule: str, start: int, end: int) -> bool:
        marks = [stretch.mark for stretch in here.overlapping(rule, start, end)]
        if not marks and rule in here.whole:
            marks = [here.whole[rule]]
        self._used.update(marks)
        return bool(marks)

    def _reach(self, text: str) -> Reach:
        """Give the marks of a text; those of the last one asked for are remembered."""
        if text is not self._text:  # an equal text is compared once only
            if text != self._latest.text:
                self._latest = reach(text, self._kind)
            self._text = text
        return self._latest
