from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, tidied

from dedupe_cn.model import Kind

NO_OPS = {
    "one blank line": (TEXT, "一\n\n二\n"),
    "one blank line of CR LF": (TEXT, "一\r\n\r\n二\r\n"),
    "one blank line of white space": (TEXT, "一\n \n二\n"),
    "no blank line": (TEXT, "一\n二\n"),
    "blank lines inside code": (MARKDOWN, "```\na\n\n\n\nb\n```\n"),
    "blank lines inside code in a quote": (MARKDOWN, "> ```\n> a\n>\n>\n> ```\n"),
    "blank lines between lines of indented code in a list": (MARKDOWN, "- 一\n\n      a\n\n\n      b\n"),
    "blank lines above a rule on the first line": (MARKDOWN, "\n\n---\n\n一\n\n---\n"),
}
REWRITES = {
    "two blank lines": (TEXT, "一\n\n\n二\n", "一\n\n二\n"),
    "eleven blank lines": (TEXT, "一" + "\n" * 12 + "二\n", "一\n\n二\n"),
    "CR LF": (TEXT, "一\r\n\r\n\r\n\r\n二\r\n", "一\r\n\r\n二\r\n"),
    "CR only": (TEXT, "一\r\r\r\r二\r", "一\r\r二\r"),
    "lines of white space": (TEXT, "一\n \n\t\n　\n二\n", "一\n\n二\n"),
    "the indent of what follows stays": (TEXT, "一\n\n\n　　二\n", "一\n\n　　二\n"),
    "blank lines at the beginning": (TEXT, "\n \n一\n", "一\n"),
    "a rule on the first line of plain text": (TEXT, "\n\n---\n一\n", "---\n一\n"),
    "blank lines above and below code": (MARKDOWN, "一\n\n\n```\n\n\n```\n\n\n二\n", "一\n\n```\n\n\n```\n\n二\n"),
    "blank lines at the end leave one for the end": (TEXT, "一\n\n\n\n", "一\n\n"),
    "two runs": (TEXT, "一\n\n\n二\n\n\n\n三\n", "一\n\n二\n\n三\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "blank-lines", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "blank-lines", kind=kind) == expected
