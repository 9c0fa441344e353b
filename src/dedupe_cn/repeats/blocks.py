"""Find whole paragraphs, and runs of blocks, that stand again further on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.chains import Match
from dedupe_cn.repeats.found import Range, Repeat
from dedupe_cn.repeats.tandem import SEEDED
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Shortest paragraph that is reported when it stands again; shorter ones are everyday phrases.
SHORTEST = 10
#: Odd multiplier of the polynomial hash of a block (Knuth's MMIX constant).
_BASE = 6364136223846793005
#: Blocks hashed at once: bounds the memory of a step to about 20 MiB.
_ROWS = 1 << 16


def short_block_hashes(layout: Layout) -> NDArray[np.uint64]:
    """Hash the exact form of every block of at most 40 characters (uint64, one for each block).

    Longer blocks, which are found by seeds, get 0. Equal hashes are not yet proven equal.
    """
    codes, starts = layout.codes, layout.starts
    lengths = layout.ends - starts
    hashes = np.zeros(starts.size, np.uint64)
    weights = np.array([pow(_BASE, i + 1, 1 << 64) for i in range(SEEDED)], np.uint64)
    offsets = np.arange(SEEDED)
    short = np.flatnonzero(lengths <= SEEDED)
    for part in np.array_split(short, short.size // _ROWS + 1):
        inside = offsets[None, :] < lengths[part][:, None]
        cells = codes[np.where(inside, starts[part][:, None] + offsets[None, :], 0)].astype(np.uint64) + np.uint64(1)
        hashes[part] = (np.where(inside, cells, np.uint64(0)) * weights[None, :]).sum(axis=1, dtype=np.uint64)
    return hashes


def repeated_blocks(layout: Layout, matches: Iterable[Match], hashes: NDArray[np.uint64]) -> Iterator[Repeat]:
    """Give the repeats of whole blocks at a distance: from long matches, and single short paragraphs by their hash."""
    covered = np.zeros(layout.codes.size + 1, dtype=bool)
    for match in matches:
        for start, end in _whole_blocks(layout, match):
            covered[start:end] = True
            yield from _repeat(layout, start, end, match.distance)
    for earlier, later in _equal_paragraphs(layout, hashes):
        start, end = int(layout.starts[later]), int(layout.ends[later])
        if not covered[start]:
            yield from _repeat(layout, start, end, start - int(layout.starts[earlier]))


def _repeat(layout: Layout, start: int, end: int, distance: int) -> Iterator[Repeat]:
    inside = layout.blocks_in(start, end)
    prose = [i for i in inside if layout.prose[i]]
    paragraphs = len(prose)
    if sum(int(layout.ends[i] - layout.starts[i]) for i in prose) >= SHORTEST:
        yield Repeat(
            "repeated-block",
            (start - distance, end - distance),
            (start, end),
            end - start,
            paragraphs=paragraphs,
            blocks=len(inside),
        )


def _whole_blocks(layout: Layout, match: Match) -> Iterator[Range]:
    """Trim a match to ranges that are whole blocks on both sides, with the same protected blocks in both."""
    distance = match.distance
    low, high = match.second, match.second + min(match.length, distance)
    begins = _in_both(layout.starts, low, high, distance)
    stops = _in_both(layout.ends, low + 1, high + 1, distance)
    if not begins or not stops:
        return
    start, end = begins[0], stops[-1]
    if start >= end:
        return
    inside = layout.blocks_in(start, end)
    piece: list[int] = []
    for index in inside:
        block_start, block_end = int(layout.starts[index]), int(layout.ends[index])
        if not layout.prose[index] and not _stands_again(layout, index, distance):
            yield from _without_bare_heading(layout, piece)
            piece = []
        elif not piece and block_start not in begins:
            continue
        elif block_end > end:
            break
        else:
            piece.append(index)
    yield from _without_bare_heading(layout, [i for i in piece if int(layout.ends[i]) <= end])


def _in_both(values: NDArray[np.int64], low: int, high: int, distance: int) -> list[int]:
    """Give the values in [low, high) that are also there ``distance`` before."""
    here = values[values.searchsorted(low) : values.searchsorted(high)]
    at = values.searchsorted(here - distance)
    return list(here[values[np.minimum(at, values.size - 1)] == here - distance].tolist())


def _stands_again(layout: Layout, index: int, distance: int) -> bool:
    start, end = int(layout.starts[index]) - distance, int(layout.ends[index]) - distance
    twin = layout.block_at(start) if start >= 0 else -1
    return (
        twin >= 0
        and int(layout.starts[twin]) == start
        and int(layout.ends[twin]) == end
        and layout.kind_of(twin) == layout.kind_of(index)
    )


def _without_bare_heading(layout: Layout, indexes: list[int]) -> Iterator[Range]:
    """Leave out headings and rules at the end of a range: they belong to what follows."""
    while indexes and layout.kind_of(indexes[-1]) in ("heading", "rule"):
        indexes = indexes[:-1]
    if indexes:
        yield int(layout.starts[indexes[0]]), int(layout.ends[indexes[-1]])


def _equal_paragraphs(layout: Layout, hashes: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a short paragraph and its next equal one, neighbours left out (they are tandems)."""
    lengths = layout.ends - layout.starts
    chosen = np.flatnonzero(layout.prose & (lengths >= SHORTEST) & (lengths < SEEDED))
    order = chosen[np.argsort(hashes[chosen], kind="stable")]
    for earlier, later in zip(order[:-1].tolist(), order[1:].tolist(), strict=True):
        if hashes[earlier] == hashes[later] and later - earlier > 1:
            a, b, n = int(layout.starts[earlier]), int(layout.starts[later]), int(lengths[earlier])
            if n == lengths[later] and bool((layout.codes[a : a + n] == layout.codes[b : b + n]).all()):
                yield earlier, later
