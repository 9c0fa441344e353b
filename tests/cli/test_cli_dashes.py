"""Options that a Chinese input method wrote in full width; files whose names begin so."""

from __future__ import annotations

import pytest
from real_command import Cli

from dedupe_cn.cli.dashes import half_width

WRITTEN = "早上起了雾，渡口停了船。  \n"
CLEANED = "早上起了雾，渡口停了船。\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("－－check", "--check"),
        ("——check", "--check"),
        ("—check", "--check"),
        ("–check", "--check"),
        ("－－ｃｈｅｃｋ", "--check"),
        ("——min—chars", "--min-chars"),
        ("——level＝safe", "--level=safe"),
        ("--level＝safe", "--level=safe"),
        ("——exclude=——旧＝稿", "--exclude=——旧＝稿"),
        ("－ｗ", "-w"),
        ("—w", "-w"),
        ("－qv", "-qv"),
        ("－？", "-?"),
        ("——", "--"),
        ("－", "-"),
        ("--check", "--check"),
        ("——草稿", "——草稿"),
        ("——draft.md", "——draft.md"),
        ("稿——check", "稿——check"),
    ],
)
def test_what_was_meant(typed: str, meant: str) -> None:
    assert half_width(typed) == meant


@pytest.mark.parametrize("typed", ["－－check", "——check", "—check"])
def test_wide_dashes_begin_an_option(cli: Cli, typed: str) -> None:
    (cli.folder / "雾.txt").write_text(WRITTEN, encoding="utf-8")
    done = cli("clean", typed, "雾.txt")
    assert (done.code, done.err) == (1, "")
    assert done.text.endswith("1 file: 1 would change, 0 repeats to remove (0 chars)\n")
    assert cli("clean", "雾.txt", "－w", "——level", "safe").code == 0
    assert (cli.folder / "雾.txt").read_text(encoding="utf-8") == CLEANED


def test_wide_dashes_in_front_of_the_command_and_before_the_language(cli: Cli) -> None:
    assert cli("——version").text.startswith("dedupe-cn ")
    assert "没有 --nosuch 这个选项" in cli("——lang＝zh", "clean", "——nosuch").err
    assert "没有 --nosuch 这个选项" in cli("clean", "——nosuch", "－－lang", "zh").err


def test_a_file_with_such_a_name_is_a_file(cli: Cli) -> None:
    for name in ("——check", "－－write", "——v"):
        (cli.folder / name).write_text(WRITTEN, encoding="utf-8")
    assert cli("clean", "——check").text == CLEANED
    assert cli("clean", "--", "－－write").text == CLEANED
    assert cli("clean", "——", "——v").text == CLEANED
    gone = cli("clean", "--", "——quiet")
    assert (gone.code, gone.err) == (2, "error: ——quiet: no such file or folder\n")


def test_the_value_of_an_option_is_taken_as_it_is(cli: Cli) -> None:
    (cli.folder / "雾.txt").write_text(WRITTEN, encoding="utf-8")
    assert cli("clean", "雾.txt", "-o", "——check").code == 0
    assert (cli.folder / "——check").read_text(encoding="utf-8") == CLEANED
    assert cli("clean", "-", "--stdin-filename", "——write", stdin=WRITTEN.encode()).text == CLEANED
