"""Verse, songs and people who talk repeat themselves on purpose."""

from __future__ import annotations

from examples import (
    AGGRESSIVE,
    BEES,
    DOME,
    NETS,
    RAIL,
    SAFE,
    SNOW,
    STANDARD,
    WIND,
    Example,
    check,
    each,
    lines,
    parts,
)

from dedupe_cn.model import Kind, Level


def quote(text: str) -> str:
    return "> " + text.replace("\n", "\n> ")


CHORUS = "风儿风儿你慢些走\n等我把窗子关一关\n云儿云儿你慢些走\n等我把衣裳收一收"
ONE = "雨点落在青石板上\n蜗牛爬过矮围墙\n奶奶坐在屋檐底下\n数着檐下的水珠响"
OTHER = "灯火亮在小河两旁\n船儿靠了旧码头\n爷爷提着一尾鲤鱼\n踩着湿湿的石阶走"
COUPLET = "山坡上开满了紫色的花\n蜜蜂飞过了邻居的篱笆"
LULLABY = "小小的枕头装满了云朵\n小小的被子盖住了月光"
HYMN = "松开的绳结慢慢系紧，熄了的炉膛慢慢烧旺，走散的羊群慢慢聚拢，凉下来的手慢慢焐热。"
WRAPPED = lines(
    "车到山口的时候天已经黑了，司机把",
    "灯打开。车上的人都醒了，隔着玻璃",
    "看外面的雪。雪片又大又密，像是有",
    "人在山顶上撕棉絮。车子开得很慢。",
)
POEM = parts("《雨天》", ONE, CHORUS, OTHER, COUPLET, LULLABY, ONE.replace("雨", "雪"), OTHER.replace("灯", "星"))
STANZAS = lines(*(f"{line}，" for line in f"{ONE}\n{OTHER}".split("\n")))
TALE = (BEES, ONE, RAIL)
PLEA = "“能不能把马灯借给我去铁轨旁边找那只走丢的羊？”"

VERSE = (
    Example("a chorus behind each verse", parts("《雨天》", ONE, CHORUS, OTHER, CHORUS), why="verse"),
    Example("a chorus twice at the end", parts("《雨天》", ONE, CHORUS, CHORUS), why="verse"),
    Example("a chorus three times", parts(ONE, CHORUS, OTHER, CHORUS, ONE[:17], CHORUS), why="verse"),
    Example(
        "couplets set apart by blank lines",
        parts(COUPLET, LULLABY, LULLABY, "露水挂在了细细的叶尖\n星星落进了浅浅的水井"),
        why=("short", "verse", "verse"),
    ),
    Example(
        "a couplet of lines without marks that is sung twice, among shorter ones",
        parts("月光洒在院子里\n猫咪睡在灶台上头", LULLABY, LULLABY, "灯火亮在小河两旁\n船儿靠了旧码头"),
        why=("short", "verse", "verse"),
    ),
    Example(
        "a refrain in prose with its name behind each of several stanzas",
        parts("主歌一", NETS, "副歌", HYMN, "主歌二", WIND, "副歌", HYMN),
        parts("主歌一", NETS, "副歌", HYMN, "主歌二", WIND),
        AGGRESSIVE,
        "repeated-block",
        why=("level", "other-place", ""),
    ),
    Example(
        "couplets that alternate in front of prose",
        parts(COUPLET, LULLABY, COUPLET, LULLABY, BEES),
        why="verse",
    ),
    Example(
        "lines set apart by blank lines, twice in front of prose",
        parts(*(COUPLET + "\n" + LULLABY).split("\n") * 2, BEES),
        why="verse",
    ),
    Example(
        "a page of couplets",
        parts(COUPLET, LULLABY, COUPLET.replace("山", "河"), LULLABY.replace("小", "大")) * 2,
        why="verse",
    ),
    Example(
        "couplets again behind prose",
        parts(COUPLET, LULLABY, BEES, COUPLET, LULLABY),
        why="verse",
    ),
    Example(
        "a verse in a quote, twice",
        parts(quote(CHORUS), quote(CHORUS), WIND),
        why=("short", "verse", "verse"),
        kind=Kind.MARKDOWN,
    ),
    Example(
        "a page of nothing but a verse in a quote, twice",
        parts(quote(CHORUS), quote(CHORUS)),
        why=("short", "verse", "verse"),
        kind=Kind.MARKDOWN,
    ),
    Example(
        "a verse of Markdown twice in a row",
        parts("# 雨天", CHORUS.replace("\n", "  \n"), CHORUS.replace("\n", "  \n"), WIND),
        why="verse",
        kind=Kind.MARKDOWN,
    ),
    Example(
        "a poem of equal lines",
        "采呀采，采满筐\n采呀采，采满筐\n一筐送给张家婶\n一筐送给李家娘\n采呀采，采满筐\n采呀采，采满筐\n",
        why="verse",
    ),
    Example(
        "a refrain in prose with its label",
        parts("第一节", NETS, "副歌", HYMN, "第二节", WIND, "副歌", HYMN),
        parts("第一节", NETS, "副歌", HYMN, "第二节", WIND),
        AGGRESSIVE,
        "repeated-block",
        why=("level", "other-place", ""),
    ),
    Example(
        "a song of lines that end in commas",
        "摇啊摇，摇过桥，\n桥下的鱼儿睡着了，\n摇啊摇，摇过桥，\n桥上的灯儿亮着了，\n摇啊摇，摇过桥，\n",
        why="",
    ),
)
SPOKEN = "昨天夜里是谁把马灯提到铁轨旁边去的，害得我摸着黑找了半个钟头，连火柴盒都让露水打湿了，你倒是说呀？"
DIALOGUE = (
    Example(
        "speech behind a dash",
        lines(f"——{SPOKEN}", f"——{SPOKEN}", "——不是我。"),
        why="dialogue",
    ),
    Example("speech behind a short dash", parts(f"— {SPOKEN}", f"— {SPOKEN}", WIND), why="dialogue"),
    Example(
        "a speaker with a quotation",
        lines(f"老站长说：“{SPOKEN}”", f"老站长说：“{SPOKEN}”", "徒弟一声也不吭。"),
        why="dialogue",
    ),
    Example(
        "a speaker with a quotation in a quote",
        f"> 老站长问道，「{SPOKEN}」\n> 老站长问道，「{SPOKEN}」\n\n{WIND}\n",
        why="dialogue",
        kind=Kind.MARKDOWN,
    ),
    Example(
        "an echo says it again",
        parts("老站长放下手里的茶壶。", PLEA, PLEA, "山谷里的回声把这句话又送了回来。"),
        why=("short", "dialogue", "dialogue"),
    ),
    Example(
        "two speakers say the same",
        "站长：轨枕底下的碎石是谁掏空的，夜里过车该多危险呀？\n徒弟：轨枕底下的碎石是谁掏空的，夜里过车该多危险呀？\n站长：我在问你呢。\n",
        why=("short", "dialogue", "dialogue"),
    ),
    Example(
        "the same short line of dialogue again", parts("“快把灯提高一点。”", WIND, "“快把灯提高一点。”", NETS), why=""
    ),
    Example(
        "a speaker who says a line again further on",
        "站长：你把信号灯擦了没有？\n徒弟：还没有。\n站长：你把信号灯擦了没有？\n徒弟：这就去擦。\n",
        why="short-words",
    ),
)
TWO = "挑水的人走在前头。\n\n打铁的人跟在后头。"
GONE = (
    Example("short paragraphs of prose, twice", parts(TWO, TWO, BEES), parts(TWO, BEES), STANDARD, "tandem"),
    Example(
        "a report with two quotations",
        parts(f"老站长说：“{SPOKEN}”徒弟答道：“{WIND}”", f"老站长说：“{SPOKEN}”徒弟答道：“{WIND}”", NETS),
        parts(f"老站长说：“{SPOKEN}”徒弟答道：“{WIND}”", NETS),
        SAFE,
        "tandem",
    ),
    Example(
        "a report that quotes somebody and goes on",
        parts(f"老站长说：“{SPOKEN}”徒弟没有吭声，{BEES}", f"老站长说：“{SPOKEN}”徒弟没有吭声，{BEES}", NETS),
        parts(f"老站长说：“{SPOKEN}”徒弟没有吭声，{BEES}", NETS),
        SAFE,
        "tandem",
    ),
    Example(
        "prose in front of verse",
        parts(BEES, BEES, ONE, CHORUS, OTHER, CHORUS),
        parts(BEES, ONE, CHORUS, OTHER, CHORUS),
        SAFE,
        "tandem",
    ),
    Example(
        "a long speech that was pasted twice",
        parts("站长说：", f"“{BEES}”", f"“{BEES}”", NETS),
        parts("站长说：", f"“{BEES}”", NETS),
        SAFE,
        "tandem",
    ),
    Example("wrapped prose is no verse", WRAPPED * 2, WRAPPED, SAFE, "whole-document"),
    Example(
        "verse in a story that was pasted again in another chapter",
        parts("第一回 早", *TALE, WIND, SNOW, "第二回 晚", NETS, DOME, *TALE),
        parts("第一回 早", *TALE, WIND, SNOW, "第二回 晚", NETS, DOME),
        AGGRESSIVE,
        "repeated-block",
        why=("verse", "verse", ""),
    ),
    Example(
        "verse that was typed again from mid-line",
        STANZAS[:73] + STANZAS[12:],
        STANZAS,
        SAFE,
        "tandem",
    ),
    Example("a long poem that was pasted twice", POEM + "\n" + POEM, POEM, SAFE, "whole-document"),
)
EXAMPLES = (*VERSE, *DIALOGUE, *GONE)


@each(EXAMPLES)
def test_what_repeats_on_purpose(example: Example, level: Level) -> None:
    check(example, level)
