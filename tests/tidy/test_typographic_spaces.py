from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, tidied

from dedupe_cn.model import Kind

NO_OPS = {
    "ASCII blanks and U+3000": (TEXT, "第一条　甲 乙\n"),
    "NBSP at the start of a Markdown line, which would make code": (MARKDOWN, "\xa0\xa0\xa0\xa0甲\n"),
    "NBSP among blanks at the start of a Markdown line": (MARKDOWN, "  \xa0 甲\n"),
    "NBSP at the end of a Markdown line, which would make a break": (MARKDOWN, "甲\xa0\xa0\n乙\n"),
    "NBSP behind the mark of a heading": (MARKDOWN, "#\xa0甲\n"),
    "NBSP behind a number that would begin a list": (MARKDOWN, "甲\n1.\xa0乙\n"),
    "NBSP inside code": (MARKDOWN, "```\na\xa0b\n```\n"),
    "NBSP inside code in a line": (MARKDOWN, "甲 `a\xa0b` 乙\n"),
}
REWRITES = {
    "NBSP": (TEXT, "甲\xa0乙\n", "甲 乙\n"),
    "as many blanks as there were": (TEXT, "甲\u2003\u2002\u202f乙\n", "甲   乙\n"),
    "NBSP at the start of a line of plain text": (TEXT, "\xa0\xa0甲\n", "  甲\n"),
    "NBSP inside a Markdown line": (MARKDOWN, "甲\xa0乙 \xa0 丙\n", "甲 乙   丙\n"),
    "NBSP behind a number that is no marker": (MARKDOWN, "共 1.\xa0乙\n", "共 1. 乙\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "typographic-spaces", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "typographic-spaces", kind=kind) == expected
