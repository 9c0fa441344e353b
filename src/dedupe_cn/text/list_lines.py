"""The lines of a list in Markdown, and which of the lines below it still belong to it."""

from __future__ import annotations

import re

from dedupe_cn.regex import regex
from dedupe_cn.text.line_kinds import HTML, ITEM, RULE_LINE
from dedupe_cn.text.list_fences import NESTED_FENCE

#: Items, and what is indented below them.
LIST_LINES = regex(
    rf"(?:(?!{RULE_LINE}|{NESTED_FENCE})(?:{ITEM}[^\n]*+|(?:  |[ ]?\t)[^\n]*?\S[^\n]*+)(?:\n|\Z))*", re.MULTILINE
)
#: Items without text, and a heading, a rule or HTML in one.
_WITHOUT_TEXT = regex(
    rf"(?:{ITEM})*+[ \t]*+(?:$|#{{1,6}}(?:[ \t]|$)|{RULE_LINE}|{HTML.pattern})", re.MULTILINE
)
_BLANK_LINE = regex(r"^[ \t]*+\n", re.MULTILINE)
#: A line of U+3000, NBSP and their like at the margin.
_FOREIGN_LINE = regex(r"^(?!  |[ ]?\t|[ \t]*+\n)[^\S\n]++\n", re.MULTILINE)


def leaves_text_open(text: str, start: int, end: int) -> bool:
    """Tell whether the last of some lines of a list leaves a paragraph open, which the next line continues.

    ``end`` is behind the line break of the last line.
    """
    last = max(start, text.rfind("\n", start, end - 1) + 1)
    return _WITHOUT_TEXT.match(text, last, end) is None


def is_left(text: str, start: int, end: int, lazy: bool) -> bool:
    """Tell whether a list ends among lines of white space below it: where one of them is text beside the list.

    Such is a line of U+3000 or NBSP at the margin (CommonMark 0.31, section 2.1), but where the paragraph of an item is
    still open (``lazy``), which it continues.
    """
    if not lazy:
        return _FOREIGN_LINE.search(text, start, end) is not None
    blank = _BLANK_LINE.search(text, start, end)
    return blank is not None and _FOREIGN_LINE.search(text, blank.end(), end) is not None
