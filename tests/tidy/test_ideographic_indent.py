from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, tidied

from dedupe_cn.model import Kind

NO_OPS = {
    "no indent": (TEXT, "文章。\n"),
    "U+3000 inside a line": (TEXT, "第一条　总则\n"),
    "blanks and TABs only": (TEXT, "  甲\n\t乙\n"),
    "a line of U+3000 only": (TEXT, "甲\n　　\n乙\n"),
    "what would become a heading in Markdown": (MARKDOWN, "　　# 甲\n"),
    "what would become a list in Markdown": (MARKDOWN, "　　- 甲\n　　1. 乙\n"),
    "inside code": (MARKDOWN, "```\n　　甲\n```\n"),
}
REWRITES = {
    "every paragraph, the first too": (TEXT, "　　甲。\n　　乙。\n", "甲。\n乙。\n"),
    "CR LF": (TEXT, "甲。\r\n　　乙。\r\n", "甲。\r\n乙。\r\n"),
    "an English paragraph": (TEXT, "　　It was late.\n", "It was late.\n"),
    "blanks behind U+3000": (TEXT, "　 \t甲\n", "甲\n"),
    "blanks in front of U+3000 stay": (TEXT, "  　　甲\n", "  甲\n"),
    "a Markdown paragraph": (MARKDOWN, "　　甲。\n\n　　“乙。”\n", "甲。\n\n“乙。”\n"),
    "blanks behind U+3000 in Markdown, which would make code": (MARKDOWN, "　    甲\n", "甲\n"),
    "what is a list only in Markdown": (TEXT, "　　- 甲\n", "- 甲\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "ideographic-indent", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "ideographic-indent", kind=kind) == expected


def test_with_the_indents_by_blanks_nothing_is_left() -> None:
    assert tidied("\t　　甲。\n", "ideographic-indent", "indent") == "甲。\n"
