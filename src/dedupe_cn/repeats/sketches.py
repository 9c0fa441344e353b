"""Sketches of many passages at once: sorted shingles, and a MinHash of few permutations read off them.

The shingles of all passages are hashed over one array of code points by doubling, sorted together and deduplicated;
no step loops over characters or shingles. The hash of a shingle names one of 128 ranges, and a sketch keeps the
smallest hash in each (Li, Owen and Zhang 2012, "One Permutation Hashing"). Copying into ranges that stay empty
(Shrivastava 2017, "Optimal Densification") errs more than MinHash below 100 shingles (measured: 0.0375 against 0.0341
at 40 shingles and similarity 0.8), so short passages are hashed again first, with other multipliers, until 86 % of the
ranges are filled, earlier rounds before later ones (Dahlgaard, Knudsen and Thorup 2017, "Fast Similarity Sketching").
"""

from __future__ import annotations

from collections.abc import Sequence
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
_CHUNK = 64_000
#: Shingles are placed until their number times the rounds is this: then e**-2 of the 128 ranges is empty.
_PLACED = 2 * VALUES
#: Most rounds (five shingles fill 98 ranges by then).
_ROUNDS = 32
#: Lower bits of a value, those of the hash that do not name the range; the number of the round stands above them.
_HASH_BITS = 32 - _RANGE_BITS
#: Sorts behind every key of a passage.
_NO_PASSAGE = np.uint64(0xFFFFFFFFFFFFFFFF)
#: Tries to fill an empty range: one filled range of 128 is missed with a chance of 1e-7.
_TRIES = 2048


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


def sketch_passages(passages: Sequence[NDArray[np.uint32]], k: int = 5) -> Sketches:
    """Sketch passages given as arrays of code points, by shingles of ``k`` of them.

    Which form is sketched is the caller's choice (folded for near-duplicates inside a document). Passages shorter
    than ``k`` get no shingles: compare them exactly. The shorter passages are worked on first, so that those with
    more rounds stand in front of a chunk.
    """
    sizes = np.fromiter(map(len, passages), np.int64, len(passages))
    order = np.argsort(sizes, kind="stable")
    values = np.full((sizes.size, VALUES), _EMPTY)
    counts = np.zeros(sizes.size, np.int64)
    parts: list[NDArray[np.uint32]] = [np.empty(0, np.uint32)]
    steps = np.cumsum(sizes[order]) // _CHUNK
    for rows in np.split(order, np.flatnonzero(np.diff(steps)) + 1):
        if rows.size and sizes[rows[-1]] >= k:
            codes = np.concatenate([passages[row] for row in rows.tolist()])
            values[rows], shingles, counts[rows] = _sketch_chunk(codes, sizes[rows], k)
            parts.append(shingles)
    starts = np.empty(sizes.size, np.int64)
    starts[order] = np.cumsum(counts[order]) - counts[order]
    return Sketches(values, np.concatenate(parts), starts, counts)


def _sketch_chunk(
    codes: NDArray[np.uint32], sizes: NDArray[np.int64], k: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]:
    """Sketch passages that stand in a row, the shortest first.

    Gives their values, their different shingles in a row, and how many each has.
    """
    keys = gram_hashes(codes, (k,))[0]
    # The product spreads the code points over the upper bits (Fibonacci hashing, Knuth 6.4); 32 of them are kept.
    keys *= np.uint64(0x9E3779B97F4A7C15)
    keys >>= np.uint64(32)
    keys |= np.repeat(np.arange(sizes.size, dtype=np.uint64) << np.uint64(32), sizes)[: keys.size]
    over_an_end = (np.cumsum(sizes)[:, None] - np.arange(1, k)).ravel()
    keys[over_an_end[(over_an_end >= 0) & (over_an_end < keys.size)]] = _NO_PASSAGE
    keys.sort()
    fresh = np.empty(keys.size, bool)
    fresh[0] = True
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    keys = keys[fresh]
    ends = np.searchsorted(keys, np.arange(1, sizes.size + 1, dtype=np.uint64) << np.uint64(32))
    keys = keys[: ends[-1]]
    counts = np.diff(ends, prepend=0)
    shingles = keys.astype(np.uint32)
    # Rounds go by the length, not by the count of different shingles: lengths are in order here.
    rounds = np.clip(-(-_PLACED // np.maximum(sizes - k + 1, 1)), 1, _ROUNDS)
    return _read_values(shingles, counts, rounds), shingles, counts


def _read_values(
    hashes: NDArray[np.uint32], counts: NDArray[np.int64], rounds: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """Place the hashes into the ranges of their passages, round by round, and keep the smallest.

    ``rounds`` must not rise from one passage to the next: the first so many passages take part in a round.
    """
    values = np.full(counts.size * VALUES, _EMPTY)
    ends = np.cumsum(counts)
    rows = np.repeat(np.arange(counts.size) * VALUES, counts)
    for number, multiplier in enumerate(_multipliers()[: int(rounds[0])]):
        passages = np.searchsorted(-rounds, -number)
        taking_part = int(ends[passages - 1]) if passages else 0
        turned = hashes[:taking_part] * multiplier
        places = rows[:taking_part] + (turned >> np.uint32(32 - _RANGE_BITS))
        turned &= np.uint32((1 << _HASH_BITS) - 1)
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
    empty = np.flatnonzero(values == _EMPTY)
    if empty.size == 0:
        return values
    source = values.ravel()
    result = source.copy()
    columns = empty & (VALUES - 1)
    for targets in _sequences():
        found = source[empty - columns + targets[columns]]
        missing = found == _EMPTY
        result[empty] = found
        empty, columns = empty[missing], columns[missing]
        if empty.size == 0:
            break
    return result.reshape(values.shape)


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
