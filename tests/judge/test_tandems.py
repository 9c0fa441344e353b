"""Whole lines and blocks that directly follow themselves leave one; short, shouted and spoken lines stay."""

from __future__ import annotations

from examples import (
    AGGRESSIVE,
    BEES,
    LAST,
    NETS,
    RAIL,
    SAFE,
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
CUP = "借走的雨伞用完请放回门边的铁桶里，伞尖朝下。"
UMBRELLA = "第七条 借用公用雨伞的，用完以后应当擦干并放回门边的铁桶；三日内不归还的，由管理员登记并书面通知本人。"
CART = "第八条 借用公用手推车的，用完以后应当擦干并放回库房的墙边；三日内不归还的，由管理员登记并书面通知本人。"
SANDS = "- 王强《沙池的清理和加固》\n"
OTHERS = "- 张明《水渠的修法和养护》\n- 李红《闸门的养护和更换》\n"
BOOKS = f"{OTHERS}{SANDS * 2}{OTHERS.replace('养护', '保管')}"
REMARK = "说明：本页由值班的人每天早上更新一次，过期不候。"
HIVE = "![油菜地旁边的蜂箱](files/apiary/2019/spring/hive-in-the-meadow.png)"
PICTURE = "![门边的铁桶和几把借走又还回来的雨伞](images/umbrellas.jpg)"
SHORTER_FIRST = parts(WIND, BEES + SOY, BEES + SOY + NETS, LAST), parts(WIND, BEES + SOY + NETS, LAST)


def safe(name: str, text: str, left: str, likeness: str = "exact", **more: object) -> Example:
    at = SAFE if likeness == "exact" else STANDARD
    return Example(name, text, left, at, "tandem", likeness, "level", **more)  # type: ignore[arg-type]


LINES = (
    safe("a paragraph twice", parts(WIND, BEES, BEES, LAST), parts(WIND, BEES, LAST)),
    safe("a line twice", lines(WIND, BEES, BEES, LAST), lines(WIND, BEES, LAST)),
    safe(
        "a clause made like the one before it",
        parts("# 规矩", UMBRELLA, CART, CART.replace("的，", "的", 1), NETS),
        parts("# 规矩", UMBRELLA, CART, NETS),
        "noise",
        kind=MARKDOWN,
    ),
    Example(
        "an entry of a list of books as long as the others",
        f"# 参考\n\n{BOOKS}",
        f"# 参考\n\n{BOOKS.replace(SANDS, '', 1)}",
        STANDARD,
        "tandem",
        why="short",
        kind=MARKDOWN,
    ),
    Example(
        "a remark behind its name",
        parts(REMARK, REMARK, WIND),
        parts(REMARK, WIND),
        STANDARD,
        "tandem",
        why="short",
    ),
    safe("a paragraph at the very beginning", parts(BEES, BEES, LAST), parts(BEES, LAST)),
    safe("a paragraph at the very end", parts(WIND, BEES, BEES), parts(WIND, BEES)),
    safe("a paragraph three times", parts(WIND, SOY, SOY, SOY, LAST), parts(WIND, SOY, LAST)),
    safe("a paragraph four times", parts(WIND, SOY, SOY, SOY, SOY, LAST), parts(WIND, SOY, LAST)),
    safe("two paragraphs as a pair", parts(WIND, BEES, SOY, BEES, SOY, LAST), parts(WIND, BEES, SOY, LAST)),
    safe(
        "a paragraph of Markdown in one section",
        parts("# 册子", "## 蜂", BEES, BEES, "## 其他", LAST),
        parts("# 册子", "## 蜂", BEES, "## 其他", LAST),
        kind=MARKDOWN,
    ),
    safe(
        "a list item",
        lines(f"- {WIND}", f"- {BEES}", f"- {BEES}", f"- {NETS}"),
        lines(f"- {WIND}", f"- {BEES}", f"- {NETS}"),
        kind=MARKDOWN,
    ),
    Example(
        "an image with its caption",
        parts(WIND, PICTURE, PICTURE, NETS),
        parts(WIND, PICTURE, NETS),
        STANDARD,
        "tandem",
        why="short",
        kind=MARKDOWN,
    ),
    safe(
        "an image with a long caption",
        parts(WIND, PICTURE.replace("桶", RAIL[:-1]), PICTURE.replace("桶", RAIL[:-1]), NETS),
        parts(WIND, PICTURE.replace("桶", RAIL[:-1]), NETS),
        kind=MARKDOWN,
    ),
    safe(
        "a quote",
        parts("# 摘", WIND, f"> {RAIL}", f"> {RAIL}", LAST),
        parts("# 摘", WIND, f"> {RAIL}", LAST),
        kind=MARKDOWN,
    ),
    safe(
        "two paragraphs of a quote, set apart by its sign",
        parts("# 摘", WIND, f"> {BEES}\n>\n> {RAIL}\n>\n> {BEES}\n>\n> {RAIL}", LAST),
        parts("# 摘", WIND, f"> {BEES}\n>\n> {RAIL}", LAST),
        kind=MARKDOWN,
    ),
    safe(
        "a quote that is wrapped in another way",
        parts("# 摘", WIND, f"> {RAIL[:20]}\n> {RAIL[20:]}", f"> {RAIL[:30]}\n> {RAIL[30:]}", LAST),
        parts("# 摘", WIND, f"> {RAIL[:20]}\n> {RAIL[20:]}", LAST),
        kind=MARKDOWN,
    ),
    safe(
        "a list of several items",
        parts(
            "# 单子",
            lines(f"- {CUP}", f"- {WIND}", f"- {NETS}") + lines(f"- {CUP}", f"- {WIND}", f"- {NETS}").rstrip(),
            LAST,
        ),
        parts("# 单子", lines(f"- {CUP}", f"- {WIND}", f"- {NETS}").rstrip(), LAST),
        kind=MARKDOWN,
    ),
    safe(
        "a numbered list that begins anew",
        parts(
            "# 单子",
            lines(f"1. {CUP}", f"2. {WIND}", f"3. {NETS}") + lines(f"1. {CUP}", f"2. {WIND}", f"3. {NETS}").rstrip(),
            LAST,
        ),
        parts("# 单子", lines(f"1. {CUP}", f"2. {WIND}", f"3. {NETS}").rstrip(), LAST),
        kind=MARKDOWN,
    ),
    safe(
        "half-width marks in the second",
        parts(WIND, BEES, BEES.replace("，", ","), LAST),
        parts(WIND, BEES, LAST),
        "noise",
    ),
    safe(
        "the second lacks its last sentence",
        parts(WIND, BEES + SOY + NETS, BEES + SOY, LAST),
        parts(WIND, BEES + SOY + NETS, LAST),
        "contained",
    ),
    safe("the first lacks its last sentence, to the letter", *SHORTER_FIRST, levels=(SAFE,)),
    Example(
        "the first lacks its last sentence",
        *SHORTER_FIRST,
        STANDARD,
        "tandem",
        "contained",
        levels=(STANDARD, AGGRESSIVE),
    ),
    safe(
        "the first lacks a sentence in its middle",
        parts(WIND, BEES + SOY, BEES + NETS + SOY, LAST),
        parts(WIND, BEES + NETS + SOY, LAST),
        "contained",
    ),
    Example(
        "a paragraph of twenty and some characters",
        parts(WIND, CUP, CUP, LAST),
        parts(WIND, CUP, LAST),
        STANDARD,
        "tandem",
        "exact",
        "short",
    ),
    Example(
        "a line of fourteen characters",
        lines(WIND, "请把门边的雨伞收进铁桶里。", "请把门边的雨伞收进铁桶里。", LAST),
        lines(WIND, "请把门边的雨伞收进铁桶里。", LAST),
        STANDARD,
        "tandem",
        "exact",
        "short",
    ),
    Example(
        "another word in the second",
        parts(WIND, BEES, BEES.replace("整夜", "成宿"), LAST),
        parts(WIND, BEES, LAST),
        AGGRESSIVE,
        "tandem",
        "meaning",
        "differs",
    ),
)
STAYS = (
    Example(
        "a paragraph behind a quote of it",
        parts("# 摘", WIND, f"> {RAIL[:20]}\n> {RAIL[20:]}", f"{RAIL[:20]}\n{RAIL[20:]}", LAST),
        kind=MARKDOWN,
    ),
    Example(
        "a quote in a quote",
        parts("# 摘", WIND, f"> {RAIL[:20]}\n> {RAIL[20:]}\n>\n> > {RAIL[:20]}\n> > {RAIL[20:]}", LAST),
        kind=MARKDOWN,
    ),
    Example(
        "a heading of twelve characters with its signs",
        parts("# 页", "### 水渠的修法和养护法", "### 水渠的修法和养护法", WIND),
        why="short",
        kind=MARKDOWN,
    ),
    Example(
        "an item that is short without its mark",
        lines("- 把窗帘拉上", "- 给花换两回清水", "- 给花换两回清水", f"- {NETS}"),
        why="short",
        kind=MARKDOWN,
    ),
    Example(
        "a quote that is short without its marks at the level that asks for more",
        parts(f"> {CUP}\n> 谢谢各位同事一直帮忙", f"> {CUP}\n> 谢谢各位同事一直帮忙", LAST),
        parts(f"> {CUP}\n> 谢谢各位同事一直帮忙", LAST),
        STANDARD,
        "tandem",
        why="short",
        kind=MARKDOWN,
    ),
    Example(
        "an image with a short caption and a long address",
        parts(WIND, HIVE, HIVE, NETS),
        why="short",
        kind=MARKDOWN,
    ),
    Example(
        "a line of fewer than twelve characters", lines(WIND, "伞已经收好了。", "伞已经收好了。", LAST), why="short"
    ),
    Example("a shouted line", parts(WIND, "过桥的人一律靠右走！", "过桥的人一律靠右走！", LAST), why="short"),
    Example(
        "a shouted line of more than twelve characters",
        parts(WIND, "过桥的人一律靠着右边慢慢走！", "过桥的人一律靠着右边慢慢走！", LAST),
        why=("short", "emphasis", "emphasis"),
    ),
    Example("another number in the second", parts(WIND, BEES + "共有12箱。", BEES + "共有13箱。", LAST), why="differs"),
    Example("rows of a table", "| 站 | 人 |\n| - | - |\n| 北 | 甲 |\n| 北 | 甲 |\n", why="", kind=MARKDOWN),
    Example(
        "a title that the text takes up",
        parts(
            "雪场压雪车队昨夜完成最后一次演练准备迎接新的客人",
            "雪场压雪车队昨夜完成最后一次演练准备迎接新的客人，队长说大家都很疲惫，但路面已经可以使用。",
            LAST,
        ),
        why=("short", "short", "title-lead"),
    ),
    Example(
        "a heading that the text takes up",
        parts(
            "## 雪场压雪车队昨夜完成最后一次演练准备迎接新的客人",
            "雪场压雪车队昨夜完成最后一次演练准备迎接新的客人，队长说大家都很疲惫，但路面已经可以使用。",
            LAST,
        ),
        why=("short", "short", "title-lead"),
        kind=MARKDOWN,
    ),
    Example(
        "a bold title that the text takes up",
        parts(
            "**雪场压雪车队昨夜完成最后一次演练准备迎接新的客人**",
            "雪场压雪车队昨夜完成最后一次演练准备迎接新的客人，队长说大家都很疲惫，但路面已经可以使用。",
            LAST,
        ),
        why=("short", "short", "title-lead"),
        kind=MARKDOWN,
    ),
)
LAST_KEPT = (
    Example(
        "the last copy is asked for",
        parts(WIND, BEES, BEES, LAST),
        parts(WIND, BEES, LAST),
        SAFE,
        "tandem",
        keep="last",
    ),
    Example(
        "the last of three copies is asked for",
        lines(WIND, SOY, SOY, SOY, LAST),
        lines(WIND, SOY, LAST),
        SAFE,
        "tandem",
        keep="last",
    ),
    Example(
        "the last copy is asked for and the first is fuller",
        parts(WIND, BEES + SOY + NETS, BEES + SOY, LAST),
        parts(WIND, BEES + SOY + NETS, LAST),
        STANDARD,
        "tandem",
        "contained",
        "level",
        keep="last",
    ),
)
EXAMPLES = (*LINES, *STAYS, *LAST_KEPT)


@each(EXAMPLES)
def test_what_directly_follows_itself(example: Example, level: Level) -> None:
    check(example, level)


def test_the_last_copy_is_the_one_that_stays() -> None:
    (removal,) = LAST_KEPT[0].clean(SAFE).applied
    assert removal.kept.start > removal.span.start
    assert LAST_KEPT[0].text[removal.kept.start : removal.kept.end] == BEES
