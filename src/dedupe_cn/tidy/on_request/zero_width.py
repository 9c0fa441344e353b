"""Drop zero-width characters where nothing needs them."""

from __future__ import annotations

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.rule import RuleText
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare

#: ZWSP, ZWNJ, ZWJ, direction marks, Mongolian separator, word joiner and the invisible operators.
_RUN = regex("[\u180e\u200b-\u200f\u2060-\u2064]++")
_DIRECTIONS = regex("[\u200e\u200f]")
_RIGHT_TO_LEFT = regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Scripts in which joiners shape letters or zero-width spaces part words: Hebrew and Arabic to Myanmar, Khmer,
# Mongolian, and the later Indic blocks.
_NEEDS_JOINERS = regex(
    "[\u0590-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00011000-\U00011fff]"
)
# What a ZWJ joins in an emoji: a pictograph, or one with a variation selector or a skin tone behind it.
_PICTOGRAPH = regex("[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff]")
# ZWSP beside these makes emphasis work that touches Chinese punctuation.
_EMPHASIS = frozenset("*_~")
_ZWJ = "\u200d"


def zero_width(text: str, kind: Kind) -> list[Edit]:
    """Drop zero-width characters: ZWSP, ZWNJ, ZWJ, WJ, direction marks and their like.

    They stay inside emoji (👩‍💻), beside letters of scripts that need them (Arabic, Indic, Khmer, …), direction
    marks wherever the text has letters written from right to left, and in Markdown beside marks of emphasis.
    Variation selectors and U+FEFF are not the subject of this rule.

    >>> zero_width("一\\u200b二", Kind.TEXT)
    [Edit(start=1, end=2, replacement='', rule='zero-width')]
    """
    first = _RUN.search(text)
    if not first:
        return []
    two_ways = bool(_DIRECTIONS.search(text, first.start()) and _RIGHT_TO_LEFT.search(text))
    edits = []
    for run in _RUN.finditer(text, first.start()):
        before = text[max(0, run.start() - 1) : run.start()]
        after = text[run.end() : run.end() + 1]
        if not _is_needed(run[0], before, after, kind) and not (two_ways and _DIRECTIONS.search(run[0])):
            edits.append(Edit(run.start(), run.end(), "", "zero-width"))
    return edits


def _is_needed(run: str, before: str, after: str, kind: Kind) -> bool:
    if _NEEDS_JOINERS.match(before) or _NEEDS_JOINERS.match(after):
        return True
    if kind is Kind.MARKDOWN and (before in _EMPHASIS or after in _EMPHASIS):
        return True
    return _ZWJ in run and bool(_PICTOGRAPH.match(before) and _PICTOGRAPH.match(after))


RULE = OnRequest(
    order=30,
    find=zero_width,
    spare=Spare.INLINE,
    text=RuleText(
        ("Zero-width characters are dropped.", "去掉零宽字符。"),
        (
            "In 1.2 % of 4,410 files; beside ** in Markdown it is a known workaround.",
            "见于 4,410 个文件中的 1.2%；在 Markdown 的 ** 旁是常见的变通写法。",
        ),
        "甲\u200b乙\n",
        "甲乙\n",
    ),
)
