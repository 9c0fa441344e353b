"""A file that was read again, with what comparing its passages asks of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from dedupe_cn.across.samples import Samples, sample, verbatim
from dedupe_cn.between import AROUND, Standing
from dedupe_cn.copies.reader import Reader
from dedupe_cn.model import Kind, Span
from dedupe_cn.regex import regex
from dedupe_cn.shape import Shape
from dedupe_cn.text.sections import compared
from dedupe_cn.text.segments import Layout, layout

_LEVEL = regex(rb"[1-6]")
#: Share of a section that a copy of it covers (docs/how-it-decides.md, section).
_SECTION = 2 / 3


class Heading(NamedTuple):
    """A heading of Markdown: where its line begins, its level, and the number of its line."""

    start: int
    level: int
    line: int


class _Line(NamedTuple):
    number: int
    level: int


class FileText:
    """One file: its path, its text, how it is read, the places of the marks in it, and where these hold copies off.

    ``shape`` names places in a container.
    """

    shape: Shape | None = None

    def __init__(
        self, path: str, text: str, kind: Kind, unseen: Sequence[Span] = (), off: Sequence[Span] = ()
    ) -> None:
        self.path, self.text, self.kind = path, text, kind
        self.unseen, self.off = unseen, off

    @cached_property
    def layout(self) -> Layout:
        """Give its layout, of which little more than the exact form is asked for."""
        return layout(self.text, self.kind, self.unseen)

    @cached_property
    def exact(self) -> str:
        """Give its exact form."""
        return self.layout.exact

    @cached_property
    def _verbatim(self) -> list[tuple[int, int]]:
        """Give the stretches of code and front matter, rising."""
        return verbatim(self.text) if self.kind is Kind.MARKDOWN else []

    @cached_property
    def headings(self) -> list[Heading]:
        """Give the headings that stand in lines of their own."""
        if self.kind is not Kind.MARKDOWN:
            return []
        leads, starts = self.layout.form.lines.leads, self.layout.form.lines.starts
        found = (_Line(match.start(), int(match[0])) for match in _LEVEL.finditer(leads))
        rows = (Heading(starts[line.number], line.level, line.number) for line in found)
        return [heading for heading in rows if self._verbatim_at(heading.start + 1) is None]

    def title(self, heading: Heading) -> str:
        """Give the title of a heading as it is compared."""
        lines = self.layout.form.lines
        return compared(self.text[heading.start : lines.stops[heading.line] + 1].strip())

    def is_off(self, span: Span) -> bool:
        """Tell whether a mark holds copies off in a part of a span."""
        return any(other.start < span.end and span.start < other.end for other in self.off)

    def sampled(self) -> Samples:
        """Sample it."""
        return sample(Reader(self.layout), self.off)

    def standing(self, span: Span) -> Standing:
        """Give a passage with its lines and columns, and with what stands above and around it."""
        (line, column), (end_line, end_column) = (self._at(offset) for offset in (span.start, span.end))
        before, behind = self.text[max(0, span.start - AROUND) : span.start], self.text[span.end : span.end + AROUND]
        place = line, column, end_line, end_column
        named = self.shape.place(span.start) if self.shape is not None else ""
        return Standing(self.path, span.start, span.end, *place, self._above(span.start), before, behind, named)

    def _above(self, at: int) -> tuple[str, ...]:
        """Give the headings above a place, the outermost first."""
        lines, level = self.layout.form.lines, 7
        above: list[str] = []
        for heading in reversed(self.headings[: bisect_left(self._heading_starts, at)]):
            if heading.level < level:
                level = heading.level
                above.append(self.text[heading.start : lines.stops[heading.line] + 1].strip())
            if level == 1:
                break
        return tuple(reversed(above))

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [heading.start for heading in self.headings]

    def _at(self, offset: int) -> tuple[int, int]:
        starts = self.layout.form.lines.starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def window(self, start: int, end: int, lines: int) -> Span:
        """Give the lines of an exact range, and so many before and behind it; no code is cut in two."""
        span = self.layout.span(start, min(end, len(self.layout.codes)))
        starts = self.layout.form.lines.starts
        first = starts[max(0, bisect_right(starts, span.start) - 1 - lines)]
        last = bisect_left(starts, span.end) + lines
        stop = starts[last] if last < len(starts) else len(self.text)
        if (around := self._verbatim_at(first)) is not None:
            first = min(around[1], span.start)
        if (around := self._verbatim_at(stop)) is not None:
            stop = max(around[0], span.end)
        return Span(first, stop)

    def _verbatim_at(self, at: int) -> tuple[int, int] | None:
        """Give the stretch of code or front matter in the middle of which a place lies."""
        number = bisect_right(self._verbatim, (at, len(self.text))) - 1
        if number < 0:
            return None
        start, end = self._verbatim[number]
        return (start, end) if start < at < end else None

    def lines_around(self, start: int, end: int) -> tuple[int, int]:
        """Give where the lines begin and end, in exact offsets, that an exact range touches."""
        lines = self.layout.form.lines
        first, last = bisect_right(lines.low, start) - 1, bisect_left(lines.high, end)
        return lines.low[max(0, first)], lines.high[min(last, len(lines.high) - 1)]

    def section(self, span: Span) -> Heading | None:
        """Give the heading with which a span begins, when it holds most of what stands beneath that."""
        starts = self._heading_starts
        number = bisect_left(starts, span.start)
        first = self.layout.form.exact(span.start)
        if number == len(starts) or self.layout.form.exact(starts[number]) > first:
            return None
        own = self.headings[number]
        behind = (other.start for other in self.headings[number + 1 :] if other.level <= own.level)
        end = self.layout.form.exact(next(behind, len(self.text)))
        held = min(self.layout.form.exact(span.end), end) - first
        return own if held >= _SECTION * (end - first) else None
