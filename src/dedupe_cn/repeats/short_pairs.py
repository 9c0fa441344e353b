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

    from dedupe_cn.text.characters import Codes

_GRAM = 4
#: Bits of a word that name the paragraph; the gram stands above them.
_BITS = np.uint64(32)
#: A gram that stands so often is not counted pair by pair.
_CROWD = 12


def alike_short_pairs(layout: Layout, short: NDArray[np.int64], threshold: float) -> set[tuple[int, int]]:
    """Give every pair of the short paragraphs (block indexes, rising) that may reach the ratio.

    Pairs are given as block indexes, the earlier one first.
    """
    if short.size < 2:
        return set()
    starts, lengths = layout.starts[short], (layout.ends - layout.starts)[short]
    totals = np.arange(2 * lengths.min(), 2 * lengths.max() + 1)
    if _shared(totals, threshold).min() < 1:  # the number falls wherever one edit more is allowed
        return _compared(layout, short, threshold)
    shared = _sharing(fold(gathered(layout.codes, starts, lengths)), lengths)
    if shared is None:
        return set()
    # At least one gram is asked for, and most pairs have none.
    one, other = np.nonzero(shared)
    enough = (shared[one, other] >= _shared(lengths[one] + lengths[other], threshold)) & (one < other)
    one, other = one[enough], other[enough]
    return set(zip(short[one].tolist(), short[other].tolist(), strict=True))


def _shared(total: NDArray[np.int64], threshold: float) -> NDArray[np.float64]:
    """Give how many 4-grams passages of ``total`` characters together share at least."""
    edits = np.floor((1 - threshold) * total + 1e-9)
    result: NDArray[np.float64] = (total - edits) / 2 - (_GRAM - 1) * (edits + 1)
    return result


def gathered(codes: Codes, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Codes:
    """Give the characters of passages one behind the other."""
    passages = zip(starts.tolist(), (starts + lengths).tolist(), strict=True)
    return np.concatenate([codes[start:end] for start, end in passages])


def _sharing(codes: Codes, lengths: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Count for each two of the passages (n by n) the grams they may share, at least those they do share.

    None where no gram stands in two of them.

    Grams of a crowd are not counted pair by pair: two passages may share as many of them as the one with fewer has.
    """
    n = lengths.size
    owner = np.repeat(np.arange(n), lengths)
    hashes = short_hashes(codes, _GRAM)
    inside = owner[: hashes.size] == owner[_GRAM - 1 :]
    words = (hashes.astype(np.uint64) << _BITS | owner[: hashes.size].view(np.uint64))[inside]
    words.sort()
    grams, owners = words >> _BITS, (words & ((np.uint64(1) << _BITS) - np.uint64(1))).view(np.int64)
    found: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    here = np.flatnonzero(grams[:-1] == grams[1:])
    if not (owners[here] != owners[here + 1]).any():  # equal grams stand in the order of their owners
        return None
    crowds = np.empty(0, grams.dtype)
    if here.size >= _CROWD:
        far = grams[: 1 - _CROWD] == grams[_CROWD - 1 :]
        if far.any():
            crowds = np.unique(grams[: far.size][far])
            here = here[~np.isin(grams[here], crowds)]
    step = 1
    while here.size:
        one, other = owners[here], owners[here + step]
        found.append((one * n + other)[one != other])
        step += 1
        here = here[here + step < words.size]
        here = here[grams[here] == grams[here + step]]
    counts = np.bincount(np.concatenate(found), minlength=n * n).reshape(n, n)
    if crowds.size:
        crowded = np.bincount(owners[np.isin(grams, crowds)], minlength=n)
        counts += np.minimum(crowded[:, None], crowded)
    return counts


def _compared(layout: Layout, short: NDArray[np.int64], threshold: float) -> set[tuple[int, int]]:
    from rapidfuzz import fuzz, process

    from dedupe_cn.text.characters import squash
    from dedupe_cn.text.folding import fold_text

    texts = [fold_text(squash(layout.block_text(i))) for i in short.tolist()]
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=100 * threshold - 1, dtype=np.uint8)
    above, right = np.nonzero(np.triu(scores, 1))
    return set(zip(short[above].tolist(), short[right].tolist(), strict=True))
