"""Signatures of documents, by signatures.c."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.form_rules import KINDS
from dedupe_cn.kernel.library import call

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.kernel.form_rules import FormRules

    Signed = tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]


def sign(
    codes: NDArray[np.uint32], sizes: NDArray[np.int64], rules: FormRules, k: int, bands: int, rows: int
) -> Signed:
    """Sign texts, see ``reference/signatures.py``. Raises ValueError for sizes beyond the codes."""
    keys, prints = np.empty((sizes.size, bands), np.uint64), np.empty((sizes.size, 2), np.uint64)
    counts, lengths = np.empty(sizes.size, np.int64), np.empty(sizes.size, np.int64)
    kind = KINDS.index(rules.kind)
    call("sign", codes, sizes, rules.classes, rules.folds, kind, k, bands, rows, keys, prints, counts, lengths)
    return keys, prints, counts, lengths
