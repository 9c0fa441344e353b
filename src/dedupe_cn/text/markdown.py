"""Find the blocks of Markdown: what is plainly one block by the leads of its lines, and all else by the reader."""

from __future__ import annotations

from array import array
from bisect import bisect_left

from dedupe_cn import kernel
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


#: Lead that says what a group of lines is for sure -> kind, and level of a heading; X is what only the reader tells.
_SORTS = {"P": PARAGRAPH, "Q": "quote", "T": "table", "L": "list", **dict.fromkeys("123456", "heading")}
_OTHER = b"X"
_TO_KINDS = bytes.maketrans("".join(_SORTS).encode(), bytes(map(NUMBERS.__getitem__, _SORTS.values())))
_TO_LEVELS = bytes(code - ord("0") if chr(code) in "123456" else 0 for code in range(256))


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
    flat = with_line_feeds(text)
    reader = MarkdownReader(flat)
    starts, stops, sorts = kernel.find_groups(form.lines)
    if sorts and not starts[0]:
        reader.front_matter()
    number = 0
    while (number := bisect_left(stops, reader.at, number)) < len(sorts):  # the reader has passed those before
        other = number if starts[number] < reader.at else sorts.find(_OTHER, number)
        behind = other if other >= 0 else len(sorts)
        sure = slice(number, behind)
        kinds, levels = (sorts[sure].translate(table) for table in (_TO_KINDS, _TO_LEVELS))
        reader.take(Blocks(starts[sure], stops[sure], kinds, levels))
        if behind < len(sorts):
            reader.at = max(reader.at, starts[behind])
            reader.read(stops[behind])
        number = behind + 1
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
