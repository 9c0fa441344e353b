"""Report what a person should look at: lost characters, misread encodings, private use, hidden directions."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from dedupe_cn.model import Warning as Finding
from dedupe_cn.text.characters import PIECE, may_hold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What UTF-8 read as GBK makes of U+FFFD, and what compilers fill fresh memory with, read as GBK.
_MISREAD = re.compile(r"(?:锟斤拷)++|锟斤|烫{3,}+|屯{3,}+")
_MISREAD_SIGNS = ("锟斤", "烫烫烫", "屯屯屯")
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_CHARACTERS = (
    ("replacement-char", re.compile("\ufffd++")),
    ("private-use", re.compile(f"[{_PRIVATE}]++")),
    ("bidi", re.compile(f"[{_BIDI}]++")),
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
    for begin in range(0, len(text), PIECE) if may_hold(text, _table) else ():
        piece = text[begin : begin + PIECE]
        if may_hold(piece, _table):
            for rule, pattern in _CHARACTERS:
                for run in pattern.finditer(piece):
                    counts[rule] += run.end() - run.start()
                    places.setdefault(rule, begin + run.start())
    found = [Finding(rule, count, places[rule]) for rule, count in counts.items()]
    if any(sign in text for sign in _MISREAD_SIGNS):
        passages = [match.start() for match in _MISREAD.finditer(text)]
        found.append(Finding("mojibake-marks", len(passages), passages[0]))
    return tuple(sorted(found, key=lambda finding: finding.start))


@cache
def _table() -> NDArray[np.bool_]:
    """Mark the UTF-16 code units with which anything suspicious begins; the private planes begin with U+DB80 and on."""
    import numpy as np

    table = np.zeros(1 << 16, dtype=bool)
    for first, last in ((0xFFFD, 0xFFFD), (0x202A, 0x202E), (0x2066, 0x2069), (0xE000, 0xF8FF), (0xDB80, 0xDBFF)):
        table[first : last + 1] = True
    return table
