"""Sketches of many passages at once: sorted shingles, and a MinHash of few permutations read off them.

The shingles of all passages are hashed over one array of code points by doubling, sorted and deduplicated; no step
loops over characters or shingles. A hash of a shingle names one of 128 ranges, and a sketch keeps the smallest hash in
each (Li, Owen and Zhang 2012, "One Permutation Hashing"). Short passages are placed up to three times, with other
multipliers, earlier rounds before later ones (Dahlgaard, Knudsen and Thorup 2017, "Fast Similarity Sketching"). A range
that is still empty copies from a filled one at a fixed sequence of distances (after Shrivastava 2017, "Optimal
Densification"; with distances instead of random ranges each filled range is copied at most once a try, which evens out
what counts how often).

The error, over that of a MinHash of 128 values (3,000 pairs at each size): 1.06 at 8 shingles, 0.96 at 20, 0.88 at 40,
0.76 at 94, 0.77 at 200, 0.86 at 400, 0.93 at 1,000.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_cn.copies.seeds import short_hashes
from dedupe_cn.text.characters import to_codes

if TYPE_CHECKING:
    from datasketch import LeanMinHash
    from numpy.typing import NDArray

#: Values of a sketch: the default of datasketch, and what the corpus measurements of design section 8 used.
VALUES = 128
#: The upper bits of a 32-bit hash that name its range: log2 of VALUES.
_RANGE_BITS = 7
#: Marks a range without a value; also every value of a passage shorter than a shingle.
_EMPTY = np.uint32(0xFFFFFFFF)
#: Marks our sketches among datasketch's, which refuses to compare sketches of different seeds.
SEED = 0xC42D
#: Code points sketched at a time: the working arrays stay in the cache, and the allocator keeps their memory (faulting
#: in new pages took longer than the hashing). Smaller chunks cost more calls.
_CHUNK = 1 << 16
#: Mean size of passages from which each is sorted by itself: half the width, but a call for each.
_LONG = 64
#: Code points of shorter passages sorted together.
_SORTED = 1 << 12
#: Added to the key of a shingle that runs over the end of its passage: it stands behind the others.
_OVER = np.uint64(1 << 32)
#: Most rounds in which the shingles of a passage are placed.
_ROUNDS = 3
#: Shingles are placed until their number times the rounds is this: then one range of 3,000 is empty. It must be next to
#: none: two passages nearly alike may stand on either side of a change of rounds, and what fills an empty range of one
#: is no match for the hash of a further round in the other (measured at 1/e of the ranges: 1.3 times the error).
_PLACED = 8 * VALUES
#: Hashes placed at a time.
_PIECE = 1 << 15
#: Lower bits of a value, those of the hash; the number of the round takes the next two.
_HASH_BITS = 22
#: Upper bits of a value copied at the first, second, … and at a later try; those of the others are 0.
_TAGS = tuple(np.uint32((0xFF00 >> tries) % 256 << 24) for tries in range(1, 9))
#: Tries at which only what a range held before is copied.
_FIRST_TRIES = 4
#: Rows densified at a time, for the cache.
_DENSIFIED = 512

@dataclass(frozen=True, slots=True)
class Sketches:
    """Sketches of passages in order.

    ``values`` has a row of 128 hashes for each passage. ``shingles`` holds the different 32-bit shingle hashes of all
    passages, sorted within each; those of passage i are ``shingles[starts[i] : starts[i] + counts[i]]``.
    """

    values: NDArray[np.uint32] = field(repr=False)
    shingles: NDArray[np.uint32] = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)
    counts: NDArray[np.int64] = field(repr=False)

    def __len__(self) -> int:
        return int(self.values.shape[0])

    def shingles_of(self, index: int) -> NDArray[np.uint32]:
        """Give the sorted shingle hashes of one passage (empty when it is shorter than a shingle)."""
        start = int(self.starts[index])
        return self.shingles[start : start + int(self.counts[index])]


def sketch_texts(texts: Sequence[str], k: int = 5) -> Sketches:
    """Sketch strings by shingles of ``k`` characters, as :func:`sketch_spans` does."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    # Encoded chunk by chunk: the code points of all would be written to fresh pages and read back from memory.
    return _sketch(lambda first, last: to_codes("".join(texts[first:last])), sizes, k)


def sketch_spans(codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], k: int = 5) -> Sketches:
    """Sketch the passages ``codes[starts[i] : ends[i]]`` by shingles of ``k`` code points.

    Which form is sketched is the caller's choice (folded for near-duplicates inside a document). Passages shorter
    than ``k`` get no shingles: compare them exactly.
    """

    def cut(first: int, last: int) -> NDArray[np.uint32]:
        if np.array_equal(starts[first + 1 : last], ends[first : last - 1]):
            joined: NDArray[np.uint32] = codes[int(starts[first]) : int(ends[last - 1])]
            return joined
        sizes = ends[first:last] - starts[first:last]
        places = np.repeat(starts[first:last] - np.cumsum(sizes) + sizes, sizes)
        places += np.arange(places.size)
        gathered: NDArray[np.uint32] = codes[places]
        return gathered

    return _sketch(cut, ends - starts, k)


def _sketch(cut: Callable[[int, int], NDArray[np.uint32]], sizes: NDArray[np.int64], k: int) -> Sketches:
    """Sketch passages of these sizes; ``cut`` gives the code points of the passages of a range, joined."""
    values = np.full((sizes.size, VALUES), _EMPTY)
    counts = np.zeros(sizes.size, np.int64)
    # One array for all chunks: parts to be joined at the end would be written, and their pages faulted in, twice.
    shingles = np.empty(int(sizes.sum()), np.uint32)
    total = 0
    for first, last in pairwise(_cuts(sizes, _CHUNK)):
        codes = cut(first, last) if last else shingles
        if codes.size >= k:
            hashes, counts[first:last] = _shingle(codes, sizes[first:last], k)
            shingles[total : total + hashes.size] = hashes
            _place(values[first:last].reshape(-1), hashes, counts[first:last])
            total += hashes.size
    _densify(values, counts)
    return Sketches(values, shingles[:total], np.cumsum(counts) - counts, counts)


def _cuts(sizes: NDArray[np.int64], step: int) -> list[int]:
    """Cut passages into runs of about ``step`` code points: the numbers of the passages at the cuts, from 0 to all."""
    return [0, *(np.flatnonzero(np.diff(np.cumsum(sizes) // step)) + 1).tolist(), sizes.size]


def _shingle(
    codes: NDArray[np.uint32], sizes: NDArray[np.int64], k: int
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give the different shingles of passages in a row, sorted in each, and how many each has."""
    hashes = short_hashes(codes, k)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    # The last k - 1 of a passage run over its end.
    over = (ends[:, None] - np.arange(1, k)).reshape(-1)
    over = over[(over >= 0) & (over < hashes.size)]
    within = np.maximum(sizes - (k - 1), 0)
    if hashes.size > _LONG * sizes.size:
        for start, size in zip(starts.tolist(), within.tolist(), strict=True):
            hashes[start : start + size].sort()
    else:
        hashes = _sort_together(hashes, sizes, over)
    fresh = np.empty(hashes.size, bool)
    np.not_equal(hashes[1:], hashes[:-1], out=fresh[1:])
    filled = np.flatnonzero(within)
    fresh[starts[filled]] = True
    fresh[over] = False
    counts = np.zeros(sizes.size, np.int64)
    counts[filled] = np.add.reduceat(fresh, starts[filled], dtype=np.int64)
    return hashes[fresh], counts


def _sort_together(
    hashes: NDArray[np.uint32], sizes: NDArray[np.int64], over: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """Sort the hashes of each of many short passages; those at ``over`` stay behind the others of their passage.

    The number of the passage stands above the hash, so one sort orders both.
    """
    keys = np.repeat(np.arange(0, 2 * sizes.size, 2, dtype=np.uint64) << np.uint64(32), sizes)[: hashes.size]
    keys |= hashes
    keys[over] += _OVER
    ends = np.cumsum(sizes)
    # The passages are in order already: sorting a few at a time saves the first steps of a quicksort.
    for first, last in pairwise(_cuts(sizes, _SORTED)):
        keys[ends[first] - sizes[first] : ends[last - 1]].sort()
    # The hash is the lower half of a key.
    return keys.astype(np.uint32)


def _place(flat: NDArray[np.uint32], hashes: NDArray[np.uint32], counts: NDArray[np.int64]) -> None:
    """Place the hashes into the ranges of their passages and keep the smallest, those of earlier rounds first.

    The rounds depend on the number of different shingles only, so that equal sets have equal sketches.
    """
    rounds = np.minimum(-(-_PLACED // np.maximum(counts, 1)), _ROUNDS)
    starts = np.cumsum(counts) - counts
    for number in np.flatnonzero(np.bincount(rounds)).tolist():
        passages = np.flatnonzero(rounds == number)
        own = counts[passages]
        chosen = hashes
        if passages.size < counts.size:
            places = np.repeat(starts[passages] - np.cumsum(own) + own, own)
            places += np.arange(places.size)
            chosen = hashes[places]
        _place_often(flat, chosen, np.repeat(passages * VALUES, own), number)


def _place_often(flat: NDArray[np.uint32], hashes: NDArray[np.uint32], bases: NDArray[np.int64], rounds: int) -> None:
    """Place hashes, in so many rounds, into the ranges of passages whose first ones are the bases."""
    step = _PIECE // rounds
    for first in range(0, hashes.size, step):
        turned = hashes[first : first + step] * _multipliers()[:rounds]
        places = bases[first : first + step] + (turned >> np.uint32(32 - _RANGE_BITS))
        turned &= np.uint32((1 << _HASH_BITS) - 1)
        turned |= _numbers()[:rounds]
        np.minimum.at(flat, places.reshape(-1), turned.reshape(-1))


@cache
def _numbers() -> NDArray[np.uint32]:
    """Give the number of each round where it stands in a value."""
    return np.arange(_ROUNDS, dtype=np.uint32)[:, None] << np.uint32(_HASH_BITS)


@cache
def _multipliers() -> NDArray[np.uint32]:
    """Give the odd multiplier of each round (multiply-shift hashing, Dietzfelbinger et al. 1997)."""
    return (_random(_ROUNDS, 1) >> np.uint64(32)).astype(np.uint32)[:, None] | np.uint32(1)


def _random(size: int, stream: int) -> NDArray[np.uint64]:
    """Give fixed random numbers, for good: stored sketches rest on them (SplitMix64, Steele, Lea and Flood 2014)."""
    state = np.arange(size, dtype=np.uint64) + np.uint64(SEED + (stream << 32))
    state *= np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@cache
def _distances() -> list[int]:
    """Give the distances from an empty range to those it may copy from, in the order in which they are tried."""
    distances: list[int] = (np.argsort(_random(VALUES - 1, 2)) + 1).tolist()
    return distances


def _densify(values: NDArray[np.uint32], counts: NDArray[np.int64]) -> None:
    """Fill the empty ranges of the passages that have shingles, each from the range at one distance after another.

    At first only what a range held before is copied, then copies too: that squares the share of empty ranges at each
    distance, where many are left.
    """
    for row in range(0, counts.size, _DENSIFIED):
        own = values[row : row + _DENSIFIED]
        source, offered = own.copy(), np.empty_like(own)
        for number, (distance, tag) in enumerate(zip(_distances(), _TAGS, strict=False)):
            if own.max() < _EMPTY:
                break
            if number >= _FIRST_TRIES:
                source = own
            np.bitwise_or(source[:, distance:], tag, out=offered[:, :-distance])
            np.bitwise_or(source[:, :distance], tag, out=offered[:, -distance:])
            # The tag makes what is offered larger than any value there is; an empty range holds the largest number.
            np.minimum(own, offered, out=own)
    rows = np.flatnonzero((values == _EMPTY).any(axis=1) & (counts > 0))
    for distance in _distances()[len(_TAGS) :]:
        if rows.size == 0:
            break
        left = values[rows]
        values[rows] = np.where(left == _EMPTY, np.roll(left, -distance, axis=1), left)
        rows = rows[(values[rows] == _EMPTY).any(axis=1)]


def to_minhash(values: NDArray[np.uint32]) -> LeanMinHash:
    """Carry a row of values as a datasketch hash, for its LSH indexes and its ``jaccard``.

    The seed marks it as ours: datasketch refuses to compare it with a sketch it made itself.
    """
    from datasketch import LeanMinHash

    options: dict[str, Any] = {"seed": SEED, "hashvalues": values.astype(np.uint64)}
    try:
        return LeanMinHash(scheme="affine32", **options)
    except TypeError:  # datasketch before 2.0 knows no scheme
        return LeanMinHash(**options)


def estimated_jaccard(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> float:
    """Estimate the Jaccard similarity of two passages by their rows of values."""
    return float(np.count_nonzero(first == second)) / VALUES


def exact_jaccard(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> float:
    """Give the Jaccard similarity of two sorted sets of shingle hashes; 0 when either is empty."""
    if first.size == 0 or second.size == 0:
        return 0.0
    small, large = (first, second) if first.size <= second.size else (second, first)
    places = np.searchsorted(large, small)
    common = int(np.count_nonzero(large[np.minimum(places, large.size - 1)] == small))
    return common / (first.size + second.size - common)
