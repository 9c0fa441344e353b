"""Numbers, signs, units, dates, negation and moved marks are meaning: at no level does such a copy go."""

from __future__ import annotations

from examples import AGGRESSIVE, DOME, LAST, NETS, SOY, STANDARD, WIND, Example, check, each, parts

from dedupe_cn.model import Kind, Level

#: What stands in both copies, with a gap.
COLD = "烘房里靠窗的架子上量得的读数为{}，请接班的人抄在黑板上，再去翻动竹匾里的菌菇，烘到发脆才能收袋。"
PRICE = "租用剧场后台道具间的费用定为{}，超出的部分由剧团自理，灯光和幕布不算在里面，损坏了另外再商量。"
LOAD = "登山队里每个人背的绳索和药品合起来记作{}，少了要在出发前补齐，多出来的留在营地，由守营的人照看。"
VOTE = "评委给这支合唱队的记号是{}，写在节目单的右下角，别的队伍都空着，等到散场以后再誊到总表上去。"
RULE = "剧场里有个老规矩，迟到的观众{}从正门入座，领位的人会带他们从侧廊绕到后排，等换景的时候再往前走。"


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
    *((LOAD, "五百斤", other) for other in ("五百两", "五千斤", "四百斤")),
    (LOAD, "30公里", "30英里"),
    (LOAD, "7mg", "7g"),
    (LOAD, "6%", "6‰"),
    (PRICE, "￥￥￥", "￥￥"),
    (PRICE, "2016年5月1日的价", "2017年5月1日的价"),
    (PRICE, "早上八点的价", "早上九点的价"),
    (PRICE, "每箱的价", "每桶的价"),
    (PRICE, "三箱的价", "三桶的价"),
    (PRICE, "四月五日以前的价", "四月五日以后的价"),
    (PRICE, "租三十天以内的价", "租三十天以外的价"),
    *((VOTE, one, other) for one, other in COUNTED),
    *((RULE, one, other) for one, other in DENIED),
)
MARKS = (
    (
        "导演说演员站左边，灯光师傅往右边挪半步，",
        "导演说演员站左边灯光，师傅往右边挪半步，",
        "等幕布升到顶再把追光慢慢推到台口。",
    ),
    ("领唱的人回头说不，唱完这段再散，", "领唱的人回头说不唱完这段再散，", "后排的孩子听了都把谱子又翻回头一页。"),
    (
        "今天下雨天留客，天留我不留，",
        "今天下雨天，留客天留我不留，",
        "客栈的人把这行字刻在门板上，过路的念了都笑着走开。",
    ),
    ("我看见他，笑着走进后台，", "我看见他笑着，走进后台，", "把花放在镜子前面就转身离开，连名字也没有留下来。"),
)
EXAMPLES = (
    *(example for text, one, other in PAIRS for example in gap(text, one, other)),
    *(
        Example(f"a mark that moved: {one[:12]}", parts(one + end, WIND, NETS, other + end, LAST), why="differs")
        for one, other, end in MARKS
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
