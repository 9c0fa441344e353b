"""Tell which sorts of odd characters a text holds: nearly every text holds none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING

from dedupe_cn.text.block_kinds import BETWEEN
from dedupe_cn.text.characters import PIECE, to_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The sorts, each a bit: U+FEFF, controls, what a person should look at, what stands between joined documents, and the
#: first characters of the misread signs, which are everyday ones.
MARK, CONTROL, SUSPICIOUS, BOUND, MISREADABLE = 1, 2, 4, 8, 16
ALL = MARK | CONTROL | SUSPICIOUS | BOUND | MISREADABLE

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
    """Give the sorts of which a text may hold a character.

    A table of code points answers five times as fast as a search for a class of characters by a regular expression.
    Where NumPy is not loaded that would take longer than the search in all but huge texts, and the answer is that
    it may hold them all.

    >>> import numpy
    >>> held("\\ufeff太烫") == MARK | MISREADABLE, held("\\t文\\r\\n")
    (True, 0)
    """
    return reduce(or_, _by_piece(text), 0)


def may_hold(text: str, sort: int) -> bool:
    """Tell whether a text may hold a character of this sort; nothing is looked at behind the first one."""
    return any(sorts & sort for sorts in _by_piece(text))


def _by_piece(text: str) -> Iterator[int]:
    if "numpy" not in sys.modules and len(text) < _HUGE:
        yield ALL
        return
    import numpy as np

    table = _table()
    for begin in range(0, len(text), PIECE):
        yield int(np.bitwise_or.reduce(table.take(to_codes(text[begin : begin + PIECE]))))


@cache
def _table() -> NDArray[np.uint8]:
    import numpy as np

    table = np.zeros(0x110000, np.uint8)
    table[0xFEFF] = MARK
    table[ord(BETWEEN)] = BOUND
    table[[*range(0x20), 0x7F]] = CONTROL
    table[[ord(kept) for kept in "\t\n\r"]] = 0
    for _, ranges in REPORTED:
        for first, last in ranges:
            table[first : last + 1] = SUSPICIOUS
    table[[ord(sign[0]) for sign in MISREAD]] = MISREADABLE
    return table
