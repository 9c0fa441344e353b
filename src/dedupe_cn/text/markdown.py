"""Find the blocks of Markdown: what is plainly one block by the leads of its lines, and all else by the reader."""

from __future__ import annotations

from array import array

from dedupe_cn.regex import regex
from dedupe_cn.text.block_kinds import KINDS, NUMBERS, PARAGRAPH, Blocks
from dedupe_cn.text.characters import with_line_feeds
from dedupe_cn.text.code_spans import FENCES
from dedupe_cn.text.exact import ExactForm
from dedupe_cn.text.handed_on import may_hand_on
from dedupe_cn.text.markup import MarkdownReader
from dedupe_cn.text.verbatim import may_open, verbatim_regions

#: Beginnings of lines that may be verbatim: indented code, HTML, math. Fences count wherever they stand.
_VERBATIM = r" {0,3}(?:[ \t<]|\$\$|\\\[)"
_VERBATIM_FIRST = regex(rf"{_VERBATIM}|---|\+\+\+")
_VERBATIM_BELOW = regex(rf"[\r\n]{_VERBATIM}")


#: The lines between two blank ones, by their leads: one block for sure, as the name of the group says, or ``other``. In
#: prose no four short lines follow one another, which may be verse; a list may go on behind a blank line.
_GROUP = regex(
    rb"(?P<prose>(?=[Pp])(?:p{0,3}P)*p{0,3})(?![^B])|(?P<heading>[1-6])(?![^B])|(?P<quote>Q+)(?![^B])"
    rb"|(?P<table>T+)(?![^B])|(?P<list>L[LI]*)(?![^B])(?!B+[LIX])|(?P<other>[^B]+)"
)
_KINDS = {"prose": PARAGRAPH, "heading": "heading", "quote": "quote", "table": "table", "list": "list"}
_ZERO = ord("0")


def may_hold_verbatim(text: str, end: int | None = None) -> bool:
    """Tell cheaply whether a Markdown text may hold blocks in which only the encoding and line ends change.

    With ``end``, the end of a line, only such as begin before it count.
    """
    end = len(text) if end is None else end
    if _VERBATIM_FIRST.match(text) or any(text.find(fence, 0, end) >= 0 for fence in FENCES):
        return True
    return _VERBATIM_BELOW.search(text, 0, end) is not None or may_hand_on(text, end)


def markdown_blocks(text: str, form: ExactForm) -> Blocks:
    """Give the blocks of a Markdown text, each from its first line to the end of its last one."""
    flat, lines = with_line_feeds(text), form.lines
    reader = MarkdownReader(flat)
    for group in _GROUP.finditer(lines.leads):
        head, tail = lines.starts[group.start()], lines.stops[group.end() - 1]
        if head == 0:
            reader.front_matter()
        kind = _KINDS.get(group.lastgroup or "")
        if kind and reader.at <= head:
            reader.take_lines(kind, head, tail, group[0][0] - _ZERO if kind == "heading" else 0)
        elif reader.at <= tail:
            reader.at = max(reader.at, head)
            reader.read(tail)
    found = reader.blocks()
    if may_open(flat):
        found = _joined(flat, found)
    if "\r" in text:
        ends = array("i", (end - (text[end - 1] == "\r") for end in found.ends))
        found = found._replace(ends=memoryview(ends))
    return found


def _joined(flat: str, found: Blocks) -> Blocks:
    """Join the blocks of each region that templates hand on as it stands."""
    rows = [(KINDS[kind], start, end, level) for start, end, kind, level in zip(*found, strict=True)]
    regions = list(verbatim_regions(flat, rows))
    starts, ends = (memoryview(array("i", places)) for places in zip(*(region[1:3] for region in regions), strict=True))
    return Blocks(starts, ends, bytes(NUMBERS[kind] for kind, *_ in regions), bytes(level for *_, level in regions))
