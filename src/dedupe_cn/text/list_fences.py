"""Fenced code inside list items: where it ends, as CommonMark has it.

It ends with its closing fence or with its item, that is, before a line that is not indented as far as the item's text.
What is in it begins and ends nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dedupe_cn.regex import regex

_MARKER = r"(?:[-*+]|\d{1,9}[.)])"
#: A line of a list that opens fenced code: indented, or behind a marker.
NESTED_FENCE = rf"[ \t]*+(?:{_MARKER}[ \t]++)*(?:`{{3,}}+[^`\n]*+$|~{{3,}})"
_FENCE = regex(
    rf"(?P<before>[ \t]*+(?:{_MARKER}[ \t]++)*)(?:(?P<ticks>`{{3,}}+)[^`\n]*+$|(?P<tildes>~{{3,}}))", re.MULTILINE
)
_ITEM_LINE = regex(rf"^[ \t]*+(?:{_MARKER}(?:[ \t]++|$))+", re.MULTILINE)
_ONE_MARKER = regex(rf"[ \t]*{_MARKER}(?P<gap>[ \t]*)")
#: Columns of a tab stop; blanks behind a marker from which on the text is indented code (CommonMark 0.31, section 5.2).
_TAB, _CODE = 4, 5
#: Columns beyond the text of an item from which on a fence is none, but code or text (sections 4.4 and 4.5).
_DEEP = 4


class ListFences:
    """The fenced code of one list, which is asked for line by line from its start on."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self._seen = start
        self._open: list[int] = []  # columns at which the text of the open items begins

    def may_open(self, line: str) -> bool:
        """Tell cheaply whether a line may open fenced code."""
        return "```" in line or "~~~" in line

    def end_of(self, at: int) -> int:
        """Give the end of fenced code that opens in the line at ``at`` inside of an item; -1 if none does."""
        fence = _FENCE.match(self.text, at)
        if fence is None:
            return -1
        for line in _ITEM_LINE.finditer(self.text, self._seen, at):
            self._enter(line[0])
        self._seen = at
        column = _columns(fence["before"])
        if fence["before"].strip():
            self._enter(fence["before"])
        while self._open and self._open[-1] > column:
            self._open.pop()
        if not self._open or column - self._open[-1] >= _DEEP:
            return -1
        stop = self.text.find("\n", at)
        if stop < 0:
            return len(self.text)
        mark = fence["ticks"] or fence["tildes"]
        inside, closing = _patterns(mark, self._open[-1])
        body = inside.match(self.text, stop + 1)
        behind = body.end() if body else stop + 1
        closed = closing.match(self.text, behind)
        return closed.end() if closed else behind

    def _enter(self, markers: str) -> None:
        """Note the items that a line begins; ``markers`` is the line up to its text."""
        for marker in _ONE_MARKER.finditer(markers):
            before = _columns(markers[: marker.start("gap")])
            indent = _columns(markers[: marker.end() - len(marker[0].lstrip())])
            while self._open and self._open[-1] > indent:
                self._open.pop()
            gap = _columns(markers[: marker.end()]) - before
            self._open.append(before + (gap if 0 < gap < _CODE else 1))


def _columns(text: str) -> int:
    return len(text.expandtabs(_TAB))


@lru_cache(maxsize=64)
def _patterns(mark: str, column: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the lines inside a fence whose item's text begins at a column, and its closing line."""
    indent = rf"(?:[ ]{{{column}}}|[ ]{{0,3}}\t)"
    closing = rf"{indent}[ ]{{0,3}}{re.escape(mark[0])}{{{len(mark)},}}+[ \t]*+(?:\n|\Z)"
    return re.compile(rf"(?:(?!{closing})(?:{indent}[^\n]*+(?:\n|\Z)|[ \t]*+\n))*"), re.compile(closing)
