"""What a careful person expects and the program does not do yet; each names what it does in its place."""

from __future__ import annotations

import pytest
from examples import AGGRESSIVE, LAST, NETS, RAIL, SOY, STANDARD, WIND, Example, parts

HYMN = "松开的绳结慢慢系紧，熄了的炉膛慢慢烧旺，走散的羊群慢慢聚拢，凉下来的手慢慢焐热。"

EXAMPLES = (
    # The refrain goes with its name; where the stanzas are 第一节 and 第二节 it stays.
    Example(
        "the refrain of the second stanza goes",
        parts("主歌一", NETS, "副歌", HYMN, "主歌二", WIND, "副歌", HYMN),
        levels=(STANDARD,),
    ),
    # Two wordings in another language stand behind the two.
    Example(
        "a passage goes that was translated in two ways",
        parts(RAIL, "The levers gave way to buttons.", RAIL, "Buttons took the place of levers."),
        levels=(STANDARD,),
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
@pytest.mark.xfail(reason="a fault of finder or judge that is known", strict=True)
def test_what_is_expected(example: Example) -> None:
    for level in example.levels:
        assert example.clean(level).text == (example.left if example.goes(level) else example.text)


@pytest.mark.xfail(reason="a whole sentence goes as a replaced word of a longer copy", strict=True)
def test_a_sentence_that_stands_only_once_is_not_lost() -> None:
    assert LAST in Example("", parts(RAIL, WIND, SOY, NETS, RAIL, LAST, SOY)).clean(AGGRESSIVE).text
