"""Compose characters: Unicode NFC."""

from __future__ import annotations

import unicodedata

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.rule import RuleText
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare

# A character, if any, that may combine with what follows, and all that NFC could touch: not ASCII, not unified
# ideographs, not CJK punctuation and full-width forms. None of these combines with what stands before it.
_CHUNK = regex("[\\s\\S]?[^\x00-\x7f\u3000-\u3029\u3400-\u9fff\uff00-\uffef]++")


def nfc(text: str, kind: Kind) -> list[Edit]:
    """Compose characters (NFC), chunk by chunk.

    >>> nfc("cafe\\u0301", Kind.TEXT)
    [Edit(start=3, end=5, replacement='é', rule='nfc')]
    """
    if unicodedata.is_normalized("NFC", text):
        return []
    return [
        Edit(m.start(), m.end(), unicodedata.normalize("NFC", m[0]), "nfc")
        for m in _CHUNK.finditer(text)
        if not unicodedata.is_normalized("NFC", m[0])
    ]


RULE = OnRequest(
    order=60,
    find=nfc,
    spare=Spare.INLINE,
    text=RuleText(
        (
            "Letters and their accents are composed (Unicode NFC).",
            "把字母与附加符号合成一个字符（Unicode NFC）。",
        ),
        (
            "Canonical equivalents only. NFKC, which changed 79 of 80 clean documents, is never applied.",
            "只做规范等价变换。NFKC 会改动 80 篇干净文档中的 79 篇，从不使用。",
        ),
        "cafe\u0301\n",
        "café\n",
    ),
)
