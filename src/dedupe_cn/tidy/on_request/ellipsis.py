"""Write the ellipsis as the standard has it."""

from __future__ import annotations

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.rule import RuleText
from dedupe_cn.text.characters import HAN
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare

# Three marks or more: two may be a doubled full stop. Not in front of what a path or a range goes on with.
_DOTS = regex(rf"(?<=[{HAN}])(?:。{{3,}}+|．{{3,}}+|\.{{3,}}+(?![0-9A-Za-z_/\\]))")


def ellipsis(text: str, kind: Kind) -> list[Edit]:
    """Replace a row of three full stops or more behind an ideograph by ``……``.

    GB/T 15834-2011, 4.11: six dots in the middle of two characters.

    >>> ellipsis("等等。。。", Kind.TEXT)
    [Edit(start=2, end=5, replacement='……', rule='ellipsis')]
    """
    return [Edit(dots.start(), dots.end(), "……", "ellipsis") for dots in _DOTS.finditer(text)]


RULE = OnRequest(
    order=65,
    find=ellipsis,
    spare=Spare.INLINE,
    text=RuleText(
        ("A row of full stops behind a Chinese character becomes ……", "汉字后连用的句号或点号换成省略号……"),
        ("Not measured; changes punctuation.", "未测量；会改动标点。"),
        "等等。。。\n",
        "等等……\n",
    ),
)
