"""Tell which sorts of odd characters a text holds, and whether its lines end oddly: nearly every text holds none."""

from __future__ import annotations

from functools import cache

from dedupe_cn import kernel
from dedupe_cn.text.characters import SPACES

#: The sorts, each a bit: U+FEFF, controls, what a person should look at, two characters of misread signs side
#: by side, and line feeds behind white space or between two others.
MARK, CONTROL, SUSPICIOUS, MISREADABLE, RAGGED = 1, 2, 4, 8, 16
ALL = MARK | CONTROL | SUSPICIOUS | MISREADABLE | RAGGED
#: What is told of a single character beside these.
_FEED, _BLANK = 64, 128

#: Characters that are reported, by rule, as ranges of code points.
REPORTED = (
    ("replacement-char", ((0xFFFD, 0xFFFD),)),
    ("private-use", ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))),
    ("bidi", ((0x202A, 0x202E), (0x2066, 0x2069))),
)
#: What UTF-8 read as GBK makes of U+FFFD, and what compilers fill fresh memory with, read as GBK.
MISREAD = ("锟斤", "烫烫烫", "屯屯屯")
_SUSPICIOUS = tuple((first, last, SUSPICIOUS) for _, ranges in REPORTED for first, last in ranges)
_RULES = (MISREADABLE, RAGGED, _FEED, _BLANK)


def odd_sorts(text: str) -> int:
    """Give the sorts that a text holds, for sure.

    >>> odd_sorts("\\ufeff太烫烫 \\n") == MARK | MISREADABLE | RAGGED, odd_sorts("\\t文\\r\\n")
    (True, 0)
    """
    return kernel.find_classes(text.encode("utf-32-le", "surrogatepass"), _table(), _RULES)


@cache
def _table() -> bytes:
    """Give the class of each code point."""
    table = bytearray(0x110000)
    table[0xFEFF] = MARK
    for first, last, sort in ((0, 0x1F, CONTROL), (0x7F, 0x7F, CONTROL), *_SUSPICIOUS):
        table[first : last + 1] = bytes([sort]) * (last + 1 - first)
    for kept in "\t\n\r":
        table[ord(kept)] = 0
    for character in "".join(MISREAD):
        table[ord(character)] = MISREADABLE
    for space in SPACES:
        table[ord(space)] |= _BLANK
    table[ord("\n")] = _FEED
    return bytes(table)
