"""Find the blocks of Markdown: paragraphs in one go over all lines, and everything else line by line.

Most groups of lines between blank lines hold no character with which anything but a paragraph can begin. They are
paragraphs as they stand, unless the block before reaches into them; only the others go through the reader.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dedupe_cn.text.block_kinds import KINDS, Blocks, in_order
from dedupe_cn.text.characters import with_line_feeds
from dedupe_cn.text.code_spans import FENCES
from dedupe_cn.text.markup import HEADING, IS_SPECIAL, MarkdownReader
from dedupe_cn.text.verse import MAX_LINE, MIN_LINES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.text.exact import ExactForm

#: Lines whose beginnings are looked at at a time.
_LINES = 1 << 14
_HEADING = KINDS.index("heading")
#: What a first character tells of its line: anything but prose may begin, it may be blank, it may number an item; and
#: what a second one tells of a digit before it: it may be the number of an item.
_SIGN, _MAY_BE_BLANK, _DIGIT, _BEHIND_DIGIT = 1, 2, 4, 8
#: Lines that begin with a sign and are still nothing but text, by their next characters.
_TEXT_AFTER_ALL = re.compile(
    r"\d(?!\d{0,8}[.)](?:[ \t]|$))|(?i:i(?!mport\s)|e(?!xport\s))|\*\*?[^ \t*\n]|__?[^ \t_\n]|\+[^ \t\n+]|#[^#\s]"
    r"|`(?!``)|~(?!~~)|!(?![\[!])|\?(?!\?\?)|\[(?![!\[])(?i:(?!toc\]))(?![^\]\n]{1,999}\]:)|@(?!\[)|:(?!::|-)"
    r"|<(?![A-Za-z/!?])|\$(?!\$)|\\(?!\[)|\{(?![{%])",
    re.MULTILINE,
)

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
    return _VERBATIM_BELOW.search(text, 0, end) is not None


def markdown_table(text: str, form: ExactForm) -> Blocks:
    """Give the blocks of a Markdown text, each from its first line to the end of its last one."""
    import numpy as np

    from dedupe_cn.text.exact import rows

    flat = with_line_feeds(text)
    starts, stops, full, special = _lines(flat, form)
    first, behind = rows(full)
    begins, ends = starts[first], stops[behind - 1]
    closer = _holding(special, first)
    kinds, levels = np.zeros(begins.size, np.uint8), np.zeros(begins.size, np.uint8)
    alone = (closer & (behind - first == 1)).nonzero()[0]
    for group, start in zip(alone.tolist(), begins[alone].tolist(), strict=True):
        heading = HEADING.match(flat, start) if flat[start] == "#" else None
        if heading:
            kinds[group], levels[group], closer[group] = _HEADING, len(heading[1]), False
    signs = closer
    if (behind - first >= MIN_LINES).any():
        closer = closer | _holding(_short_rows(form, starts, stops, full), first)
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
    found = Blocks(begins, ends, kinds, levels)
    if reader.starts:
        found = in_order(found.chosen(plain), reader.blocks())
    elif taken:
        found = found.chosen(plain)
    return found._replace(ends=_before_returns(text, found.ends))


def _lines(
    flat: str, form: ExactForm
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Give start and end of every line, whether it holds anything, and the lines where anything but prose may begin."""
    import numpy as np

    from dedupe_cn.text.exact import line_breaks

    breaks = line_breaks(form)
    starts, stops = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [len(flat)]))
    full = stops > starts
    lines = full.nonzero()[0]
    sort = _classes_of(form.codes_at(starts[lines]))
    unsure = lines[(sort & _MAY_BE_BLANK).nonzero()[0]]
    for index, start, stop in zip(unsure.tolist(), starts[unsure].tolist(), stops[unsure].tolist(), strict=True):
        if flat[start:stop].isspace():
            full[index] = False
    special = (sort & _SIGN).nonzero()[0]
    lines, sort = lines[special], sort[special]
    second = _classes_of(form.codes_at(starts[lines] + 1))
    # Most lines that begin with a digit tell by the next character that they number nothing; a blank one has no sign.
    lines = lines[(((sort & _DIGIT) == 0) | ((second & _BEHIND_DIGIT) > 0)) & full[lines]]
    signed = [lines[:0]]
    for begin in range(0, lines.size, _LINES):
        part = lines[begin : begin + _LINES]
        marks = [_TEXT_AFTER_ALL.match(flat, start) is None for start in starts[part].tolist()]
        signed.append(part[np.array(marks)])
    return starts, stops, full, np.concatenate(signed)


def _classes_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Give the classes of some characters; the last one of the table is that of all behind it."""
    classes: NDArray[np.uint8] = _classes().take(codes, mode="clip")
    return classes


@cache
def _classes() -> NDArray[np.uint8]:
    """Class the first and second characters of lines by what may begin there."""
    import numpy as np

    table = np.zeros(0x3002, np.uint8)
    for code in range(0x3001):
        character = chr(code)
        if IS_SPECIAL.match(character) or character in " \t":
            table[code] |= _SIGN
        if character.isspace():
            table[code] |= _MAY_BE_BLANK
    table[[ord(character) for character in "0123456789"]] |= _DIGIT | _BEHIND_DIGIT
    table[[ord(character) for character in ".)"]] |= _BEHIND_DIGIT
    return table


def _holding(lines: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the groups in which some lines, none of them blank, stand; ``first`` is the first line of each group."""
    import numpy as np

    marks = np.zeros(first.size, dtype=bool)
    marks[first.searchsorted(lines, side="right") - 1] = True
    return marks


def _short_rows(
    form: ExactForm, starts: NDArray[np.int64], stops: NDArray[np.int64], full: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Give the lines with which four in a row begin that are short enough for verse."""
    short = full & (form.exact(stops) - form.exact(starts) <= MAX_LINE)
    row = short[: 1 - MIN_LINES].copy()
    for step in range(1, MIN_LINES):
        row &= short[step : step - MIN_LINES + 1 or None]
    return row.nonzero()[0]


def _before_returns(text: str, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave the CR of a line end out of the block that ends there."""
    import numpy as np

    if "\r" not in text:
        return ends
    return ends - np.array([text[end - 1] == "\r" for end in ends.tolist()], dtype=np.int64)
