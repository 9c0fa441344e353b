"""Find whole paragraphs, and runs of blocks, that stand again further on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dedupe_cn.repeats.chains import Match, Matches, agreement
from dedupe_cn.repeats.found import Range, Repeat
from dedupe_cn.repeats.seeds import owners, salt
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

V = TypeVar("V", np.int64, np.uint64)

#: Shortest paragraph that is reported when it stands again; shorter ones are everyday phrases.
SHORTEST = 10
#: Odd multiplier of the polynomial hash of a block (Knuth's MMIX constant).
_BASE = 6364136223846793005
#: Characters hashed at once: bounds the memory of a step to about 2 MiB.
_ROWS = 1 << 16
#: Longest paragraph compared as a whole; where it is longer, every stretch of seeds says so.
LONGEST = 4096


def block_hashes(layout: Layout) -> NDArray[np.uint64]:
    """Hash the exact form of every block of at most 4,096 characters (uint64, one for each block).

    Longer blocks get 0; they are found by seeds. Equal hashes are not yet proven equal. A block's hash is the
    sum of its terms of a rolling polynomial modulo 2**64, brought to the power at which the block begins.
    """
    starts, lengths = layout.starts, layout.ends - layout.starts
    hashes = np.zeros(starts.size, np.uint64)
    powers, inverse = _powers()
    fits = np.flatnonzero(lengths <= LONGEST)
    ends = layout.ends[fits]
    first = 0
    while first < fits.size:
        begin = int(starts[fits[first]])
        behind = int(ends.searchsorted(begin + powers.size, side="right"))
        part = fits[first:behind]
        codes = layout.codes[begin : int(ends[behind - 1])]
        terms = np.zeros(codes.size + 1, np.uint64)  # the last sum ends before one more
        np.multiply(codes, powers[: codes.size], out=terms[:-1], dtype=np.uint64)
        here = starts[part] - begin
        edges = np.stack((here, here + lengths[part]), axis=1).ravel()
        hashes[part] = np.add.reduceat(terms, edges)[::2] * inverse.take(here)
        first = behind
    if layout.documents is not None:
        hashes ^= np.repeat(salt(layout.documents), owners(starts, layout.documents))
    return hashes


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Give the powers of the base and their inverses modulo 2**64."""
    base = np.full(_ROWS, _BASE, np.uint64)
    inverse = np.full(_ROWS, pow(_BASE, -1, 1 << 64), np.uint64)
    base[0] = inverse[0] = 1
    return np.cumprod(base), np.cumprod(inverse)


def repeated_blocks(layout: Layout, matches: Matches, hashes: NDArray[np.uint64]) -> list[Repeat]:
    """Give the repeats of whole blocks at a distance: from long matches, and single paragraphs by their hash."""
    covered = np.zeros(layout.codes.size + 1, dtype=bool)
    found: list[tuple[int, int, int]] = []
    matches = matches.chosen(may_hold_prose(layout, matches))
    for match, whole in zip(matches, _all_prose(layout, matches), strict=True):
        for start, end in [whole] if whole else _whole_blocks(layout, match):
            covered[start:end] = True
            found.append((start, end, match.distance))
    earlier, later = _equal_paragraphs(layout, hashes)
    alone = ~covered[layout.starts[later]]
    earlier, later = earlier[alone], later[alone]
    if not found and not later.size:
        return []
    runs = np.array(found, np.int64).reshape(-1, 3)
    singles = np.stack((layout.starts[later], layout.ends[later], layout.starts[later] - layout.starts[earlier]), 1)
    return _repeats(layout, np.concatenate((runs, singles)))


def may_hold_prose(layout: Layout, matches: Matches) -> NDArray[np.bool_]:
    """Mark the matches whose later passage holds a whole paragraph of prose of the length that is reported."""
    if not matches.first.size or not layout.starts.size:
        return np.zeros(matches.first.size, dtype=bool)
    low, high = matches.second, matches.second + matches.length
    first, behind = layout.starts.searchsorted(low), layout.ends.searchsorted(high, side="right")
    behind = np.maximum(behind, first)
    result: NDArray[np.bool_] = layout.prose_before[behind] - layout.prose_before[first] >= SHORTEST
    return result


def _repeats(layout: Layout, rows: NDArray[np.int64]) -> list[Repeat]:
    """Make repeats of rows (start, end, distance) that begin and end with a block and hold enough prose."""
    start, end, distance = rows.T
    first = layout.starts.searchsorted(start, side="right") - 1
    behind = layout.starts.searchsorted(end - 1, side="right")
    prose = layout.prose_before[behind] - layout.prose_before[first]
    paragraphs = np.append(0, np.cumsum(layout.prose))
    paragraphs = paragraphs[behind] - paragraphs[first]
    columns = (start, end, distance, paragraphs, behind - first, prose)
    return [
        Repeat(
            "repeated-block", (low - gap, high - gap), (low, high), high - low, paragraphs=count, blocks=n, prose=size
        )
        for low, high, gap, count, n, size in zip(*(c[prose >= SHORTEST].tolist() for c in columns), strict=True)
    ]


def _all_prose(layout: Layout, matches: Matches) -> Iterator[Range | None]:
    """Give what ``_whole_blocks`` gives of each match that is plain: only prose, and the outer blocks end in both.

    None for the others. This is what most matches are, and one by one they take ten times as long.
    """
    if not matches.first.size:
        return
    starts, ends = layout.starts, layout.ends
    distance = matches.second - matches.first
    first = starts.searchsorted(matches.second)
    behind = ends.searchsorted(matches.second + np.minimum(matches.length, distance), side="right")
    inside = behind - first
    at, last = np.minimum(first, starts.size - 1), np.maximum(behind - 1, 0)
    plain = (inside > 0) & stand_in(starts, starts[at] - distance) & stand_in(ends, ends[last] - distance)
    prose = np.append(0, np.cumsum(layout.prose))
    plain &= prose[np.maximum(behind, first)] - prose[first] == inside
    for start, end, is_plain in zip(starts[at].tolist(), ends[last].tolist(), plain.tolist(), strict=True):
        yield (start, end) if is_plain else None


def stand_in(values: NDArray[V], wanted: NDArray[V]) -> NDArray[np.bool_]:
    """Mark what stands in rising values, of which there is one at least.

    ``np.isin`` does the same, and loads masked arrays first.
    """
    result: NDArray[np.bool_] = values[np.minimum(values.searchsorted(wanted), values.size - 1)] == wanted
    return result


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


def _equal_paragraphs(layout: Layout, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the pairs of a paragraph and its next equal one, neighbours left out (they are tandems)."""
    lengths = layout.ends - layout.starts
    chosen = np.flatnonzero(layout.prose & (lengths >= SHORTEST) & (lengths <= LONGEST))
    said = np.sort(hashes[chosen])
    if not (said[1:] == said[:-1]).any():
        return chosen[:0], chosen[:0]
    order = chosen[np.argsort(hashes[chosen], kind="stable")]
    same = (hashes[order[1:]] == hashes[order[:-1]]) & (order[1:] - order[:-1] > 1)
    earlier, later = order[:-1][same], order[1:][same]
    same = lengths[earlier] == lengths[later]
    earlier, later = earlier[same], later[same]
    distances = layout.starts[later] - layout.starts[earlier]
    same = agreement(layout.codes, layout.starts[earlier], distances, lengths[earlier], 1) == lengths[earlier]
    return earlier[same], later[same]
