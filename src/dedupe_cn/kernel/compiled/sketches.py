"""Sketches of passages, by sketches.c."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.library import call

if TYPE_CHECKING:
    from numpy.typing import NDArray

_VALUES = 128


def sketch(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], k: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]:
    """Sketch passages, see ``reference/sketches.py``. Raises ValueError for a passage outside the codes."""
    values = np.empty((starts.size, _VALUES), np.uint32)
    counts = np.empty(starts.size, np.int64)
    shingles = np.empty(max(0, int((ends - starts).sum())), np.uint32)  # memory is taken only where it is filled
    total = call("sketch", codes, starts, ends, k, values, shingles, counts)
    return values, shingles[:total], counts
