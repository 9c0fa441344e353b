"""Strings as arrays of code points, and slow searches to hold the fast ones against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def codes(text: str) -> NDArray[np.uint32]:
    return np.array([ord(char) for char in text], dtype=np.uint32)


def agreements(text: str, distance: int) -> list[tuple[int, int]]:
    """Give the maximal ranges [start, end) in which every character equals the one ``distance`` further on."""
    found: list[tuple[int, int]] = []
    start = None
    for place in range(max(0, len(text) - distance) + 1):
        same = place + distance < len(text) and text[place] == text[place + distance]
        if same and start is None:
            start = place
        elif not same and start is not None:
            found.append((start, place))
            start = None
    return found


def primitive(unit: str) -> bool:
    """Tell whether a unit is not itself a shorter unit repeated."""
    return (unit + unit).find(unit, 1) == len(unit)
