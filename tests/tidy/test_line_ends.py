from __future__ import annotations

import pytest
from tidying import MARKDOWN, no_zones, tidied

from dedupe_cn.tidy.line_ends import line_end

NO_OPS = {
    "LF only": "一\n二\n",
    "CR LF only": "一\r\n\r\n二\r\n",
    "CR only": "一\r\r二\r",
    "no line end": "一",
    "nothing": "",
    "line separators that end no line": "一\x0b二\x0c三\x85四\u2028五\u2029六\n",
}
REWRITES = {
    "one LF among CR LF": ("一\r\n二\n三\r\n", "一\r\n二\r\n三\r\n"),
    "one CR LF among LF": ("一\n二\r\n三\n", "一\n二\n三\n"),
    "one CR among LF": ("一\n二\r三\n", "一\n二\n三\n"),
    "one LF among CR": ("一\r二\n三\r", "一\r二\r三\r"),
    "LF wins over CR LF in a tie": ("一\r\n二\n", "一\n二\n"),
    "CR LF wins over CR in a tie": ("一\r\n二\r", "一\r\n二\r\n"),
    "CR CR LF is one line end, translated twice": ("一\r\r\n二\r\r\n", "一\r\n二\r\n"),
    "CR CR between lines of LF is two line ends": ("一\n二\r\r三\n四\n", "一\n二\n\n三\n四\n"),
    "line ends inside code, too": ("```\r\na\n```\r\n", "```\r\na\r\n```\r\n"),
}
FORCED = {
    "CR LF becomes LF": ("lf", "一\r\n二\r\n", "一\n二\n"),
    "LF becomes CR LF": ("crlf", "一\n二\n", "一\r\n二\r\n"),
    "CR becomes CR LF": ("crlf", "一\r二\r", "一\r\n二\r\n"),
    "CR CR LF becomes CR LF": ("crlf", "一\r\r\n二\r\n", "一\r\n二\r\n"),
    "what is right stays": ("crlf", "一\r\n二\r\n", "一\r\n二\r\n"),
}


@pytest.mark.parametrize("text", NO_OPS.values(), ids=NO_OPS)
def test_stays(text: str) -> None:
    assert tidied(text, "line-ends", zones=no_zones) == text


@pytest.mark.parametrize(("text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(text: str, expected: str) -> None:
    assert tidied(text, "line-ends", kind=MARKDOWN, zones=no_zones) == expected


@pytest.mark.parametrize(("eol", "text", "expected"), FORCED.values(), ids=FORCED)
def test_a_forced_line_end_does_not_need_the_rule(eol: str, text: str, expected: str) -> None:
    assert tidied(text, "bom", eol=eol, zones=no_zones) == expected


def test_a_text_without_line_ends_gets_lf() -> None:
    assert line_end("一") == "\n"
