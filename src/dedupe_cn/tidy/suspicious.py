"""Report what a person should look at: lost characters, misread encodings, private use, hidden directions."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator

from dedupe_cn.model import Warning as Finding
from dedupe_cn.reasons import Reason
from dedupe_cn.text.characters import PIECE, to_codes
from dedupe_cn.text.conflict import conflicts
from dedupe_cn.text.odd import ALL, MISREAD, MISREADABLE, REPORTED, SUSPICIOUS, may_hold

_MISREAD = re.compile(r"(?:锟斤拷)++|锟斤|烫{3,}+|屯{3,}+")
_CHARACTERS = tuple(
    (rule, re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]++"))
    for rule, ranges in REPORTED
)


def warnings(text: str, sorts: int = ALL) -> tuple[Finding, ...]:
    """Give what is suspicious in a text, in order of its first place; nothing of it is changed.

    ``replacement-char``: U+FFFD, lost when the text was decoded. ``mojibake-marks``: 锟斤拷, 烫烫烫 and 屯屯屯, lost
    before that. ``private-use``: characters that only one font knows. ``bidi``: controls that show text in another
    order than it has. ``conflict-markers``: a merge that nobody has resolved. Counts are characters; for
    ``mojibake-marks`` passages, for ``conflict-markers`` conflicts. ``sorts`` are those that it may hold.

    >>> warnings("好\\ufffd\\ufffd")
    (Warning(rule='replacement-char', count=2, start=1, why=None),)
    """
    counts: Counter[str] = Counter()
    places: dict[str, int] = {}
    for begin in range(0, len(text) if sorts & SUSPICIOUS else 0, PIECE):
        piece = text[begin : begin + PIECE]
        if may_hold(piece, SUSPICIOUS):
            for rule, count, first in _counted(piece):
                counts[rule] += count
                places.setdefault(rule, begin + first)
    found = [Finding(rule, count, places[rule]) for rule, count in counts.items()]
    if sorts & MISREADABLE and (passages := list(_misread(text))):
        found.append(Finding("mojibake-marks", len(passages), min(passages)))
    count, first = conflicts(text)
    if count:
        found.append(Finding("conflict-markers", count, first, Reason("conflict")))
    return tuple(sorted(found, key=lambda finding: finding.start))


def _misread(text: str) -> Iterator[int]:
    """Give where misread passages begin, sign by sign; to find a plain string takes a twentieth of a search."""
    for sign in MISREAD:
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
    for rule, ranges in REPORTED:
        held = np.zeros(codes.size, dtype=bool)
        for first, last in ranges:
            held |= codes - np.uint32(first) <= np.uint32(last - first)  # what lies before wraps to a large number
        if count := int(np.count_nonzero(held)):
            yield rule, count, int(held.argmax())
