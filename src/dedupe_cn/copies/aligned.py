"""A chain in its text: the way from a place of the one stretch to the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.copies.chains import Chain
from dedupe_cn.copies.found import Range

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.copies.reader import Reader

#: Characters of a gap from which on only what stands at the same places is held to be equal: to line up more takes time
#: that grows with its square.
_LONG = 2000


class Aligned:
    """A chain in its text: where both stretches begin and end, and the way from a place of the one to the other."""

    def __init__(self, reader: Reader, row: Chain, kept: Range, removed: Range) -> None:
        self.reader, self.row = reader, row
        self.kept, self.removed = kept, removed

    @cached_property
    def anchors(self) -> list[tuple[int, int, int]]:
        """Give what is equal in exact offsets: earlier and later place, and how many characters, rising."""
        found: list[tuple[int, int, int]] = []
        places = self.reader.bare.places
        one, other = self.kept[0], self.removed[0]
        for piece in self.row.pieces:
            first, second = (int(places[at]) for at in (piece.first, piece.second))
            if first > one and second > other:
                found += self._between(one, first, other, second)
            ours = places[piece.first : piece.first + piece.size] - first
            theirs = places[piece.second : piece.second + piece.size] - second
            steps = np.flatnonzero(np.diff(theirs - ours, prepend=0))  # where marks stand in one of both only
            begins = [0, *steps.tolist(), piece.size]
            for low, high in pairwise(begins):
                if high > low:
                    here, there = first + int(ours[low]), second + int(theirs[low])
                    if low:
                        found += self._between(one, here, other, there)
                    size = int(ours[high - 1]) + 1 - int(ours[low])
                    found.append((here, there, size))
                    one, other = here + size, there + size
        return [*found, *self._between(one, self.kept[1], other, self.removed[1])]

    def _between(self, one: int, one_end: int, other: int, other_end: int) -> Iterator[tuple[int, int, int]]:
        """Give what is equal between two pieces."""
        size, size_other = one_end - one, other_end - other
        if min(size, size_other) <= 0:
            return
        text = self.reader.folded
        if size == size_other and text.startswith(text[one:one_end], other):
            yield one, other, size
            return
        if max(size, size_other) > _LONG:
            codes, size = self.reader.folded_codes, min(size, size_other)
            for low, high in _runs(codes[one : one + size] == codes[other : other + size]):
                yield one + low, other + low, high - low
            return
        from rapidfuzz.distance import Levenshtein

        for step in Levenshtein.opcodes(text[one:one_end], text[other:other_end]):
            if step.tag == "equal":
                yield one + step.src_start, other + step.dest_start, step.src_end - step.src_start

    def across(self, at: int) -> int | None:
        """Give the place of the later stretch that answers to one of the earlier; None inside of a difference."""
        if at in self.kept:
            return self.removed[self.kept.index(at)]
        # The end of what is equal before it rather than the beginning of what is equal behind it.
        number = bisect_left(self.anchors, at, key=lambda anchor: anchor[0]) - 1
        return self._moved(number, at, 0)

    def goes_on(self, at: int) -> int:
        """Give up to which place the way across is by as many characters as at this one, in equal steps from it."""
        if at in self.kept:
            return at
        number = bisect_left(self.anchors, at, key=lambda anchor: anchor[0]) - 1
        first, second, size = self.anchors[number]
        behind = self.anchors[number + 1][0] if number + 1 < len(self.anchors) else first + size
        last = min(first + size, behind, self.kept[1] - 1)
        step = second - first
        return at + max(0, last - at) // step * step if step > 0 else at

    def back(self, at: int) -> int | None:
        """Give the place of the earlier stretch that answers to one of the later."""
        if at in self.removed:
            return self.kept[self.removed.index(at)]
        number = bisect_right(self.anchors, at, key=lambda anchor: anchor[1]) - 1
        return self._moved(number, at, 1)

    def _moved(self, number: int, at: int, side: int) -> int | None:
        """Move a place along the anchor before it, of which it may be the end."""
        if number < 0:
            return None
        inside = at - self.anchors[number][side]
        return self.anchors[number][1 - side] + inside if inside <= self.anchors[number][2] else None


def _runs(marks: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Give where runs of marked places begin and end."""
    edges = np.flatnonzero(np.diff(marks, prepend=False, append=False)).tolist()
    return zip(edges[::2], edges[1::2], strict=True)
