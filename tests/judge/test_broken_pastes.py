"""A paste goes whole or stays whole, also one that breaks off, begins in mid-section or is glued to another text."""

from __future__ import annotations

import pytest
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
    parts,
)

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
TITLE = "# 山里的行当"
FARM = ("## 养蜂", BEES, DOME)
JARS = ("## 酿酱", SOY, SNOW)
RAILS = ("## 信号", RAIL)
END = ("## 结语", NETS)
PAGE = (TITLE, *FARM, *JARS)

#: Two sections again, of which the last one breaks off: in its text, behind its heading, in front of other text.
SECTIONS = (
    Example(
        "two sections again that break off in the first half of the second",
        parts(*PAGE, *FARM, "## 酿酱", SOY[:30], *END),
        parts(*PAGE, *END),
        STANDARD,
        "tandem",
        "contained",
        kind=MARKDOWN,
    ),
    Example(
        "the same behind another section",
        parts(*PAGE, *RAILS, *FARM, "## 酿酱", SOY[:30], *END),
        parts(*PAGE, *RAILS, *END),
        STANDARD,
        "section",
        "contained",
        kind=MARKDOWN,
    ),
    Example(
        "three sections again of which the third breaks off",
        parts(*PAGE, "## 守灯", NETS, BEES[:40], *RAILS, *FARM, *JARS, "## 守灯", NETS),
        parts(*PAGE, "## 守灯", NETS, BEES[:40], *RAILS),
        STANDARD,
        "section",
        "contained",
        kind=MARKDOWN,
    ),
    Example(
        "a paste that ends with the next heading",
        parts(*PAGE, *RAILS, *FARM, "## 酿酱", *END),
        parts(*PAGE, *RAILS, *END),
        STANDARD,
        "section",
        "contained",
        kind=MARKDOWN,
    ),
    Example(
        "the first two sections break off, and all of them follow",
        parts(TITLE, *FARM, "## 酿酱", SOY[:30], *RAILS, *FARM, *JARS, *END),
        parts(TITLE, *RAILS, *FARM, *JARS, *END),
        STANDARD,
        "section",
        "contained",
        kind=MARKDOWN,
    ),
    Example(
        "two sections again in the middle of a third one, half of the second",
        parts(*PAGE, "## 信号", RAIL, *FARM, "## 酿酱", SOY, NETS),
        kind=MARKDOWN,
        why="differs",
    ),
)

#: What begins in the middle of a section stands under another heading, and goes on with whole sections.
FROM_THE_MIDDLE = (
    Example(
        "from mid-section to the end of the next one",
        parts(*PAGE, *RAILS, DOME, *JARS, *END),
        parts(*PAGE, *RAILS, *END),
        AGGRESSIVE,
        "repeated-block",
        kind=MARKDOWN,
        why=("level", "other-place", ""),
    ),
    Example(
        "from mid-paragraph to the end of the next section",
        parts(*PAGE, *RAILS, DOME[14:], *JARS, *END),
        parts(*PAGE, *RAILS, *END),
        AGGRESSIVE,
        "repeated-block",
        "contained",
        kind=MARKDOWN,
    ),
    Example(
        "from mid-section into the next heading",
        parts(*PAGE, *RAILS, BEES, DOME, "## 酿酱", *END),
        parts(*PAGE, *RAILS, *END),
        AGGRESSIVE,
        "repeated-block",
        kind=MARKDOWN,
    ),
    Example(
        "from a section beneath another one to the end of the next",
        parts(TITLE, "## 养蜂", BEES, "### 搬家", DOME, *JARS, *RAILS, "### 搬家", DOME, *JARS, *END),
        parts(TITLE, "## 养蜂", BEES, "### 搬家", DOME, *JARS, *RAILS, *END),
        AGGRESSIVE,
        "section",
        kind=MARKDOWN,
        why=("other-place", "other-place", ""),
    ),
    Example(
        "directly behind what it repeats",
        parts(*PAGE, DOME, *JARS, *END),
        parts(*PAGE, *END),
        SAFE,
        "tandem",
        kind=MARKDOWN,
    ),
)

#: A copy in plain text whose end is glued to what follows, and one that is glued to what stands before it.
GLUED = (
    Example(
        "a paste that breaks off in the line of another text",
        parts(BEES, DOME, SOY, RAIL, DOME, SOY[:18] + SNOW, NETS),
        why=("level", "torn", "torn"),
    ),
    Example(
        "several paragraphs again behind a sentence of another text",
        parts(BEES, DOME, RAIL, NETS + BEES, DOME, SNOW),
        parts(BEES, DOME, RAIL, NETS, SNOW),
        STANDARD,
        "repeated-block",
    ),
    Example(
        "the same directly behind themselves",
        parts(BEES, DOME, NETS + BEES, DOME),
        parts(BEES, DOME, NETS),
        STANDARD,
        "repeated-block",
    ),
    Example(
        "a longer text before them than they are",
        parts(BEES, DOME, RAIL, NETS + SOY + SNOW + BEES, DOME),
        parts(BEES, DOME, RAIL, NETS + SOY + SNOW),
        STANDARD,
        "repeated-block",
    ),
    Example(
        "the first copy stands behind a sentence, and is the fuller one",
        parts(WIND, NETS + BEES, DOME, RAIL, BEES, DOME, SNOW),
        parts(WIND, NETS + BEES, DOME, RAIL, SNOW),
        STANDARD,
        "repeated-block",
        "contained",
    ),
    Example(
        "one paragraph again at the end of a longer one",
        parts(BEES, RAIL, DOME + LAST + BEES, SNOW),
        why=("level", "part-of-block", "part-of-block"),
    ),
)


EXAMPLES = (*SECTIONS, *FROM_THE_MIDDLE, *GLUED)


@each(EXAMPLES)
def test_a_paste_goes_whole_or_stays_whole(example: Example, level: Level) -> None:
    check(example, level)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_what_goes_does_not_hang_on_which_copy_is_asked_to_stay(example: Example) -> None:
    for level in Level:
        asked = (Example("", example.text, kind=example.kind, keep=keep) for keep in ("first", "last"))
        first, last = (len("".join(one.clean(level).text.split())) for one in asked)
        assert first == last
