from __future__ import annotations

import pytest
from tidying import MARKDOWN, no_zones, tidied

NO_OPS = {
    "a text without the mark": "文章。\n",
    "a mark inside code": "```\na\ufeffb\n```\n",
    "other zero-width characters": "文\u200b章\n",
}
REWRITES = {
    "the mark at the beginning": ("\ufeff文\n", "文\n"),
    "two marks at the beginning": ("\ufeff\ufeff文\n", "文\n"),
    "a mark in the middle, where two files were joined": ("甲\n\ufeff乙\n", "甲\n乙\n"),
    "the mark in front of code at the beginning": ("\ufeff```\na\ufeffb\n```\n", "```\na\ufeffb\n```\n"),
    "a text of the mark only": ("\ufeff", ""),
}


@pytest.mark.parametrize("text", NO_OPS.values(), ids=NO_OPS)
def test_stays(text: str) -> None:
    assert tidied(text, "bom", kind=MARKDOWN) == text


@pytest.mark.parametrize(("text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(text: str, expected: str) -> None:
    assert tidied(text, "bom", kind=MARKDOWN) == expected


def test_the_first_mark_goes_without_a_look_at_the_blocks() -> None:
    assert tidied("\ufeff文\n", "bom", kind=MARKDOWN, zones=no_zones) == "文\n"
