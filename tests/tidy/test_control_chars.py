from __future__ import annotations

import pytest
from tidying import MARKDOWN, tidied

NO_OPS = {
    "TAB and line breaks": "一\t二\r\n三\r四\n",
    "the next-line control, which is C1": "一\x85二\n",
    "a control inside code": "```\n\x1b[0m\n```\n",
}
REWRITES = {
    "NUL inside a word": ("中\x00文\n", "中文\n"),
    "a form feed between pages": ("甲。\n\x0c乙。\n", "甲。\n乙。\n"),
    "a vertical tab and DEL": ("中\x0b文\x7f\n", "中文\n"),
    "every C0 control but TAB, LF and CR": ("".join(map(chr, range(32))), "\t\n\r"),
    "a control between CR and LF": ("一\r\x00\n", "一\r\n"),
}


@pytest.mark.parametrize("text", NO_OPS.values(), ids=NO_OPS)
def test_stays(text: str) -> None:
    assert tidied(text, "control-chars", kind=MARKDOWN) == text


@pytest.mark.parametrize(("text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(text: str, expected: str) -> None:
    assert tidied(text, "control-chars", kind=MARKDOWN) == expected
