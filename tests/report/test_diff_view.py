"""The view of a diff: what changed is marked, what did not is shortened, nothing is wider than the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.cli.console import Painter
from dedupe_cn.cli.messages import Say
from dedupe_cn.model import Edit, FileResult, Level, Outcome
from dedupe_cn.report.diff_view import render, view
from dedupe_cn.report.excerpt import width
from dedupe_cn.report.run import Run
from dedupe_cn.report.words import plain

PARAGRAPH = (
    "那天傍晚他沿着河堤往回走，风里有新割的稻草味道，远处的灯一盏一盏亮起来，"
    "他忽然想起许多年前也是这样的傍晚，父亲牵着他的手，慢慢地走过同一座桥。"
)


def lines(before: str, after: str, columns: int = 60) -> list[str]:
    return "".join(view("a.txt", before, after, plain, columns)).splitlines()[2:]


def test_only_what_changed_is_shown_with_a_little_around() -> None:
    assert lines(f"{PARAGRAPH}\n", PARAGRAPH.replace("许多年前", "很多年前") + "\n") == [
        "@@ -1 +1 @@",
        "-…起来，他忽然想起[-许-]多年前也是这样的…",
        "+…起来，他忽然想起{+很+}多年前也是这样的…",
    ]


def test_what_is_gone_leaves_its_place_to_see() -> None:
    doubled = PARAGRAPH.replace("父亲牵着他的手，", "父亲牵着他的手，父亲牵着他的手，")
    assert lines(f"{doubled}\n", f"{PARAGRAPH}\n", 100) == [
        "@@ -1 +1 @@",
        "-…父亲牵着他的手，[-父亲牵着他的手，-]慢慢地走过同一座…",
        "+…父亲牵着他的手，慢慢地走过同一座…",
    ]


def test_whole_lines_need_no_marks_inside() -> None:
    assert lines("甲\n乙\n丙\n", "甲\n丙\n") == ["@@ -1,3 +1,2 @@", " 甲", "-乙", " 丙"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("甲  \n", "甲\n", ["-甲[-  -]", "+甲"]),
        ("甲\r\n", "甲\n", ["-甲[-\\r-]", "+甲"]),
        ("\t甲\n", "甲\n", ["-[-\\t-]甲", "+甲"]),
        ("甲", "甲\n", ["-甲", "\\ No newline at end of file", "+甲{+\\n+}"]),
    ],
)
def test_white_space_can_be_seen(before: str, after: str, shown: list[str]) -> None:
    assert lines(before, after)[1:] == shown


CRLF = "甲一甲\r\n乙二乙\r\n\r\n丙三丙\r\n"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (CRLF, CRLF.replace("乙二乙\r\n\r\n", ""), [" 甲一甲", "-乙二乙", "-", " 丙三丙"]),
        (CRLF, CRLF.replace("二", "四"), [" 甲一甲", "-乙[-二-]乙", "+乙{+四+}乙", " ", " 丙三丙"]),
        # Where it is the line end that changes, it is shown.
        ("甲\r\n乙\n丙\r\n", "甲\r\n乙\r\n丙\r\n", [" 甲", "-乙", "+乙{+\\r+}", " 丙"]),
        ("甲  \r\n乙\n", "甲\n乙\n", ["-甲[-  \\r-]", "+甲", " 乙"]),
        # A carriage return that ends no line is a character.
        ("甲\r乙\n", "甲乙\n", ["-甲[-\\r-]乙", "+甲乙"]),
    ],
)
def test_a_line_end_of_two_characters_is_one(before: str, after: str, shown: list[str]) -> None:
    assert lines(before, after)[1:] == shown


def test_in_colour_the_changed_part_is_reversed() -> None:
    text = "".join(view("a.txt", "今天很好。\n", "今天不好。\n", Painter(True)))
    assert "\x1b[7;31m很\x1b[0m" in text
    assert "\x1b[7;32m不\x1b[0m" in text
    assert "[-" not in text


@given(st.text("甲a\t \n\r\u0301\x1b\u202e，。", max_size=80), st.text("甲b\t \n。", max_size=80), st.integers(20, 60))
def test_nothing_hangs_over_the_edge(before: str, after: str, columns: int) -> None:
    shown = "".join(view("a.txt", before, after, plain, columns))
    assert not set("\x1b\u202e\r\t") & set(shown)
    body = shown.split("\n")[2:]
    assert all(width(line) <= columns for line in body if not line.startswith(("@@", "\\ No")))


def test_a_long_removal_is_broken_and_cut() -> None:
    shown = lines("甲\n" + "很长的一行" * 100_000 + "\n", "甲\n", 40)
    assert len(shown) < 12
    assert all(width(line) <= 40 for line in shown)
    assert shown[3].startswith("↳")


def test_what_no_line_shows_is_said() -> None:
    outcome = Outcome("甲\n", "甲\n", (Edit(0, 0, "", "bom"),))
    result = FileResult("a.txt", outcome, "gb18030", changed=True, notes=("gb18030 to utf-8",))
    text = "".join(render(Run(Level.SAFE, (result,), preview=True), Say("en")))
    assert text == "--- a/a.txt\n+++ b/a.txt\nwould be tidied: bom 1, gb18030 to utf-8\n"


def test_contents_are_escaped() -> None:
    text = "".join(view("a\x1b.txt", "甲\x1b[2J\n\x9b乙\n", "甲\n\x9b乙\n"))
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "甲[-\\x1b[2J-]" in text
