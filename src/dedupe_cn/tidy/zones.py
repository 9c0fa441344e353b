"""The parts of a text that a tidy-up has to leave alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

from dedupe_cn.model import Edit, Kind, Span
from dedupe_cn.regex import regex
from dedupe_cn.text.code_spans import code_spans, nested_code
from dedupe_cn.text.handed_on import handed_on

#: Targets of links, tags and autolinks, bare addresses, inline math.
_TARGETS = regex(
    r"\]\([^()\r\n]*+\)|</?[A-Za-z][^<>]*+>|https?://[^\s<>\u3000-\u303f\uff00-\uffef]++"
    r"|(?<![\\$\w])\$[^$\r\n]++\$"
)


class Spare(Enum):
    """What a rule leaves alone."""

    NOTHING = auto()
    #: Code, front matter, math and HTML, also where a list or a quote holds them, and what templates hand on.
    VERBATIM = auto()
    #: The same, and code, link targets, tags and math inside the lines.
    INLINE = auto()
    #: All protected blocks.
    PROTECTED = auto()


class Zones(NamedTuple):
    """Where the protected blocks of a text lie: sorted, disjoint, in offsets of that text.

    In ``verbatim`` ones (code, front matter, math, HTML) only the encoding and line ends change; ``protected`` holds
    all protected blocks, the verbatim ones among them.
    """

    verbatim: tuple[Span, ...] = ()
    protected: tuple[Span, ...] = ()

    def after(self, edits: Sequence[Edit]) -> Zones:
        """Give the zones of the text that edits (sorted) make, which change no block but its place.

        >>> Zones(verbatim=(Span(3, 9),)).after([Edit(0, 2)]).verbatim
        (Span(start=1, end=7),)
        """
        ends = [edit.end for edit in edits]
        shifts = [0, *accumulate(len(edit.replacement) - (edit.end - edit.start) for edit in edits)]

        def moved(spans: Iterable[Span]) -> tuple[Span, ...]:
            return tuple(Span(*(at + shifts[bisect_right(ends, at)] for at in (s.start, s.end))) for s in spans)

        return Zones(moved(self.verbatim), moved(self.protected))


def spared(text: str, kind: Kind, zones: Zones, spare: Spare) -> Sequence[Span]:
    """Give the spans of ``text`` that a rule with this ``spare`` leaves alone, sorted and disjoint."""
    if spare is Spare.NOTHING:
        return ()
    if spare is Spare.PROTECTED:
        return zones.protected
    if kind is Kind.TEXT:
        return zones.verbatim
    whole = set(zones.verbatim)
    nested = nested_code(text, [block for block in zones.protected if block not in whole])
    verbatim = _merged([*whole, *nested])
    verbatim = _merged([*verbatim, *handed_on(text, verbatim)])
    return verbatim if spare is Spare.VERBATIM else _merged([*verbatim, *_inline(text, verbatim)])


def outside(edits: Iterable[Edit], spans: Sequence[Span]) -> list[Edit]:
    """Keep the edits that change nothing inside the spans; both are sorted and disjoint.

    >>> outside([Edit(0, 1), Edit(3, 4)], [Span(2, 5)])
    [Edit(start=0, end=1, replacement='', rule='')]
    """
    kept = []
    at = 0
    for edit in edits:
        while at < len(spans) and spans[at].end <= edit.start:
            at += 1
        if at == len(spans) or edit.end <= spans[at].start:
            kept.append(edit)
    return kept


def _merged(spans: Iterable[Span]) -> list[Span]:
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def _inline(text: str, verbatim: Sequence[Span]) -> Iterator[Span]:
    """Find code and link targets inside the lines between the verbatim blocks."""
    position = 0
    for block in (*verbatim, Span(len(text), len(text))):
        yield from code_spans(text, position, block.start)
        for target in _TARGETS.finditer(text, position, block.start):
            yield Span(target.start(), target.end())
        position = block.end
