"""Tell, line by line, from which column on a line of Markdown may be code, by the lines above it."""

from __future__ import annotations

import re
import sys

from dedupe_cn.regex import regex

LINE_START = r"(?<![^\r\n])(?!(?<=\r)\n)"
MARKER = r"(?:[-*+]|\d{1,9}[.)])(?=[ \t\r\n]|\Z)"
#: What leaves no paragraph open: a heading, a rule or an underline, a fence, HTML, a link definition, a row of a table.
_NO_PARAGRAPH = (
    r"#{1,6}(?:[ \t]|(?![^\r\n]))|[-=*_ \t]++(?![^\r\n])|```|~~~|<|\[[^\]\r\n]++\]:|[^|\r\n]*+\|"
)
#: A line: its indent, the marks of quotes and items behind it, and what its text begins with.
_LINE = regex(
    rf"{LINE_START}(?P<indent>[ \t]*+)(?P<marks>(?:(?:>|{MARKER})[ \t]*+)*)"
    rf"(?:(?P<empty>(?![^\r\n]))|(?P<bare>{_NO_PARAGRAPH})|)"
)
#: Columns of a tab stop; those from which on a line is code at the top level, and in the flattest list item: its
#: marker, a blank and four more (CommonMark 0.31, sections 2.2, 4.4 and 5.2).
TAB, CODE, CODE_IN_ITEM = 4, 4, 6
#: Columns of lines directly below a quote, which markdown-it may take for code, not for text of what the quote holds.
_BELOW_QUOTE = range(CODE, sys.maxsize)


class LinesAbove:
    """The lines of a text above one that is asked for, in their order.

    A line that is indented far enough is code where no paragraph is open above it: behind a blank line, and directly
    below an item or a quote without text, a heading, a rule, a fence, HTML, a link definition or a row of a table.
    Below text it belongs to the paragraph. No list is read here: where the columns may be these or those, the fewer
    count.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._read = 0  # up to where lines were read
        #: Where the lines begin that no blank one parts from the next line.
        self.chunk = 0
        #: Where those begin that stand above the blank lines before them; -1 where there are none.
        self.before = -1
        #: Whether the last line at the margin begins an item, and whether it stands in a quote.
        self.in_item = self.in_quote = False
        #: The column from which on a line may be code behind a blank line.
        self.least = CODE
        #: The column from which on the next line may be code whatever it begins with; None where a paragraph is open.
        self.directly: int | None = None
        #: Whether the last line that is not blank may have been code.
        self.code = False
        #: Whether a line since the last blank one begins a link definition, which may go on below.
        self.in_definition = False
        self._beside = range(0)  # columns between the markers and the text of the last items in each other
        self._empty_item = False  # whether the last line at the margin is an item without text
        self._in_html = False  # whether a line since the last blank one begins HTML, in which no item begins

    def read_to(self, line: int) -> None:
        """Read the lines above the one that begins here."""
        for found in _LINE.finditer(self._text, self._read, line):
            if found.start() == line:  # where the search ends, every line looks blank
                break
            if found["empty"] is not None and not found["marks"]:
                self._blank(found)
            else:
                self._full(found)
        self._read = line

    def stands_beside(self, indent: int) -> bool:
        """Tell whether a line with this indent may be code that stands beside the text of an item or a quote.

        So markdown-it 14 (Python's 4.3) reads it even below text, where it begins with what could end a paragraph.
        """
        return indent in self._beside

    def _blank(self, found: re.Match[str]) -> None:
        if found.start() != self.chunk:
            self.before = self.chunk
        self.chunk = _below(self._text, found.end())
        self.directly = None
        self._in_html = self.in_definition = False
        if self._beside is _BELOW_QUOTE:
            self._beside = range(0)
        if self._empty_item:  # a blank line below its marker ends such an item
            self.least, self._empty_item = CODE, False

    def _full(self, found: re.Match[str]) -> None:
        marks = found["marks"]
        indent = _width(found["indent"])
        bare = found["empty"] is not None or found["bare"] is not None
        # A hyphen below text is no item: it underlines a heading.
        underline = marks.rstrip() == "-" and found["empty"] is not None and found.start() != self.chunk
        if indent < CODE:
            self._markers(found, underline)
        self._in_html |= found["bare"] == "<"
        self.in_definition |= (found["bare"] or "").endswith("]:")
        if indent in self._beside:
            self.code, self.directly = True, self._beside.start
            return
        if ">" in marks:
            self._beside = _BELOW_QUOTE
        elif marks:
            outside = self._beside.start if self._beside and indent >= self._beside.stop else indent + 1
            self._beside = range(max(CODE, outside), _text_begins(found))
        elif indent < self._beside.stop and (bare or found.start() == self.chunk):
            self._beside = range(0)
        self.code = self.directly is not None and indent >= self.directly
        if not self.code:
            self.directly = None
            if bare:
                self.directly = CODE if underline or ">" in marks else _directly(found, indent)


    def _markers(self, found: re.Match[str], underline: bool) -> None:
        """Note the markers with which a line begins that is no code."""
        self.in_quote = found["marks"].startswith(">")
        self.in_item = bool(found["marks"]) and not self.in_quote
        flat = self.in_item and not underline and not self._in_html and _text_begins(found) <= CODE
        self.least = CODE_IN_ITEM if flat else CODE
        self._empty_item = self.in_item and found["empty"] is not None


def _directly(found: re.Match[str], indent: int) -> int:
    """Give the column from which on the line below one without a paragraph may be code."""
    if not found["marks"]:
        return max(CODE, indent + 1)  # the text of the item that it stands in may begin up to three columns before
    behind = _text_begins(found)
    return behind + CODE if behind <= CODE else CODE  # what is indented less stands beside the item


def _text_begins(found: re.Match[str]) -> int:
    """Give the column from which on lines belong to the item that a line begins last."""
    marks = found["indent"] + found["marks"]
    nearest = _width(marks.rstrip()) + 1
    return nearest if found["empty"] is not None else max(nearest, _width(marks))


def _below(text: str, end: int) -> int:
    """Give where the line begins below the one that ends here."""
    return end + (2 if text.startswith("\r\n", end) else 1)


def _width(blanks: str) -> int:
    return len(blanks.expandtabs(TAB))
