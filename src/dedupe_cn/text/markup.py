"""The reading of Markdown's blocks.

It follows CommonMark's block structure where it matters for protection; where CommonMark nests,
the outermost block counts (a list with its code is one ``list``). Each block is taken by a few compiled patterns, so
that the cost is one step a block, not one a line, and linear on any input: single characters are matched possessively,
groups are not (before Python 3.11.5 a possessive group that holds a choice goes wrong, cpython issue 106052).
"""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from itertools import accumulate

from dedupe_cn.regex import regex
from dedupe_cn.text.block_kinds import NUMBERS, PARAGRAPH, Blocks
from dedupe_cn.text.line_kinds import (
    FENCE,
    HEADING,
    HTML,
    IMAGES,
    ITEM,
    LIST,
    RULE,
    SIGNS,
    SPECIAL,
    WITH_BODY,
    closes_html,
    closing_math,
    html_end,
    kind_of_line,
)
from dedupe_cn.text.list_fences import ListFences
from dedupe_cn.text.list_lines import LIST_LINES, is_left, leaves_text_open
from dedupe_cn.text.verse import verse_runs

_BLANKS = regex(r"(?:[^\S\n]*+\n)*")
_SETEXT = regex(r" {0,3}(=++|-++)[^\S\n]*+$", re.MULTILINE)
_TABLE_RULE = regex(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$", re.MULTILINE)
FRONT_MATTER = regex(r"(?:---|\+\+\+)[^\S\n]*+$", re.MULTILINE)
_FRONT_MATTER_END = regex(r"^(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE)
_FRONT_MATTER_END_PLUS = regex(r"^\+\+\+[^\S\n]*$", re.MULTILINE)

_BLANK_LINE = r"[^\S\n]*+(?:\n|\Z)"
#: Lines of a paragraph up to a blank line or one that may interrupt it.
_PLAIN_LINES = regex(rf"[^\n]++(?:\n(?!{_BLANK_LINE}|[ \t]*+[{SPECIAL}])[^\n]*+)*")
_FULL_LINES = regex(rf"(?:(?!{_BLANK_LINE})[^\n]++(?:\n|\Z))+")
_QUOTE_LINES = regex(rf"(?:(?!{_BLANK_LINE})[ \t]*+(?:>|(?![{SPECIAL}]))[^\n]*+(?:\n|\Z))+")
#: Rows of a table, which ends where another block begins.
_TABLE_LINES = regex(
    rf"(?:(?! {{0,3}}(?:>|```|~~~|#{{1,6}}[ \t])|{ITEM})[^\n|]*+\|[^\n]*+(?:\n|\Z))+", re.MULTILINE
)
_INDENTED_LINES = regex(r"(?:(?: {4}| {0,3}\t)[^\n]*+(?:\n|\Z)|[^\S\n]*+\n)*")
#: Paragraphs of many lines remembered from one reading of a document to the next, and the longest: 32 MB at most.
_REMEMBERED, _MOST = 1 << 13, 1 << 11


@lru_cache(maxsize=64)
def _closing_fence(mark: str) -> re.Pattern[str]:
    return re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}+[ \t]*+$", re.MULTILINE)


@lru_cache(maxsize=_REMEMBERED)
def _parts(paragraph: str) -> list[tuple[str, int, int]]:
    """Split the lines of a paragraph into prose and verse: kind, start and end of each part."""
    bodies = paragraph.split("\n")
    offsets = [0, *accumulate(len(body) + 1 for body in bodies)]
    parts: list[tuple[str, int, int]] = []
    behind = 0
    for first, last in [*verse_runs(bodies, one_paragraph=True), (len(bodies), len(bodies))]:
        if behind < first:
            parts.append((PARAGRAPH, offsets[behind], offsets[first] - 1))
        if first < last:
            parts.append(("verse", offsets[first], offsets[last] - 1))
        behind = last
    return parts


class MarkdownReader:
    """Read a Markdown text with LF line ends, a block at a step; what was found stands in four arrays.

    ``starts`` and ``ends`` are code points, ``kinds`` indexes into ``KINDS``, ``levels`` those of headings, else 0.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = array("i")
        self.ends = array("i")
        self.kinds = array("B")
        self.levels = array("B")

    def front_matter(self) -> int:
        """Take the front matter, if the document begins with one; give where what follows begins."""
        opening = FRONT_MATTER.match(self.text)
        if opening:
            self._front_matter(opening[0].rstrip())
        return self.at

    def take(self, found: Blocks) -> None:
        """Take blocks of whole lines that are known."""
        self.at = found.ends[-1] if found.ends else self.at
        self.starts.frombytes(found.starts.cast("B"))
        self.ends.frombytes(found.ends.cast("B"))
        self.kinds.frombytes(found.kinds)
        self.levels.frombytes(found.levels)

    def blocks(self) -> Blocks:
        """Give what was found."""
        return Blocks(memoryview(self.starts), memoryview(self.ends), self.kinds.tobytes(), self.levels.tobytes())

    def skip_blank_lines(self) -> int:
        """Go on to the next line that is not blank, or to the end; give where it begins."""
        blank = _BLANKS.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at

    def read(self, end: int) -> None:
        """Take blocks until ``end`` is reached or passed; it is inside of a line that is not blank, or its end.

        Blank lines behind the last block are not passed.
        """
        while self.at < end and self.skip_blank_lines() < end:
            if self.text[self.at] in SIGNS:
                self._special()
            else:
                self._paragraph()

    def _line(self, at: int) -> str:
        return self.text[at : self._stop(at)]

    def _stop(self, at: int) -> int:
        """Give where the line ends in which something stands: at its line break, or at the end."""
        stop = self.text.find("\n", at)
        return len(self.text) if stop < 0 else stop

    def _take(self, kind: str, end: int, level: int = 0) -> None:
        """Close a block that ends at ``end``, which may lie behind its last line break."""
        text, start = self.text, self.at
        self.at = end = max(end, start + 1)
        last = end - 1
        if last == start or text[last] != "\n" or text[last - 1].isspace():
            last = self._stop(start + len(text[start:end].rstrip()))
        self.starts.append(start)
        self.ends.append(last)
        self.kinds.append(NUMBERS[kind])
        self.levels.append(level)

    def _match(self, pattern: re.Pattern[str]) -> int:
        """Give the end of a pattern that begins here, or of this line when it takes nothing."""
        found = pattern.match(self.text, self.at)
        return max(found.end() if found else 0, self._line_end(self.at))

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _until(self, mark: re.Pattern[str] | str) -> int:
        """Give the end of the line below in which a mark stands, or of the document."""
        below = self._line_end(self.at)
        if isinstance(mark, str):
            found = self.text.find(mark, below)
        else:
            hit = mark.search(self.text, below)
            found = hit.start() if hit else -1
        return len(self.text) if found < 0 else self._line_end(found)

    def _front_matter(self, mark: str) -> None:
        closing = _FRONT_MATTER_END if mark == "---" else _FRONT_MATTER_END_PLUS
        hit = closing.search(self.text, self._line_end(0))
        if hit:
            self._take("front-matter", self._line_end(hit.start()))

    def _special(self) -> None:
        body = self._line(self.at)
        bare = body.lstrip()
        kind = self._kind(body, bare)
        if kind == PARAGRAPH:
            self._paragraph()
        elif kind == "heading":
            heading = HEADING.match(body)
            self._take(kind, self._line_end(self.at), len(heading[1]) if heading else 1)
        elif kind == "code":
            self._take(kind, self._fence_end(body))
        elif kind == "list":
            self._take(kind, self._list_end())
        elif kind == "html":
            self._take(kind, self._html_end(body))
        elif kind == "math":
            closing = closing_math(bare)
            self._take(kind, self._line_end(self.at) if closing in bare[2:] else self._until(closing))
        elif kind == "quote":
            self._take(kind, self._match(_QUOTE_LINES))
        elif kind == "table":
            self._take(kind, self._match(_TABLE_LINES))
        elif kind == "indented-code":
            self._take(kind, self._match(_INDENTED_LINES))
        elif kind == "directive" and bare.startswith(WITH_BODY):
            inside = _INDENTED_LINES.match(self.text, self._line_end(self.at))
            self._take(kind, inside.end() if inside else self._line_end(self.at))
        else:
            self._take(kind, self._line_end(self.at))

    def _kind(self, body: str, bare: str) -> str:
        """Name the kind of block that begins with this line."""
        kind = kind_of_line(body, bare)
        if kind is None:
            return "table" if bare[0] == "|" or self._is_table_head(body) else PARAGRAPH
        # A tag alone goes on in a quote's last paragraph.
        lazy = kind == "html" and self.kinds and self.kinds[-1] == NUMBERS["quote"] and self.ends[-1] == self.at - 1
        return PARAGRAPH if lazy and not HTML.match(body) else kind

    def _is_table_head(self, body: str) -> bool:
        if "|" not in body:
            return False
        below = self._line(self._line_end(self.at))
        return "|" in below and bool(_TABLE_RULE.match(below))

    def _is_bar(self, at: int, line: str) -> bool:
        """Tell whether a line begins with a bar and no table, whose head ends a paragraph, for it has a rule below."""
        return line.lstrip()[0] == "|" and not _TABLE_RULE.match(self._line(self._line_end(at)))

    def _interrupts(self, line: str) -> bool:
        """Tell whether a line ends the paragraph before it without a blank line."""
        bare = line.lstrip()
        return bool(
            (bare[0] == "#" and HEADING.match(line))
            or (bare[0] in "`~" and FENCE.match(line))
            or (bare[0] in "-*_" and RULE.match(line))
            or (bare[0] in "-*+0123456789" and LIST.match(line))
            or bare[0] in ">|"
            or (bare[0] == "<" and HTML.match(line))
            or bare.startswith(("$$", ":::", "!!!"))
            or (bare[0] in "![" and IMAGES.match(line))
        )

    def _paragraph(self) -> None:
        if self._is_table_head(self._line(self.at)):
            self._take("table", self._match(_TABLE_LINES))
            return
        end = self.at
        while lines := _PLAIN_LINES.match(self.text, end):
            end = lines.end()
            line = self._line(end + 1)
            if not line.strip():
                break
            setext = _SETEXT.match(line)
            if setext and not LIST.match(line.rstrip() + "x"):
                self._take("heading", self._line_end(end + 1), 1 if setext[1][0] == "=" else 2)
                return
            if self._interrupts(line):
                break
            end += 1
        self.prose(end)

    def prose(self, end: int) -> None:
        """Take the lines up to ``end`` as a paragraph, with verse in it as blocks of its own."""
        start = self.at
        if self.text.count("\n", start, end) < 3:
            self._take(PARAGRAPH, end)
            return
        paragraph = self.text[start:end]
        for kind, first, last in (_parts if len(paragraph) <= _MOST else _parts.__wrapped__)(paragraph):
            self.at = start + first
            self._take(kind, start + last)
        self.at = end

    def _fence_end(self, body: str) -> int:
        fence = FENCE.match(body)
        mark = fence[1] if fence else "```"
        below, closing = self._line_end(self.at), _closing_fence(mark)
        while (found := self.text.find(mark, below)) >= 0:
            start = self.text.rfind("\n", below - 1, found) + 1
            below = self._line_end(found)
            if closing.match(self.text, start):
                return below
        return len(self.text)

    def _html_end(self, body: str) -> int:
        end = html_end(body)
        if end is None:
            return self._match(_FULL_LINES)
        return self._line_end(self.at) if closes_html(body) else self._until(end)

    def _list_end(self) -> int:
        """Give the end of a list: its items, what is indented below them, and lines that continue an item."""
        end, fences, lazy = self.at, ListFences(self.text, self.at), True
        while True:
            lines = LIST_LINES.match(self.text, end)
            if lines and lines.end() > end:
                end = lines.end()
                lazy = leaves_text_open(self.text, self.at, end)
            blank = _BLANKS.match(self.text, end)
            below = blank.end() if blank else end
            line = self._line(below)
            if not line.strip() or (below > end and is_left(self.text, end, below, lazy)):
                return end
            if fences.may_open(line) and (behind := fences.end_of(below)) > 0:
                end, lazy = behind, False
            elif below > end:
                more = LIST_LINES.match(self.text, below)
                if more is None or more.end() == below:
                    return end
                end, lazy = more.end(), leaves_text_open(self.text, self.at, more.end())
            elif not lazy or RULE.match(line) or (self._interrupts(line) and not self._is_bar(below, line)):
                return end
            else:
                end = self._line_end(below)
