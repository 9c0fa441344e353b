"""A chain in its text: the way from a place of the one stretch to the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dedupe_cn import kernel
from dedupe_cn.copies.found import Range

if TYPE_CHECKING:
    from dedupe_cn.copies.reader import Reader
    from dedupe_cn.kernel.texts import Chains


class Aligned:
    """A chain in its text: where both stretches begin and end, and what is equal in them.

    ``number`` is that of the chain. Of the runs of equal characters ``firsts`` are the earlier places, ``seconds`` the
    later ones, ``sizes`` their lengths (exact offsets and characters, rising).
    """

    def __init__(self, reader: Reader, number: int, stretches: tuple[Range, Range], runs: memoryview) -> None:
        self.reader, self.number = reader, number
        self.kept, self.removed = stretches
        self.firsts: Sequence[int] = runs[::3]
        self.seconds: Sequence[int] = runs[1::3]
        self.sizes: Sequence[int] = runs[2::3]

    def across(self, at: int) -> int | None:
        """Give the place of the later stretch that answers to one of the earlier; None inside of a difference."""
        if at in self.kept:
            return self.removed[self.kept.index(at)]
        # The end of what is equal before it rather than the beginning of what is equal behind it.
        number = bisect_left(self.firsts, at) - 1
        if number < 0 or at - self.firsts[number] > self.sizes[number]:
            return None
        return self.seconds[number] + at - self.firsts[number]

    def goes_on(self, at: int) -> int:
        """Give up to which place the way across is by as many characters as at this one, in equal steps from it."""
        if at in self.kept:
            return at
        number = bisect_left(self.firsts, at) - 1
        end = self.firsts[number] + self.sizes[number]
        behind = self.firsts[number + 1] if number + 1 < len(self.firsts) else end
        last = min(end, behind, self.kept[1] - 1)
        step = self.seconds[number] - self.firsts[number]
        return at + max(0, last - at) // step * step if step > 0 else at

    def back(self, at: int) -> int | None:
        """Give the place of the earlier stretch that answers to one of the later."""
        if at in self.removed:
            return self.kept[self.removed.index(at)]
        number = bisect_right(self.seconds, at) - 1
        if number < 0 or at - self.seconds[number] > self.sizes[number]:
            return None
        return self.firsts[number] + at - self.seconds[number]


def align(reader: Reader, chains: Chains) -> Iterator[Aligned]:
    """Align chains, but for those that no rule is about and nobody is told of."""
    found, runs = kernel.align_chains(reader.text, chains, reader.hidden)
    at = 0
    for row in range(0, len(found), 6):
        number, kept, kept_end, removed, removed_end, count = found[row : row + 6]
        yield Aligned(reader, number, ((kept, kept_end), (removed, removed_end)), runs[3 * at : 3 * (at + count)])
        at += count
