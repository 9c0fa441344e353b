"""Room for the numbers that the library fills in."""

from __future__ import annotations

from typing import Literal

#: Bytes of a number: of bytes, code points, places, and 64-bit numbers.
_WIDTHS = {"B": 1, "I": 4, "i": 4, "q": 8, "Q": 8}


def numbers(kind: Literal["B", "I", "i", "q", "Q"], count: int) -> memoryview:
    """Give room for some numbers; memory is taken only where it is filled."""
    return memoryview(bytearray(count * _WIDTHS[kind])).cast(kind)
