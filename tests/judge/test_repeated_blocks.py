"""Whole blocks again further on go in the same place and where they are long enough; labels and containers hold."""

from __future__ import annotations

from examples import (
    AGGRESSIVE,
    BEES,
    DOME,
    LAST,
    NETS,
    SAFE,
    SNOW,
    SOY,
    STANDARD,
    WIND,
    Example,
    check,
    each,
    lines,
    parts,
)

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
#: Of 23 words: enough from ``aggressive`` on.
CUP = "借走的雨伞用完以后请放回门边的铁桶里，伞尖一律朝下。"
#: Of 13 words: told in a short document, and never removed.
KEY = "钥匙用完以后请挂回原来的钩子。"
SHED = "本规矩施行以前借出的梯子，没有登记的，应当补登；补登不了的，由借用的人照价赔偿。"
RULE = "第六条 库房的钥匙由两个人保管。"
MILL = "粮仓管理处、水磨坊管理处"
PRINTED = "关于修补粮仓屋顶的通知已经印好，请各处照办。"
POSTED = "去年秋天最后一个赶集的日子贴出，请勿撕下。"
MANY = [f"{a}{b}的人来过{c}里。" for a in "春夏秋冬早" for b in "东南西北中" for c in "山河村店坡城桥田"]


def block(name: str, text: str, left: str = "", likeness: str = "exact", **more: object) -> Example:
    more.setdefault("at", STANDARD)
    more.setdefault("why", "level")
    return Example(name, text, left, rule="repeated-block", likeness=likeness, **more)  # type: ignore[arg-type]


GONE = (
    block("a paragraph behind two others", parts(BEES, WIND, NETS, BEES, LAST), parts(BEES, WIND, NETS, LAST)),
    block("a paragraph at the end", parts(BEES, WIND, NETS, SNOW, BEES), parts(BEES, WIND, NETS, SNOW)),
    block("two paragraphs in a row", parts(BEES, SOY, WIND, NETS, BEES, SOY, LAST), parts(BEES, SOY, WIND, NETS, LAST)),
    block("three times at a distance", parts(BEES, WIND, BEES, NETS, BEES, LAST), parts(BEES, WIND, NETS, LAST)),
    block(
        "lines without blank lines",
        "\n".join([BEES, WIND, NETS, BEES, LAST]) + "\n",
        "\n".join([BEES, WIND, NETS, LAST]) + "\n",
    ),
    block(
        "beneath one heading",
        parts("# 记", BEES, WIND, NETS, BEES, "## 别处", LAST),
        parts("# 记", BEES, WIND, NETS, "## 别处", LAST),
        kind=MARKDOWN,
    ),
    block(
        "two paragraphs that change places",
        parts(BEES, "起风了。", SOY, NETS, SOY, "起风了。", BEES, KEY),
        parts(BEES, "起风了。", SOY, NETS, "起风了。", KEY),
    ),
    block(
        "half-width marks in the second",
        parts(BEES, WIND, BEES.replace("，", ","), LAST),
        parts(BEES, WIND, LAST),
        "noise",
    ),
    block(
        "single traditional characters in the second",
        parts(BEES, WIND, BEES.replace("旁边", "旁邊"), LAST),
        parts(BEES, WIND, LAST),
        "noise",
    ),
    block(
        "the second is a part of the first",
        parts(WIND, BEES + SOY + NETS, LAST, BEES + SOY, KEY),
        parts(WIND, BEES + SOY + NETS, LAST, KEY),
        "contained",
    ),
    block(
        "the first is a part of the second",
        parts(WIND, BEES + SOY, LAST, BEES + SOY + NETS, KEY),
        parts(WIND, LAST, BEES + SOY + NETS, KEY),
        "contained",
    ),
    block(
        "beneath a line that closes a comment",
        lines("答复如下：", BEES, WIND, NETS, SNOW, "-->", BEES),
        lines("答复如下：", BEES, WIND, NETS, SNOW, "-->"),
    ),
    block(
        "a heading behind it begins like the clause behind the other",
        parts("# 规矩", SHED, RULE, NETS, SHED.replace("，", "，，", 1), "## 第六章 杂项", SNOW),
        parts("# 规矩", SHED, RULE, NETS, "## 第六章 杂项", SNOW),
        "noise",
        at=AGGRESSIVE,
        why=("level", "other-place", ""),
        kind=MARKDOWN,
    ),
    block(
        "two lines further up another line that stands in both places",
        lines(MILL, PRINTED, BEES + SOY, SNOW, DOME, NETS, MILL, POSTED, (BEES + SOY).replace("，", ","), WIND),
        lines(MILL, PRINTED, BEES + SOY, SNOW, DOME, NETS, MILL, POSTED, WIND),
        "noise",
        why="level short-words",
    ),
    block(
        "the first lacks a sentence",
        parts(WIND, BEES + SOY, LAST, BEES + NETS + SOY, KEY),
        parts(WIND, LAST, BEES + NETS + SOY, KEY),
        "contained",
    ),
)
LATER = (
    block(
        "fewer than thirty words",
        parts(CUP, WIND, NETS, CUP, LAST),
        parts(CUP, WIND, NETS, LAST),
        at=AGGRESSIVE,
        why="short-words",
    ),
    block(
        "beneath another heading",
        parts("# 册", "## 蜂房", WIND, BEES, "## 码头", NETS, BEES),
        parts("# 册", "## 蜂房", WIND, BEES, "## 码头", NETS),
        at=AGGRESSIVE,
        why=("level", "other-place", ""),
        kind=MARKDOWN,
    ),
    block(
        "beneath another numbered title of plain text",
        parts("手册", "一、蜂房", WIND, BEES, "二、库房", NETS, "三、码头", BEES, LAST),
        parts("手册", "一、蜂房", WIND, BEES, "二、库房", NETS, "三、码头", LAST),
        at=AGGRESSIVE,
        why=("level", "other-place", ""),
    ),
    block(
        "in another chapter of plain text",
        parts("第三章 东山", BEES, WIND, "第四章 西山", NETS, BEES),
        parts("第三章 东山", BEES, WIND, "第四章 西山", NETS),
        at=AGGRESSIVE,
        why=("level", "other-place", ""),
    ),
    block(
        "another word",
        parts(BEES + DOME, WIND, NETS, (BEES + DOME).replace("整夜", "成宿"), LAST),
        parts(BEES + DOME, WIND, NETS, LAST),
        "meaning",
        at=AGGRESSIVE,
        why=("level", "differs", ""),
    ),
    block(
        "too short among many paragraphs",
        parts(BEES, *MANY, BEES, LAST),
        parts(BEES, *MANY, LAST),
        at=AGGRESSIVE,
        why="short-words",
    ),
)
STAYS = (
    Example(
        "a passage that was translated in two ways",
        parts(BEES, "The hives stood silent.", BEES, "Silence lay over the hives."),
        why=("level", "other-label", "other-label"),
    ),
    block("fewer than fifteen words", parts(KEY, WIND, NETS, KEY, LAST), at=None, why="short-words"),
    block(
        "an answer to each of three questions",
        parts("问：蜂箱丢了怎么办？", BEES, "问：蜂箱坏了怎么办？", BEES, "问：蜂箱旧了怎么办？", BEES),
        at=None,
        why=("differs", "differs", "other-label"),
    ),
    block(
        "a text below each of two items that stand alone",
        parts("1. 小陶", BEES, NETS, "1. 小邵", BEES),
        at=None,
        why=None,
        levels=(SAFE, STANDARD),
        kind=MARKDOWN,
    ),
    block(
        "an answer to each of two questions in bold",
        parts("**蜂箱丢了怎么办？**", BEES, "**蜂箱坏了怎么办？**", BEES),
        at=None,
        why=("differs", "differs", "other-label"),
        kind=MARKDOWN,
    ),
    block(
        "an answer to each of two numbered questions",
        "1、蜂箱丢了怎么办？\n" + BEES + "\n2、蜂箱坏了怎么办？\n" + BEES + "\n",
        at=None,
        why="differs",
    ),
    block(
        "a rule for each of two parties",
        f"蜂场误了期的：\n{BEES}\n客商误了期的：\n{BEES}\n",
        at=None,
        why=("differs", "differs", "other-label"),
    ),
    block(
        "a short label that differs before each",
        parts("东坡的蜂群", BEES, WIND, "西坡的蜂群", BEES, NETS),
        at=None,
        why=("level", "other-place", "other-place"),
    ),
    block(
        "a signature that differs behind each",
        parts(WIND, BEES, "养蜂人 陆小满", NETS, BEES, "养蜂人 何大成"),
        at=None,
        why=("level", "other-label", "other-label"),
    ),
    block(
        "a long enumerated clause in another article",
        parts("第五条 " + WIND, "（二）" + SOY, "第九条 " + NETS, "（二）" + SOY),
        at=None,
        why="enumerated",
    ),
    block(
        "items that are numbered",
        parts("（一）巡查时带上手电和雨衣；", WIND, "（一）巡查时带上手电和雨衣；", LAST),
        at=None,
        why="short-words",
    ),
    block(
        "a clause that points back",
        parts(
            "第五条 " + WIND,
            "违反前款规定的，由蜂场收回其牌子并且登记在册。",
            "第六条 " + NETS,
            "违反前款规定的，由蜂场收回其牌子并且登记在册。",
        ),
        at=None,
        why=("short-words", "short-words", "points-back"),
    ),
    block(
        "words that lead on",
        parts(
            "各处雪道的开放时间和坡度请见下面列出的几张表格，如有变动以现场告示为准：",
            "| 道 | 坡 |\n| - | - |\n| 甲 | 缓 |",
            WIND,
            "各处雪道的开放时间和坡度请见下面列出的几张表格，如有变动以现场告示为准：",
            "| 道 | 坡 |\n| - | - |\n| 乙 | 陡 |",
        ),
        at=None,
        why="protected-kind",
        kind=MARKDOWN,
    ),
    block(
        "an address that stands again",
        "乐谱放在\nhttps://scores.example.org/choir/2020/winter/songs-of-the-road-and-the-river.pdf\n\n伴奏也放在\nhttps://scores.example.org/choir/2020/winter/songs-of-the-road-and-the-river.pdf\n",
        at=None,
        why="",
    ),
    block(
        "an image that stands again",
        parts("# 图", "## 前", WIND, "![蜂箱](hive.png)", "## 后", NETS, "![蜂箱](hive.png)"),
        at=None,
        why="",
        kind=MARKDOWN,
    ),
)
EXAMPLES = (*GONE, *LATER, *STAYS)


@each(EXAMPLES)
def test_blocks_again_further_on(example: Example, level: Level) -> None:
    check(example, level)
