"""Tell which white space at the ends of lines of Markdown means something."""

from __future__ import annotations

import re

from dedupe_cn.tidy.lines import BREAK

_TEXT_BELOW = re.compile(BREAK + r"[ \t]*+[^ \t\r\n]")
_LINE_START = r"(?<![^\r\n])(?!(?<=\r)\n)"
_MARKER = r"(?:[-*+]|\d{1,9}[.)])(?=[ \t\r\n]|\Z)"
#: What stands before the text of a line: blanks, marks of quotes and list items.
_BEFORE = re.compile(rf"(?:[ \t]*+(?P<mark>>|{_MARKER}))*+[ \t]*+")
#: Blank lines, and those that are not indented so far that they may be code, which may begin a list item.
_LANDMARK = re.compile(
    rf"{_LINE_START}(?:(?P<blank>[ \t]*+(?![^\r\n]))| {{0,3}}(?:(?P<item>{_MARKER})|(?P<quote>>)|(?=[^ \t\r\n])))"
)
_BLANK_LINES = re.compile(rf"(?:[ \t]*+{BREAK})*+(?:[ \t]++\Z)?")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_NUMBER = re.compile(r"\d{1,9}[.)]")
_CODE_BEHIND_MARK = re.compile(rf"(?:>|{_MARKER})(?: {{5}}| {{0,4}}\t)")
_LINK_DEFINITION = re.compile(r"\[[^\]\r\n]++\]:")
#: Signs behind which only blanks and TABs may stand, or which would mean something else at the end of a line.
_SIGNS = frozenset("-=_*#`~|:>$+\\")
#: Columns of a tab stop; those from which on a line is code at the top level, and in the flattest list item: its
#: marker, a blank and four more (CommonMark 0.31, sections 2.2, 4.4 and 5.2). Five behind a mark are code as well.
_TAB, _CODE, _CODE_IN_ITEM = 4, 4, 6


class MarkdownEnds:
    """Tells of white space at the ends of lines of Markdown, asked for in its order, whether it has to stay.

    These mean something: two blanks when text follows, which are a line break (also behind a row of a table, for not
    every reader knows tables); a blank behind a backslash; U+3000, NBSP and their like alone in a line, which is then a
    paragraph, and behind a sign that would be Markdown without them; and all white space in lines that may be code
    inside of a list or a quote.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._seen = 0  # behind the white space that was asked for last
        self._landmarks = 0  # up to where blank lines and lines at the margin were looked for
        self._chunk = 0  # where the lines begin that no blank one parts from the present line
        self._before = -1  # where those begin that stand above the blank lines before them
        self._next = 0  # the next line that is not blank, behind the blank one that was asked for last
        self._in_item = False  # whether the last line at the margin begins an item
        self._in_quote = False  # whether it stands in a quote

    def keep(self, start: int, end: int) -> bool:
        """Tell whether the white space ``[start, end)`` at the end of a line has to stay."""
        text = self._text
        line = max(text.rfind("\n", self._seen, start), text.rfind("\r", self._seen, start), self._seen - 1) + 1
        self._seen = end
        self._read_to(line)
        before = _BEFORE.match(text, line, end)
        body = before.end() if before else line
        foreign = bool(text[start:end].strip(" \t"))
        if body >= start:
            return foreign or self._may_be_code(line, start, before, blank=True)
        if text[start - 1] == "\\" or (foreign and self._may_mean(body, start)):
            return True
        if text.endswith("  ", start, end) and self._breaks(line, end):
            return True
        return self._may_be_code(line, start, before)

    def _read_to(self, line: int) -> None:
        for landmark in _LANDMARK.finditer(self._text, self._landmarks, line):
            if landmark.start() == line:  # where the search ends, every line looks blank
                break
            if landmark["blank"] is None:
                self._in_item = landmark["item"] is not None
                self._in_quote = landmark["quote"] is not None
                continue
            if landmark.start() != self._chunk:
                self._before = self._chunk
            self._chunk = _below(self._text, landmark.end())
        self._landmarks = line

    def _may_mean(self, body: int, start: int) -> bool:
        """Tell whether a line would mean something else without white space that is neither blank nor TAB."""
        if self._text[start - 1] in _SIGNS or _NUMBER.fullmatch(self._text, body, start):
            return True
        return _LINK_DEFINITION.match(self._text, body) is not None

    def _breaks(self, line: int, end: int) -> bool:
        """Tell whether two blanks break a line: not one that ends anyway, nor the last one of a paragraph."""
        text = self._text
        return _TEXT_BELOW.match(text, end) is not None and _HEADING.match(text, line) is None

    def _may_be_code(self, line: int, start: int, before: re.Match[str] | None, blank: bool = False) -> bool:
        """Tell whether a line may be code inside of a list or a quote: by its indent, for no list is read here."""
        if before is None:
            return False
        text = self._text
        indent = _columns(text, line, line)
        # White space behind the marker of an item without text is no code, but in a quote it may stand between lines.
        stop = before.end() if not blank or before["mark"] == ">" else start
        if _CODE_BEHIND_MARK.search(text, line, stop):
            return True
        least = _CODE_IN_ITEM if self._in_item else _CODE
        if indent < least + blank:
            return False
        if blank:
            return self._before >= 0 and self._between_code(line, least)
        if _columns(text, self._chunk, self._chunk) >= least:
            return True
        return before["mark"] is None and (self._in_item or self._in_quote)

    def _between_code(self, line: int, least: int) -> bool:
        """Tell whether the lines above and below a blank one are indented so far."""
        text = self._text
        above = self._before if self._chunk == line else self._chunk
        if self._next <= line:
            blank = _BLANK_LINES.match(text, line)
            self._next = blank.end() if blank else line
        return _columns(text, above, above) >= least and _columns(text, self._next, self._next) >= least


def _below(text: str, end: int) -> int:
    """Give where the line begins below the one that ends here."""
    return end + (2 if text.startswith("\r\n", end) else 1)


def _columns(text: str, line: int, at: int) -> int:
    """Give the column behind the blanks at a place of a line."""
    stop = at
    while stop < len(text) and text[stop] in " \t":
        stop += 1
    return len(text[line:stop].expandtabs(_TAB))
