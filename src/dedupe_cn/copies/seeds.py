"""Seeds: positions whose k-gram occurs again, found by sampling k-gram hashes.

The sampling is by closed syncmers (Edgar 2021, "Syncmers are more sensitive than minimizers"): a k-gram is taken when
the smallest of its s-gram hashes stands first or last in it. Both copies of a passage are sampled alike, and any
passage of at least ``k + (k - s) - 1`` characters holds a sampled k-gram.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.text.exact import widths

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.characters import Codes

    #: Positions (int64, rising) and hashes of sampled k-grams.
    Samples = tuple[NDArray[np.int64], NDArray[np.uint64]]

#: Odd 64-bit multipliers (from the golden ratio and from SplitMix64, Steele et al. 2014).
_MIX = np.uint64(0x9E3779B97F4A7C15)
_JOIN = np.uint64(0xBF58476D1CE4E5B9)


class Sampling(NamedTuple):
    """Lengths of the k-gram and of the s-gram that samples it, in characters of the exact form."""

    k: int
    s: int

    @property
    def guaranteed(self) -> int:
        """Give the length from which a repeated passage is certain to hold a seed."""
        return 2 * self.k - self.s - 1

    def likely(self, size: int) -> int:
        """Give about how many k-grams of a text of ``size`` characters are sampled: 2 of each k - s + 1, and a few."""
        return size * 9 // (4 * (self.k - self.s + 1))


#: Positions sampled at a time: 512 KiB of hashes. With fewer the steps themselves count, with more the cache is left.
PIECE = 1 << 17
#: Odd 32-bit multipliers (from the golden ratio, and from MurmurHash3, Appleby 2011).
_MIX_32 = np.uint32(0x9E3779B1)
_JOIN_32 = np.uint32(0x85EBCA6B)


def mixed(codes: Codes) -> NDArray[np.uint32]:
    """Spread code points over 32 bits, each to another number; 0 stays 0."""
    result: NDArray[np.uint32] = np.multiply(codes, _MIX_32, dtype=np.uint32)
    result ^= result >> np.uint32(15)
    return result


def short_hashes(codes: Codes, length: int) -> NDArray[np.uint32]:
    """Hash all grams of a few characters in 32 bits.

    The i-th of the n - length + 1 values belongs to ``codes[i : i + length]``. Fit to propose and to sample by; half
    the width is half the time.
    """
    return hashes_of_mixed(mixed(codes), length)


def hashes_of_mixed(power: NDArray[np.uint32], length: int) -> NDArray[np.uint32]:
    """Give the same of characters that are :func:`mixed`: two steps over the array for each doubling of the length."""
    if power.size < length:
        return power[:0]
    by_size = {1: power}
    size = 1
    while 2 * size <= length:
        joined = power[: power.size - size] * (_JOIN_32 + np.uint32(2 * size))
        joined += power[size:]
        power, size = joined, 2 * size
        by_size[size] = power
    result, done = power, size
    while done < length:
        size = 1 << ((length - done).bit_length() - 1)
        part = by_size[size][done:]
        result = result[: part.size] * _JOIN_32 + part
        done += size
    hashes = result ^ (result >> np.uint32(15))
    hashes *= _MIX_32
    return hashes


def _window_minimum(values: NDArray[np.uint32], width: int) -> NDArray[np.uint32]:
    """Give the minimum of every ``width`` neighbours, by doubling."""
    size = 1
    least = values
    while 2 * size <= width:
        least = np.minimum(least[: least.size - size], least[size:])
        size *= 2
    rest = width - size
    return least if rest == 0 else np.minimum(least[: least.size - rest], least[rest:])


def sampled(order: NDArray[np.uint32], sampling: Sampling) -> Samples:
    """Choose the sampled k-grams of a short text in one go: their positions (rising) and their hashes.

    ``order`` are the hashes of its s-grams (:func:`short_hashes`).
    """
    k, s = sampling.k, sampling.s
    width = k - s + 1
    if order.size < width:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    least = _window_minimum(order, width)
    chosen = order[: least.size] == least
    chosen |= order[width - 1 :] == least
    found = np.flatnonzero(chosen)
    joined = order.take(found).astype(np.uint64)  # which takes half of the time of an index
    for part in [*range(s, k - s, s), k - s]:  # the s-grams that cover the k-gram
        joined *= _MIX
        joined += order[part:].take(found)
    joined *= _JOIN
    joined ^= joined >> np.uint64(32)
    joined *= _MIX
    return found, joined


def salt(documents: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Give each document a number of its own to mix into its hashes, so that none equals one of another (SplitMix64).

    The first one has 0: of a single document all hashes stay as they are.
    """
    salts = np.arange(documents.size, dtype=np.uint64) * _MIX
    salts ^= salts >> np.uint64(30)
    salts *= _JOIN
    salts ^= salts >> np.uint64(27)
    return salts


def owners(positions: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the positions (rising) in each of the ranges that begin at ``starts`` (rising, the first of them 0)."""
    return widths(0, positions.searchsorted(starts[1:]), positions.size)


def salted(samples: Samples, documents: NDArray[np.int64] | None) -> Samples:
    """Mix into the hashes of samples which document they stand in: ``documents`` are the places where each begins."""
    positions, hashes = samples
    if documents is None:
        return samples
    return positions, hashes ^ np.repeat(salt(documents), owners(positions, documents))


def sample(
    codes: Codes,
    sampling: Sampling,
    documents: NDArray[np.int64] | None = None,
) -> Iterator[Samples]:
    """Choose the sampled k-grams piece by piece: their positions (rising) and their hashes.

    The pieces stay in the processor's cache, and what is kept grows with the number of samples, not with the text. Of
    equal samples in a row only the first two are given: such a row is a run of a period shorter than the gram, which
    those two show, and in a text of one character it would hold every place. ``documents`` are the places at which
    documents begin where there are several: grams of two of them never have the same hash."""
    before = np.empty(0, np.uint64)
    for begin in range(0, codes.size - sampling.k + 1, PIECE):
        grams = short_hashes(codes[begin : begin + PIECE + sampling.k], sampling.s)
        positions, hashes = sampled(grams[: PIECE + sampling.k - sampling.s], sampling)
        positions += begin
        positions, hashes = salted((positions, hashes), documents)
        row = np.concatenate((before, hashes))
        again = row[1:] == row[:-1]
        before = row[-2:]
        fresh = ~(again[1:] & again[:-1])
        if fresh.all():
            yield positions, hashes
        else:
            # The first two samples of the text have none before them.
            fresh = np.concatenate((np.ones(hashes.size - fresh.size, dtype=bool), fresh))
            yield positions[fresh], hashes[fresh]


def link(samples: Iterable[Samples], size: int, likely: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Link every sampled k-gram of a text of ``size`` characters, or blocks, to its next occurrence.

    ``likely`` says how many samples there will be about; with far more or fewer of them the result is the same.
    Returns two arrays of equal length, the earlier and the later position (or block). Each is linked to the next one
    only, so their number is at most that of the samples, whatever the input. Equal hashes are not yet proven equal.
    """
    # Hash and position share a word, the hash above: sorting plain words is many times faster than an argsort, and
    # equal hashes come out in the order of their positions.
    bits = np.uint64(size.bit_length())
    words, filled = np.empty(likely + PIECE, np.uint64), 0  # memory is taken only where it is filled
    for positions, hashes in samples:
        hashes >>= bits
        hashes <<= bits
        hashes |= positions.view(np.uint64)
        if filled + hashes.size > words.size:
            small, words = words, np.empty(2 * (filled + hashes.size), np.uint64)
            words[:filled] = small[:filled]
        words[filled : filled + hashes.size] = hashes
        filled += hashes.size
    words = words[:filled]
    words.sort()
    mask = (np.uint64(1) << bits) - np.uint64(1)
    parts = [np.empty(0, np.int64)]
    for begin in range(0, words.size - 1, PIECE):
        part = words[begin : begin + PIECE + 1]
        parts.append(np.flatnonzero(part[1:] ^ part[:-1] <= mask) + begin)
    same = np.concatenate(parts)
    return (words.take(same) & mask).view(np.int64), (words[1:].take(same) & mask).view(np.int64)


def links(
    codes: Codes,
    sampling: Sampling,
    documents: NDArray[np.int64] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Link every sampled k-gram of a text to its next occurrence in the same document, as :func:`link` does."""
    return link(sample(codes, sampling, documents), int(codes.size), sampling.likely(codes.size))
