"""Samples of a text, by passages.c."""

from __future__ import annotations

from dedupe_cn.kernel.compiled.numbers import numbers
from dedupe_cn.kernel.library import call

#: Samples that there is room for at first: one for so many letters (of well mixed hashes two of nine are sampled).
_SHARE, _ROOM = 4, 64


def sample_passages(bare: memoryview, places: memoryview) -> tuple[memoryview, memoryview]:
    """Sample the bare form of a text, see ``reference/passages.py``. Raises ValueError for places that do not fit."""
    room = min(len(bare), len(bare) // _SHARE + _ROOM)
    while True:
        hashes, found = numbers("Q", room), numbers("i", room)
        try:
            count = call("sample_passages", bare, places, hashes, found)
        except BufferError:
            if room >= len(bare):
                raise
            room = min(len(bare), 4 * room)
            continue
        return hashes[:count], found[:count]
