"""Copies of some length are told where they stay: in longer lines, in tabs, at another level, as a doubled heading."""

from __future__ import annotations

from random import Random

from examples import BEES, DOME, LAST, NETS, RAIL, SNOW, SOY, WIND, Example, check, each, parts

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
#: Paragraphs that have nothing in common: with them a document is a long one.
OTHERS = ["".join(chr(sign) for sign in Random(n).sample(range(0x4E00, 0x9000), 30)) + "。" for n in range(24)]
SHORT = "先把两扇窗都推开，再数一遍桌上的茶碗，缺了就记下来。"
FARM, JARS = ("养蜂", BEES, DOME), ("酿酱", SOY, SNOW)


NAMES = ('value="win" label="Windows"', 'value="mac" label="苹果"')


def tabs(*bodies: str) -> str:
    """Write tabs, one line for each tag."""
    inner = (f"<TabItem {name}>\n\n{body}\n\n</TabItem>" for name, body in zip(NAMES, bodies, strict=True))
    return "<Tabs>\n" + "\n".join(inner) + "\n</Tabs>"


EXAMPLES = (
    Example(
        "a sentence inside of two longer paragraphs",
        parts(WIND + SHORT + NETS, RAIL, SNOW + SHORT + LAST),
        why="part-of-block",
    ),
    Example(
        "a longer one in a long document",
        parts(WIND + BEES + NETS, *OTHERS, SNOW + BEES + LAST),
        why="part-of-block",
    ),
    Example("common words inside of two", parts(WIND + SHORT[:16] + NETS, RAIL, SNOW + SHORT[:16] + LAST), why=""),
    Example(
        "a sentence in two tabs of a long document",
        parts(*OTHERS, tabs(SHORT, SHORT), RAIL),
        kind=MARKDOWN,
        why="protected-kind",
    ),
    Example(
        "a paragraph of the page in a tab",
        parts(*OTHERS, RAIL, NETS, tabs(SNOW, RAIL), SOY),
        kind=MARKDOWN,
        why=("level", "other-place", "container-empty"),
    ),
    Example("a heading of two words twice", parts("# 册", "## 养蜂", "## 养蜂", "## 酿酱"), kind=MARKDOWN, why="short"),
    Example(
        "a heading of two words twice in a long document",
        parts("# 册", "## 养蜂", "### 搬家", "### 搬家", *OTHERS),
        kind=MARKDOWN,
        why="short",
    ),
    Example(
        "a section directly behind itself, one level lower",
        parts(f"## {FARM[0]}", *FARM[1:], f"### {FARM[0]}", *FARM[1:], f"## {JARS[0]}", *JARS[1:]),
        kind=MARKDOWN,
        why="differs",
    ),
    Example(
        "the same at the end of the document",
        parts(f"## {JARS[0]}", *JARS[1:], f"## {FARM[0]}", *FARM[1:], f"### {FARM[0]}", *FARM[1:]),
        kind=MARKDOWN,
        why=("differs", "differs", "other-label"),
    ),
    Example(
        "a section again further on, one level lower",
        parts(f"## {FARM[0]}", *FARM[1:], "## 结语", NETS, f"### {FARM[0]}", *FARM[1:], f"## {JARS[0]}", *JARS[1:]),
        kind=MARKDOWN,
    ),
)


@each(EXAMPLES)
def test_what_stays_is_told(example: Example, level: Level) -> None:
    check(example, level)


def test_what_stays_is_told_once() -> None:
    for example in EXAMPLES:
        told = example.clean(Level.STANDARD).reported
        assert len(told) == (example.why != "")
