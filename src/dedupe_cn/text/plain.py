"""Read plain text: every line is a paragraph, but for verse, wrapped paragraphs, HTML, table rows and bulleted items.

Which lines need a closer look is worked out over all lines at once; only those are read one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedupe_cn.text.block_kinds import KINDS, Columns
from dedupe_cn.text.characters import with_line_feeds
from dedupe_cn.text.verse import MAX_LINE, MAX_WRAP, MIN_LINES, MIN_WRAP, verse_runs, wrapped_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.text.exact import ExactForm

_LIST = re.compile(r"[ \t\u3000]*+(?:[-*+•●○◆■□▪·][ \t\u3000]|[•●○◆■□▪])\S")
_HTML = re.compile(r"<(?:[A-Za-z][A-Za-z0-9-]*+(?=[\s/>]|$)|/[A-Za-z]|!|\?)")
#: First visible characters of lines that may be more than a paragraph.
_SPECIAL = "<|-*+•●○◆■□▪·"


def text_table(text: str, form: ExactForm) -> Columns:
    """Give the blocks of a plain text.

    Lines of verse are blocks of their own, so that one that came with a copy of the prose before it can go with it.
    """
    import numpy as np

    from dedupe_cn.text.exact import line_breaks

    flat = with_line_feeds(text)
    breaks = line_breaks(form)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(text))
    low, high = form.exact(starts), form.exact(ends)
    lengths = high - low
    kinds = np.zeros(starts.size, dtype=np.uint8)
    if not form.codes.size:
        none = starts[:0]
        return Columns(none, none, none, none, kinds[:0], kinds[:0])
    special = np.isin(form.codes.take(low, mode="clip"), [ord(c) for c in _SPECIAL])
    tabs = form.gaps[form.between == ord("\t")]
    if tabs.size:
        special |= np.bincount(starts.searchsorted(tabs, side="right") - 1, minlength=starts.size) >= 2
    for index in np.flatnonzero(special & (lengths > 0)).tolist():
        kinds[index] = KINDS.index(_kind(flat[starts[index] : ends[index]]))
    plain = (kinds == 0) & (lengths > 0)

    def bodies(first: int, last: int) -> list[str]:
        return [flat[starts[i] : ends[i]] for i in range(first, last)]

    head = np.ones(starts.size, dtype=bool)  # lines that begin a block
    wrapped: set[int] = set()
    for first, last in _even_runs(lengths, plain):
        for begin, end in wrapped_runs(bodies(first, last)):
            head[first + begin + 1 : first + end] = False
            wrapped.update(range(first + begin, first + end))
    for first, last in _runs(plain & (lengths <= MAX_LINE), MIN_LINES):
        known = {index - first for index in range(first, last) if index in wrapped}
        for begin, end in verse_runs(bodies(first, last), wrapped=known):
            kinds[first + begin : first + end] = KINDS.index("verse")
    for kind in ("html", "table", "list"):  # touching lines of these are one block
        here = kinds == KINDS.index(kind)
        head[1:] &= ~(here[1:] & here[:-1])
    full = lengths > 0
    heads = np.flatnonzero(head & full)
    tails = np.append(heads[1:], starts.size) - 1
    tails = np.maximum.accumulate(np.where(full, np.arange(starts.size), 0))[tails]
    last_visible = ends[tails]
    if "\r" in text:
        last_visible = last_visible - np.array([text[e - 1] == "\r" for e in last_visible.tolist()], dtype=np.int64)
    levels = np.zeros(heads.size, np.uint8)
    return Columns(starts[heads], last_visible, low[heads], high[tails], kinds[heads], levels)


def _kind(line: str) -> str:
    bare = line.lstrip()
    if bare[:1] == "<" and _HTML.match(bare):
        return "html"
    if bare[:1] == "|" or bare.count("\t") >= 2:
        return "table"
    return "list" if _LIST.match(line) else KINDS[0]


def _runs(chosen: NDArray[np.bool_], least: int) -> Iterator[tuple[int, int]]:
    """Give the ranges of at least so many neighbours that are all chosen."""
    import numpy as np

    edges = np.diff(np.concatenate(([0], chosen.view(np.int8), [0])))
    for first, last in zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True):
        if last - first >= least:
            yield first, last


def _even_runs(lengths: NDArray[np.int64], plain: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Give the ranges of two and more neighbours of nearly equal length, with the shorter line behind them."""
    import numpy as np

    fits = plain & (lengths >= MIN_WRAP - 1) & (lengths <= MAX_WRAP)
    even = fits[1:] & fits[:-1] & (np.abs(np.diff(lengths)) <= 1)
    for first, last in _runs(even, 1):
        end = last + 1
        if end < lengths.size and plain[end] and lengths[end] < lengths[last]:
            end += 1
        if end - first >= 3:
            yield first, end
