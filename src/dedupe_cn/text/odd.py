"""Tell which sorts of odd characters a text holds, and whether its lines end oddly: nearly every text holds none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dedupe_cn.text.characters import PIECE, SPACES, to_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The sorts, each a bit: U+FEFF, controls, what a person should look at, two characters of misread signs side
#: by side, and line feeds behind white space or between two others.
MARK, CONTROL, SUSPICIOUS, MISREADABLE, RAGGED = 1, 2, 4, 8, 16
ALL = MARK | CONTROL | SUSPICIOUS | MISREADABLE | RAGGED
#: What is told of a single character beside these. One is twice the other, so that a shift by one lays them together.
_FEED, _BLANK = 64, 128

#: Characters that are reported, by rule, as ranges of code points.
REPORTED = (
    ("replacement-char", ((0xFFFD, 0xFFFD),)),
    ("private-use", ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))),
    ("bidi", ((0x202A, 0x202E), (0x2066, 0x2069))),
)
#: What UTF-8 read as GBK makes of U+FFFD, and what compilers fill fresh memory with, read as GBK.
MISREAD = ("锟斤", "烫烫烫", "屯屯屯")

#: Characters from which a search takes longer than to load NumPy.
_HUGE = 1 << 23


def held(text: str) -> int:
    """Give the sorts that a text may hold.

    A table of code points answers five times as fast as a search for a class of characters by a regular expression.
    Where NumPy is not loaded that would take longer than the search in all but huge texts, and the answer is that
    it may hold them all.

    >>> import numpy
    >>> held("\\ufeff太烫烫 \\n") == MARK | MISREADABLE | RAGGED, held("\\t文\\r\\n")
    (True, 0)
    """
    if _takes_longer(text):
        return ALL
    found = 0
    for classes in _by_piece(text, 2):  # which show what stands across the end of a piece
        found |= _sorts(classes)
    return found & ALL


def may_hold(text: str, sort: int) -> bool:
    """Tell whether a text may hold a character of this sort; nothing is looked at behind the first piece with one."""
    return _takes_longer(text) or any((classes & sort).any() for classes in _by_piece(text))


def _takes_longer(text: str) -> bool:
    return "numpy" not in sys.modules and len(text) < _HUGE


def _sorts(classes: NDArray[np.uint8]) -> int:
    """Give the sorts that stand in a row of characters."""
    import numpy as np

    any_of = np.bitwise_or.reduce  # in half the time of ``any``
    found = int(any_of(classes))
    if found & MISREADABLE and not any_of(classes[1:] & classes[:-1]) & MISREADABLE:
        found ^= MISREADABLE
    if found & _FEED and classes.size > 1:
        before, feeds, behind = classes[:-2], classes[1:-1], classes[2:]
        end = int(classes[-1]) & int(classes[-2]) >> 1
        if (end | int(any_of((before & behind | before >> 1) & feeds))) & _FEED:
            found |= RAGGED
    return found


def _by_piece(text: str, more: int = 0) -> Iterator[NDArray[np.uint8]]:
    """Give the classes of the characters of each piece, and of so many more behind it."""
    table = _table()
    for begin in range(0, len(text), PIECE):
        yield table.take(to_codes(text[begin : begin + PIECE + more]))


@cache
def _table() -> NDArray[np.uint8]:
    import numpy as np

    table = np.zeros(0x110000, np.uint8)
    table[0xFEFF] = MARK
    table[[*range(0x20), 0x7F]] = CONTROL
    table[[ord(kept) for kept in "\t\n\r"]] = 0
    for _, ranges in REPORTED:
        for first, last in ranges:
            table[first : last + 1] = SUSPICIOUS
    table[[ord(character) for sign in MISREAD for character in sign]] = MISREADABLE
    table[[ord(space) for space in SPACES]] |= _BLANK
    table[ord("\n")] = _FEED
    return table
