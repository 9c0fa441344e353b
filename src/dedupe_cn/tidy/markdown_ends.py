"""Tell which white space at the ends of lines of Markdown means something."""

from __future__ import annotations

import re

from dedupe_cn.regex import regex
from dedupe_cn.tidy.lines import BREAK
from dedupe_cn.tidy.markdown_above import MARKER, TAB, LinesAbove

_TEXT_BELOW = regex(BREAK + r"[ \t]*+[^ \t\r\n]")
#: What stands before the text of a line: blanks, marks of quotes and list items.
_BEFORE = regex(rf"(?:[ \t]*+(?P<mark>>|{MARKER}))*+[ \t]*+")
_BLANK_LINES = regex(rf"(?:[ \t]*+{BREAK})*+(?:[ \t]++\Z)?")
_HEADING = regex(r" {0,3}#{1,6}[ \t]")
_NUMBER = regex(r"\d{1,9}[.)]")
_CODE_BEHIND_MARK = regex(rf"(?:>|{MARKER})(?: {{5}}| {{0,4}}\t)")
#: With a label that may have begun in a line above.
_LINK_DEFINITION = regex(r"[^\]\r\n]++\]:")
#: Signs behind which only blanks and TABs may stand, or which would mean something else at the end of a line.
_SIGNS = frozenset("-=_*#`~|:>$+\\")


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
        self._above = LinesAbove(text)
        self._next = 0  # the next line that is not blank, behind the blank one that was asked for last

    def keep(self, start: int, end: int) -> bool:
        """Tell whether the white space ``[start, end)`` at the end of a line has to stay."""
        text = self._text
        line = max(text.rfind("\n", self._seen, start), text.rfind("\r", self._seen, start), self._seen - 1) + 1
        self._seen = end
        self._above.read_to(line)
        before = _BEFORE.match(text, line, end)
        body = before.end() if before else line
        foreign = bool(text[start:end].strip(" \t"))
        if body >= start:
            return foreign or self._keep_alone(line, start, end, before)
        if text[start - 1] == "\\" or (foreign and self._may_mean(body, start)):
            return True
        if text.endswith("  ", start, end) and self._breaks(line, end):
            return True
        return self._may_be_code(line, start, before)

    def _keep_alone(self, line: int, start: int, end: int, before: re.Match[str] | None) -> bool:
        """Tell of blanks and TABs in a line without text whether they have to stay."""
        if before is None or before["mark"] in (None, ">"):
            return self._may_be_code(line, start, before, blank=True)
        # An item without text interrupts no paragraph: in one its marker is text, and two blanks break the line.
        in_text = self._above.chunk < line and self._text.endswith("  ", start, end)
        return (in_text and self._breaks(line, end)) or self._may_be_code(line, start, before)

    def _may_mean(self, body: int, start: int) -> bool:
        """Tell whether a line would mean something else without white space that is neither blank nor TAB."""
        if self._text[start - 1] in _SIGNS or _NUMBER.fullmatch(self._text, body, start):
            return True
        return self._above.in_definition or _LINK_DEFINITION.match(self._text, body) is not None

    def _breaks(self, line: int, end: int) -> bool:
        """Tell whether two blanks break a line: not one that ends anyway, nor the last one of a paragraph."""
        text = self._text
        return _TEXT_BELOW.match(text, end) is not None and _HEADING.match(text, line) is None

    def _may_be_code(self, line: int, start: int, before: re.Match[str] | None, blank: bool = False) -> bool:
        """Tell whether a line may be code inside of a list or a quote: by its indent, for no list is read here."""
        if before is None:
            return False
        text, above = self._text, self._above
        indent = _columns(text, line, line)
        # White space behind the marker of an item without text is no code, but in a quote it may stand between lines.
        stop = before.end() if before["mark"] == ">" else min(before.end(), start)
        if _CODE_BEHIND_MARK.search(text, line, stop):
            return True
        if not blank and above.stands_beside(indent):
            return True
        if above.directly is not None and indent >= above.directly + blank:
            return True
        if indent < above.least + blank:
            return False
        if blank:
            return self._between_code(line, above.least)
        if _columns(text, above.chunk, above.chunk) >= above.least:
            return True
        return before["mark"] is None and (above.in_item or above.in_quote)

    def _between_code(self, line: int, least: int) -> bool:
        """Tell whether the lines above and below a blank one are indented so far."""
        text, above = self._text, self._above
        first = above.before if above.chunk == line else above.chunk
        if first < 0:
            return False
        if self._next <= line:
            blank = _BLANK_LINES.match(text, line)
            self._next = blank.end() if blank else line
        return (above.code or _columns(text, first, first) >= least) and _columns(text, self._next, self._next) >= least


def _columns(text: str, line: int, at: int) -> int:
    """Give the column behind the blanks at a place of a line."""
    stop = at
    while stop < len(text) and text[stop] in " \t":
        stop += 1
    return len(text[line:stop].expandtabs(TAB))
