"""Compare a few short paragraphs each with each, without missing a pair.

The q-gram lemma (Ukkonen 1992, "Approximate string-matching with q-grams and maximal matches") rules most pairs out
beforehand: two passages of a and b characters whose ratio reaches t differ in at most D = (1 - t)(a + b) insertions
and deletions, agree in M = (a + b - D) / 2 characters in at most D + 1 runs, and so share at least M - 3 (D + 1) of
their 4-grams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.seeds import short_hashes
from dedupe_cn.text.folding import fold
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GRAM = 4
#: Bits of a word that name the paragraph; the gram stands above them.
_BITS = np.uint64(32)
#: A gram that so many paragraphs share rules nothing out: then all are compared.
_CROWD = 32


def alike_short_pairs(layout: Layout, short: NDArray[np.int64], threshold: float) -> set[tuple[int, int]]:
    """Give every pair of the short paragraphs (block indexes, rising) that may reach the ratio.

    Pairs are given as block indexes, the earlier one first.
    """
    if short.size < 2:
        return set()
    starts, lengths = layout.starts[short], (layout.ends - layout.starts)[short]
    if _shared(2 * lengths.min(), threshold) < 1 or _shared(2 * lengths.max(), threshold) < 1:
        return _compared(layout, short, threshold)
    pairs = _sharing(fold(_gathered(layout.codes, starts, lengths)), lengths)
    if pairs is None:
        return _compared(layout, short, threshold)
    keys, counts = np.unique(pairs, return_counts=True)
    one, other = np.divmod(keys, short.size)
    enough = counts >= _shared(lengths[one] + lengths[other], threshold)
    return set(zip(short[one[enough]].tolist(), short[other[enough]].tolist(), strict=True))


def _shared(total: NDArray[np.int64], threshold: float) -> NDArray[np.float64]:
    """Give how many 4-grams passages of ``total`` characters together share at least."""
    edits = np.floor((1 - threshold) * total + 1e-9)
    result: NDArray[np.float64] = (total - edits) / 2 - (_GRAM - 1) * (edits + 1)
    return result


def _gathered(codes: NDArray[np.uint32], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Give the characters of the passages one behind the other."""
    shifts = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    gathered: NDArray[np.uint32] = codes[np.arange(shifts.size) + shifts]
    return gathered


def _sharing(codes: NDArray[np.uint32], lengths: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Give a number ``one * n + other`` for every gram that two of n passages share; None when too many do."""
    owner = np.repeat(np.arange(lengths.size), lengths)
    hashes = short_hashes(codes, _GRAM)
    inside = owner[: hashes.size] == owner[_GRAM - 1 :]
    words = (hashes.astype(np.uint64) << _BITS | owner[: hashes.size].view(np.uint64))[inside]
    words.sort()
    grams, owners = words >> _BITS, (words & ((np.uint64(1) << _BITS) - np.uint64(1))).view(np.int64)
    found: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    here = np.arange(words.size)
    for step in range(1, _CROWD):
        here = here[here + step < words.size]
        here = here[grams[here] == grams[here + step]]
        if not here.size:
            return np.concatenate(found)
        one, other = owners[here], owners[here + step]
        found.append((one * lengths.size + other)[one != other])
    return None


def _compared(layout: Layout, short: NDArray[np.int64], threshold: float) -> set[tuple[int, int]]:
    from rapidfuzz import fuzz, process

    from dedupe_cn.text.characters import squash
    from dedupe_cn.text.folding import fold_text

    texts = [fold_text(squash(layout.block_text(i))) for i in short.tolist()]
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=100 * threshold - 1, dtype=np.uint8)
    above, right = np.nonzero(np.triu(scores, 1))
    return set(zip(short[above].tolist(), short[right].tolist(), strict=True))
