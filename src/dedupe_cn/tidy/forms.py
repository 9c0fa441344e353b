"""Replace forms of characters by the usual ones: radicals, compatibility ideographs, full width, NFC."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from dedupe_cn.model import Edit, Kind

# Kangxi radicals with the two of the supplement that decompose, and the compatibility ideographs.
_COMPAT_RANGES = ((0x2E9F, 0x2E9F), (0x2EF3, 0x2EF3), (0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
_COMPAT = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _COMPAT_RANGES) + "]++")
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]++")
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
# In front of a full-width number that would begin a list.
_LINE_HEAD = re.compile(r"(?<![^\r\n])[ \t>]*+\Z")
# A character, if any, that may combine with what follows, and all that NFC could touch: not ASCII, not unified
# ideographs, not CJK punctuation and full-width forms. None of these combines with what stands before it.
_CHUNK = re.compile("[\\s\\S]?[^\x00-\x7f\u3000-\u3029\u3400-\u9fff\uff00-\uffef]++")


def compat_ideographs(text: str) -> list[Edit]:
    """Replace Kangxi radicals and compatibility ideographs by the unified ideograph.

    >>> compat_ideographs("⼈民")
    [Edit(start=0, end=1, replacement='人', rule='compat-ideographs')]
    """
    if not _COMPAT.search(text):
        return []
    table = _unified()
    found = ((run.start(), run.end(), run[0], run[0].translate(table)) for run in _COMPAT.finditer(text))
    return [Edit(start, end, new, "compat-ideographs") for start, end, old, new in found if new != old]


@cache
def _unified() -> dict[int, str]:
    """Map what has a compatibility decomposition; twelve code points among the ranges are unified themselves."""
    codes = (code for first, last in _COMPAT_RANGES for code in range(first, last + 1))
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes}
    return {code: new for code, new in table.items() if new != chr(code)}


def full_width(text: str, kind: Kind) -> list[Edit]:
    """Replace full-width letters and digits by ASCII; punctuation keeps its width.

    In Markdown ``１.`` at the start of a line stays: with an ASCII digit it would begin a list.

    >>> full_width("ＡＢ１，", Kind.TEXT)
    [Edit(start=0, end=3, replacement='AB1', rule='full-width')]
    """
    return [
        Edit(m.start(), m.end(), m[0].translate(_TO_ASCII), "full-width")
        for m in _FULL_WIDTH.finditer(text)
        if kind is Kind.TEXT or not _begins_list(text, m.start(), m.end())
    ]


def _begins_list(text: str, start: int, end: int) -> bool:
    # A window, so that a line of nothing but numbers costs no more than others; lists are not indented deeper.
    return text[end : end + 1] in (".", ")") and bool(_LINE_HEAD.search(text[max(0, start - 64) : start]))


def nfc(text: str) -> list[Edit]:
    """Compose characters (NFC), chunk by chunk.

    >>> nfc("cafe\\u0301")
    [Edit(start=3, end=5, replacement='é', rule='nfc')]
    """
    if unicodedata.is_normalized("NFC", text):
        return []
    return [
        Edit(m.start(), m.end(), unicodedata.normalize("NFC", m[0]), "nfc")
        for m in _CHUNK.finditer(text)
        if not unicodedata.is_normalized("NFC", m[0])
    ]
