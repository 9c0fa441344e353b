"""Drop byte order marks and control characters; VT and FF become the line ends for which they stand."""

from __future__ import annotations

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import CONTROLS
from dedupe_cn.text.odd import CONTROL, odd_sorts
from dedupe_cn.text.record_runs import RecordRuns
from dedupe_cn.tidy.line_ends import line_end

_MARKS = regex("\ufeff++")
_CONTROLS = regex(f"[{CONTROLS}]++")
_BREAKS = "\r\n"
#: Lines of Markdown that end where they end: a heading, a row of a table.
_ONE_LINE = regex(r"[ \t>]*+(?:#{1,6}[ \t]|\|)")


def leading_mark(text: str) -> list[Edit]:
    """Drop U+FEFF at the very beginning, where it is a byte order mark whatever follows.

    >>> leading_mark("\\ufeff文")
    [Edit(start=0, end=1, replacement='', rule='bom')]
    """
    marks = _MARKS.match(text)
    return [Edit(0, marks.end(), "", "bom")] if marks else []


def stray_marks(text: str) -> list[Edit]:
    """Drop U+FEFF everywhere else: files with a mark each were joined, or a page was copied with it."""
    edits = []
    start = text.find("\ufeff")
    while start >= 0:  # a text with one of them is searched ten times as fast as by the pattern alone
        marks = _MARKS.match(text, start)
        end = marks.end() if marks else start + 1
        edits.append(Edit(start, end, "", "bom"))
        start = text.find("\ufeff", end)
    return edits


def control_chars(text: str, kind: Kind = Kind.TEXT, eol: str = "keep") -> list[Edit]:
    """Drop C0 controls and DEL; TAB and line breaks stay, and VT and FF become what they stand for.

    Word and WPS end a line inside of a paragraph with VT, PDF a page with FF. VT becomes a line end, FF one where none
    stands beside it already. In a record, a heading or a row of a table, which are one line, both become a blank.

    >>> control_chars("一\\x00二\\t")
    [Edit(start=1, end=2, replacement='', rule='control-chars')]
    >>> control_chars("一\\x0b二")
    [Edit(start=1, end=2, replacement='\\n', rule='control-chars')]
    """
    if not odd_sorts(text) & CONTROL:
        return []
    found = list(_CONTROLS.finditer(text))
    if all(text.find(sign) < 0 for sign in "\x0b\x0c"):
        return [Edit(m.start(), m.end(), "", "control-chars") for m in found]
    lines, wanted = _Lines(text, kind), line_end(text, eol)
    edits = []
    for match in found:
        start, end = match.span()
        ends = match[0].count("\x0b")
        begun = start == 0 or text[start - 1] in _BREAKS
        ended = end == len(text) or text[end] in _BREAKS
        if not ends and "\x0c" in match[0] and not (begun or ended):
            ends = 1
        new = wanted * ends
        if ends and lines.is_one(start):
            new = "" if begun or ended else " "
        edits.append(Edit(start, end, new, "control-chars"))
    return edits


class _Lines:
    """Tells of places, asked for in their order, whether the line there must not be divided."""

    def __init__(self, text: str, kind: Kind) -> None:
        self._text = text
        self._kind = kind
        self._runs = RecordRuns(text)
        self._end = -1
        self._one = False

    def is_one(self, at: int) -> bool:
        if at > self._end:
            start, self._end = self._runs.line(at)
            if self._kind is Kind.TEXT:
                self._one = self._runs.holds(at)
            else:
                self._one = bool(_ONE_LINE.match(self._text, start)) or self._is_row(start)
        return self._one

    def _is_row(self, start: int) -> bool:
        """Tell whether a line of Markdown and one that touches it hold bars."""
        if self._text.find("|", start, self._end) < 0:
            return False
        beside = [self._runs.line(start - 1)] if start else []
        if self._end < len(self._text):
            beside.append(self._runs.line(self._end + 1))
        return any(self._text.find("|", *line) >= 0 for line in beside)
