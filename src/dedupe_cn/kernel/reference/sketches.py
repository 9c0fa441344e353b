"""Sketches of passages: sorted shingles, and a MinHash of few permutations read off them.

A hash of a shingle names one of 128 ranges, and a sketch keeps the smallest hash in each (Li, Owen and Zhang 2012, "One
Permutation Hashing"). Short passages are placed up to three times, with other multipliers, earlier rounds before later
ones (Dahlgaard, Knudsen and Thorup 2017, "Fast Similarity Sketching"). A range that is still empty copies from a filled
one at a fixed sequence of distances (after Shrivastava 2017, "Optimal Densification"; with distances instead of random
ranges each filled range is copied at most once a try, which evens out what counts how often).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.reference.grams import hash_grams
from dedupe_cn.kernel.reference.shingles import is_new

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Values of a sketch: the default of datasketch.
VALUES = 128
#: The upper bits of a 32-bit hash that name its range: log2 of VALUES.
_RANGE_BITS = 7
#: Lower bits of a value, those of the hash; the number of the round takes the next two.
_HASH_BITS = 22
#: Marks a range without a value; also every value of a passage shorter than a shingle.
_EMPTY = np.uint32(0xFFFFFFFF)
#: What the fixed random numbers begin from.
_SEED = 0xC42D
#: Most rounds in which the shingles of a passage are placed.
_ROUNDS = 3
#: Shingles are placed until their number times the rounds is this: then one range of 3,000 is empty. It must be next to
#: none: two passages nearly alike may stand on either side of a change of rounds, and what fills an empty range of one
#: is no match for the hash of a further round in the other (measured at 1/e of the ranges: 1.3 times the error).
_PLACED = 8 * VALUES
#: Upper bits of a value copied at the first, second, … and at a later try; those of the others are 0.
_TAGS = tuple(np.uint32((0xFF00 >> tries) % 256 << 24) for tries in range(1, 9))
#: Tries at which only what a range held before is copied.
_FIRST_TRIES = 4


def sketch(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], k: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]:
    """Sketch the passages ``codes[starts[i] : ends[i]]`` by shingles of ``k`` code points.

    Gives a row of 128 values for each passage, the different shingles of each, sorted, one passage behind the other,
    and how many each has; none for a passage shorter than ``k``.
    """
    values = np.full((starts.size, VALUES), _EMPTY)
    shingles = [np.empty(0, np.uint32)]
    for row, start, end in zip(values, starts.tolist(), ends.tolist(), strict=True):
        hashes = np.sort(hash_grams(codes[start:end], k))
        shingles.append(hashes[is_new(hashes)])
        _place(row, shingles[-1])
    counts = np.array([own.size for own in shingles[1:]], np.int64)
    filled = counts > 0
    values[filled] = _densify(values[filled])
    return values, np.concatenate(shingles), counts


def _place(row: NDArray[np.uint32], hashes: NDArray[np.uint32]) -> None:
    """Place the hashes into the ranges of a passage and keep the smallest, those of earlier rounds first.

    The rounds depend on the number of different shingles only, so that equal sets have equal sketches.
    """
    if hashes.size:
        for number in range(min(-(-_PLACED // hashes.size), _ROUNDS)):
            turned = hashes * _multipliers()[number]
            value = turned & np.uint32((1 << _HASH_BITS) - 1) | np.uint32(number << _HASH_BITS)
            np.minimum.at(row, turned >> np.uint32(32 - _RANGE_BITS), value)


def _densify(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Fill the empty ranges of passages that have shingles, each from the range at one distance after another.

    At first only what a range held before is copied, then copies too: that squares the share of empty ranges at each
    distance, where many are left.
    """
    before = values
    for number, distance in enumerate(_distances()):
        empty = values == _EMPTY
        if not empty.any():
            break
        source = before if number < _FIRST_TRIES else values
        offered = np.roll(source, -distance, axis=1)
        if number < len(_TAGS):
            offered |= _TAGS[number]
        values = np.where(empty, offered, values)
    return values


@cache
def _multipliers() -> NDArray[np.uint32]:
    """Give the odd multiplier of each round (multiply-shift hashing, Dietzfelbinger et al. 1997)."""
    return (_random(_ROUNDS, 1) >> np.uint64(32)).astype(np.uint32) | np.uint32(1)


@cache
def _distances() -> list[int]:
    """Give the distances from an empty range to those it may copy from, in the order in which they are tried."""
    distances: list[int] = (np.argsort(_random(VALUES - 1, 2)) + 1).tolist()
    return distances


def _random(size: int, stream: int) -> NDArray[np.uint64]:
    """Give fixed random numbers, for good: stored sketches rest on them (SplitMix64, Steele, Lea and Flood 2014)."""
    state = np.arange(size, dtype=np.uint64) + np.uint64(_SEED + (stream << 32))
    state *= np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))
