"""Drop blanks between ideographs."""

from __future__ import annotations

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.rule import RuleText
from dedupe_cn.text.characters import HAN
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare

_HAN_BLANKS = regex(f"[{HAN}]([ \t]++)(?=[{HAN}])")
# 第一章 总则, 第十二条 ……: the blank sets the number apart.
_NUMBER = regex(r"第[\d一二三四五六七八九十百千零〇两]{1,8}[编章节条款项卷回篇部集课讲册]\Z")
#: How far to look back for what a line begins with: farther than any number or marker reaches.
_WINDOW = 64


def han_spaces(text: str, kind: Kind) -> list[Edit]:
    """Drop ASCII blanks and TABs between two ideographs of a line, except behind a number like 第一章.

    >>> han_spaces("中 文", Kind.TEXT)
    [Edit(start=1, end=2, replacement='', rule='han-spaces')]
    """
    if " " not in text and "\t" not in text:
        return []
    return [
        Edit(match.start(1), match.end(1), "", "han-spaces")
        for match in _HAN_BLANKS.finditer(text)
        if not _NUMBER.search(text[max(0, match.start(1) - _WINDOW) : match.start(1)])
    ]


RULE = OnRequest(
    order=80,
    find=han_spaces,
    spare=Spare.INLINE,
    # In a protected block of plain text they are columns or verse.
    spare_in_text=Spare.PROTECTED,
    text=RuleText(
        ("Spaces between Chinese characters are dropped.", "去掉汉字之间的空格。"),
        ("Wrong where a space separates names or columns.", "空格用来分隔人名或栏目时会出错。"),
        "今 天 天 气\n",
        "今天天气\n",
    ),
)
