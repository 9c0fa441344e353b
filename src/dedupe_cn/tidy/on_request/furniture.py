"""Take out the lines that saved pages carry around an article."""

from __future__ import annotations

from collections import Counter

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.rule import RuleText
from dedupe_cn.tidy.furniture_lines import LONGEST, origin_of
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare

_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
#: Lines from the head and from the foot of a text among which furniture is looked for, and how often the same line
#: stands anywhere that is furniture there too.
HEAD, FOOT, TIMES = 6, 12, 3


def furniture(text: str, kind: Kind) -> list[Edit]:
    """Cut whole lines of furniture at the head, at the foot, or that stand three times.

    Something must be left of the text.

    >>> furniture("一段话。\\n责任编辑：王小明\\n", Kind.TEXT)
    [Edit(start=5, end=14, replacement='', rule='furniture')]
    """
    lines = [found for found in _LINE.finditer(text) if found.group().strip()]
    short = {number: line for number, line in enumerate(lines) if len(line.group().strip()) <= LONGEST}
    found = [number for number, line in short.items() if origin_of(line.group())]
    if not found or len(found) == len(lines):
        return []
    times = Counter(lines[number].group().strip() for number in found)
    chosen = [
        lines[number]
        for number in found
        if number < HEAD or number >= len(lines) - FOOT or times[lines[number].group().strip()] >= TIMES
    ]
    return [Edit(line.start(), line.end(), "", "furniture") for line in chosen]


RULE = OnRequest(
    order=5,
    find=furniture,
    spare=Spare.PROTECTED,
    text=RuleText(
        (
            "Lines that saved pages carry (责任编辑, 扫码关注, 上一章 | 下一章, share buttons) go: whole lines at the "
            "head, at the foot, or that stand three times; each is told",
            "去掉网页存下来时带着的行（责任编辑、扫码关注、上一章｜下一章、分享按钮等）："
            "只删开头、结尾或出现三次的整行，逐条列出",
        ),
        (
            "Such a line has no copy that stays; undo brings it back. An editor's name is lost with it.",
            "这样的行没有保留的副本；undo 可恢复。编辑姓名会随之删去。",
        ),
        "第二天一早，他们沿着河堤走到镇上。\n责任编辑：王小明\n点击阅读原文\n",
        "第二天一早，他们沿着河堤走到镇上。\n",
    ),
)
