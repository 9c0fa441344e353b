from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, tidied

from dedupe_cn.model import Kind, Span
from dedupe_cn.tidy.zones import Zones

NO_OPS = {
    "no indent": (TEXT, "文章。\n"),
    "U+3000 indents": (TEXT, "　　甲。\n　　乙。\n"),
    "Markdown": (MARKDOWN, "甲。\n\n  乙。\n"),
    "an English paragraph": (TEXT, "    It was late.\n"),
    "an English paragraph in curly quotes": (TEXT, "    “It was late.”\n"),
    "an item of a numbered list": (TEXT, "  1. 苹果和梨。\n"),
    "columns": (TEXT, "  姓名   年龄\n  张三   20\n"),
    "columns set with TABs": (TEXT, "  姓名\t年龄\n"),
    "a Chinese line inside code": (TEXT, "def f():\n    x = (\n    中文\n    )\n"),
    "an indent by NBSP": (TEXT, "\xa0\xa0文章。\n"),
    "a date": (TEXT, "    2024年3月1日\n"),
}
REWRITES = {
    "a TAB": (TEXT, "\t文章。\n", "文章。\n"),
    "blanks": (TEXT, "    文章。\n", "文章。\n"),
    "the first and the last line": (TEXT, "  甲。\n乙。\n\t丙。", "甲。\n乙。\n丙。"),
    "CR LF": (TEXT, "甲。\r\n\t乙。\r\n", "甲。\r\n乙。\r\n"),
    "CR only": (TEXT, "甲。\r\t乙。\r", "甲。\r乙。\r"),
    "a TAB in front of U+3000": (TEXT, "\t　　文章。\n", "　　文章。\n"),
    "blanks among U+3000": (TEXT, "　 　\t文章。\n", "　　文章。\n"),
    "full-width brackets": (TEXT, "  （一）总则\n  【注】\n", "（一）总则\n【注】\n"),
    "a curly quote": (TEXT, "\t“你来了。”\n", "“你来了。”\n"),
    "a dash": (TEXT, "\t——鲁迅\n", "——鲁迅\n"),
    "a paragraph that begins with a year": (TEXT, "\t2024年春，他来了。\n", "2024年春，他来了。\n"),
    "a paragraph that begins with a foreign name": (TEXT, "\tDNA是一种分子。\n", "DNA是一种分子。\n"),
    "a paragraph below an English sentence": (TEXT, "    It is late.\n    夜深了。\n", "    It is late.\n夜深了。\n"),
    "paragraphs of which few are foreign": (
        TEXT,
        "\t甲。\n\t乙。\n\t丙。\n\t丁。\n\tThe End\n",
        "甲。\n乙。\n丙。\n丁。\n\tThe End\n",
    ),
    "a Chinese line set apart from code": (TEXT, "    x = 1\n\n    中文。\n", "    x = 1\n\n中文。\n"),
    "a line with a trailing TAB": (TEXT, "\t甲。\t\n", "甲。\t\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "indent", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "indent", kind=kind) == expected


def test_protected_blocks_keep_their_indents() -> None:
    verse = "    春眠不觉晓，\n    处处闻啼鸟。"
    text = f"{verse}\n\n    这是孟浩然的诗。\n"
    zones = Zones((), (Span(0, len(verse)),))
    assert tidied(text, "indent", zones=lambda t: zones if t == text else Zones((), (Span(0, len(verse)),))) == (
        f"{verse}\n\n这是孟浩然的诗。\n"
    )
