"""A unit five times and more in a row, or sentences in a row of which each stands twice, leave one of each."""

from __future__ import annotations

from examples import AGGRESSIVE, LAST, NETS, STANDARD, WIND, Example, check, each, lines

from dedupe_cn.model import Level

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
LONGER = (
    "送奶的车停在坡下的时候天刚刚放亮，马的鼻子里冒着白气。",
    "车夫先拍拍马的脖子，再把装满牛奶的铁桶一只一只拎下来。",
    "门房替他撑着一把旧伞，两个人站了好一会儿谁也没有开口。",
)


def loop(name: str, text: str, left: str) -> Example:
    return Example(name, text, left, STANDARD, "loop", "exact", "level")


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
        "a chant",
        lines(
            "嘿哟嘿，加把劲", "嘿哟嘿，加把劲", "嘿哟嘿，加把劲", "嘿哟嘿，加把劲", "嘿哟嘿，加把劲", "嘿哟嘿，加把劲"
        ),
        why="short",
    ),
    Example("numbers in a row", "读数：" + "12.5 " * 30 + "\n", why=""),
)


@each(EXAMPLES)
def test_what_loops(example: Example, level: Level) -> None:
    check(example, level)
