"""Chain seeds on one diagonal and extend them to maximal exact matches (seed, chain, extend: Li 2018, minimap2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.copies.seeds import Sampling, links

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.characters import Codes

#: Finds every passage of 11 undisturbed letters.
SEED = Sampling(8, 4)
#: Characters compared at once for a match, at first and at least in the end.
_FIRST_WIDTH, _LAST_WIDTH = 64, 4096
#: Cells of one comparison (matches times width): bounds the memory of a step to a few MiB.
_CELLS = 1 << 20
#: Matches up to which each is followed by itself, and the characters of one compared at once.
_FEW, _PIECE = 8, 1 << 16


class Match(NamedTuple):
    """A maximal exact match in exact offsets: ``codes[first : first + length] == codes[second : second + length]``."""

    first: int
    second: int
    length: int

    @property
    def distance(self) -> int:
        """Give how far apart the two passages begin (the diagonal)."""
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class Matches:
    """Maximal exact matches as columns (int64, n), sorted by place: ``codes[first + i] == codes[second + i]``."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    length: NDArray[np.int64]

    def chosen(self, which: NDArray[np.bool_]) -> Matches:
        """Give the matches that are marked."""
        return Matches(self.first[which], self.second[which], self.length[which])

    def __iter__(self) -> Iterator[Match]:
        columns = (column.tolist() for column in (self.first, self.second, self.length))
        return (Match(*row) for row in zip(*columns, strict=True))


def find_matches(
    codes: Codes,
    sampling: Sampling,
    documents: NDArray[np.int64] | None = None,
) -> Matches:
    """Find the maximal matches between a passage and its next occurrence.

    Complete for passages of ``sampling.guaranteed`` characters and more. Every comparison is exact: a hash only
    proposes. ``documents`` are the places at which documents begin where there are several, with a character between
    them that stands in none: no match joins two of them.
    """
    first, second = links(codes, sampling, documents)
    if not first.size:
        return Matches(first, second, first)
    begin, end, distance = extend(codes, *_chains(first, second, sampling.k, codes.size), sampling.k)
    order = np.argsort(begin, kind="stable")  # by distance they are sorted already
    begin, distance = begin[order], distance[order]
    return Matches(begin, begin + distance, end[order] - begin)


def extend(
    codes: Codes, starts: NDArray[np.int64], distances: NDArray[np.int64], k: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Extend seeds of k characters to maximal matches; give begin, end and distance of each, begin and end exclusive.

    The seeds are sorted by distance, then place. Those that are not equal after all are left out; what is reached
    from several seeds of one diagonal is one match.
    """
    last_of_diagonal = np.append(distances[1:] != distances[:-1], True)
    limits = np.where(last_of_diagonal, codes.size - distances - starts, np.append(starts[1:], 0) - starts)
    forward = agreement(codes, starts, distances, limits, 1)
    proven = (forward >= np.minimum(k, limits)) & (forward > 0)
    # A seed that reaches the next one on its diagonal goes on in it.
    reaches = proven & ~last_of_diagonal & (forward == limits)
    heads = np.flatnonzero(proven & ~np.append(False, reaches[:-1]))
    tails = np.flatnonzero(proven & ~(reaches & np.append(proven[1:], False)))
    # Only heads go backwards: within a joined chain that would compare the same characters again and again.
    begin = starts[heads] - agreement(codes, starts[heads] - 1, distances[heads], starts[heads], -1)
    return begin, starts[tails] + forward[tails], distances[heads]


def _chains(
    first: NDArray[np.int64], second: NDArray[np.int64], k: int, size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the start and the diagonal of each run of overlapping seeds, sorted by diagonal and place."""
    bits = size.bit_length()
    words = (second - first) << bits | first  # plain words are sorted many times faster than an order of two keys
    words.sort()
    distance, first = words >> bits, words & ((1 << bits) - 1)
    fresh = np.append(True, (distance[1:] != distance[:-1]) | (first[1:] > first[:-1] + k))
    return first[fresh], distance[fresh]


def agreement(
    codes: Codes,
    starts: NDArray[np.int64],
    distances: NDArray[np.int64],
    limits: NDArray[np.int64],
    step: int,
) -> NDArray[np.int64]:
    """Count how far ``codes[start]`` and ``codes[start + distance]`` agree going by ``step``, up to the limits."""
    lengths = np.zeros(starts.size, dtype=np.int64)
    active = np.flatnonzero(limits > 0)
    width = _FIRST_WIDTH
    while active.size:
        if active.size <= _FEW:
            for row in active.tolist():
                lengths[row] = _agreement_from(
                    codes, int(starts[row]), int(distances[row]), int(lengths[row]), int(limits[row]), step
                )
            break
        rows = max(1, _CELLS // width)
        remaining: list[NDArray[np.int64]] = []
        for begin in range(0, active.size, rows):
            part = active[begin : begin + rows]
            differs = _differs(codes, starts[part] + step * lengths[part], distances[part], width, step)
            stop = np.minimum(differs.argmax(axis=1), limits[part] - lengths[part])
            lengths[part] += stop
            remaining.append(part[(stop == width) & (lengths[part] < limits[part])])
        active = remaining[0] if len(remaining) == 1 else np.concatenate(remaining)
        width = min(4 * width, max(_LAST_WIDTH, _CELLS // max(1, active.size)))
    return lengths


def _differs(
    codes: Codes, starts: NDArray[np.int64], distances: NDArray[np.int64], width: int, step: int
) -> NDArray[np.bool_]:
    """Compare ``width`` characters from each start with those a distance further on, going by ``step``.

    The last of the ``width + 1`` columns is true: it stops what agrees throughout.
    """
    differs = np.empty((starts.size, width + 1), dtype=bool)
    differs[:, width] = True
    low = starts if step > 0 else starts - (width - 1)
    if codes.size < width or low.min() < 0 or (low + distances).max() > codes.size - width:
        # What lies outside of the text lies beyond the limits too.
        here = starts[:, None] + np.arange(width) * step
        there = here + distances[:, None]
        np.not_equal(codes.take(here, mode="clip"), codes.take(there, mode="clip"), out=differs[:, :width])
        return differs
    # Windows are copied as a whole, which takes a fifth of the time of fetching their characters one by one.
    windows = np.lib.stride_tricks.as_strided(
        codes, (codes.size - width + 1, width), (codes.itemsize, codes.itemsize), writeable=False
    )
    columns = differs[:, :width] if step > 0 else differs[:, width - 1 :: -1]
    np.not_equal(windows[low], windows[low + distances], out=columns)
    return differs


def _agreement_from(codes: Codes, start: int, distance: int, length: int, limit: int, step: int) -> int:
    """Go on for one match that is ``length`` long already: along the memory, ten times as fast as place by place."""
    width = _LAST_WIDTH
    while length < limit:
        size = min(width, limit - length)
        first = start + length if step > 0 else start - length - size + 1
        differs = codes[first : first + size] != codes[first + distance : first + distance + size]
        if step < 0:
            differs = differs[::-1]
        at = int(differs.argmax())
        if differs[at]:
            return length + at
        length += size
        width = _PIECE
    return limit
