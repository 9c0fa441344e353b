"""A heading with everything beneath it goes with all of it, beneath the same parents, or not at all."""

from __future__ import annotations

from examples import AGGRESSIVE, BEES, DOME, NETS, RAIL, SAFE, SNOW, SOY, STANDARD, WIND, Example, check, each, parts

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN


def of(
    name: str, text: str, left: str = "", likeness: str = "exact", at: Level | None = STANDARD, **more: object
) -> Example:
    more.setdefault("why", "level")
    more.setdefault("rule", "section")
    return Example(name, text, left, at, likeness=likeness, kind=MARKDOWN, **more)  # type: ignore[arg-type]


HEAD = ("# 山里的行当", WIND)
FARM = ("## 养蜂", BEES)
END = ("## 结语", NETS)
BASE = parts(*HEAD, *FARM, *END)
LONG = ("## 酿酱", SOY, "- 黄豆先泡后蒸\n- 面粉要炒过", "```\n温度表\n```")

GONE = (
    of("a section again at the end", parts(*HEAD, *FARM, *END, *FARM), BASE),
    of(
        "a section again behind two others",
        parts(*HEAD, *FARM, *END, "## 信号", RAIL, *FARM),
        parts(*HEAD, *FARM, *END, "## 信号", RAIL),
    ),
    of("a section with a list and code beneath it", parts(*HEAD, *LONG, *END, *LONG), parts(*HEAD, *LONG, *END)),
    of(
        "another number before the same heading",
        parts("## 2. 养蜂", BEES, "## 3. 信号", RAIL, "## 7. 养蜂", BEES, "## 8. 结语", NETS),
        parts("## 2. 养蜂", BEES, "## 3. 信号", RAIL, "## 8. 结语", NETS),
    ),
    of("a heading in bold the second time", parts(*HEAD, *FARM, *END, "## **养蜂**", BEES), BASE),
    of("two sections in a row again", parts(*HEAD, *FARM, *LONG, *END, *FARM, *LONG), parts(*HEAD, *FARM, *LONG, *END)),
    of(
        "a section with what stands in sections beneath it",
        parts(*HEAD, *FARM, "### 搬家", DOME, *END, *FARM, "### 搬家", DOME),
        parts(*HEAD, *FARM, "### 搬家", DOME, *END),
    ),
    of(
        "a misread character in the second section",
        parts(
            *HEAD,
            "## 观星",
            DOME + "等到夜里云开了，满天都是星星。",
            *END,
            "## 观星",
            DOME + "等到夜里云开了，满夭都是星星。",
        ),
        parts(*HEAD, "## 观星", DOME + "等到夜里云开了，满天都是星星。", *END),
        "noise",
    ),
    of(
        "a sentence less in the second section",
        parts(*HEAD, "## 养蜂", BEES + WIND + SOY, *END, "## 养蜂", BEES + SOY),
        parts(*HEAD, "## 养蜂", BEES + WIND + SOY, *END),
        "contained",
    ),
    of(
        "a sentence less in the first section",
        parts(*HEAD, "## 养蜂", BEES + SOY, *END, "## 养蜂", BEES + WIND + SOY),
        parts(*HEAD, *END, "## 养蜂", BEES + WIND + SOY),
        "contained",
    ),
    of(
        "another word in the second section",
        parts(*HEAD, "## 酿酱", SOY + SNOW, *END, "## 酿酱", (SOY + SNOW).replace("白天滑乱", "白天踩乱")),
        parts(*HEAD, "## 酿酱", SOY + SNOW, *END),
        "meaning",
        AGGRESSIVE,
        why="differs",
    ),
)
TANDEM = (
    of("a section directly behind itself", parts(*HEAD, *FARM, *FARM, *END), BASE, at=SAFE, rule="tandem"),
    of(
        "two sections directly behind themselves",
        parts(*HEAD, *FARM, *LONG, *FARM, *LONG, *END),
        parts(*HEAD, *FARM, *LONG, *END),
        at=SAFE,
        rule="tandem",
    ),
)
STAYS = (
    of(
        "a heading and its lead above different images",
        parts(
            "# 检修",
            "## 北线",
            WIND,
            "### 夜间",
            BEES,
            "![甲](a.png)",
            "## 南线",
            NETS,
            "### 夜间",
            BEES,
            "![乙](b.png)",
            *END,
        ),
        at=None,
        why="differs",
    ),
    of(
        "a heading and its lead above different tables",
        parts(
            "# 检修",
            "## 北线",
            WIND,
            "### 夜间",
            BEES,
            "| 线 | 色 |\n| - | - |\n| 红 | 深 |",
            "## 南线",
            NETS,
            "### 夜间",
            BEES,
            "| 线 | 色 |\n| - | - |\n| 黄 | 浅 |",
            *END,
        ),
        at=None,
        why=("differs", "differs", "other-label"),
    ),
    of(
        "another amount in the second section",
        parts(*HEAD, "## 票价", SNOW + "缆车每人30元。", *END, "## 票价", SNOW + "缆车每人45元。"),
        at=None,
        why="differs",
    ),
    of(
        "too few words beneath the heading",
        parts(*HEAD, "## 开放", "周日闭馆，其余日子照常开放。", *END, "## 开放", "周日闭馆，其余日子照常开放。"),
        at=None,
        why="short-words",
    ),
    of(
        "a link to the heading",
        parts("# 目录", "见[养蜂](#养蜂-1)。", *FARM, *END, *FARM),
        at=None,
        why=("level", "heading-linked", "heading-linked"),
    ),
    of(
        "headings that recur as a set",
        parts(
            "# 接口",
            "## 读",
            WIND,
            "### 限制",
            BEES,
            "### 错误",
            SOY,
            "## 写",
            NETS,
            "### 限制",
            BEES,
            "### 错误",
            SOY,
            "## 删",
            DOME,
            "### 限制",
            BEES,
            "### 错误",
            SOY,
        ),
        at=None,
        why="recurring-headings",
    ),
    of(
        "a heading and its lead above different lists",
        parts(
            "# 检修",
            "## 北线",
            WIND,
            "### 夜间",
            BEES,
            "- 先断电\n- 再挂牌",
            "## 南线",
            NETS,
            "### 夜间",
            BEES,
            "- 先通知\n- 再封路",
        ),
        at=None,
        why="other-place",
    ),
    of(
        "a heading and its lead above different code",
        parts(
            "# 检修",
            "## 北线",
            WIND,
            "### 夜间",
            BEES,
            "```\nnorth\n```",
            "## 南线",
            NETS,
            "### 夜间",
            BEES,
            "```\nsouth\n```",
        ),
        at=None,
        why="other-place",
    ),
    of(
        "the same heading above other sections",
        parts("# 检修", "## 夜间", BEES, "## 日间", DOME, "## 夜间", RAIL),
        at=None,
        why="",
    ),
    of(
        "the same section beneath another heading",
        parts("# 检修", "## 北线", WIND, "### 夜间", BEES, "## 南线", NETS, "### 夜间", BEES),
        parts("# 检修", "## 北线", WIND, "### 夜间", BEES, "## 南线", NETS),
        at=AGGRESSIVE,
        why="other-place",
    ),
    of(
        "the same heading above text of another version",
        parts(
            "# 章程", "## 会费", SOY + "本条自2015年起施行。", "## 会员", BEES, "## 会费", SOY + "本条自2019年起施行。"
        ),
        at=None,
        why="differs",
    ),
)
EXAMPLES = (*GONE, *TANDEM, *STAYS)


@each(EXAMPLES)
def test_a_section_again(example: Example, level: Level) -> None:
    check(example, level)
