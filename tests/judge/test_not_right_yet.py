"""What a careful person expects and the program does not do yet; each names what it does in its place."""

from __future__ import annotations

import pytest
from examples import AGGRESSIVE, BEES, DOME, LAST, NETS, RAIL, SNOW, SOY, STANDARD, WIND, Example, parts

from dedupe_cn.model import Kind

FULLER = BEES + SOY + RAIL + DOME + SNOW
SHORTER = FULLER.replace("整夜守着", "守着")
COLD = "烘房里靠窗的架子上量得的读数为{}，请接班的人抄在黑板上，再去翻动竹匾里的菌菇，烘到发脆才能收袋。"
SELF = "他自己看。" + BEES
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
    # The words that only one copy has end in a character that the other has as well, so they count as replaced.
    Example(
        "the fuller page goes because it comes second",
        parts(SHORTER, FULLER),
        parts(FULLER),
        AGGRESSIVE,
        "whole-document",
        "meaning",
        "differs",
        levels=(AGGRESSIVE,),
    ),
    # The sign of the number is written as a word.
    Example(
        "degrees below zero go for degrees above",
        parts(COLD.format("8℃"), WIND, NETS, COLD.format("零下8℃"), LAST),
        levels=(AGGRESSIVE,),
    ),
    # Asked to keep the last copy, it keeps the misread one.
    Example(
        "the misread copy stays because it is the last",
        parts(WIND, SELF, SELF.replace("自己", "自已"), LAST),
        parts(WIND, SELF, LAST),
        STANDARD,
        "tandem",
        "noise",
        "level",
        levels=(STANDARD, AGGRESSIVE),
        keep="last",
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


@pytest.mark.xfail(reason="a class of equal copies counts at the lowest level of any of them", strict=True)
def test_a_level_removes_as_many_as_are_named_where_not_all_of_a_class_go() -> None:
    leads = zip("东西南北", (WIND, NETS, LAST, SNOW), strict=True)
    text = parts("# 册", *(part for name, lead in leads for part in (f"## {name}坡", lead, RAIL)))
    (told,) = Example("", text, kind=Kind.MARKDOWN).clean(STANDARD).reported
    assert told.level == AGGRESSIVE
    assert told.copies == len(Example("", text, kind=Kind.MARKDOWN).clean(AGGRESSIVE).applied)
