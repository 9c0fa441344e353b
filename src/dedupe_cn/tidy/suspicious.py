"""Report what a person should look at: lost characters, misread encodings, private use, hidden directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dedupe_cn.model import Warning as Finding
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import PIECE
from dedupe_cn.text.conflict import conflicts
from dedupe_cn.text.odd import ALL, MISREAD, MISREADABLE, REPORTED, SUSPICIOUS, odd_sorts
from dedupe_cn.tidy.chapters import chapters_out_of_order

_MISREAD = regex(r"(?:锟斤拷)++|锟斤|烫{3,}+|屯{3,}+")
#: Characters in front that are searched for signs of a misread text, and that are then read as they were meant.
_FRONT, _SAMPLE = 2_000, 6_000
#: Letters that UTF-8 and GBK make when they are read as Western, in a row.
_WESTERN = regex("[\x80-\xff\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}+")
#: What becomes of commas, full stops and common hanzi (的是不我) when UTF-8 is read as GBK or Big5, GBK as Big5, and
#: Big5 as GBK (among them characters of private use); how many of them are worth a look in a short text, and in a
#: longer one on how many characters: of 3,600 documents that were misread all had one on 200, three none on 150.
_SIGNS, _FEW, _EACH = (*"锛銆鐨涓", *"嚗銝", *"ㄛ﹝腔岆祥", *"\ue4c7\ue4c9\ue019琌ぃи硂穦"), 2, 200
#: Share of Western letters in a row that is worth a look.
_MOST = 0.5
_CHARACTERS = tuple(
    (rule, regex("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]++"))
    for rule, ranges in REPORTED
)


def warnings(text: str, sorts: int = ALL) -> tuple[Finding, ...]:
    """Give what is suspicious in a text, in order of its first place; nothing of it is changed.

    ``replacement-char``: U+FFFD, lost when the text was decoded. ``mojibake-marks``: 锟斤拷, 烫烫烫 and 屯屯屯, lost
    before that. ``private-use``: characters that only one font knows. ``bidi``: controls that show text in another
    order than it has. ``mojibake-text``: most of the text was misread before it came here. ``conflict-markers``: a
    merge that nobody has resolved. ``chapter-order``: a chapter behind one of a higher number. Counts are characters;
    for ``mojibake-marks`` passages, for ``conflict-markers`` conflicts. ``sorts`` are those that the text may hold.

    >>> warnings("好\\ufffd\\ufffd")
    (Warning(rule='replacement-char', count=2, start=1, why=None),)
    """
    counts: Counter[str] = Counter()
    places: dict[str, int] = {}
    for begin in range(0, len(text) if sorts & SUSPICIOUS else 0, PIECE):
        piece = text[begin : begin + PIECE]
        if odd_sorts(piece) & SUSPICIOUS:
            for rule, count, first in _counted(piece):
                counts[rule] += count
                places.setdefault(rule, begin + first)
    found = [Finding(rule, count, places[rule]) for rule, count in counts.items()]
    if sorts & MISREADABLE and (passages := list(_misread(text))):
        found.append(Finding("mojibake-marks", len(passages), min(passages)))
    count, first = conflicts(text)
    if count:
        found.append(Finding("conflict-markers", count, first, Reason("conflict")))
    if (misread := _misread_throughout(text)) is not None:
        found.append(misread)
    if (chapter := chapters_out_of_order(text)) is not None:
        found.append(chapter)
    return tuple(sorted(found, key=lambda finding: finding.start))


def _misread_throughout(text: str) -> Finding | None:
    """Tell that most of a text, by its beginning, can be read as Chinese once a misread encoding is undone."""
    front = text[:_FRONT]
    western = sum(map(len, _WESTERN.findall(front)))
    signs = sum(map(front.count, _SIGNS))
    if signs < max(_FEW, len(front) // _EACH) and western < _MOST * len(front):
        return None
    from dedupe_cn.encoding.mojibake import is_misread

    if not is_misread(text[:_SAMPLE]):
        return None
    return Finding("mojibake-text", 1, next((i for i, c in enumerate(front) if c > "\x7f"), 0))


def _misread(text: str) -> Iterator[int]:
    """Give where misread passages begin, sign by sign; to find a plain string takes a twentieth of a search."""
    for sign in MISREAD:
        start = text.find(sign)
        while start >= 0:
            yield start
            passage = _MISREAD.match(text, start)
            start = text.find(sign, passage.end() if passage else start + 1)


def _counted(piece: str) -> Iterator[tuple[str, int, int]]:
    """Give rule, number and first place of each sort of suspicious characters."""
    for rule, pattern in _CHARACTERS:
        runs = [(run.start(), run.end()) for run in pattern.finditer(piece)]
        if runs:
            yield rule, sum(end - start for start, end in runs), runs[0][0]
