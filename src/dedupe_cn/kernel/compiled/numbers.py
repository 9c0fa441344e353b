"""Room for the numbers that the library fills in."""

from __future__ import annotations

from typing import Literal

#: Bytes of a number: of bytes, code points, places, and 64-bit numbers.
_WIDTHS = {"B": 1, "I": 4, "i": 4, "q": 8}
#: Bytes from which on the system is asked: it gives memory only where something is written.
_LARGE = 1 << 20


def numbers(kind: Literal["B", "I", "i", "q"], count: int) -> memoryview:
    """Give room for some numbers, all 0; of much room memory is taken only where it is filled."""
    size = count * _WIDTHS[kind]
    if size < _LARGE:
        return memoryview(bytearray(size)).cast(kind)
    from mmap import mmap

    return memoryview(mmap(-1, size)).cast(kind)
