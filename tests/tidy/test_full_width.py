from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, tidied

from dedupe_cn.model import Kind

NO_OPS = {
    "ASCII": (TEXT, "ABC abc 123\n"),
    "full-width punctuation": (TEXT, "，。！？：；（）％＋－＝＠［］＿｛｝～\n"),
    "half-width katakana": (TEXT, "ｱｲｳ\n"),
    "a number that would begin a list in Markdown": (MARKDOWN, "甲\n１. 乙\n２) 丙\n"),
    "inside code": (MARKDOWN, "```\nＡ\n```\n甲 `Ａ` 乙\n"),
}
REWRITES = {
    "letters and digits": (TEXT, "ＡＺａｚ０９\n", "AZaz09\n"),
    "between punctuation that stays": (TEXT, "（Ａ）：１，２％\n", "（A）：1，2％\n"),
    "a number at the start of a line of plain text": (TEXT, "１. 甲\n", "1. 甲\n"),
    "a number with a full-width stop in Markdown": (MARKDOWN, "１．甲\n", "1．甲\n"),
    "a number inside a line in Markdown": (MARKDOWN, "第１.２节\n", "第1.2节\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "full-width", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "full-width", kind=kind) == expected
