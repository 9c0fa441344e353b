"""What directly follows itself inside of a line leaves one, cut wherever the period allows."""

from __future__ import annotations

from examples import (
    AGGRESSIVE,
    BEES,
    DOME,
    LAST,
    NETS,
    RAIL,
    SAFE,
    SNOW,
    SOY,
    STANDARD,
    WIND,
    Example,
    check,
    each,
)

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
HALF = BEES.rstrip("。")
ROPE = "缆绳松了要马上报告"
ENGLISH = (
    "The clockmaker kept a jar of broken springs on the shelf, and every winter he sorted them by length while the "
    "kettle hummed and the street outside went quiet under the snow. "
)
SWEPT = "day he swept the floor before the shop was opened to anyone from the town below."


def safe(name: str, text: str, left: str, likeness: str = "exact", **more: object) -> Example:
    at = SAFE if likeness == "exact" else STANDARD
    return Example(name, text, left, at, "tandem", likeness, "level", **more)  # type: ignore[arg-type]


MID_LINE = (
    safe(
        "a passage glued to itself in mid-line", f"师傅说，{BEES}{BEES}徒弟点点头。\n", f"师傅说，{BEES}徒弟点点头。\n"
    ),
    safe(
        "a passage that begins and ends in mid-sentence",
        f"{WIND}那时候{HALF}{HALF}回屋去了。\n",
        f"{WIND}那时候{HALF}回屋去了。\n",
    ),
    safe("a passage with a blank between", f"{WIND}{SOY} {SOY}{LAST}\n", f"{WIND}{SOY}{LAST}\n"),
    safe("a passage three times in mid-line", f"{WIND}{RAIL}{RAIL}{RAIL}{LAST}\n", f"{WIND}{RAIL}{LAST}\n"),
    safe("a passage of two sentences", f"{NETS}{BEES}{SOY}{BEES}{SOY}{LAST}\n", f"{NETS}{BEES}{SOY}{LAST}\n"),
    safe(
        "a passage in a paragraph of Markdown",
        f"# 随记\n\n{WIND}{DOME}{DOME}{LAST}\n",
        f"# 随记\n\n{WIND}{DOME}{LAST}\n",
        kind=MARKDOWN,
    ),
    safe(
        "a passage across a line end",
        f"{WIND}{SNOW[:20]}\n{SNOW[20:]}{SNOW[:20]}\n{SNOW[20:]}{LAST}\n",
        f"{WIND}{SNOW[:20]}\n{SNOW[20:]}{LAST}\n",
    ),
    safe(
        "a passage behind a sentence of its line, and again from the next line on",
        f"{WIND}{SOY[:-1]}\n{SOY}{LAST}\n",
        f"{WIND}{SOY}{LAST}\n",
    ),
    safe("Latin prose in mid-line", f"He said: {ENGLISH * 2}That was all.\n", f"He said: {ENGLISH}That was all.\n"),
    safe(
        "a misread character in the second",
        f"{WIND}满天的星星都落进了水缸里，{SOY}满夭的星星都落进了水缸里，{SOY}{LAST}\n",
        f"{WIND}满天的星星都落进了水缸里，{SOY}{LAST}\n",
        "noise",
    ),
    Example(
        "a short passage in mid-line",
        f"{WIND}听完以后{ROPE}，不许拖到第二天，{ROPE}，不许拖到第二天，谁也不例外。\n",
        f"{WIND}听完以后{ROPE}，不许拖到第二天，谁也不例外。\n",
        AGGRESSIVE,
        "tandem",
        "exact",
        "short",
    ),
)
TWO_WORDS = Example(
    "two words of one in Latin prose",
    f"{ENGLISH}Every {SWEPT} {ENGLISH}Every{SWEPT}\n",
    f"{ENGLISH}Every {SWEPT}\n",
    AGGRESSIVE,
    "whole-document",
    "meaning",
    "differs",
)
SPEECH = f"{NETS}\n\n老站长说：“{RAIL}”他又指了指窗外，慢慢放下手里的茶壶：“{SNOW}\n\n“{WIND}”\n"
EXAMPLES = (
    *MID_LINE,
    safe("an end of speech in a paragraph that another one goes on with", SPEECH[:91] + SPEECH[48:], SPEECH),
    Example("odd characters between the copies", f"{WIND}{SOY}又又。{SOY}{LAST}\n", why="part-of-block"),
    Example("a word in brackets between the copies", f"{WIND}{SOY}（续）{SOY}{LAST}\n", why="part-of-block"),
    Example("a comma between the copies", f"{WIND}{SOY[:-1]}，{SOY}{LAST}\n", why="part-of-block"),
    Example("a pause mark between the copies", f"{WIND}{SOY[:-1]}、{SOY}{LAST}\n", why="part-of-block"),
    Example("an asterisk between the copies", f"{WIND}{SOY[:-1]}*{SOY}{LAST}\n", why="part-of-block"),
    Example("a blank and a sign between the copies", f"{WIND}{SOY[:-1]} ※{SOY}{LAST}\n", why="part-of-block"),
    Example("two marks between the copies", f"{WIND}{SOY[:-1]}；—{SOY}{LAST}\n", why="part-of-block"),
    Example("a few words that the next sentence takes up", f"师傅说过{SOY[:23]}。{SOY[:23]}，{LAST}\n", why=""),
    TWO_WORDS,
    Example("counted signs go on in the first copy", f"评级：★★{HALF}★{HALF}\n", why="differs"),
)


@each(EXAMPLES)
def test_what_follows_itself_inside_of_a_line(example: Example, level: Level) -> None:
    check(example, level)
