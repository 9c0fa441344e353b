"""Trim white space at the ends of lines."""

from __future__ import annotations

import re

from dedupe_cn.model import Edit, Kind
from dedupe_cn.tidy.lines import BREAK, spaces_before_breaks

_TEXT_BELOW = re.compile(BREAK + r"[^\S\r\n]*+\S")
# A heading or a row of a table ends with its line: white space behind it is never a break.
_ENDS_WITH_ITS_LINE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\|)")


def trailing_space(text: str, kind: Kind) -> list[Edit]:
    """Trim the white space (U+3000 and NBSP too) at the end of each line, and empty lines of nothing else.

    In Markdown two blanks at the end of a line are a line break when text follows: they stay as they are.

    >>> trailing_space("文 \\n \\n文　", Kind.TEXT)[0]
    Edit(start=1, end=2, replacement='', rule='trailing-space')
    """
    edits = []
    position = 0
    for start, end in spaces_before_breaks(text):
        if kind is Kind.TEXT or not _is_hard_break(text, position, start, end):
            edits.append(Edit(start, end, "", "trailing-space"))
        position = end
    return edits


def _is_hard_break(text: str, position: int, start: int, end: int) -> bool:
    """Tell whether the white space ``[start, end)`` breaks the line in Markdown.

    The line begins behind ``position``. So does a backslash, if nothing stands between it and the end of the line.
    """
    if start == 0 or text[start - 1] in "\r\n":
        return False
    if not text.endswith("  ", start, end) and text[start - 1] != "\\":
        return False
    line = max(text.rfind("\n", position, start), text.rfind("\r", position, start), position - 1) + 1
    return not _ENDS_WITH_ITS_LINE.match(text, line) and _TEXT_BELOW.match(text, end) is not None
