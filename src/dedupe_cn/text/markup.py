"""Split a document into typed blocks: prose paragraphs, and everything that is protected.

The reading of Markdown follows CommonMark's block structure where it matters for protection; where CommonMark nests,
the outermost block counts (a list with its code is one ``list``). In plain text every non-blank line is a paragraph,
except verse, HTML, table rows and bulleted items. One pass over the lines, linear on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dedupe_cn.model import Block, Kind
from dedupe_cn.text.verse import verse_runs, wrapped_runs

PARAGRAPH = "paragraph"
#: Blocks in which only the encoding and line ends may change.
VERBATIM = frozenset({"code", "indented-code", "front-matter", "math", "html"})

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s|$)")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_LIST = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$")
_HTML = re.compile(r" {0,3}<(?:[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|$)|/[A-Za-z]|!|\?)")
_HTML_RAW = re.compile(r" {0,3}<(script|pre|style|textarea)\b", re.IGNORECASE)
_DIRECTIVE = re.compile(r"[ \t]*(?::::|!!!|\?\?\?|={3,}|\{\{|\{%|@\[|\[toc\]|\[\[toc\]\]|(?:import|export)\s)", re.IGNORECASE)
_LINK_DEFINITION = re.compile(r" {0,3}\[[^\]\r\n]{1,999}\]:")
_IMAGES = re.compile(r"\s*(?:\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?\s*)+$")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)")
_TEXT_LIST = re.compile(r"[ \t\u3000]*(?:[-*+•●○◆■□▪·][ \t\u3000]|[-•●○◆■□▪])\S")
#: The first visible characters with which anything but a paragraph can begin.
_SPECIAL = frozenset("#>-*+|<`~!:?={[@\\$_0123456789ieIE")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    body: str

    @property
    def end(self) -> int:
        return self.start + len(self.body)


def blocks(text: str, kind: Kind) -> list[Block]:
    """Split ``text`` into blocks in order; blank lines belong to none.

    Offsets are code points of ``text``; a block ends before the line break of its last line.

    >>> [b.kind for b in blocks("# 题\\n\\n正文。\\n- 一\\n- 二\\n", Kind.MARKDOWN)]
    ['heading', 'paragraph', 'list']
    """
    lines = list(_lines(text))
    return _text_blocks(lines) if kind is Kind.TEXT else _MarkdownReader(lines).read()


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        if match.end() > match.start():
            yield _Line(match.start(), match[1])


def _block(kind: str, lines: list[_Line], level: int = 0) -> Block:
    return Block(kind, lines[0].start, lines[-1].end, level)


def _with_verse(lines: list[_Line]) -> Iterator[Block]:
    """Split the lines of a Markdown paragraph into verse and what is around it."""
    position = 0
    for first, last in [*verse_runs([line.body for line in lines], one_paragraph=True), (len(lines), len(lines))]:
        if position < first:
            yield _block(PARAGRAPH, lines[position:first])
        if first < last:
            yield _block("verse", lines[first:last])
        position = last


def _text_paragraphs(lines: list[_Line]) -> Iterator[Block]:
    """Split touching lines of plain text: each is a paragraph or a line of verse, wrapped ones are one paragraph.

    Lines of verse are blocks of their own, so that one that came with a copy of the prose before it can go with it.
    """
    bodies = [line.body for line in lines]
    verse = {index for run in verse_runs(bodies) for index in range(*run)}
    position = 0
    for first, last in [*wrapped_runs(bodies), (len(lines), len(lines))]:
        for index in range(position, first):
            yield _block("verse" if index in verse else PARAGRAPH, [lines[index]])
        if first < last:
            yield _block(PARAGRAPH, lines[first:last])
        position = last


def _text_blocks(lines: list[_Line]) -> list[Block]:
    result: list[Block] = []
    group: list[_Line] = []
    for line in lines:
        kind = _text_kind(line.body)
        if kind == PARAGRAPH:
            group.append(line)
            continue
        if group:
            result += _text_paragraphs(group)
            group = []
        if kind and result and result[-1].kind == kind and line.start - result[-1].end <= 2:
            result[-1] = Block(kind, result[-1].start, line.end)
        elif kind:
            result.append(_block(kind, [line]))
    if group:
        result += _text_paragraphs(group)
    return result


def _text_kind(body: str) -> str:
    bare = body.lstrip()
    if not bare:
        return ""
    first = bare[0]
    if first == "<" and _HTML.match(bare):
        return "html"
    if first == "|" or body.count("\t") >= 2 and bare.count("\t") >= 2:
        return "table"
    if _TEXT_LIST.match(body):
        return "list"
    return PARAGRAPH


class _MarkdownReader:
    """One pass over the lines of a Markdown document."""

    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.at = 0
        self.result: list[Block] = []

    def read(self) -> list[Block]:
        self._front_matter()
        while self.at < len(self.lines):
            body = self.lines[self.at].body
            bare = body.lstrip()
            if not bare:
                self.at += 1
            elif bare[0] in _SPECIAL or body[0] in " \t":
                self._special(body, bare)
            else:
                self._paragraph()
        return self.result

    def _take(self, kind: str, count: int, level: int = 0) -> None:
        count = max(1, min(count, len(self.lines) - self.at))
        self.result.append(_block(kind, self.lines[self.at : self.at + count], level))
        self.at += count

    def _body(self, offset: int) -> str | None:
        at = self.at + offset
        return self.lines[at].body if at < len(self.lines) else None

    def _front_matter(self) -> None:
        if not self.lines:
            return
        mark = self.lines[0].body.rstrip()
        if mark not in ("---", "+++"):
            return
        for count in range(1, len(self.lines)):
            if self.lines[count].body.rstrip() in (mark, "..." if mark == "---" else mark):
                self._take("front-matter", count + 1)
                return

    def _special(self, body: str, bare: str) -> None:
        kind = self._kind(body, bare)
        if kind == PARAGRAPH:
            self._paragraph()
        elif kind == "heading":
            heading = _HEADING.match(body)
            self._take(kind, 1, len(heading[1]) if heading else 1)
        elif kind == "code":
            self._take(kind, self._fence_length(body))
        elif kind == "list":
            self._take(kind, self._list_length())
        elif kind == "html":
            self._take(kind, self._html_length(body))
        elif kind == "math":
            closing = "$$" if bare.startswith("$$") else "\\]"
            inside = bare[2:].rstrip().endswith(closing)
            self._take(kind, 1 if inside else self._until(lambda line: closing in line))
        elif kind == "quote":
            self._take(kind, self._while(lambda line: bool(line.strip()) and not self._interrupts(line, quote=True)))
        elif kind == "table":
            self._take(kind, self._while(lambda line: "|" in line))
        elif kind == "indented-code":
            self._take(kind, self._indented_length())
        elif kind == "directive" and bare.startswith(("!!!", "???", "===")):
            self._take(kind, 1 + self._indented_length(offset=1))
        else:
            self._take(kind, 1)

    def _kind(self, body: str, bare: str) -> str:
        """Name the kind of block that begins with this line."""
        first = bare[0]
        if _INDENTED.match(body) and not (first in "-*+" and self.result and self.result[-1].kind == "list"):
            return "indented-code"
        if first == "#" and _HEADING.match(body):
            return "heading"
        if first in "`~" and _FENCE.match(body):
            return "code"
        if first in "-*_" and _RULE.match(body):
            return "rule"
        if first in "-*+0123456789" and _LIST.match(body):
            return "list"
        if first == ">":
            return "quote"
        if first == "<" and _HTML.match(body):
            return "html"
        if first == "$" and bare.startswith("$$") or bare.startswith("\\["):
            return "math"
        if first == "[" and _LINK_DEFINITION.match(body):
            return "link-definition"
        if first in "![" and _IMAGES.match(body):
            return "image"
        if first in ":!?={@[ieIE" and _DIRECTIVE.match(body):
            return "directive"
        if first == "|" or self._is_table_head(body):
            return "table"
        return PARAGRAPH

    def _is_table_head(self, body: str) -> bool:
        below = self._body(1)
        return "|" in body and below is not None and "|" in below and bool(_TABLE_RULE.match(below))

    def _interrupts(self, line: str, quote: bool = False) -> bool:
        """Tell whether a line ends the paragraph (or the quote) before it without a blank line."""
        bare = line.lstrip()
        if not bare or bare[0] not in _SPECIAL:
            return False
        if quote and bare[0] == ">":
            return False
        return bool(
            (bare[0] == "#" and _HEADING.match(line))
            or (bare[0] in "`~" and _FENCE.match(line))
            or (bare[0] in "-*_" and _RULE.match(line))
            or (bare[0] in "-*+0123456789" and _LIST.match(line))
            or bare[0] in ">|"
            or (bare[0] == "<" and _HTML.match(line))
            or bare.startswith(("$$", ":::", "!!!"))
            or (bare[0] in "![" and _IMAGES.match(line))
        )

    def _paragraph(self) -> None:
        count = 1
        while (body := self._body(count)) is not None and body.strip():
            setext = _SETEXT.match(body)
            if setext and not _LIST.match(body.rstrip() + "x"):
                self._take("heading", count + 1, 1 if setext[1][0] == "=" else 2)
                return
            if self._interrupts(body):
                break
            count += 1
        self.result += _with_verse(self.lines[self.at : self.at + count])
        self.at += count

    def _fence_length(self, body: str) -> int:
        fence = _FENCE.match(body)
        mark = fence[1] if fence else "```"
        closing = re.compile(r" {0,3}" + re.escape(mark[0]) + "{" + str(len(mark)) + r",}[ \t]*$")
        return self._until(lambda line: bool(closing.match(line)))

    def _html_length(self, body: str) -> int:
        if "<!--" in body:
            return 1 if "-->" in body else self._until(lambda line: "-->" in line)
        raw = _HTML_RAW.match(body)
        if raw:
            closing = f"</{raw[1].lower()}>"
            return 1 if closing in body.lower() else self._until(lambda line: closing in line.lower())
        return self._while(lambda line: bool(line.strip()))

    def _list_length(self) -> int:
        """Count the lines of a list: items, what is indented below them, and lines that continue an item."""
        count, blank = 1, False
        end = 1
        while (body := self._body(count)) is not None:
            if not body.strip():
                blank = True
            elif _RULE.match(body):
                break
            elif _LIST.match(body) or body[:2] in ("  ", " \t") or body[0] == "\t":
                end, blank = count + 1, False
            elif blank or self._interrupts(body):
                break
            else:
                end = count + 1
            count += 1
        return end

    def _indented_length(self, offset: int = 0) -> int:
        count, end = offset, offset
        while (body := self._body(count)) is not None:
            if body.strip():
                if not _INDENTED.match(body):
                    break
                end = count + 1
            count += 1
        return end - offset

    def _until(self, last: object) -> int:
        """Count the lines up to and with the first below the present one for which ``last`` holds, or to the end."""
        assert callable(last)
        for at in range(self.at + 1, len(self.lines)):
            if last(self.lines[at].body):
                return at - self.at + 1
        return len(self.lines) - self.at

    def _while(self, holds: object) -> int:
        assert callable(holds)
        at = self.at + 1
        while at < len(self.lines) and holds(self.lines[at].body):
            at += 1
        return at - self.at
