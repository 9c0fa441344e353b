"""Exact shingles of documents, by shingles.c."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.library import call

if TYPE_CHECKING:
    from numpy.typing import NDArray


def shingle_sets(
    tokens: NDArray[np.uint64], sizes: NDArray[np.int64], k: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hash runs of tokens, see ``reference/shingles.py``. Raises ValueError for sizes beyond the tokens."""
    hashes, counts = np.empty(tokens.size, np.uint64), np.empty(sizes.size, np.int64)
    total = call("shingle_sets", tokens, sizes, k, hashes, counts)
    return hashes[:total], counts
