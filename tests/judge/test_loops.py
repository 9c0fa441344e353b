"""A unit five times and more in a row, or sentences in a row of which each stands twice, leave one of each."""

from __future__ import annotations

from examples import AGGRESSIVE, LAST, NETS, STANDARD, WIND, Example, check, each, lines

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
UNIT = "大家先把左手放下来再听我数拍子。"
LINE = "请男声部把这一段再轻轻地唱给女声部听听看。"
BARE = "本台正在调试播音设备请稍候"
SENTENCES = (
    "天刚放亮，送奶的车就停在坡下了。",
    "车夫先拍拍马脖子，再把铁桶一只一只拎下来。",
    "门房替他撑着伞，两个人谁也没有开口。",
    "等马吃完了草料，他才掉头往回走。",
)
DOUBLED = "".join(s + s for s in SENTENCES)
SHORT = (
    "送奶的车停在坡下。",
    "铁桶一只只拎下来。",
    "门房撑着一把旧伞。",
    "谁也没有先开口。",
    "马吃完了草料。",
    "他掉头往回走。",
)
DOUBLED_SHORT = "".join(s + s for s in SHORT)
LONGER = (
    "送奶的车停在坡下的时候天刚刚放亮，马的鼻子里冒着白气。",
    "车夫先拍拍马的脖子，再把装满牛奶的铁桶一只一只拎下来。",
    "门房替他撑着一把旧伞，两个人站了好一会儿谁也没有开口。",
)


def loop(name: str, text: str, left: str, kind: Kind = Kind.TEXT) -> Example:
    return Example(name, text, left, STANDARD, "loop", "exact", "level", kind)


EXAMPLES = (
    loop("a sentence fourteen times in mid-line", f"队长先讲。{UNIT * 14}散会。\n", f"队长先讲。{UNIT}散会。\n"),
    loop("a sentence five times in mid-line", f"队长先讲。{UNIT * 5}散会。\n", f"队长先讲。{UNIT}散会。\n"),
    loop("a line seven times", lines("开讲了。", *[LINE] * 7, "谢谢。"), lines("开讲了。", LINE, "谢谢。")),
    loop("a unit without a mark", f"片尾：{BARE * 11}再见。\n", f"片尾：{BARE}再见。\n"),
    loop("a loop that breaks off in the unit", f"队长先讲。{UNIT * 9}{UNIT[:8]}\n", f"队长先讲。{UNIT}{UNIT[:8]}\n"),
    loop(
        "four sentences of which each stands twice", f"{WIND}{DOUBLED}{LAST}\n", f"{WIND}{''.join(SENTENCES)}{LAST}\n"
    ),
    loop("a text of nothing but doubled sentences", f"{DOUBLED}\n", "".join(SENTENCES) + "\n"),
    Example(
        "lines of which each stands twice",
        lines(*(s for each in LONGER for s in (each, each))),
        lines(*LONGER),
        STANDARD,
        "loop",
        "exact",
        "level",
    ),
    loop(
        "doubled sentences that are shorter than a seed",
        f"{WIND}{DOUBLED_SHORT}{LAST}\n",
        f"{WIND}{''.join(SHORT)}{LAST}\n",
    ),
    loop(
        "doubled sentences, a cry among them",
        f"{WIND}{SHORT[0] * 2}走了。走了。{''.join(s + s for s in SHORT[1:])}{LAST}\n",
        f"{WIND}{SHORT[0]}走了。{''.join(SHORT[1:])}{LAST}\n",
    ),
    loop("doubled sentences behind a colon", f"门房说：{DOUBLED}\n", f"门房说：{''.join(SENTENCES)}\n"),
    loop(
        "doubled sentences in a quote", f"> {DOUBLED}\n\n{LAST}\n", f"> {''.join(SENTENCES)}\n\n{LAST}\n", kind=MARKDOWN
    ),
    loop(
        "doubled sentences in an item",
        f"- {WIND}\n- {DOUBLED}\n- {LAST}\n",
        f"- {WIND}\n- {''.join(SENTENCES)}\n- {LAST}\n",
        kind=MARKDOWN,
    ),
    loop(
        "doubled sentences over two lines of a quote",
        f"> {DOUBLED_SHORT[:54]}\n> {DOUBLED_SHORT[54:]}\n\n{LAST}\n",
        f"> {''.join(SHORT[:3])}\n> {''.join(SHORT[3:])}\n\n{LAST}\n",
        kind=MARKDOWN,
    ),
    loop(
        "a doubled sentence with a number in it",
        f"{DOUBLED}水深3.5米。水深3.5米。{LAST}\n",
        f"{''.join(SENTENCES)}水深3.5米。{LAST}\n",
    ),
    Example("laughter", f"台下笑成一片：“{'呵' * 70}！”\n", why=""),
    Example("a rule of signs", f"{WIND}\n{'=-' * 40}\n{LAST}\n", why=""),
    Example("a short cry twice", f"牧人唤狗：回来！回来！{WIND}{NETS}\n", why=""),
    Example(
        "two sentences of which each stands twice",
        f"{WIND}{SENTENCES[0] * 2}{SENTENCES[1] * 2}{LAST}\n",
        f"{WIND}{SENTENCES[0]}{SENTENCES[1]}{LAST}\n",
        AGGRESSIVE,
        "tandem",
        why="short",
    ),
    Example(
        "two sentences of which one is too short for any level",
        f"{WIND}{SENTENCES[0] * 2}{SHORT[0] * 2}{LAST}\n",
        why=("short", "short", "torn"),
    ),
    Example(
        "a short cry before doubled sentences",
        f"回来！回来！{DOUBLED_SHORT}\n",
        f"回来！回来！{''.join(SHORT)}\n",
        STANDARD,
        "loop",
    ),
    Example(
        "a chant",
        lines(
            "嘿哟嘿，加把劲", "嘿哟嘿，加把劲", "嘿哟嘿，加把劲", "嘿哟嘿，加把劲", "嘿哟嘿，加把劲", "嘿哟嘿，加把劲"
        ),
        why="short",
    ),
    Example("a prayer", f"众人念道：“{'愿慈云护佑一切众生，' * 9}”{WIND}\n", why="chant"),
    Example("a prayer cut elsewhere in its period", f"念：众生，{'愿慈云护佑一切众生，' * 9}愿慈云散。\n", why="chant"),
    Example("a mantra in lines", lines(NETS, *["嗡阿吽班扎咕噜嗡阿吽班扎咕噜"] * 6, LAST), why="chant"),
    Example(
        "a mantra in two lines", lines(NETS, *["娑婆诃唵阿吽娑婆诃唵阿吽"] * 2, LAST), why=("short", "chant", "chant")
    ),
    Example("a short line again and again", lines(NETS, *["愿慈云护佑一切众生"] * 9, LAST), why="chant"),
    Example("a prayer of sentences", f"{NETS}{'愿慈云护佑众生。' * 9}{LAST}\n", why="chant"),
    loop(
        "a sentence that is no chant",
        f"{NETS}{'请各位先把手机关掉再入场。' * 9}{LAST}\n",
        f"{NETS}请各位先把手机关掉再入场。{LAST}\n",
    ),
    Example("a slogan", f"操场上喊声震天：{'三年二班全体队员勇往直前！' * 8}{WIND}\n", why="emphasis"),
    Example("slogans that are called and answered", f"{DOUBLED_SHORT.replace('。', '！')}\n", why="emphasis"),
    Example("numbers in a row", "读数：" + "12.5 " * 30 + "\n", why=""),
)


@each(EXAMPLES)
def test_what_loops(example: Example, level: Level) -> None:
    check(example, level)
