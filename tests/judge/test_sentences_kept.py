"""A whole sentence that stands only once never goes as another word of a longer copy."""

from __future__ import annotations

from examples import AGGRESSIVE, LAST, NETS, RAIL, SNOW, SOY, WIND, Example, check, each, lines, parts

from dedupe_cn.model import Kind, Level

#: Why such a copy stays, from ``safe`` on.
OTHER = ("level", "differs", "differs")
STAYS = (
    Example("a paragraph of its own", parts(RAIL, WIND, SOY, NETS, RAIL, LAST, SOY), why=OTHER),
    Example("a sentence inside a paragraph", parts(RAIL + WIND + SOY, NETS, RAIL + LAST + SOY), why=OTHER),
    Example("directly behind each other", parts(RAIL, WIND, SOY, RAIL, LAST, SOY)),
    Example("a sentence of three words", parts(RAIL + SNOW + "风停了！" + SOY, NETS, RAIL + SNOW + "天亮了！" + SOY)),
    Example("a line without a mark", lines(RAIL + SNOW, "先往东再折向北边", SOY, RAIL + SNOW, "带上干粮和水壶", SOY)),
    Example(
        "a section",
        parts("# 山里", "## 值夜", RAIL, WIND, SOY, "## 堤上", NETS, "## 值夜", RAIL, LAST, SOY),
        kind=Kind.MARKDOWN,
    ),
)
GOES = (
    Example(
        "another word in a short sentence",
        parts(RAIL + SNOW + "老王很高兴地笑了。" + SOY, NETS, RAIL + SNOW + "老王很开心地笑了。" + SOY),
        parts(RAIL + SNOW + "老王很高兴地笑了。" + SOY, NETS),
        AGGRESSIVE,
        "repeated-block",
        "meaning",
    ),
    Example(
        "a sentence that only the kept copy has, beside another word",
        parts(RAIL + WIND + SNOW + SOY, NETS, RAIL + SNOW.replace("铺平", "压平") + SOY),
        parts(RAIL + WIND + SNOW + SOY, NETS),
        AGGRESSIVE,
        "repeated-block",
        "meaning",
    ),
)
EXAMPLES = (*STAYS, *GOES)


@each(EXAMPLES)
def test_a_sentence_that_stands_only_once_is_not_lost(example: Example, level: Level) -> None:
    check(example, level)
