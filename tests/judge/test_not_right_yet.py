"""What a careful person expects and the program does not do yet; each names what it does in its place."""

from __future__ import annotations

import pytest
from examples import AGGRESSIVE, BEES, DOME, LAST, NETS, RAIL, SNOW, SOY, STANDARD, WIND, Example, check, parts

from dedupe_cn.model import Kind

FULLER = BEES + SOY + RAIL + DOME + SNOW
SHORTER = FULLER.replace("整夜守着", "守着")
COLD = "今晚蜂房里的气温大约是{}，请守夜的人关紧门窗，给每个箱子盖上棉被，天亮以前不要揭开来看。"
SELF = "他自己看。" + BEES

EXAMPLES = (
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
        why="differs",
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
    # A whole sentence that stands nowhere else goes as a replaced word of a longer copy.
    Example(
        "a sentence that stands only once goes",
        parts(RAIL, WIND, SOY, NETS, RAIL, LAST, SOY),
        why=None,
        levels=(AGGRESSIVE,),
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
@pytest.mark.xfail(reason="a fault of finder or judge that is known", strict=True)
def test_what_is_expected(example: Example) -> None:
    for level in example.levels:
        outcome = example.clean(level)
        if example.why is None:
            assert LAST in outcome.text
        else:
            check(example, level)


@pytest.mark.xfail(reason="a class of equal copies counts at the lowest level of any of them", strict=True)
def test_a_level_removes_as_many_as_are_named_where_not_all_of_a_class_go() -> None:
    leads = zip("东西南北", (WIND, NETS, LAST, SNOW), strict=True)
    text = parts("# 册", *(part for name, lead in leads for part in (f"## {name}坡", lead, RAIL)))
    (told,) = Example("", text, kind=Kind.MARKDOWN).clean(STANDARD).reported
    assert told.level == AGGRESSIVE
    assert told.copies == len(Example("", text, kind=Kind.MARKDOWN).clean(AGGRESSIVE).applied)
