"""How similar passages are, and which pairs of many are worth comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_cn.corpus.bands import most_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.corpus.sketches import Sketches

#: Pairs taken from one band, unless there are eight for each passage: keeps hostile input (a
#: million equal lines) linear, with pairs of near neighbours in the order of input first.
_PAIRS = 2_000_000


def ratio(first: str, second: str) -> float:
    """Give the similarity of two exact forms, 0-1: twice the common characters over both lengths.

    This is rapidfuzz's Indel ratio, the measure of ``--threshold``.
    """
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(first, second)


def candidate_pairs(sketches: Sketches, threshold: float) -> NDArray[np.int64]:
    """Give pairs of passages (rows i < j, sorted) that may have a Jaccard similarity of at least ``threshold``.

    At least 99 % of the pairs that do are among them; verify with ``exact_jaccard``. Passages without shingles are in
    no pair.
    """
    import numpy as np

    bands, rows = most_rows(threshold, sketches.values.shape[1])
    filled = np.flatnonzero(sketches.counts)
    values = sketches.values[filled].astype(np.uint64)
    found = np.empty(0, np.uint64)
    size = np.uint64(max(1, len(sketches)))
    for band in range(bands):
        key = np.zeros(filled.size, np.uint64)
        for column in range(band * rows, (band + 1) * rows):
            key = (key ^ values[:, column]) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(32)
        order = np.argsort(key, kind="stable")
        ordered, names = key[order], filled[order].astype(np.uint64)
        fresh: list[NDArray[np.uint64]] = [found]
        total = 0
        for step in range(1, filled.size):
            same = np.flatnonzero(ordered[step:] == ordered[:-step])
            total += same.size
            if same.size == 0 or (total > _PAIRS and step > 8):
                break
            fresh.append(names[same] * size + names[same + step])
        # Sorted by hand: np.unique of NumPy 2.3 and later fills a hash table, which took a hundred times as long.
        found = np.sort(np.concatenate(fresh))
        found = found[np.append(True, found[1:] != found[:-1])[: found.size]]
    return np.stack([found // size, found % size], axis=1).astype(np.int64)
