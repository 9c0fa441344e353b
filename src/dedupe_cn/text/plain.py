"""Read plain text: every line is a paragraph, but for verse, wrapped paragraphs, HTML, table rows and bulleted items.

Which lines need a closer look their sorts tell; only those are read one by one.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import compress, groupby

from dedupe_cn.kernel.texts import Lines, Sort
from dedupe_cn.regex import regex
from dedupe_cn.text.block_kinds import KINDS, NUMBERS, Blocks
from dedupe_cn.text.characters import with_line_feeds
from dedupe_cn.text.exact import ExactForm
from dedupe_cn.text.verse import MAX_WRAP, MIN_LINES, MIN_WRAP, verse_runs, wrapped_runs

_LIST = regex(r"[ \t\u3000]*+(?:[-*+•●○◆■□▪·][ \t\u3000]|[•●○◆■□▪])\S")
_HTML = regex(r"<(?:[A-Za-z][A-Za-z0-9-]*+(?=[\s/>]|$)|/[A-Za-z]|!|\?)")
#: Lines of these kinds that touch are one block.
_JOINED = tuple(NUMBERS[kind] for kind in ("html", "table", "list"))


def _lines_that(choose: int, but: int = 0) -> bytes:
    """Give a class of the sorts that have one of some bits and none of others."""
    return b"[" + re.escape(bytes(sort for sort in range(256) if sort & choose and not sort & but)) + b"]"


_CLOSER = regex(_lines_that(Sort.SPECIAL | Sort.TABS))
_SHORT = regex(_lines_that(Sort.SHORT) + b"{%d,}" % MIN_LINES)
_EVEN = regex(_lines_that(Sort.EVEN) + b"+")
_VISIBLE = bytes(bool(sort & Sort.VISIBLE) for sort in range(256))


def text_blocks(text: str, form: ExactForm) -> Blocks:
    """Give the blocks of a plain text.

    Lines of verse are blocks of their own, so that one that came with a copy of the prose before it can go with it.
    """
    flat, lines = with_line_feeds(text), form.lines
    starts, stops = lines.starts, lines.stops
    sorts, kinds = bytearray(lines.sorts), bytearray(len(starts))
    for closer in _CLOSER.finditer(lines.sorts):
        index = closer.start()
        if sorts[index] & Sort.VISIBLE and (kind := _kind(flat[starts[index] : stops[index]])):
            kinds[index], sorts[index] = kind, Sort.VISIBLE  # what it is is known
    heads = bytearray(lines.sorts.translate(_VISIBLE))
    tails = heads[:]

    def join(first: int, behind: int) -> None:
        heads[first + 1 : behind] = tails[first : behind - 1] = bytes(behind - first - 1)

    def bodies(first: int, behind: int) -> list[str]:
        return [flat[starts[index] : stops[index]] for index in range(first, behind)]

    wrapped: set[int] = set()
    for first, behind in _even_runs(lines, sorts, kinds):
        for begin, end in wrapped_runs(bodies(first, behind)):
            join(first + begin, first + end)
            wrapped.update(range(first + begin, first + end))
    for run in _SHORT.finditer(sorts):
        first, behind = run.span()
        known = {index - first for index in range(first, behind) if index in wrapped}
        for begin, end in verse_runs(bodies(first, behind), wrapped=known):
            kinds[first + begin : first + end] = bytes([NUMBERS["verse"]]) * (end - begin)
    for kind in _JOINED:
        for run in re.finditer(re.escape(bytes([kind])) + b"{2,}", kinds):
            join(*run.span())
    ends = array("i", compress(stops, tails))
    if "\r" in text:
        ends = array("i", (end - (text[end - 1] == "\r") for end in ends))
    own = bytes(compress(kinds, heads))
    return Blocks(memoryview(array("i", compress(starts, heads))), memoryview(ends), own, bytes(len(own)))


def _kind(line: str) -> int:
    """Give the number of the kind of a line."""
    bare = line.lstrip()
    if bare[:1] == "<" and _HTML.match(bare):
        return NUMBERS["html"]
    if bare[:1] == "|" or bare.count("\t") >= 2:
        return NUMBERS["table"]
    return NUMBERS["list"] if _LIST.match(line) else NUMBERS[KINDS[0]]


def _even_runs(lines: Lines, sorts: bytearray, kinds: bytearray) -> Iterator[tuple[int, int]]:
    """Give the ranges of two and more neighbours of nearly equal length, with the shorter line behind them."""
    low, high = lines.low, lines.high

    def is_plain(index: int) -> bool:
        return kinds[index] == 0 and high[index] > low[index]

    def fits(index: int) -> bool:
        return is_plain(index) and MIN_WRAP - 1 <= high[index] - low[index] <= MAX_WRAP

    for run in _EVEN.finditer(sorts):
        for fitting, some in groupby(range(run.start() - 1, run.end()), fits):
            row = list(some)
            first, behind = row[0], row[-1] + 1
            if not fitting or len(row) < 2:
                continue
            last = high[behind - 1] - low[behind - 1]
            if behind < len(low) and is_plain(behind) and high[behind] - low[behind] < last:
                behind += 1
            if behind - first >= 3:
                yield first, behind
