from __future__ import annotations

import pytest
from tidying import no_zones, tidied

NO_OPS = {
    "one newline": "一\n",
    "one CR LF": "一\r\n",
    "one CR": "一\r",
    "an empty text": "",
    "an end that differs from the other lines": "一\n二\n三\r\n",
}
REWRITES = {
    "no newline": ("一", "一\n"),
    "no newline in a file of CR LF": ("一\r\n二", "一\r\n二\r\n"),
    "no newline in a file of CR": ("一\r二", "一\r二\r"),
    "three newlines": ("一\n\n\n", "一\n"),
    "three CR LF": ("一\r\n\r\n\r\n", "一\r\n"),
    "three CR": ("一\r\r\r", "一\r"),
    "CR CR LF, which is one line end": ("一\r\r\n\r\r\n", "一\r\r\n"),
    "nothing but newlines": ("\n\n\n", ""),
    "a blank last line": ("一\n ", "一\n \n"),
}


@pytest.mark.parametrize("text", NO_OPS.values(), ids=NO_OPS)
def test_stays(text: str) -> None:
    assert tidied(text, "final-newline", zones=no_zones) == text


@pytest.mark.parametrize(("text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(text: str, expected: str) -> None:
    assert tidied(text, "final-newline", zones=no_zones) == expected


def test_the_forced_line_end_is_used() -> None:
    assert tidied("一", "final-newline", eol="crlf", zones=no_zones) == "一\r\n"
