"""Lines and other parts of a text that say the same as others of it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np


def equal_neighbours(codes: memoryview, edges: memoryview) -> memoryview:
    """Give the numbers of the parts between edges (offsets, rising) that are equal to the next one (int64, rising)."""
    parts = _parts(codes, edges)
    return _numbers([at for at in range(len(parts) - 1) if parts[at] and parts[at] == parts[at + 1]])


def recurring_parts(codes: memoryview, edges: memoryview, shortest: int, longest: int, times: int) -> memoryview:
    """Give the numbers of the parts of ``shortest`` to ``longest`` characters that stand ``times`` times (int64)."""
    width = np.asarray(codes).itemsize
    parts = _parts(codes, edges)
    counts = Counter(part for part in parts if shortest * width <= len(part) <= longest * width)
    return _numbers([at for at, part in enumerate(parts) if counts[part] >= times])


def _parts(codes: memoryview, edges: memoryview) -> list[bytes]:
    data, width = memoryview(codes).cast("B"), np.asarray(codes).itemsize
    ends = np.asarray(edges).tolist()
    return [bytes(data[start * width : end * width]) for start, end in pairwise(ends)]


def _numbers(found: list[int]) -> memoryview:
    return np.array(found, np.int64).data
