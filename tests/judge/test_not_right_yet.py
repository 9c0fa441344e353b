"""What a careful person expects and the program does not do yet; each names what it does in its place."""

from __future__ import annotations

import pytest
from examples import NETS, RAIL, STANDARD, WIND, Example, parts

SONG = (
    "月光洒在院子里\n猫咪睡在灶台上头",
    "小小的枕头装满了云朵\n小小的被子盖住了月光",
    "灯火亮在小河两旁\n船儿靠了旧码头",
)
HYMN = "松开的绳结慢慢系紧，熄了的炉膛慢慢烧旺，走散的羊群慢慢聚拢，凉下来的手慢慢焐热。"

EXAMPLES = (
    # Verse whose lines end in no mark is verse whatever their length.
    Example(
        "a couplet that is sung twice goes",
        parts(SONG[0], SONG[1], SONG[1], SONG[2]),
        levels=(STANDARD,),
    ),
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
