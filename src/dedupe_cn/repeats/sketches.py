"""Sketches of many passages at once: sorted shingles, and a MinHash of few permutations read off them.

The shingles of all passages are hashed over one array of code points by doubling, sorted together and deduplicated;
no step loops over characters or shingles. The hash of a shingle names one of 128 ranges, and a sketch keeps the
smallest hash in each (Li, Owen and Zhang 2012, "One Permutation Hashing"). Copying into ranges that stay empty
(Shrivastava 2017, "Optimal Densification") errs more than MinHash below 100 shingles (measured: 0.0375 against 0.0341
at 40 shingles and similarity 0.8), so short passages are hashed again first, with other multipliers, until 98 % of the
ranges are filled, earlier rounds before later ones (Dahlgaard, Knudsen and Thorup 2017, "Fast Similarity Sketching").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_cn.repeats.seeds import gram_hashes

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
#: Code points sketched at a time: the working arrays stay in the cache of one core.
_CHUNK = 100_000
#: Shingles are placed until their number times the rounds is this: then e**-4 of the 128 ranges is empty.
_PLACED = 4 * VALUES
#: Most rounds: their number takes the upper 5 bits of a value, and the last is left to _EMPTY.
_ROUNDS = 31
#: Lower bits of a value, from the hash.
_HASH_BITS = 27
#: Tries after which a range still empty takes the next filled one.
_TRIES = 512


@dataclass(frozen=True, slots=True)
class Sketches:
    """Sketches of passages in order.

    ``values`` has a row of 128 hashes for each passage. ``shingles`` holds the different 32-bit shingle hashes of all
    passages, sorted within each; those of passage i are ``shingles[starts[i] : starts[i + 1]]``.
    """

    values: NDArray[np.uint32] = field(repr=False)
    shingles: NDArray[np.uint32] = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)

    def __len__(self) -> int:
        return self.values.shape[0]

    def shingles_of(self, index: int) -> NDArray[np.uint32]:
        """Give the sorted shingle hashes of one passage (empty when it is shorter than a shingle)."""
        return self.shingles[self.starts[index] : self.starts[index + 1]]


def sketch_passages(passages: Sequence[NDArray[np.uint32]], k: int = 5) -> Sketches:
    """Sketch passages given as arrays of code points, by shingles of ``k`` of them.

    Which form is sketched is the caller's choice (folded for near-duplicates inside a document). Passages shorter
    than ``k`` get no shingles: compare them exactly.
    """
    parts = [_sketch_chunk(chunk, k) for chunk in _chunks(passages)]
    if not parts:
        return Sketches(np.empty((0, VALUES), np.uint32), np.empty(0, np.uint32), np.zeros(1, np.int64))
    counts = np.concatenate([counts for _, _, counts in parts])
    return Sketches(
        np.concatenate([values for values, _, _ in parts]),
        np.concatenate([shingles for _, shingles, _ in parts]),
        np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
    )


def _chunks(passages: Sequence[NDArray[np.uint32]]) -> Iterator[Sequence[NDArray[np.uint32]]]:
    start = size = 0
    for index, passage in enumerate(passages):
        size += passage.size
        if size >= _CHUNK:
            yield passages[start : index + 1]
            start, size = index + 1, 0
    if start < len(passages):
        yield passages[start:]


def _sketch_chunk(
    passages: Sequence[NDArray[np.uint32]], k: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]:
    """Sketch some passages; give their values, their shingles in a row, and how many each has."""
    sizes = np.fromiter((p.size for p in passages), np.int64, len(passages))
    owners = np.repeat(np.arange(sizes.size, dtype=np.uint64), np.maximum(sizes - k + 1, 0))
    if owners.size == 0:
        return np.full((sizes.size, VALUES), _EMPTY), np.empty(0, np.uint32), np.zeros(sizes.size, np.int64)
    keys = gram_hashes(np.concatenate(passages), (k,))[0]
    keys = keys[_inside(sizes, k, keys.size)]
    # The product spreads each code point over the upper bits (Fibonacci hashing, Knuth 6.4); 32 of them are kept.
    keys *= np.uint64(0x9E3779B97F4A7C15)
    keys >>= np.uint64(32)
    keys |= owners << np.uint64(32)
    keys.sort()
    fresh = np.empty(keys.size, bool)
    fresh[0] = True
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    keys = keys[fresh]
    counts = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=sizes.size).astype(np.int64, copy=False)
    return _read_values(keys, counts), keys.astype(np.uint32), counts


def _inside(sizes: NDArray[np.int64], k: int, grams: int) -> NDArray[np.bool_]:
    """Tell which grams of the joined passages lie inside one of them."""
    edge = np.zeros(int(sizes.sum()) + 1, np.int8)
    ends = np.cumsum(sizes)
    np.add.at(edge, np.maximum(ends - k + 1, ends - sizes), 1)
    np.add.at(edge, ends, -1)
    return (np.cumsum(edge[:-1], dtype=np.int8) == 0)[:grams]


def _read_values(keys: NDArray[np.uint64], counts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Place the keys (passage, hash) into the ranges of their passages, round by round, and keep the smallest."""
    values = np.full(counts.size * VALUES, _EMPTY)
    hashes = keys.astype(np.uint32)
    rows = (keys >> np.uint64(32)).astype(np.int64) * VALUES
    rounds = np.repeat(np.clip(-(-_PLACED // np.maximum(counts, 1)), 1, _ROUNDS), counts)
    for number, multiplier in enumerate(_multipliers()):
        if number:
            active = rounds > number
            hashes, rows, rounds = hashes[active], rows[active], rounds[active]
            if hashes.size == 0:
                break
        turned = hashes * multiplier
        places = rows + (turned >> np.uint32(32 - _RANGE_BITS))
        turned <<= np.uint32(_RANGE_BITS)
        turned >>= np.uint32(32 - _HASH_BITS)
        turned |= np.uint32(number << _HASH_BITS)
        np.minimum.at(values, places, turned)
    return _densify(values.reshape(counts.size, VALUES))


@cache
def _multipliers() -> NDArray[np.uint32]:
    """Give the odd multiplier of each round (multiply-shift hashing, Dietzfelbinger et al. 1997)."""
    return (_random(_ROUNDS, 1) >> np.uint64(32)).astype(np.uint32) | np.uint32(1)


def _random(size: int, stream: int) -> NDArray[np.uint64]:
    """Give fixed random numbers, for good: stored sketches rest on them (SplitMix64, Steele, Lea and Flood 2014)."""
    state = np.arange(size, dtype=np.uint64) + np.uint64(SEED + (stream << 32))
    state *= np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@cache
def _sequences() -> NDArray[np.int64]:
    """Give for each try the range from which each empty range copies."""
    return (_random(_TRIES * VALUES, 2) >> np.uint64(64 - _RANGE_BITS)).astype(np.int64).reshape(_TRIES, VALUES)


def _densify(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Fill each empty range from the first filled one of its sequence; rows without any value stay empty."""
    filled = values != _EMPTY
    some = filled.any(axis=1)
    rows, columns = np.nonzero(~filled & some[:, None])
    result = values.copy()
    for targets in _sequences():
        if rows.size == 0:
            break
        found = values[rows, targets[columns]]
        hit = found != _EMPTY
        result[rows[hit], columns[hit]] = found[hit]
        rows, columns = rows[~hit], columns[~hit]
    for row in np.unique(rows):
        empty = columns[rows == row]
        places = np.flatnonzero(filled[row])
        result[row, empty] = values[row, places[np.searchsorted(places, empty) % places.size]]
    return result


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
