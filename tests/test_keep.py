"""Which copy stays under ``keep``: first, last or longest."""

from __future__ import annotations

import pytest

from dedupe_cn.model import Document, Kind, Level
from dedupe_cn.pipeline import clean
from dedupe_cn.settings import REPEAT_RULES, Settings

RAIN = "老周把烟袋往鞋底上磕了两下，抬头看看天色，说这雨怕是要下到后半夜，牲口得先牵进棚里去。"
LAMP = "她没有应声，只是把窗台上的灯往里挪了挪，灯影在墙上晃了一晃，像是有人从门外走过。"
TREE = "院子里的石榴树已经落尽了叶子，枝头还挂着两三个干瘪的果子，麻雀在上头跳来跳去。"
BOAT = "到了渡口，船家却不肯开船，说水涨得太急，前日才翻过一条运盐的船。"
FOOT = "扫码关注晨光读书会"
SPACED = LAMP[:8] + " " + LAMP[8:20] + "　" + LAMP[20:]


def lines(*texts: str) -> str:
    return "\n".join(texts) + "\n"


def parts(*texts: str) -> str:
    return "\n\n".join(texts) + "\n"


PAGE = lines(RAIN, LAMP, TREE, BOAT, "天亮以后，水退了下去，渡口又热闹起来，好像昨夜什么也没有发生过一样。")
CHAPTER = "第九章　渡口\n" + PAGE

#: sentence -> (text, kind, level, what stays under first, under last)
CASES: dict[str, tuple[str, Kind, Level, str, str]] = {
    "a paragraph again further on": (
        lines(RAIN, LAMP, RAIN, TREE),
        Kind.TEXT,
        Level.STANDARD,
        lines(RAIN, LAMP, TREE),
        lines(LAMP, RAIN, TREE),
    ),
    "a paragraph three times at a distance": (
        lines(RAIN, LAMP, RAIN, TREE, RAIN, BOAT),
        Kind.TEXT,
        Level.STANDARD,
        lines(RAIN, LAMP, TREE, BOAT),
        lines(LAMP, TREE, RAIN, BOAT),
    ),
    "a paragraph of Markdown again at the end": (
        parts("# 渡口", LAMP, RAIN, TREE, RAIN),
        Kind.MARKDOWN,
        Level.STANDARD,
        parts("# 渡口", LAMP, RAIN, TREE),
        parts("# 渡口", LAMP, TREE, RAIN),
    ),
    "a first paragraph again at the end": (
        parts(RAIN, LAMP, TREE, RAIN),
        Kind.MARKDOWN,
        Level.STANDARD,
        parts(RAIN, LAMP, TREE),
        parts(LAMP, TREE, RAIN),
    ),
    "a passage that follows itself in mid-line": (
        lines("夜里，" + RAIN + RAIN + "说完便走了。", TREE),
        Kind.TEXT,
        Level.SAFE,
        lines("夜里，" + RAIN + "说完便走了。", TREE),
        lines("夜里，" + RAIN + "说完便走了。", TREE),
    ),
    "a paragraph that follows itself with other blanks": (
        lines(RAIN, LAMP, SPACED, TREE),
        Kind.TEXT,
        Level.SAFE,
        lines(RAIN, LAMP, TREE),
        lines(RAIN, SPACED, TREE),
    ),
    "a paragraph three times in a row, the last with other blanks": (
        lines(RAIN, LAMP, LAMP, SPACED, TREE),
        Kind.TEXT,
        Level.SAFE,
        lines(RAIN, LAMP, TREE),
        lines(RAIN, SPACED, TREE),
    ),
    "a page pasted twice": (PAGE + PAGE, Kind.TEXT, Level.SAFE, PAGE, PAGE),
    "a chapter pasted twice with its title": (CHAPTER + CHAPTER, Kind.TEXT, Level.SAFE, CHAPTER, CHAPTER),
    "a page pasted twice behind a foreign title": (
        PAGE + "第十章　对岸\n" + PAGE,
        Kind.TEXT,
        Level.AGGRESSIVE,
        PAGE + "第十章　对岸\n" + PAGE,
        PAGE + "第十章　对岸\n" + PAGE,
    ),
    "a running line": (
        lines(RAIN, FOOT, LAMP, FOOT, TREE, FOOT, BOAT),
        Kind.TEXT,
        Level.AGGRESSIVE,
        lines(RAIN, FOOT, LAMP, TREE, BOAT),
        lines(RAIN, LAMP, TREE, FOOT, BOAT),
    ),
    "a first copy that is all its section has": (
        parts("## 雨夜", RAIN, "## 天明", TREE, RAIN),
        Kind.MARKDOWN,
        Level.AGGRESSIVE,
        parts("## 雨夜", RAIN, "## 天明", TREE),
        parts("## 雨夜", RAIN, "## 天明", TREE),
    ),
    "a second copy that is all its section has": (
        parts("## 雨夜", TREE, RAIN, "## 天明", RAIN),
        Kind.MARKDOWN,
        Level.AGGRESSIVE,
        parts("## 雨夜", TREE, RAIN, "## 天明", RAIN),
        parts("## 雨夜", TREE, RAIN, "## 天明", RAIN),
    ),
}

ROWS = [
    pytest.param(text, kind, level, keep, expected, id=f"{sentence}: {keep}")
    for sentence, (text, kind, level, first, last) in CASES.items()
    for keep, expected in (("first", first), ("longest", first), ("last", last))
]


@pytest.mark.parametrize(("text", "kind", "level", "keep", "expected"), ROWS)
def test_the_copy_that_stays(text: str, kind: Kind, level: Level, keep: str, expected: str) -> None:
    settings = Settings(level=level, keep=keep, rules=frozenset(REPEAT_RULES))
    outcome = clean(Document(text, kind), settings)
    assert outcome.text == expected
    assert clean(Document(outcome.text, kind), settings).text == outcome.text
