"""Exact shingles of documents, by shingles.c."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.form_rules import KINDS
from dedupe_cn.kernel.library import call

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.kernel.form_rules import FormRules


def shingle_sets(
    codes: NDArray[np.uint32], sizes: NDArray[np.int64], rules: FormRules, k: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hash runs of tokens, see ``reference/shingles.py``. Raises ValueError for sizes beyond the codes."""
    hashes, counts = np.empty(codes.size, np.uint64), np.empty(sizes.size, np.int64)
    kind = KINDS.index(rules.kind)
    total = call("shingle_sets", codes, sizes, rules.classes, rules.folds, kind, k, hashes, counts)
    return hashes[:total], counts
