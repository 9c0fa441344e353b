"""Replace full-width letters and digits by half-width ones."""

from __future__ import annotations

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.rule import RuleText
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare

_FULL_WIDTH = regex("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]++")
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
# In front of a full-width number that would begin a list.
_LINE_HEAD = regex(r"(?<![^\r\n])[ \t>]*+\Z")


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


RULE = OnRequest(
    order=50,
    find=full_width,
    spare=Spare.INLINE,
    text=RuleText(
        ("Full-width letters and digits become half-width.", "全角字母和数字换成半角。"),
        ("Not measured; punctuation is never touched.", "未测量；标点从不改动。"),
        "ＡＢＣ１２３\n",
        "ABC123\n",
    ),
)
