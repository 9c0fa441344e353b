"""Find the blocks of Markdown: paragraphs in one go over all lines, and everything else line by line.

Most groups of lines between blank lines hold no character with which anything but a paragraph can begin. They are
paragraphs as they stand, unless the block before reaches into them; only the others go through the reader.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dedupe_cn.text.block_kinds import KINDS, Columns
from dedupe_cn.text.characters import with_line_feeds
from dedupe_cn.text.markup import HEADING, IS_SPECIAL, MarkdownReader
from dedupe_cn.text.verse import MAX_LINE, MIN_LINES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.text.exact import ExactForm

#: Lines whose beginnings are looked at at a time.
_LINES = 1 << 14
_HEADING = KINDS.index("heading")
#: Lines that begin with a sign and are still nothing but text, by their next characters.
_TEXT_AFTER_ALL = re.compile(
    r"\d(?!\d{0,8}[.)](?:[ \t]|$))|(?i:i(?!mport\s)|e(?!xport\s))|\*\*?[^ \t*\n]|__?[^ \t_\n]|\+[^ \t\n+]|#[^#\s]"
    r"|`(?!``)|~(?!~~)|!(?![\[!])|\?(?!\?\?)|\[(?![!\[])(?i:(?!toc\]))(?![^\]\n]{1,999}\]:)|@(?!\[)|:(?!::|-)"
    r"|<(?![A-Za-z/!?])|\$(?!\$)|\\(?!\[)|\{(?![{%])",
    re.MULTILINE,
)

#: Beginnings of lines that may be verbatim: indented code, HTML, math. Fences count wherever they stand.
#: What may follow the first digit of a number that begins a list; what lies before a zero wraps to a large number.
_ZERO, _BEHIND_DIGIT = ord("0"), [ord(character) for character in "0123456789.)"]
_VERBATIM = r" {0,3}(?:[ \t<]|\$\$|\\\[)"
_VERBATIM_FIRST = re.compile(rf"{_VERBATIM}|---|\+\+\+")
_VERBATIM_BELOW = re.compile(rf"[\r\n]{_VERBATIM}")


def may_hold_verbatim(text: str) -> bool:
    """Tell cheaply whether a Markdown text may hold blocks in which only the encoding and line ends change."""
    if "```" in text or "~~~" in text or _VERBATIM_FIRST.match(text):
        return True
    return _VERBATIM_BELOW.search(text) is not None


def markdown_table(text: str, form: ExactForm) -> Columns:
    """Give the blocks of a Markdown text, each from its first line to the end of its last one."""
    import numpy as np

    from dedupe_cn.text.exact import rows

    flat = with_line_feeds(text)
    starts, stops, full, special = _lines(flat, form)
    first, behind = rows(full)
    begins, ends = starts[first], stops[behind - 1]
    closer = _counted(special, first, behind) > 0
    kinds, levels = np.zeros(begins.size, np.uint8), np.zeros(begins.size, np.uint8)
    for group in np.flatnonzero(closer & (behind - first == 1)).tolist():
        heading = HEADING.match(flat, begins[group]) if flat[begins[group]] == "#" else None
        if heading:
            kinds[group], levels[group], closer[group] = _HEADING, len(heading[1]), False
    signs = closer
    if (behind - first >= MIN_LINES).any():
        closer = closer | _may_hold_verse(form, starts, stops, full, first, behind)
    reader = MarkdownReader(flat)
    plain = ~closer
    taken = reader.front_matter()
    if taken:
        plain[: begins.searchsorted(taken)] = False
    columns = (column.tolist() for column in (np.flatnonzero(closer), signs[closer], begins[closer], ends[closer]))
    for group, signed, head, tail in zip(*columns, strict=True):
        if not signed and reader.at <= head:
            reader.at = head
            reader.prose(tail)
            continue
        while tail > reader.at:
            reader.at = max(reader.at, head)
            reader.read(tail)
            last = int(begins.searchsorted(reader.at)) - 1
            plain[group : last + 1] = False
            group, head, tail = last, int(begins[last]), int(ends[last])
    if reader.starts:
        order = np.argsort(np.concatenate((begins[plain], np.frombuffer(reader.starts, np.int64))), kind="stable")
        begins, ends, kinds, levels = (
            np.concatenate((own[plain], np.frombuffer(read, own.dtype)))[order]
            for own, read in (
                (begins, reader.starts),
                (ends, reader.ends),
                (kinds, reader.kinds),
                (levels, reader.levels),
            )
        )
    elif taken:
        begins, ends, kinds, levels = begins[plain], ends[plain], kinds[plain], levels[plain]
    ends = _before_returns(text, ends)
    return Columns(begins, ends, form.exact(begins), form.exact(ends), kinds, levels)


def _lines(
    flat: str, form: ExactForm
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Give start and end of every line, whether it holds anything, and whether anything but prose may begin there."""
    import numpy as np

    from dedupe_cn.text.exact import line_breaks

    breaks = line_breaks(form)
    starts, stops = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [len(flat)]))
    full = stops > starts
    classes = _classes()
    sort = np.zeros(starts.size, np.uint8)
    sort[full] = classes[np.minimum(form.codes_at(starts[full]), np.uint32(classes.size - 1))]
    for index in np.flatnonzero(sort & 2).tolist():
        if flat[starts[index] : stops[index]].isspace():
            full[index] = False
    special = np.flatnonzero((sort & 1).astype(bool) & full)
    first, second = form.codes_at(starts[special]), form.codes_at(starts[special] + 1)
    # Most lines that begin with a digit tell by the next character that they number nothing.
    special = special[(first - _ZERO > 9) | np.isin(second, _BEHIND_DIGIT)]
    marked = np.zeros(starts.size, dtype=bool)
    for begin in range(0, special.size, _LINES):
        lines = special[begin : begin + _LINES]
        marked[lines] = [_TEXT_AFTER_ALL.match(flat, start) is None for start in starts[lines].tolist()]
    return starts, stops, full, marked


@cache
def _classes() -> NDArray[np.uint8]:
    """Class the first characters of lines: bit 0, anything but prose may begin; bit 1, the line may be blank."""
    import numpy as np

    table = np.zeros(0x3002, np.uint8)
    for code in range(0x3001):
        character = chr(code)
        table[code] = bool(IS_SPECIAL.match(character) or character in " \t") + 2 * character.isspace()
    return table


def _counted(marks: NDArray[np.bool_], first: NDArray[np.int64], behind: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the marks in each range of lines."""
    import numpy as np

    total = np.concatenate(([0], np.cumsum(marks)))
    low = np.minimum(first, marks.size)
    result: NDArray[np.int64] = total[np.maximum(behind, low)] - total[low]
    return result


def _may_hold_verse(
    form: ExactForm,
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    full: NDArray[np.bool_],
    first: NDArray[np.int64],
    behind: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Mark the groups in which four lines in a row are short enough for verse."""
    short = full & (form.exact(stops) - form.exact(starts) <= MAX_LINE)
    row = short[: 1 - MIN_LINES].copy()
    for step in range(1, MIN_LINES):
        row &= short[step : step - MIN_LINES + 1 or None]
    result: NDArray[np.bool_] = _counted(row, first, behind - MIN_LINES + 1) > 0
    return result


def _before_returns(text: str, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave the CR of a line end out of the block that ends there."""
    import numpy as np

    if "\r" not in text:
        return ends
    return ends - np.array([text[end - 1] == "\r" for end in ends.tolist()], dtype=np.int64)
