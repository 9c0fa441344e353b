"""What stands beside a copy and belongs to it: how a sentence goes on, who answers, what quotes, encloses and signs."""

from __future__ import annotations

import pytest
from examples import AGGRESSIVE, BEES, LAST, NETS, RAIL, SAFE, SOY, STANDARD, WIND, Example, check, each, lines, parts

from dedupe_cn import clean
from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
BERTH = "超过核定人数载客的渡船，由船主在三日以内补办登记，登记以前停在码头的东侧，其余的事情按照"
VERSE = lines("The wind is low, the moon is new,", "The ferry waits for me and you,", "The night is blue,", "Good day.")
LOG = "2031-03-01 08:00:01 INFO 采集进程已经启动并且连上了上级的服务器等待下发指令"
SEALED = "此致\n\n敬礼\n\n渡口管理所全体职工敬上\n\n二〇三一年五月六日\n"
POEM = "江上一盏渔灯明灭，照见孤舟不系人语稀\n城头几声更鼓断续，催得残月西沉客未归"

STAYS = (
    Example(
        "two sentences with another word, before which another one ends as both do",
        parts(f"渡口的船{WIND[:-1]}，按照有关规定办理。", f"{BERTH}有关规定办理。", f"{BERTH}无关规定办理。", LAST),
        why="torn",
        levels=(SAFE, STANDARD),
    ),
    Example(
        "one original and two translations behind names",
        lines(f"原文：{BEES}", "译文：The bees stay awake.", f"原文：{BEES}", "译文：Nobody sleeps near bees."),
        levels=(SAFE, STANDARD),
    ),
    Example(
        "the same remark to which others answer",
        lines(f"赵敏：{SOY}", "钱进：同意。", f"赵敏：{SOY}", "孙立：反对。"),
        levels=(SAFE, STANDARD),
    ),
    Example(
        "a mail with its answer above",
        parts("你好，", BEES, f"> 你好，\n>\n> {BEES}\n>\n> 老田"),
    ),
    Example("two letters with the same end", f"鱼收到了。\n\n{SEALED}\n网没有收到。\n\n{SEALED}"),
    Example("two lines of a log", lines(LOG, LOG, "2031-03-01 08:00:09 WARN 断开"), why="protected-kind"),
    Example("a song in Latin letters", VERSE + "\n" + VERSE, levels=(SAFE, STANDARD)),
    Example(
        "fields between carets",
        lines("日期^班组^物品^说明", *[f"五月六日^渔业队^尼龙绳^{NETS}"] * 2, "五月七日^种植队^麻袋^无"),
        why="protected-kind",
    ),
)
GOES = (
    Example(
        "a quote behind an empty line of the quote",
        f"> {WIND}\n>\n> {RAIL}\n> {RAIL}\n",
        f"> {WIND}\n>\n> {RAIL}\n",
        SAFE,
        "tandem",
        kind=MARKDOWN,
    ),
    Example(
        "a paragraph three times between others",
        parts(RAIL, WIND, RAIL, NETS, RAIL, LAST),
        parts(RAIL, WIND, NETS, LAST),
        STANDARD,
        "repeated-block",
    ),
    Example(
        "a paragraph of one width beside lines that are as long",
        parts(WIND, *["\n".join(SOY[at : at + 18] for at in range(0, 54, 18))] * 2, LAST),
        parts(WIND, "\n".join(SOY[at : at + 18] for at in range(0, 54, 18)), LAST),
        SAFE,
        "tandem",
    ),
)


@each(STAYS)
def test_what_stands_beside_speaks_against_it(example: Example, level: Level) -> None:
    check(example, level)


@each(GOES)
def test_it_goes_all_the_same(example: Example, level: Level) -> None:
    check(example, level)


@pytest.mark.parametrize("level", Level)
def test_a_quote_in_a_quote_ends_where_it_did(level: Level) -> None:
    text = f"> > {RAIL}\n> >\n> > {RAIL}\n>\n> {WIND}\n"
    left = clean(text, level, kind=MARKDOWN).text
    assert left in (text, f"> > {RAIL}\n>\n> {WIND}\n")


def test_lines_that_only_together_empty_a_container_stay() -> None:
    regions = [f"<!-- tab {name} -->\n\n{POEM}\n\n<!-- endtab -->" for name in ("甲", "乙")]
    text = parts("# 词", POEM, WIND, *regions)
    assert clean(text, AGGRESSIVE, kind=MARKDOWN).text == text


@pytest.mark.parametrize(
    ("one", "other"),
    [("气温为3度", "气温为~3度"), ("（※）", "（※※）"), ("用C写成", "用C#写成")],
)
def test_signs_that_say_something_stay(one: str, other: str) -> None:
    text = parts(one + BEES, WIND, other + BEES, LAST)
    assert clean(text, AGGRESSIVE).text == text


@pytest.mark.parametrize(("right", "wrong"), [("目光", "且光"), ("题目", "题且"), ("开口", "幵口"), ("一段", "一叚")])
def test_more_look_alikes_are_known(right: str, wrong: str) -> None:
    said, misread = (f"他的{word}在窗台上，那里摆着一盆兰草，叶子上还挂着露水。" + NETS for word in (right, wrong))
    assert clean(parts(misread, said, LAST), STANDARD).text == parts(said, LAST)


FERRY = "未按期登记的渡船，由县级主管部门责令停航整顿，有违法所得的依照有关法律、法规的规定予以没收"
SHIP = "违反本规定的，由渡口管理所收回航行证书，有违法所得的依照有关法律、法规的规定予以没收"
TORN = (
    Example(
        "a paragraph that takes up the last sentence of the one before",
        parts(f"违反规定的，依照前款处罚。{FERRY}。", f"{FERRY}，并处三千元以下的罚款。", LAST),
        levels=(SAFE, STANDARD),
    ),
    Example(
        "words that are missing in a stretch that ends in mid-sentence",
        parts(
            f"{SHIP[:20]}，情节严重的依照有关规定处理{SHIP[20:]}。",
            f"{SHIP}，没有违法所得的不再处罚，情节严重的依照有关规定处理。",
            LAST,
        ),
        levels=(SAFE, STANDARD),
    ),
    Example(
        "the last line of a wrapped paragraph, which the next one says in its own words",
        lines(
            "渡船超过核定人数载客并且不听从劝阻的，由船主在码",
            "头的东侧停船，在十日以内报有关部门备案。",
            "",
            "隐瞒事故的，由渡口管理所收回航行证书，由船主在码",
            "头的东侧停船，在十日以内报有关部门备案。",
        ),
    ),
)


@each(TORN)
def test_no_sentence_is_torn(example: Example, level: Level) -> None:
    check(example, level)


EXAMPLES = (*STAYS, *GOES, *TORN)
