"""Hashes of words and lines, by forms.c."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.library import call

if TYPE_CHECKING:
    from numpy.typing import NDArray


def hash_runs(codes: NDArray[np.uint32], first: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Hash runs of code points, see ``reference/forms.py``. Raises ValueError for places that do not rise."""
    hashes = np.empty(first.size, np.uint64)
    call("hash_runs", codes, first, hashes)
    return hashes
