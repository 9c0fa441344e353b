"""What is found is told once with all its places, and the number named for a level is what that level removes."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from examples import AGGRESSIVE, BEES, LAST, NETS, RAIL, SAFE, SNOW, SOY, STANDARD, WIND, Example, check, each, parts
from warm import run_command

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
CHORES = "- 把售票窗口的帘子卷上去\n- 给门厅的花换上清水\n- 数清楚还剩多少张座垫"
MARK = "合唱队排练用谱 仅供队员翻看"
PAGES = parts(BEES + WIND, MARK, SOY + NETS, MARK, RAIL + LAST, MARK, SNOW)


def output(rows: str, wider: str = "") -> str:
    """Write what a program says of a query."""
    border = f"+-----------------+------+-------------+{wider}\n"
    lines = (f"| {name} | {rows} | shelf:north |\n" for name in ("granary_scan_4 ", "granary_probe_5"))
    return f"{border}| name            | rows | where       |\n{border}{''.join(lines)}{border}2 rows (0.01 sec)\n\n"


EXAMPLES = (
    Example(
        "the same list under two headings",
        parts("# 单子", "## 早上", CHORES, "## 晚上", CHORES),
        why=("protected-kind", "protected-kind", "other-label"),
        kind=MARKDOWN,
    ),
    Example(
        "the same quote under two headings",
        parts("# 摘", "## 上", f"> {RAIL}", NETS, "## 下", WIND, f"> {RAIL}"),
        parts("# 摘", "## 上", f"> {RAIL}", NETS, "## 下", WIND),
        AGGRESSIVE,
        "repeated-block",
        why=("protected-kind", "protected-kind", ""),
        kind=MARKDOWN,
    ),
    Example(
        "a shouted line of many characters",
        parts("上台之前务必检查一遍吊杆！", "上台之前务必检查一遍吊杆！", NETS),
        why=("short", "emphasis", "emphasis"),
    ),
    Example(
        "a page header",
        PAGES,
        PAGES.replace(f"\n\n{MARK}", "").replace(BEES + WIND, f"{BEES + WIND}\n\n{MARK}"),
        AGGRESSIVE,
        "running-line",
        why=("", "level", ""),
        levels=(STANDARD, AGGRESSIVE),
    ),
    Example("a page header at the level that looks for none", PAGES, why="short-words", levels=(SAFE,)),
    Example(
        "another word in a paragraph further on",
        parts(BEES + SOY, WIND, NETS, (BEES + SOY).replace("合眼", "闭眼"), LAST),
        parts(BEES + SOY, WIND, NETS, LAST),
        AGGRESSIVE,
        "repeated-block",
        "meaning",
        ("level", "differs", ""),
    ),
    Example(
        "the output of one query twice in a row with those of others",
        f"# 查\n\n```text\n{output('1.25')}{output('4.50')}{output('7.75') * 2}{output('8.00', '----')}```\n",
        why="protected-kind",
        kind=MARKDOWN,
    ),
    Example("a text in which nothing stands twice", parts(BEES, SOY, RAIL, SNOW, NETS), why=""),
    Example("one short sentence twice in prose", parts(WIND + "天亮了。" + NETS, "天亮了。" + LAST), why=""),
    Example("common words of two sentences", parts("屋里的人说今年的雪下得早。", "屋外的人说去年的雨下得晚。"), why=""),
)


@each(EXAMPLES)
def test_what_is_told(example: Example, level: Level) -> None:
    check(example, level)


def test_a_class_of_equal_ones_is_one_finding_with_all_its_places() -> None:
    leads = zip("东西南北", (WIND, NETS, LAST, SNOW), strict=True)
    text = parts("# 册", *(part for name, lead in leads for part in (f"## {name}坡", lead, RAIL)))
    (told,) = Example("", text, kind=MARKDOWN).clean(STANDARD).reported
    assert (told.why.code, told.level) == ("other-place", AGGRESSIVE)
    places = {told.kept, told.span, *told.places}
    assert [text[place.start : place.end] for place in places] == [RAIL] * 4


def test_two_different_repeats_are_two_findings() -> None:
    text = parts(RAIL, WIND, SOY, NETS, BEES, SOY, LAST, RAIL)
    told = Example("", text).clean(SAFE).reported
    assert [text[r.span.start : r.span.end] for r in told] == [SOY, RAIL]


def test_what_is_told_are_two_places_apart() -> None:
    for example in EXAMPLES:
        for removal in example.clean(SAFE).reported:
            assert removal.span.start < removal.span.end <= len(example.text)
            assert removal.kept.end <= removal.span.start or removal.span.end <= removal.kept.start


SEVERAL = parts(
    "# 册", "## 蜂房", RAIL, WIND, RAIL, "## 码头", NETS, BEES, "## 雪场", LAST, BEES, "## 灯塔的守夜", SNOW, BEES
)
CLOSING = re.compile(r"(?:--level |, )(standard|aggressive) removes (\d+)")
ENVIRONMENT = {**os.environ, "DEDUPE_CN_LANG": "en", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def said(text: str, level: Level) -> str:
    """Give what the command says of a text."""
    arguments = ["clean", "-", "--level", level, "--kind", "markdown", "--disable", "tidy", "--isolated"]
    done = run_command(arguments, Path.cwd(), ENVIRONMENT, text.encode())
    assert done.code == 0
    return done.err


@pytest.mark.parametrize("text", [SEVERAL, PAGES, *(e.text for e in EXAMPLES if e.at is not None)])
@pytest.mark.parametrize("level", [SAFE, STANDARD])
def test_the_number_named_for_a_level_is_what_it_removes(text: str, level: Level) -> None:
    named = {name: int(number) for name, number in CLOSING.findall(said(text, level))}
    at = {each: sum(r.count for r in Example("", text, kind=MARKDOWN).clean(each).applied) for each in Level}
    for other, number in named.items():
        assert at[Level(other)] - at[level] == number


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_nothing_to_change_is_said_where_nothing_was_found(example: Example) -> None:
    found = bool(example.clean(STANDARD).removals)
    assert ("nothing to change" in said(example.text, STANDARD)) == (not found)
