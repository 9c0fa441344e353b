"""Hashes of grams of code points, in 32 bits: fit to propose by, and half the width is half the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Odd multipliers (from the golden ratio, and from MurmurHash3, Appleby 2011).
_MIX = np.uint32(0x9E3779B1)
_JOIN = np.uint32(0x85EBCA6B)


def hash_grams(codes: NDArray[np.uint32], length: int) -> NDArray[np.uint32]:
    """Hash all grams of ``length`` code points: the i-th of the n - length + 1 values is that of codes[i : i + length].

    By doubling: the hash of two parts of equal size is joined from theirs, so a gram takes two steps for each bit of
    its length.
    """
    if codes.size < length:
        return np.empty(0, np.uint32)
    part = codes * _MIX
    part ^= part >> np.uint32(15)
    parts = {1: part}
    size = 1
    while 2 * size <= length:
        part = part[:-size] * (_JOIN + np.uint32(2 * size)) + part[size:]
        size *= 2
        parts[size] = part
    hashes, done = part, size
    while done < length:
        size = 1 << ((length - done).bit_length() - 1)
        following = parts[size][done:]
        hashes = hashes[: following.size] * _JOIN + following
        done += size
    hashes = hashes ^ (hashes >> np.uint32(15))
    return hashes * _MIX
