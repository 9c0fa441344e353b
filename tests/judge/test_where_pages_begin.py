"""Of two pages in one document: where the second begins, and which of the two is whole."""

from __future__ import annotations

from examples import SAFE, STANDARD, Example, check, each

from dedupe_cn.model import Kind, Level

TITLE = "看灯人"
BODY = (
    "看灯人姓鲁，是岛上唯一的住户。灯塔建在岛的北头，一共四层，底层堆着煤油和绳子，二层是厨房，三层睡觉，顶上才是灯。",
    "每到起雾的日子，他就把铜钟敲响，一下接一下，直到听见船上的汽笛回答。渔民们都说，听见老鲁的钟，心里就踏实了。",
    "岛上没有淡水，要用木桶从岸边运。他在屋后挖了一个池子接雨水，池边种了几畦葱蒜，还养着一只不大肯捉老鼠的花猫。",
    "去年秋天，镇上的学校带孩子们来参观，他把灯罩擦得锃亮，讲起镜片怎样把一点火光送到十几里以外，孩子们听得张大了嘴。",
    "如今灯换成了电的，不用天天划船过去了，他却仍旧每晚坐在岸边，看着那道白光在水面上扫过来，又扫过去。",
)
PAGE = "\n\n".join(BODY)
MARKDOWN = Kind.MARKDOWN
HEADED = f"# {TITLE}\n\n{PAGE}"
UNDERLINED = f"{TITLE}\n===\n\n{PAGE}"


def begun_in_mid_sentence(characters: int) -> Example:
    """The first page lacks so much of its beginning; the other way round the end of the page would stand first."""
    name = f"the first page lacks {characters} characters of its beginning"
    text = f"{PAGE[characters:]}\n\n{PAGE}\n"
    levels = (STANDARD,)
    return Example(name, text, PAGE + "\n", STANDARD, "whole-document", "contained", levels=levels)


EXAMPLES = (
    *map(begun_in_mid_sentence, (20, 35, 50, 65)),
    Example(
        "a heading between two pages begins the second and never ends the first",
        f"{PAGE}\n\n{HEADED}\n",
        why="differs",
        kind=MARKDOWN,
        levels=(SAFE, STANDARD),
    ),
    *(
        Example(f"a page {times} times in one go", PAGE * times + "\n", PAGE + "\n", SAFE, "whole-document")
        for times in (2, 3, 4)
    ),
    *(
        Example(name, f"{first}\n\n{second}\n", first + "\n", SAFE, "whole-document", kind=MARKDOWN)
        for name, first, second in (
            ("a title with a sign and one with a line beneath", HEADED, UNDERLINED),
            ("a title with a line beneath and one with a sign", UNDERLINED, HEADED),
            ("a title with a sign and a bold one", HEADED, f"**{TITLE}**\n\n{PAGE}"),
        )
    ),
    Example(
        "titles with other numbers",
        f"# 1. {TITLE}\n\n{PAGE}\n\n# 2. {TITLE}\n\n{PAGE}\n",
        kind=MARKDOWN,
        why="differs",
    ),
)


@each(EXAMPLES)
def test_the_whole_page_stays(example: Example, level: Level) -> None:
    check(example, level)
