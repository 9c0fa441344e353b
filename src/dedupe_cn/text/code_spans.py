"""Find code that stands inside other blocks: fences in lists and quotes, and backticks in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dedupe_cn.model import Span
from dedupe_cn.regex import regex

#: What begins and ends fenced code.
FENCES = ("```", "~~~")
_FENCE = regex(
    r"(?<![^\r\n])[ \t>]*+(?P<items>(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+)(?P<mark>`{3,}+|~{3,}+)(?P<rest>[^\r\n]*+)"
)
#: Columns of a tab stop, and those by which a closing fence may stand deeper than the opening one (CommonMark 0.31,
#: sections 2.2 and 4.5).
_TAB, _DEEPER = 4, 3
_BLANK_LINES = regex(r"(?:[ \t]*+(?:\r\n|\r|\n))+")
_ITEM = regex(r"(?<![^\r\n])[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)+")
_TICKS = regex(r"`++|(?:\r\n|\r|\n)[ \t]*+(?=[\r\n])")


def nested_code(text: str, blocks: Sequence[Span]) -> Iterator[Span]:
    """Find the fenced code inside blocks (sorted) that are not code themselves: lists, quotes and their like.

    Fences that are never closed reach to the end of the block, and over the blank lines behind it: in the last item of
    a list these are lines of the code.
    """
    ahead = dict.fromkeys(FENCES, -1)  # where each stands next, so that the text is gone through once
    for block in blocks:
        for sign, at in ahead.items():
            if at < block.start:
                found = text.find(sign, block.start, blocks[-1].end)
                ahead[sign] = found if found >= 0 else blocks[-1].end
        if min(ahead.values()) + len(FENCES[0]) > block.end:
            continue
        mark, start, column = "", 0, 0
        items = _Items(text, block.start)
        for fence in _FENCE.finditer(text, block.start, block.end):
            if not mark:
                if (fence["mark"][0] == "~" or "`" not in fence["rest"]) and not items.hold_as_text(fence):
                    mark, start, column = fence["mark"], fence.start(), _column(fence)
            elif _closes(fence, mark) and _column(fence) <= column + _DEEPER:
                yield Span(start, fence.end())
                mark = ""
        if mark:
            behind = _BLANK_LINES.match(text, block.end)
            yield Span(start, behind.end() if behind else block.end)


class _Items:
    """The items of a block, which are asked for at its fences in their order."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._seen = start
        self._column = -1  # of the text of the last item

    def hold_as_text(self, fence: re.Match[str]) -> bool:
        """Tell whether a fence stands so deep in an item that it is none, but code or text."""
        column = _column(fence)
        if fence["items"] or column <= _DEEPER:
            return False
        for item in _ITEM.finditer(self._text, self._seen, fence.start()):
            self._column = len(item[0].expandtabs(_TAB))
        self._seen = fence.start()
        return 0 <= self._column < column - _DEEPER


def _closes(fence: re.Match[str], mark: str) -> bool:
    return fence["mark"].startswith(mark) and not fence["rest"].strip(" \t") and not fence["items"]


def _column(fence: re.Match[str]) -> int:
    return len(fence[0][: fence.start("mark") - fence.start()].expandtabs(_TAB))


def code_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Pair runs of backticks of equal length in ``text[start:end]``; no pair reaches over a blank line."""
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
