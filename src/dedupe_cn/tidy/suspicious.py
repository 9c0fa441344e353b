"""Report what a person should look at: lost characters, misread encodings, private use, hidden directions."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dedupe_cn.model import Warning as Finding
from dedupe_cn.text.characters import PIECE, may_hold, to_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What UTF-8 read as GBK makes of U+FFFD, and what compilers fill fresh memory with, read as GBK.
_MISREAD = re.compile(r"(?:锟斤拷)++|锟斤|烫{3,}+|屯{3,}+")
_MISREAD_SIGNS = ("锟斤", "烫烫烫", "屯屯屯")
#: What each rule is about, as ranges of code points.
_RANGES = (
    ("replacement-char", ((0xFFFD, 0xFFFD),)),
    ("private-use", ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))),
    ("bidi", ((0x202A, 0x202E), (0x2066, 0x2069))),
)
#: The rules by which something is reported here.
SUSPICIOUS = frozenset({"mojibake-marks", *(rule for rule, _ in _RANGES)})
_CHARACTERS = tuple(
    (rule, re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]++"))
    for rule, ranges in _RANGES
)


def warnings(text: str) -> tuple[Finding, ...]:
    """Give what is suspicious in a text, in order of its first place; nothing of it is changed.

    ``replacement-char``: U+FFFD, lost when the text was decoded. ``mojibake-marks``: 锟斤拷, 烫烫烫 and 屯屯屯, lost
    before that. ``private-use``: characters that only one font knows. ``bidi``: controls that show text in another
    order than it has. Counts are characters, for ``mojibake-marks`` passages.

    >>> warnings("好\\ufffd\\ufffd")
    (Warning(rule='replacement-char', count=2, start=1, why=None),)
    """
    counts: Counter[str] = Counter()
    places: dict[str, int] = {}
    suspicious = False
    for begin in range(0, len(text), PIECE):
        piece = text[begin : begin + PIECE]
        if not may_hold(piece, suspicious_units):
            continue
        suspicious = True
        for rule, count, first in _counted(piece):
            counts[rule] += count
            places.setdefault(rule, begin + first)
    if not suspicious:
        return ()
    found = [Finding(rule, count, places[rule]) for rule, count in counts.items()]
    if passages := list(_misread(text)):
        found.append(Finding("mojibake-marks", len(passages), min(passages)))
    return tuple(sorted(found, key=lambda finding: finding.start))


def _misread(text: str) -> Iterator[int]:
    """Give where misread passages begin, sign by sign; to find a plain string takes a twentieth of a search."""
    for sign in _MISREAD_SIGNS:
        start = text.find(sign)
        while start >= 0:
            yield start
            passage = _MISREAD.match(text, start)
            start = text.find(sign, passage.end() if passage else start + 1)


def _counted(piece: str) -> Iterator[tuple[str, int, int]]:
    """Give rule, number and first place of each sort of suspicious characters; by a search where NumPy is not loaded.

    Three searches for a class take ten times as long as to compare arrays.
    """
    if "numpy" not in sys.modules:
        for rule, pattern in _CHARACTERS:
            runs = [(run.start(), run.end()) for run in pattern.finditer(piece)]
            if runs:
                yield rule, sum(end - start for start, end in runs), runs[0][0]
        return
    import numpy as np

    codes = to_codes(piece)
    for rule, ranges in _RANGES:
        held = np.zeros(codes.size, dtype=bool)
        for first, last in ranges:
            held |= codes - np.uint32(first) <= np.uint32(last - first)  # what lies before wraps to a large number
        if count := int(np.count_nonzero(held)):
            yield rule, count, int(held.argmax())


@cache
def suspicious_units() -> NDArray[np.bool_]:
    """Mark the UTF-16 code units with which anything suspicious begins; the private planes begin with U+DB80 and on.

    The first character of each misread sign is marked too.
    """
    import numpy as np

    table = np.zeros(1 << 16, dtype=bool)
    for first, last in ((0xFFFD, 0xFFFD), (0x202A, 0x202E), (0x2066, 0x2069), (0xE000, 0xF8FF), (0xDB80, 0xDBFF)):
        table[first : last + 1] = True
    table[[ord(sign[0]) for sign in _MISREAD_SIGNS]] = True
    return table
