"""Find the blocks of Markdown: most in one go over all lines, the others block by block.

Most groups of lines between blank lines are plainly one block, mostly a paragraph (``markdown_groups.py``), unless the
block before reaches into them; only the others go through the reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedupe_cn.text.block_kinds import KINDS, NUMBERS, Blocks, Columns, chosen, in_order
from dedupe_cn.text.characters import with_line_feeds
from dedupe_cn.text.code_spans import FENCES
from dedupe_cn.text.handed_on import may_hand_on
from dedupe_cn.text.markup import FRONT_MATTER, MarkdownReader
from dedupe_cn.text.verbatim import may_open, verbatim_regions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.text.exact import ExactForm

#: Beginnings of lines that may be verbatim: indented code, HTML, math. Fences count wherever they stand.
_VERBATIM = r" {0,3}(?:[ \t<]|\$\$|\\\[)"
_VERBATIM_FIRST = re.compile(rf"{_VERBATIM}|---|\+\+\+")
_VERBATIM_BELOW = re.compile(rf"[\r\n]{_VERBATIM}")


def may_hold_verbatim(text: str, end: int | None = None) -> bool:
    """Tell cheaply whether a Markdown text may hold blocks in which only the encoding and line ends change.

    With ``end``, the end of a line, only such as begin before it count.
    """
    end = len(text) if end is None else end
    if _VERBATIM_FIRST.match(text) or any(text.find(fence, 0, end) >= 0 for fence in FENCES):
        return True
    return _VERBATIM_BELOW.search(text, 0, end) is not None or may_hand_on(text, end)


def markdown_table(text: str, form: ExactForm) -> Columns:
    """Give the blocks of a Markdown text, each from its first line to the end of its last one."""
    from dedupe_cn.text.markdown_groups import read_groups
    from dedupe_cn.text.markdown_lines import read_lines
    from dedupe_cn.text.stanzas import read_stanzas

    flat = with_line_feeds(text)
    lines = read_lines(flat, form)
    groups = read_groups(flat, form, lines)
    begins, ends = lines.starts[groups.first], lines.stops[groups.behind - 1]
    if FRONT_MATTER.match(flat):
        groups.open[0] = True
    verse, unsure = read_stanzas(form, lines, groups)
    groups.kinds[verse] = NUMBERS["verse"]
    closer = groups.open | unsure
    low, high = lines.low[groups.first], lines.high[groups.behind - 1]
    del lines
    reader, plain = MarkdownReader(flat), ~closer
    columns = (column.tolist() for column in (closer.nonzero()[0], groups.open[closer], begins[closer], ends[closer]))
    for group, signed, head, tail in zip(*columns, strict=True):
        if not signed and reader.at <= head:
            reader.at = head
            reader.prose(tail)
            continue
        while tail > reader.at:
            if head == 0:
                reader.front_matter()
            reader.at = max(reader.at, head)
            reader.read(tail)
            if reader.at <= tail + 1:
                plain[group] = False
                break
            last = int(begins.searchsorted(reader.at)) - 1
            plain[group : last + 1] = False
            group, head, tail = last, int(begins[last]), int(ends[last])
    found = Columns(begins, ends, low, high, groups.kinds, groups.levels)
    if reader.starts:
        found = in_order(chosen(found, plain), form.columns(reader.blocks()))
    if may_open(flat):
        found = _joined(flat, form, found)
    return found._replace(ends=_before_returns(text, found.ends))


def _joined(flat: str, form: ExactForm, found: Columns) -> Columns:
    """Join the blocks of each region that templates hand on as it stands."""
    import numpy as np

    names = [KINDS[number] for number in found.kinds.tolist()]
    rows = list(zip(names, found.starts.tolist(), found.ends.tolist(), found.levels.tolist(), strict=True))
    joined = [
        (NUMBERS[name], start, end, level) for name, start, end, level in verbatim_regions(flat, rows)
    ]
    kinds, starts, ends, levels = np.array(joined, np.int64).reshape(-1, 4).T
    return form.columns(Blocks(starts, ends, kinds.astype(np.uint8), levels.astype(np.uint8)))


def _before_returns(text: str, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave the CR of a line end out of the block that ends there."""
    import numpy as np

    if "\r" not in text:
        return ends
    return ends - np.array([text[end - 1] == "\r" for end in ends.tolist()], dtype=np.int64)
