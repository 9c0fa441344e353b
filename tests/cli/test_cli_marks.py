"""Marks in files, through the real command."""

from __future__ import annotations

import json

import pytest
from real_command import Cli

A = "老渡口的石阶被水磨得发亮，每逢大雨，管船的人便把缆绳往上挪三级，再用木楔子塞紧，免得船在夜里漂走。"
B = "磨坊主把新收的荞麦摊在竹席上晾晒，隔一个时辰翻一遍，傍晚收进瓦缸，用湿布封住缸口，等到冬天再磨。"
MARKED = f"{A}\n\n<!-- dedupe-cn: ignore-next -->\n\n{A}\n\n{B}\n"


def write(cli: Cli, name: str, text: str, encoding: str = "utf-8") -> bytes:
    data = text.encode(encoding)
    (cli.folder / name).write_bytes(data)
    return data


def test_a_marked_repeat_is_neither_removed_nor_reported(cli: Cli) -> None:
    data = write(cli, "a.md", MARKED)
    done = cli("clean", "--check", "--level", "aggressive", "--report", "json", "a.md")
    assert done.code == 0
    value = json.loads(done.out)
    assert value["files"][0]["removals"] == []
    assert value["summary"]["reported"] == 0
    assert done.err == ""
    assert cli("clean", "a.md").out == data
    unmarked = write(cli, "b.md", MARKED.replace("<!-- dedupe-cn: ignore-next -->\n\n", ""))
    assert cli("clean", "b.md").out != unmarked


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "a.md:1:1 warning: unused-mark: nothing is off before this 'on'",
                "a.md:5:3 warning: unknown-mark: rule 'tandme' is unknown; did you mean tandem?",
                "a.md:7:1 warning: unknown-mark: this mark is no whole comment, so it does nothing",
            ],
        ),
        (
            "zh",
            [
                "a.md:1:1 警告：unused-mark：这个 on 之前没有对应的 off",
                "a.md:5:3 警告：unknown-mark：没有“tandme”这条规则；是不是 tandem？",
                "a.md:7:1 警告：unknown-mark：这个标记的注释不完整，不起作用",
            ],
        ),
    ],
)
def test_what_is_wrong_with_marks_is_told_with_its_place(cli: Cli, language: str, lines: list[str]) -> None:
    text = f"<!-- dedupe-cn：on -->\n\n{A}\n\n  <!-- dedupe-cn：off tandme -->\n\n<!-- dedupe-cn：of"
    data = write(cli, "a.md", text + "\n")
    done = cli("--lang", language, "clean", "a.md")
    assert done.errors[:3] == lines
    assert done.code == 0
    assert done.out == data


def test_a_repeat_that_holds_a_mark_says_why_in_both_languages(cli: Cli) -> None:
    copy = f"# 渡口\n\n{A}\n\n<!-- dedupe-cn: off tidy -->\n\n{B}\n"
    write(cli, "a.md", f"{copy}\n{copy}")
    assert "kept: a mark stands in it, and marks are never removed" in cli("clean", "-v", "a.md").err
    assert "保留：其中有标记，而标记从不删除" in cli("--lang", "zh", "clean", "-v", "a.md").err


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_an_ignored_file_keeps_its_bytes(cli: Cli, encoding: str) -> None:
    data = write(cli, "a.txt", f"<!-- dedupe-cn：ignore-file -->\r\n{A}  \n{A}\n\n\n{B}", encoding)
    before = (cli.folder / "a.txt").stat().st_mtime_ns
    done = cli("clean", "--write", "a.txt")
    assert (done.code, (cli.folder / "a.txt").read_bytes()) == (0, data)
    assert (cli.folder / "a.txt").stat().st_mtime_ns == before
    assert "warning" not in done.err
    assert cli("clean", "-", stdin=data).out == data


def test_an_ignored_file_that_needed_no_mark_is_told_unless_its_encoding_was_kept(cli: Cli) -> None:
    text = f"<!-- dedupe-cn: ignore-file -->\n{A}\n"
    write(cli, "a.txt", text)
    assert "unused-mark" in cli("clean", "--check", "a.txt").err
    write(cli, "a.txt", text, "gb18030")
    assert cli("clean", "--check", "a.txt").err == ""


def test_an_ignored_file_is_no_duplicate(cli: Cli) -> None:
    text = f"{A}\n\n{B}\n"
    for name in ("a.md", "b.md"):
        write(cli, name, text)
    assert "identical" in cli("clean", "-v", "a.md", "b.md").text
    for name in ("a.md", "b.md"):
        write(cli, name, text + "\n<!-- dedupe-cn: ignore-file duplicate-file -->\n")
    assert "identical" not in cli("clean", "-v", "a.md", "b.md").text
