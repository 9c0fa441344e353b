"""Exact shingles of documents as sorted 64-bit hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Odd multipliers from the golden ratio and from SplitMix64 (Steele, Lea and Flood 2014).
_MIX = np.uint64(0x9E3779B97F4A7C15)
_JOIN = np.uint64(0xBF58476D1CE4E5B9)


def shingle_sets(
    tokens: NDArray[np.uint64], sizes: NDArray[np.int64], k: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hash every run of ``k`` tokens of documents that stand one behind the other, ``sizes`` tokens each.

    Gives the different hashes of each document, sorted, one document behind the other, and how many each has.
    """
    sets = [np.empty(0, np.uint64)]
    ends = np.cumsum(sizes)
    for start, end in zip((ends - sizes).tolist(), ends.tolist(), strict=True):
        sets.append(distinct(np.sort(_hash_runs(tokens[start:end], k))))
    return np.concatenate(sets), np.array([own.size for own in sets[1:]], np.int64)


def _hash_runs(tokens: NDArray[np.uint64], k: int) -> NDArray[np.uint64]:
    if tokens.size < k:
        return np.empty(0, np.uint64)
    mixed = (tokens + np.uint64(1)) * _MIX
    mixed ^= mixed >> np.uint64(29)
    count = mixed.size - k + 1
    hashes = mixed[:count].copy()
    for place in range(1, k):
        hashes = hashes * _JOIN + mixed[place : place + count]
        hashes ^= hashes >> np.uint64(32)
    return hashes


def distinct(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Drop the repeats of sorted hashes."""
    fresh = np.ones(hashes.size, bool)
    np.not_equal(hashes[1:], hashes[:-1], out=fresh[1:])
    return hashes[fresh]
