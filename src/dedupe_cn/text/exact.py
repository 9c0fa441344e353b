"""The exact form of a text as an array, and the way between its offsets and those of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.text.block_kinds import Blocks, Columns
from dedupe_cn.text.characters import PIECE, to_codes, to_few_bytes, visible_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.characters import Codes


#: Bytes up to which memory is used again in the place of being given back: more than any array of a piece of text.
_REUSED = 1 << 24
#: Gaps of which one has its place noted, where there are many.
_SHARED = 32


def _reuse_memory() -> None:
    """Have the C library keep what arrays let go; nothing is touched, and where it always does so nothing happens.

    glibc gives every block of more than 128 KiB back to the system until one is let go: its size is the bound from then
    on (mallopt(3), M_MMAP_THRESHOLD). In texts of a size at which only small or huge blocks are let go, half of the
    time went into getting the same memory again and again.
    """
    np.empty(_REUSED, np.uint8)


_reuse_memory()


@dataclass(frozen=True)
class Gaps:
    """The way between a text and its exact form: ``gaps`` are the offsets of the characters that do not belong to it.

    They rise (int64). There are few of them, so this takes a fraction of the memory of an offset for each character.
    """

    gaps: NDArray[np.int64]

    def exact(self, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give how many characters of the exact form stand before each offset of the text."""
        result: NDArray[np.int64] = offsets - self.gaps.searchsorted(offsets)
        return result

    def columns(self, blocks: Blocks) -> Columns:
        """Give blocks with the exact offsets of their starts and ends."""
        starts, ends, kinds, levels = blocks
        return Columns(starts, ends, self.exact(starts), self.exact(ends), kinds, levels)

    def offsets(self, exact: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the offset in the text of each exact offset."""
        places = self.gaps - np.arange(self.gaps.size)
        result: NDArray[np.int64] = exact + places.searchsorted(exact, side="right")
        return result

    def offset(self, exact: int) -> int:
        """Give the offset in the text of one exact offset."""
        behind = bisect_right(self._some_places, exact)
        if self._step == 1:
            return exact + behind
        low, high = max(0, behind - 1) * self._step, min(behind * self._step, self.gaps.size)
        return exact + bisect_right(range(high), exact, low, key=self._place)

    @cached_property
    def _step(self) -> int:
        """Give how many gaps share a place: of many gaps a second array is memory that counts."""
        return 1 if self.gaps.size <= PIECE else _SHARED

    @cached_property
    def _some_places(self) -> memoryview:
        """Give the exact offset at which every so many-th gap lies.

        It gives a single number in half the time of an array, and is made in a tenth of the time of a list.
        """
        return (self.gaps[:: self._step] - np.arange(0, self.gaps.size, self._step)).data

    @cached_property
    def _place(self) -> Callable[[int], int]:
        """Give what tells the same of any gap."""
        gaps = self.gaps.data
        return lambda number: gaps[number] - number


@dataclass(frozen=True)
class ExactForm(Gaps):
    """The exact form of a text of ``codes.size + gaps.size`` characters.

    ``codes`` are its code points (uint32, or uint16 where that is enough for all of a long text), ``between`` those of
    the gaps.
    """

    codes: Codes
    between: NDArray[np.uint32]

    def codes_at(self, offsets: NDArray[np.int64], before: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Give the code points at offsets of the text; ``before`` is how many gaps lie before each."""
        result = self.visible(offsets - before).astype(np.uint32, copy=False)
        at_gap = self.is_gap(offsets, before).nonzero()[0]
        result[at_gap] = self.between[before[at_gap]]
        return result

    def is_gap(self, offsets: NDArray[np.int64], before: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the offsets that are gaps; ``before`` is how many gaps lie before each."""
        if not self.gaps.size:
            return np.zeros(offsets.size, dtype=bool)
        result: NDArray[np.bool_] = self.gaps.take(before, mode="clip") == offsets
        return result

    def visible(self, exact: NDArray[np.int64]) -> Codes:
        """Give the code points at exact offsets, at those behind the end the last one; zeros where there is none."""
        return self.codes.take(exact, mode="clip") if self.codes.size else np.zeros(exact.size, np.uint32)

    def without(self, edges: NDArray[np.int64]) -> ExactForm:
        """Leave out what lies in spans, which are given as rising offsets: start, end, start, end …"""
        codes, offsets = self.codes, self.offsets(np.arange(self.codes.size))
        unseen = edges.searchsorted(offsets, side="right") % 2 == 1
        gaps = np.concatenate((self.gaps, offsets[unseen]))
        order = np.argsort(gaps, kind="stable")
        return ExactForm(gaps[order], codes[~unseen], np.concatenate((self.between, codes[unseen]))[order])


def read_exact(text: str) -> ExactForm:
    """Work out the exact form of a text.

    >>> form = read_exact("一 二")
    >>> form.codes.tolist(), form.gaps.tolist(), form.offset(1)
    ([19968, 20108], [1], 2)
    """
    table = visible_table()
    if len(text) <= PIECE:
        codes = to_codes(text)
        seen = table.take(codes)
        gaps = np.flatnonzero(~seen).astype(np.int64, copy=False)
        return ExactForm(gaps, codes[seen], codes[gaps])
    kept: Codes = np.empty(len(text), np.uint16)  # memory is taken only where it is filled
    filled = 0
    found: list[NDArray[np.int64]] = []
    between: list[NDArray[np.uint32]] = []
    for begin in range(0, len(text), PIECE):
        piece = to_few_bytes(text[begin : begin + PIECE])
        if piece.itemsize > kept.itemsize:
            narrow, kept = kept, np.empty(len(text), piece.dtype)
            kept[:filled] = narrow[:filled]
        seen = table.take(piece)
        gaps = np.flatnonzero(~seen)
        visible = piece[seen]
        kept[filled : filled + visible.size] = visible
        filled += visible.size
        between.append(piece[gaps].astype(np.uint32))
        gaps += begin
        found.append(gaps)
    return ExactForm(np.concatenate(found).astype(np.int64, copy=False), kept[:filled], np.concatenate(between))


def read_gaps(text: str) -> Gaps:
    """Work out where the exact form of a text lies in it, without its characters."""
    table = visible_table()
    found = [np.empty(0, np.int64)]
    for begin in range(0, len(text), PIECE):
        found.append(np.flatnonzero(~table.take(to_few_bytes(text[begin : begin + PIECE]))) + begin)
    return Gaps(np.concatenate(found))


def any_marked(marks: NDArray[np.bool_], start: int, end: int) -> bool:
    """Tell whether anything in a range that is not empty is marked: a quarter of the time of ``any`` for short ones.

    An array of zeros takes memory only where it is filled, which other things that can be asked fast do not.
    """
    return bool(marks[start + int(marks[start:end].argmax())])


def rows(marks: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give where each row of marks begins, and where it has ended.

    >>> [ends.tolist() for ends in rows(np.array([True, True, False, True]))]
    [[0, 3], [2, 4]]
    """
    padded = np.zeros(marks.size + 2, dtype=bool)
    padded[1:-1] = marks
    edges = (padded[1:] != padded[:-1]).nonzero()[0]
    return edges[::2], edges[1::2]


def widths(first: int, edges: NDArray[np.int64], last: int) -> NDArray[np.int64]:
    """Give the widths of the ranges into which rising edges cut what lies between ``first`` and ``last``.

    ``np.diff`` with what stands before and behind takes ten times as long, which counts where there are few.

    >>> widths(0, np.array([3, 3, 7]), 10).tolist()
    [3, 0, 4, 3]
    """
    result: NDArray[np.int64] = np.empty(edges.size + 1, np.int64)
    result[:-1] = edges
    result[-1] = last
    result[1:] -= edges
    result[0] -= first
    return result


def numbers(first: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the numbers of ranges of some sizes, one range behind the other.

    >>> numbers(np.array([3, 8]), np.array([2, 3])).tolist()
    [3, 4, 8, 9, 10]
    """
    ends = np.cumsum(sizes)
    result: NDArray[np.int64] = np.arange(ends[-1] if ends.size else 0) + np.repeat(first - (ends - sizes), sizes)
    return result


def line_breaks(form: ExactForm) -> NDArray[np.int64]:
    """Give the offset of the last character of every line end: LF, CR LF or CR (see ``with_line_feeds``)."""
    breaks: NDArray[np.int64] = form.gaps[line_gaps(form)]
    return breaks


def line_gaps(form: ExactForm) -> NDArray[np.int64]:
    """Give the numbers of the same among the gaps."""
    feeds = form.between == ord("\n")
    returns = form.between == ord("\r")
    if returns.any():
        followed = np.append((form.gaps[1:] == form.gaps[:-1] + 1) & feeds[1:], False)
        feeds |= returns & ~followed
    numbers: NDArray[np.int64] = feeds.nonzero()[0].astype(np.int64, copy=False)
    return numbers
