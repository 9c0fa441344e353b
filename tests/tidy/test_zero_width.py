from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, tidied

from dedupe_cn.model import Kind

NO_OPS = {
    "no zero-width character": (TEXT, "文章。\n"),
    "a family of emoji": (TEXT, "👨‍👩‍👧‍👦\n"),
    "an emoji with a variation selector before the joiner": (TEXT, "❤️‍🔥 🏳️‍🌈 👁️‍🗨️\n"),
    "an emoji with a skin tone and a sign": (TEXT, "⛹🏽‍♀️ 👩🏿‍⚕️\n"),
    "a variation selector": (TEXT, "❤️ 葛󠄀\n"),
    "Persian with ZWNJ": (TEXT, "می\u200cخواهم\n"),
    "Hindi with ZWJ and ZWNJ": (TEXT, "क्\u200dष क्\u200cष\n"),
    "Khmer with ZWSP between words": (TEXT, "ខ្ញុំ\u200bស្រលាញ់\n"),
    "a direction mark in a text with Hebrew": (TEXT, "中文 (שלום)\u200e。\n"),
    "ZWSP beside emphasis in Markdown": (MARKDOWN, "**“重要”**\u200b的事\n"),
    "ZWSP inside code": (MARKDOWN, "甲 `a\u200bb`\n"),
    "the byte order mark, which is another rule": (TEXT, "文\ufeff章\n"),
    "a soft hyphen, which shows at the end of a line": (TEXT, "hy\xadphen\n"),
}
REWRITES = {
    "ZWSP between ideographs": (TEXT, "中\u200b文\n", "中文\n"),
    "ZWNJ, ZWJ and word joiners between ideographs": (TEXT, "中\u200c\u200d文\u2060字\n", "中文字\n"),
    "ZWSP at both ends": (TEXT, "\u200b中文\u200b", "中文"),
    "ZWJ behind an emoji with nothing to join": (TEXT, "👩\u200d中\n", "👩中\n"),
    "ZWSP beside an asterisk in plain text": (TEXT, "5\u200b*3\n", "5*3\n"),
    "ZWSP elsewhere in Markdown": (MARKDOWN, "中\u200b文\n", "中文\n"),
    "a direction mark where nothing is written from right to left": (TEXT, "中\u200e文\n", "中文\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "zero-width", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "zero-width", kind=kind) == expected
