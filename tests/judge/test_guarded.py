"""Numbers, signs, units, dates, negation and moved marks are meaning: at no level does such a copy go."""

from __future__ import annotations

from examples import AGGRESSIVE, DOME, LAST, NETS, SOY, STANDARD, WIND, Example, check, each, parts

from dedupe_cn.model import Kind, Level

#: What stands in both copies, with a gap.
COLD = "今晚蜂房里的气温大约是{}，请守夜的人关紧门窗，给每个箱子盖上棉被，天亮以前不要揭开来看。"
PRICE = "按照去年谈好的价钱算作{}，由双方的会计当面点清，写进账本以后各自收好一份，年底再来核对。"
LAB = "送检的样品里花粉的含量记为{}，其他各项都在正常的范围以内，请过些日子再送一次来比较看看。"
RULE = "依照商量好的办法，新来的学徒{}独自开箱，老师傅要站在旁边看着他们先把烟熏的步骤做熟练。"


def gap(text: str, one: str, other: str) -> list[Example]:
    """Give both ways of filling a gap, further on and directly behind one another, in both orders."""
    ours, theirs = text.format(one), text.format(other)
    return [
        Example(f"{one or 'nothing'} and {other or 'nothing'}", parts(ours, WIND, NETS, theirs, LAST), why="differs"),
        Example(f"{other or 'nothing'} behind {one or 'nothing'}", parts(WIND, theirs, ours, LAST), why="differs"),
    ]


COUNTED = (
    ("+++", "+"),
    ("（＋＋）", "（＋）"),
    ("↑↑", "↑"),
    ("★★★", "★★"),
    ("✗", "✓"),
    ("≥5", "≤5"),
    ("A-107", "A-108"),
)
DENIED = (("可以", "不可以"), ("必须", "不必"), ("能够", "未能"), ("有权", "无权"), ("不得", "可"))
PAIRS = (
    *((COLD, "8℃", other) for other in ("－8℃", "–8℃", "—8℃", "-8℃", "−8℃", "负8℃", "8℉", "18℃", "8.5℃")),
    *((PRICE, "每箱200元", other) for other in ("每箱200万元", "每箱200美元", "每箱250元", "每箱２５０元")),
    *((PRICE, "五百斤", other) for other in ("五百两", "五千斤", "四百斤")),
    (PRICE, "30公里", "30英里"),
    (PRICE, "7mg", "7g"),
    (PRICE, "6%", "6‰"),
    (PRICE, "￥￥￥", "￥￥"),
    (PRICE, "2016年5月1日的价", "2017年5月1日的价"),
    (PRICE, "早上八点的价", "早上九点的价"),
    *((LAB, one, other) for one, other in COUNTED),
    *((RULE, one, other) for one, other in DENIED),
)
MARKS = (
    (
        "按照商量好的，新来的学徒不要开箱，老师傅可以先歇着，把烟筒交给旁边的人看好就行了。",
        "按照商量好的，新来的学徒不要开箱老师傅，可以先歇着，把烟筒交给旁边的人看好就行了。",
    ),
    (
        "场长对大家说不，要接着往东边搬，满院子的人听了以后都低着头收拾东西没有作声。",
        "场长对大家说不要接着往东边搬，满院子的人听了以后都低着头收拾东西没有作声。",
    ),
    (
        "今年好，烦恼少，没有病痛，他把这些字端端正正地刻在蜂箱的盖子上面留作纪念。",
        "今年好烦恼，少没有病痛，他把这些字端端正正地刻在蜂箱的盖子上面留作纪念。",
    ),
    (
        "行人等，不得在花田里逗留，违反的由看守的人领到值班室里去登记并且说明原因。",
        "行人，等不得在花田里逗留，违反的由看守的人领到值班室里去登记并且说明原因。",
    ),
)
EXAMPLES = (
    *(example for text, one, other in PAIRS for example in gap(text, one, other)),
    *(
        Example(f"a mark that moved: {one[:12]}", parts(one, WIND, NETS, other, LAST), why="differs")
        for one, other in MARKS
    ),
    Example(
        "a negation in a copy of several paragraphs",
        parts(SOY, RULE.format("可以"), DOME, WIND, SOY, RULE.format("不可以"), DOME, LAST),
        why="differs",
    ),
    Example(
        "a number in a heading is no difference",
        parts("## 3. 酿酱", SOY, "## 5. 其他", WIND, "## 8. 酿酱", SOY),
        parts("## 3. 酿酱", SOY, "## 5. 其他", WIND),
        STANDARD,
        "section",
        "exact",
        "level",
        Kind.MARKDOWN,
    ),
    Example(
        "a name",
        parts(SOY + "管缸的是何大成。" + DOME, WIND, NETS, SOY + "管缸的是孙小满。" + DOME, LAST),
        parts(SOY + "管缸的是何大成。" + DOME, WIND, NETS, LAST),
        AGGRESSIVE,
        "repeated-block",
        "meaning",
        ("level", "differs", ""),
    ),
    Example(
        "the opposite",
        parts(SOY + "入夜以后打开后门。" + DOME, WIND, NETS, SOY + "入夜以后关闭后门。" + DOME, LAST),
        parts(SOY + "入夜以后打开后门。" + DOME, WIND, NETS, LAST),
        AGGRESSIVE,
        "repeated-block",
        "meaning",
        ("level", "differs", ""),
    ),
    Example(
        "numbers inside of a sentence that only one copy has",
        parts(SOY + "这样的缸共有31口。" + DOME, WIND, NETS, SOY + DOME, LAST),
        parts(SOY + "这样的缸共有31口。" + DOME, WIND, NETS, LAST),
        STANDARD,
        "repeated-block",
        "contained",
        "level",
    ),
)


@each(EXAMPLES)
def test_what_is_meaning_at_every_level(example: Example, level: Level) -> None:
    check(example, level)
