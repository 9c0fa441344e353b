from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, tidied

from dedupe_cn.model import Kind

NO_OPS = {
    "blanks beside Latin letters and digits": (TEXT, "使用 Python 3 编写\n"),
    "U+3000": (TEXT, "第一条　总则\n"),
    "a blank behind punctuation": (TEXT, "甲， 乙\n"),
    "a blank behind the number of a chapter": (TEXT, "第十二章 总则\n"),
    "a line break": (TEXT, "甲\n乙\n"),
    "an indent below a line": (TEXT, "甲\n  乙\n"),
    "a protected block of plain text": (TEXT, "> 姓名\t年龄\n"),
    "inside code": (MARKDOWN, "`甲 乙`\n"),
}
REWRITES = {
    "blanks between ideographs": (TEXT, "中 文  分\t字\n", "中文分字\n"),
    "characters set apart one by one": (TEXT, "公 告 栏\n", "公告栏\n"),
    "a heading in Markdown": (MARKDOWN, "# 公 告\n", "# 公告\n"),
    "a protected block in Markdown": (MARKDOWN, "> 公 告\n", "> 公告\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "han-spaces", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "han-spaces", kind=kind) == expected
