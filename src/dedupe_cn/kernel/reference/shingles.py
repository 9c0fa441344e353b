"""Exact shingles of documents as sorted 64-bit hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.reference.forms import JOIN, MIX, read_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.kernel.form_rules import FormRules


def shingle_sets(
    codes: NDArray[np.uint32], sizes: NDArray[np.int64], rules: FormRules, k: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hash every run of ``k`` tokens of texts that stand one behind the other, ``sizes`` code points each.

    Gives the different hashes of each text, sorted, one text behind the other, and how many each has.
    """
    sets = [np.sort(_hash(tokens, k)) for tokens, _ in read_tokens(codes, sizes, rules)]
    sets = [hashes[is_new(hashes)] for hashes in sets]
    return np.concatenate([*sets, np.empty(0, np.uint64)]), np.array([own.size for own in sets], np.int64)


def _hash(tokens: NDArray[np.uint64], k: int) -> NDArray[np.uint64]:
    if tokens.size < k:
        return np.empty(0, np.uint64)
    mixed = (tokens + np.uint64(1)) * MIX
    mixed ^= mixed >> np.uint64(29)
    count = mixed.size - k + 1
    hashes = mixed[:count].copy()
    for place in range(1, k):
        hashes = hashes * JOIN + mixed[place : place + count]
        hashes ^= hashes >> np.uint64(32)
    return hashes


def is_new(hashes: NDArray[np.uint64] | NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Mark the first of each run of equal hashes."""
    fresh = np.ones(hashes.size, bool)
    np.not_equal(hashes[1:], hashes[:-1], out=fresh[1:])
    return fresh
