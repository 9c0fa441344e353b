"""Signatures of documents: the keys of their bands, and fingerprints of their shingles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.reference.forms import JOIN, MIX, TURN, WORD, read_forms
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
    prints = np.zeros((sizes.size, 2), np.uint64)
    values = np.empty((sizes.size, VALUES), np.uint32)
    counts, lengths = np.zeros(sizes.size, np.int64), np.zeros(sizes.size, np.int64)
    for i, (tokens, length) in enumerate(read_forms(codes, sizes, rules)):
        # A sketch is made of 32 bits: code points as they are, of a word the upper half of its hash.
        narrow = np.where(tokens & WORD, tokens >> np.uint64(32), tokens).astype(np.uint32)
        (values[i],), shingles, (counts[i],) = sketch(narrow, np.array([0]), np.array([narrow.size]), k)
        lengths[i] = length
        if shingles.size:
            # Equal sketches and equal sums of the hashes: what is equal in both has the same shingles.
            prints[i] = shingles.sum(dtype=np.uint64), _join(values[i : i + 1], 1, VALUES)[0, 0]
        else:
            prints[i] = _print(tokens, TURN, MIX), _print(tokens, np.uint64(0), JOIN)
    return _join(values, bands, rows), prints, counts, lengths


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
