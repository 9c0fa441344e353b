"""What the marks of a text cover: stretches of whole lines, for each rule."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dedupe_cn.directives.marks import EVERY, Mark, MarkReading, read_marks
from dedupe_cn.model import Block, Kind, Span
from dedupe_cn.regex import regex

_BREAK = regex(r"\r\n|\n|\r")
_COMMENT = regex(r"<!--.*?-->|\{/\*.*?\*/\}", re.DOTALL)


class MarkedRange(NamedTuple):
    """A range of the text in which mark number ``mark`` holds a rule back."""

    start: int
    end: int
    mark: int


@dataclass(frozen=True)
class Reach:
    """The marks of one text and what they cover; parts are worked out when first asked for.

    A stretch is whole lines: from the line of ``off`` to the line of the ``on`` behind it, or to behind the end of the
    text; from the line of ``ignore-next`` to the end of the next block. The stretches of a rule are sorted and do not
    overlap: a mark that begins where its rule is off already covers nothing.
    """

    text: str
    kind: Kind
    reading: MarkReading

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Give the marks in order."""
        return self.reading.marks

    @cached_property
    def whole(self) -> Mapping[str, int]:
        """Give the rules that an ``ignore-file`` switches off, with the number of the mark."""
        rules: dict[str, int] = {}
        for number, mark in enumerate(self.marks):
            if mark.word == "ignore-file":
                for rule in mark.rules:
                    rules.setdefault(rule, number)
        return rules

    def overlapping(self, rule: str, start: int, end: int) -> Iterator[MarkedRange]:
        """Give the stretches of a rule that share a character with ``[start, end)``, or hold it when it is empty."""
        stretches = self._stretches[0].get(rule, [])
        for index in range(bisect_right(stretches, start, key=lambda s: s.end), len(stretches)):
            if stretches[index].start >= end:
                return
            yield stretches[index]

    def marks_in(self, start: int, end: int) -> bool:
        """Tell whether a mark touches ``[start, end)``."""
        at = bisect_right(self.marks, start, key=lambda mark: mark.span.end)
        return at < len(self.marks) and self.marks[at].span.start < end

    def gap(self, before: int, span: Span, after: int) -> tuple[int, int]:
        """Narrow the white space from ``before`` to ``after`` round a span to what no mark and no stretch holds."""
        starts, ends = self._borders
        left = ends[bisect_right(ends, span.start) - 1] if ends and ends[0] <= span.start else before
        at = bisect_left(starts, span.end)
        return max(before, left), min(after, starts[at]) if at < len(starts) else after

    @cached_property
    def idle(self) -> tuple[int, ...]:
        """Give the numbers of the ``on`` marks before which none of their rules was off."""
        return tuple(self._stretches[1])

    @cached_property
    def full(self) -> tuple[Span, ...]:
        """Give the stretches in which all rules are off, by one mark each, in order of place."""
        if self.whole.keys() >= EVERY:
            return (Span(0, len(self.text)),)
        spans: list[Span] = []
        opened = -1
        for number, mark in enumerate(self.marks):
            start = self._lines[number].start
            if mark.word == "on" and opened >= 0 and mark.rules:
                spans.append(Span(opened, self._lines[number].end))
                opened = -1
            elif mark.rules == EVERY and opened < 0:
                if mark.word == "off":
                    opened = start
                elif mark.word == "ignore-next" and start < self._next[number]:
                    spans.append(Span(start, self._next[number]))
        return (*spans, Span(opened, len(self.text))) if opened >= 0 else tuple(spans)

    @cached_property
    def _stretches(self) -> tuple[dict[str, list[MarkedRange]], list[int]]:
        found: dict[str, list[MarkedRange]] = {}
        opened: dict[str, int] = {}
        idle: list[int] = []

        def add(rule: str, end: int, mark: int) -> None:
            known = found.setdefault(rule, [])
            start = max(self._lines[mark].start, known[-1].end if known else 0)
            if start < end:
                known.append(MarkedRange(start, end, mark))

        for number, mark in enumerate(self.marks):
            if mark.word == "on":
                closed = mark.rules & opened.keys()
                for rule in closed:
                    add(rule, self._lines[number].end, opened.pop(rule))
                if not closed:
                    idle.append(number)
            elif mark.word == "off":
                for rule in mark.rules - opened.keys():
                    opened[rule] = number
            elif mark.word == "ignore-next":
                for rule in mark.rules - opened.keys():
                    add(rule, self._next[number], number)
        for rule, number in opened.items():
            add(rule, len(self.text) + 1, number)  # also what would be added at the very end
        return found, idle

    @cached_property
    def _borders(self) -> tuple[list[int], list[int]]:
        """Give where marks and stretches begin, and where they end, both sorted."""
        spans = [*(mark.span for mark in self.marks), *self._lines]
        return sorted(s.start for s in spans), sorted([s.end for s in spans] + list(self._next.values()))

    @cached_property
    def _lines(self) -> tuple[Span, ...]:
        """Give the lines on which each mark stands, without the last line break."""
        breaks = [match.span() for match in _BREAK.finditer(self.text)] if self.marks else []
        lines: list[Span] = []
        for mark in self.marks:
            before = bisect_right(breaks, mark.span.start, key=lambda span: span[1])
            behind = bisect_left(breaks, mark.span.end, key=lambda span: span[0])
            start = breaks[before - 1][1] if before else 0
            lines.append(Span(start, breaks[behind][0] if behind < len(breaks) else len(self.text)))
        return tuple(lines)

    @cached_property
    def _next(self) -> dict[int, int]:
        """Give the end of the block that each ``ignore-next`` is about, by the number of the mark; 0 without one.

        It is the block behind the mark, or the rest of the one in which the mark stands; comments and other marks are
        passed over. Lines of verse that touch count as one block.
        """
        asking = [number for number, mark in enumerate(self.marks) if mark.word == "ignore-next"]
        if not asking:
            return {}
        table = self.reading.blocks
        comments = {m.end(): m.start() for m in _COMMENT.finditer(self.text)}
        comments |= {mark.span.end: mark.span.start for mark in self.marks}
        last = [self._last_said(block, comments) for block in table]
        result: dict[int, int] = {}
        following, index = len(table), len(table) - 1  # of blocks that say something
        for number in reversed(asking):
            place = self.marks[number].span.end
            while index >= 0 and last[index] > place:
                following = index if last[index] > table[index].start else following
                index -= 1
            result[number] = self._end(table, following) if following < len(table) else 0
        return result

    def _last_said(self, block: Block, comments: Mapping[int, int]) -> int:
        """Give the offset behind the last character of a block that is no comment; its start when there is none."""
        end = block.end
        while end > block.start:
            if self.text[end - 1].isspace():
                end -= 1
            elif comments.get(end, -1) >= block.start:
                end = comments[end]
            else:
                break
        return end

    def _end(self, table: Sequence[Block], index: int) -> int:
        """Give the end of a block, or of the stanza whose first line it is."""
        while (
            self.kind is Kind.TEXT
            and index + 1 < len(table)
            and table[index].kind == table[index + 1].kind == "verse"
            and len(_BREAK.findall(self.text, table[index].end, table[index + 1].start)) == 1
        ):
            index += 1
        return table[index].end


def reach(text: str, kind: Kind) -> Reach:
    """Read the marks of a text and what they cover."""
    return Reach(text, kind, read_marks(text, kind))


def same_marks(before: Reach, after: Reach) -> bool:
    """Tell whether two texts hold the same marks, and those that forbid everything cover at least the same text."""

    def meant(here: Reach) -> list[tuple[str, frozenset[str]]]:
        return [(mark.word, mark.rules) for mark in here.marks]

    def covered(here: Reach) -> list[str]:
        return [here.text[span.start : span.end] for span in here.full]

    if meant(before) != meant(after) or len(before.full) != len(after.full):
        return False
    return all(more.startswith(part) for part, more in zip(covered(before), covered(after), strict=True))
