from __future__ import annotations

import pytest
from tidying import MARKDOWN, tidied

NO_OPS = {
    "usual ideographs": "人民\u8c48文學\n",
    "radicals that are no copy of an ideograph": "⺀⺮\n",
    "the twelve unified ideographs among the compatibility ones": (
        "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29\n"
    ),
    "full-width and circled forms": "ＡＢ①㈠㎏\n",
    "a radical inside code": "```\n\u2f08\n```\n",
}
REWRITES = {
    "Kangxi radicals": ("\u2f08的\u2f2f作\n", "人的工作\n"),
    "the two radicals of the supplement that are copies": ("\u2e9f\u2ef3\n", "母龟\n"),
    "compatibility ideographs": ("\uf900\uf901\uf902\n", "\u8c48\u66f4\u8eca\n"),
    "compatibility ideographs beyond the BMP": ("\U0002f800\U0002fa1d\n", "丽𪘀\n"),
}


@pytest.mark.parametrize("text", NO_OPS.values(), ids=NO_OPS)
def test_stays(text: str) -> None:
    assert tidied(text, "compat-ideographs", kind=MARKDOWN) == text


@pytest.mark.parametrize(("text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(text: str, expected: str) -> None:
    assert tidied(text, "compat-ideographs", kind=MARKDOWN) == expected
