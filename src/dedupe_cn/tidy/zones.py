"""The parts of a text that a tidy-up has to leave alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from dedupe_cn.model import Edit, Kind, Span

_FENCE = re.compile(r"(?<![^\r\n])[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*(?P<mark>`{3,}+|~{3,}+)(?P<rest>[^\r\n]*+)")
_TICKS = re.compile(r"`++|(?:\r\n|\r|\n)[ \t]*+(?=[\r\n])")
#: Targets of links, tags and autolinks, bare addresses, inline math.
_TARGETS = re.compile(
    r"\]\([^()\r\n]*+\)|</?[A-Za-z][^<>]*+>|https?://[^\s<>\u3000-\u303f\uff00-\uffef]++"
    r"|(?<![\\$\w])\$[^$\r\n]++\$"
)


class Spare(Enum):
    """What a rule leaves alone."""

    NOTHING = auto()
    #: Code, front matter, math and HTML, also where a list or a quote holds them.
    VERBATIM = auto()
    #: The same, and code, link targets, tags and math inside the lines.
    INLINE = auto()
    #: All protected blocks.
    PROTECTED = auto()


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the protected blocks of a text lie: sorted, disjoint, in offsets of that text.

    In ``verbatim`` ones (code, front matter, math, HTML) only the encoding and line ends change; ``protected`` holds
    all protected blocks, the verbatim ones among them.
    """

    verbatim: tuple[Span, ...] = ()
    protected: tuple[Span, ...] = ()


def spared(text: str, kind: Kind, zones: Zones, spare: Spare) -> Sequence[Span]:
    """Give the spans of ``text`` that a rule with this ``spare`` leaves alone, sorted and disjoint."""
    if spare is Spare.NOTHING:
        return ()
    if spare is Spare.PROTECTED:
        return zones.protected
    if kind is Kind.TEXT:
        return zones.verbatim
    verbatim = _merged([*zones.verbatim, *_nested_code(text, zones)])
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


def _nested_code(text: str, zones: Zones) -> Iterator[Span]:
    """Find the fenced code inside lists, quotes and their like, which is verbatim though its block is not.

    Fences that are never closed reach to the end of the block.
    """
    if "```" not in text and "~~~" not in text:
        return
    verbatim = set(zones.verbatim)
    for block in zones.protected:
        if block in verbatim:
            continue
        mark, start = "", 0
        for fence in _FENCE.finditer(text, block.start, block.end):
            if not mark:
                if fence["mark"][0] == "~" or "`" not in fence["rest"]:
                    mark, start = fence["mark"], fence.start()
            elif fence["mark"].startswith(mark) and not fence["rest"].strip():
                yield Span(start, fence.end())
                mark = ""
        if mark:
            yield Span(start, block.end)


def _inline(text: str, verbatim: Sequence[Span]) -> Iterator[Span]:
    """Find code and link targets inside the lines between the verbatim blocks."""
    position = 0
    for block in (*verbatim, Span(len(text), len(text))):
        yield from _code_spans(text, position, block.start)
        for target in _TARGETS.finditer(text, position, block.start):
            yield Span(target.start(), target.end())
        position = block.end


def _code_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Pair runs of backticks of equal length; no pair reaches over a blank line."""
    runs: list[re.Match[str]] = []
    for match in _TICKS.finditer(text, start, end):
        if match[0][0] == "`":
            runs.append(match)
        else:
            yield from _pairs(text, runs)
            runs = []
    yield from _pairs(text, runs)


def _pairs(text: str, runs: list[re.Match[str]]) -> Iterator[Span]:
    following: list[int | None] = [None] * len(runs)
    last: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index][0])
        following[index] = last.get(length)
        last[length] = index
    index = 0
    while index < len(runs):
        closing = following[index]
        opening = runs[index].start()
        if closing is None or (opening and text[opening - 1] == "\\"):
            index += 1
        else:
            yield Span(opening, runs[closing].end())
            index = closing + 1
