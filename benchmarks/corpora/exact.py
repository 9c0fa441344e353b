"""The exact answer: every pair of documents whose shingles are similar enough, by prefixes and then one by one.

Prefix filter (Chaudhuri, Ganti and Kaushik, A Primitive Operator for Similarity Joins, 2006): of two sets in one
order whose Jaccard similarity is at least t, the first ``size - ceil(t * size) + 1`` of each have an element in common.
Shingles are ordered from the rarest on, and compared as 64-bit hashes; that two of 10**8 shingles meet has a chance of
3e-4. Nothing here is shared with the program that is measured.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Characters of a shingle.
SHINGLE = 5
_MIX = (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)
#: Pairs collected before the repeats among them are dropped.
_PAIRS = 20_000_000


class Pairs(NamedTuple):
    """Similar pairs, ``first < second``, with their similarity (0-1); ``documents`` is how many there are in all."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    score: NDArray[np.float64]
    documents: int


def shingles_of(texts: Iterable[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Give the different shingles of each text as sorted hashes, one text behind the other, and where each begins."""
    sets = [np.unique(_hashes(text)) for text in texts]
    starts = np.cumsum([0, *map(len, sets)])
    return np.concatenate([*sets, np.zeros(0, np.uint64)]), starts


def _hashes(text: str) -> NDArray[np.uint64]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    size = max(0, codes.size - SHINGLE + 1)
    found = np.zeros(size, np.uint64)
    for place in range(SHINGLE):
        found = (found ^ codes[place : place + size]) * np.uint64(_MIX[0])
        found = (found ^ (found >> np.uint64(31))) * np.uint64(_MIX[1])
    return found


def similar_pairs(texts: Iterable[str], threshold: float) -> Pairs:
    """Give all pairs of at least ``threshold``; a text without a shingle is in none."""
    hashes, starts = shingles_of(texts)
    sizes = np.diff(starts)
    different, ids, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    # Rank of a shingle: the rarest first, so that prefixes are in few documents.
    ranks = np.empty(different.size, np.int64)
    ranks[np.argsort(counts, kind="stable")] = np.arange(different.size)
    ordered = ranks[ids]
    alone = counts[np.argsort(counts, kind="stable")] == 1
    del hashes, different, ids, counts
    names: list[NDArray[np.int64]] = []
    owners: list[NDArray[np.int64]] = []
    for document, size in enumerate(sizes.tolist()):
        own = ordered[starts[document] : starts[document + 1]]
        own.sort()
        prefix = own[: size - math.ceil((threshold - 1e-9) * size) + 1]
        prefix = prefix[~alone[prefix]]
        names.append(prefix)
        owners.append(np.full(prefix.size, document))
    first, second = _meet(np.concatenate(names), np.concatenate(owners), sizes, threshold)
    score = np.array([
        _similarity(ordered[starts[i] : starts[i + 1]], ordered[starts[j] : starts[j + 1]])
        for i, j in zip(first.tolist(), second.tolist(), strict=True)
    ])  # fmt: skip
    found = score >= threshold
    return Pairs(first[found], second[found], score[found], len(sizes))


def _meet(
    names: NDArray[np.int64], owners: NDArray[np.int64], sizes: NDArray[np.int64], threshold: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the pairs of documents that have an element of their prefixes in common and may be similar by size."""
    order = np.argsort(names, kind="stable")
    names, owners = names[order], owners[order]
    count = np.int64(sizes.size)
    found, waiting, held = np.zeros(0, np.int64), list[NDArray[np.int64]](), 0
    at, step = np.arange(names.size), 1
    while True:
        # Those that meet one at this distance met one at every shorter distance.
        at = at[at + step < names.size]
        at = at[names[at + step] == names[at]]
        if at.size:
            first, second = owners[at], owners[at + step]
            least = np.minimum(sizes[first], sizes[second])
            may = least >= (threshold - 1e-9) * np.maximum(sizes[first], sizes[second])
            waiting.append(first[may] * count + second[may])
            held += waiting[-1].size
        if held > _PAIRS or not at.size:
            # Sorted by hand: np.unique of NumPy 2.3 and later fills a hash table, which takes longer.
            found = np.sort(np.concatenate([found, *waiting]))
            found = found[np.append(True, found[1:] != found[:-1])[: found.size]]
            waiting, held = [], 0
        if not at.size:
            return found // count, found % count
        step += 1


def _similarity(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    common = np.intersect1d(one, other, assume_unique=True).size
    return float(common / (one.size + other.size - common))
