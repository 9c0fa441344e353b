"""Signatures of documents: the keys of their bands, and fingerprints of their shingles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.reference.forms import JOIN, MIX, TURN, WORD, read_tokens
from dedupe_cn.kernel.reference.sketches import VALUES, sketch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.kernel.form_rules import FormRules

    Signed = tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]


def sign(
    codes: NDArray[np.uint32], sizes: NDArray[np.int64], rules: FormRules, k: int, bands: int, rows: int
) -> Signed:
    """Sign texts that stand one behind the other, ``sizes`` code points each, by shingles of ``k`` tokens.

    Gives a row of ``bands`` keys for each text, each joined from the number of the band and ``rows`` values of its
    sketch; a row of two numbers, its fingerprint; how many different shingles it has; how many characters count.
    """
    forms = list(read_tokens(codes, sizes, rules))
    tokens = np.concatenate([*(own for own, _ in forms), np.empty(0, np.uint64)])
    # A sketch is made of 32 bits: code points as they are, of a word the upper half of its hash.
    narrow = np.where(tokens & WORD, tokens >> np.uint64(32), tokens).astype(np.uint32)
    ends = np.cumsum(np.array([own.size for own, _ in forms], np.int64))
    starts = np.append(0, ends)[:-1]
    values, shingles, counts = sketch(narrow, starts, ends, k)
    # Equal sketches and equal sums of the hashes: what is equal in both has the same shingles.
    prints = np.stack([np.zeros(sizes.size, np.uint64), _join(values, 1, VALUES)[:, 0]], axis=1)
    behind = np.cumsum(counts)
    for i, (own, _) in enumerate(forms):
        if counts[i]:
            prints[i, 0] = shingles[behind[i] - counts[i] : behind[i]].sum(dtype=np.uint64)
        else:
            prints[i] = _print(own, TURN, MIX), _print(own, np.uint64(0), JOIN)
    return _join(values, bands, rows), prints, counts, np.array([length for _, length in forms], np.int64)


def _join(values: NDArray[np.uint32], bands: int, rows: int) -> NDArray[np.uint64]:
    """Join the values of each band into one key."""
    keys = np.empty((values.shape[0], bands), np.uint64)
    keys[:] = np.arange(1, bands + 1, dtype=np.uint64) * TURN
    for row in range(rows):
        keys ^= values[:, row : bands * rows : rows]
        keys *= MIX
        keys ^= keys >> np.uint64(32)
    return keys


def _print(tokens: NDArray[np.uint64], begin: np.uint64, factor: np.uint64) -> int:
    """Fingerprint a document that is shorter than a shingle by all its tokens."""
    result = int(begin)
    for token in tokens.tolist():
        result = (result ^ (token + 1)) * int(factor) % (1 << 64)
        result ^= result >> 29
    return result
