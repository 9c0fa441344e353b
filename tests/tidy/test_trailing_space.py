from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, no_zones, tidied

from dedupe_cn.model import Kind

NO_OPS = {
    "no trailing space": (TEXT, "一\n二\n"),
    "spaces inside a line": (TEXT, "一   二\n"),
    "an indent": (TEXT, "　　一\n"),
    "a Markdown break of two blanks": (MARKDOWN, "一  \n二\n"),
    "a Markdown break of four blanks": (MARKDOWN, "一    \n二\n"),
    "a Markdown break in front of an indented line": (MARKDOWN, "- 一  \n  二\n"),
    "a Markdown break with CR LF": (MARKDOWN, "一  \r\n二\r\n"),
    "a Markdown break in a quote": (MARKDOWN, "> 一  \n> 二\n"),
    "a blank between a backslash and the end, without which the line would break": (MARKDOWN, "一\\ \n二\n"),
    "white space inside code": (MARKDOWN, "```\na \n  \n```\n"),
    "white space inside code in a quote": (MARKDOWN, "> ```\n> a \n> ```\n"),
}
REWRITES = {
    "a blank": (TEXT, "一 \n二\n", "一\n二\n"),
    "a TAB": (TEXT, "一\t\n", "一\n"),
    "U+3000": (TEXT, "一　\n", "一\n"),
    "NBSP": (TEXT, "一\xa0\n", "一\n"),
    "a mixture": (TEXT, "一 \xa0\t　\u2003\n", "一\n"),
    "the end of the text without a newline": (TEXT, "一 \n二  ", "一\n二"),
    "CR LF": (TEXT, "一 \r\n二\t\r\n", "一\r\n二\r\n"),
    "CR only": (TEXT, "一 \r二\t\r", "一\r二\r"),
    "mixed line ends": (TEXT, "一 \r二\t\n三 \r\n", "一\r二\n三\r\n"),
    "lines of white space only": (TEXT, "一\n \n　\n\t\n二\n", "一\n\n\n\n二\n"),
    "a text of white space only": (TEXT, " 　\n \n", "\n\n"),
    "two blanks in plain text": (TEXT, "一  \n二\n", "一\n二\n"),
    "one blank in Markdown": (MARKDOWN, "一 \n二\n", "一\n二\n"),
    "two blanks at the end of a paragraph": (MARKDOWN, "一  \n\n二\n", "一\n\n二\n"),
    "two blanks above a line of white space": (MARKDOWN, "一  \n　\n二\n", "一\n\n二\n"),
    "two blanks at the end of the text": (MARKDOWN, "一  \n", "一\n"),
    "two blanks behind a heading": (MARKDOWN, "# 一  \n二\n", "# 一\n二\n"),
    "two blanks behind a row of a table": (MARKDOWN, "| 一 |  \n|---|\n", "| 一 |\n|---|\n"),
    "a TAB behind two blanks, which is no break": (MARKDOWN, "一  \t\n二\n", "一\n二\n"),
    "a blank line of blanks in Markdown": (MARKDOWN, "一\n  \n二\n", "一\n\n二\n"),
    "the line behind a kept break": (MARKDOWN, "一  \n二 \n三\n", "一  \n二\n三\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "trailing-space", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "trailing-space", kind=kind) == expected


def test_a_kept_break_does_not_ask_for_the_blocks() -> None:
    assert tidied("一  \n二\n", "trailing-space", kind=MARKDOWN, zones=no_zones) == "一  \n二\n"
