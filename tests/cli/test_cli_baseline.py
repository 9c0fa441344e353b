"""A baseline takes in layout and encoding: what is there stays and passes, what is new fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from real_command import Cli

NAME = ".dedupe-cn-decisions.json"
LAYOUT = "甲的一行  \t\n\n\n\n\n乙的一行  \t\n丙的一行，没有换行"
LEGACY = "渡口的旧物陈列在第一展厅，请从东门进入。\n团体参观请提前预约，周一闭馆。\n"


@pytest.fixture
def repository(cli: Cli) -> Path:
    (cli.folder / ".git").mkdir()
    (cli.folder / "a.txt").write_text(LAYOUT, encoding="utf-8")
    (cli.folder / "b.txt").write_bytes(LEGACY.encode("gb18030"))
    (cli.folder / "c.txt").write_bytes("\ufeff一行带有字节顺序标记的字。\n".encode())
    return cli.folder


def rows(folder: Path) -> list[dict[str, Any]]:
    found = json.loads((folder / NAME).read_text(encoding="utf-8"))["verdicts"]
    assert isinstance(found, list)
    return found


def test_after_accepting_all_nothing_fails_and_nothing_is_written(cli: Cli, repository: Path) -> None:
    before = {path.name: path.read_bytes() for path in repository.glob("*.txt")}
    assert cli("clean", "--check", ".").code == 1
    assert cli("decide", "--accept-current").code == 0
    found = {(row["path"], row["id"]): row["count"] for row in rows(repository)}
    assert found == {
        ("a.txt", "blank-lines"): 1, ("a.txt", "final-newline"): 1, ("a.txt", "trailing-space"): 2,
        ("b.txt", "encoding"): 1, ("c.txt", "bom"): 1,
    }  # fmt: skip
    for level in ("safe", "standard", "aggressive"):
        assert cli("clean", "--check", "--level", level, ".").code == 0
    done = cli("clean", "--write", ".")
    assert (done.code, done.err) == (0, "")
    assert {path.name: path.read_bytes() for path in repository.glob("*.txt")} == before


def test_only_what_is_new_fails(cli: Cli, repository: Path) -> None:
    cli("decide", "--accept-current")
    path = repository / "a.txt"
    path.write_text("丁的一行  \n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    done = cli("clean", "--check", ".")
    assert done.code == 1
    assert done.text.splitlines()[0] == "a.txt: would be tidied: trailing-space 3"
    (repository / "b.txt").write_bytes(LEGACY.encode("utf-16"))
    assert "b.txt: would be tidied: utf-16" in cli("clean", "--check", ".").text


def test_what_was_mended_is_stale_and_a_renamed_file_keeps_its_layout(cli: Cli, repository: Path) -> None:
    cli("decide", "--accept-current")
    path = repository / "a.txt"
    path.write_text(LAYOUT.replace("  \t", "", 1) + "\n", encoding="utf-8")
    (repository / "c.txt").rename(repository / "d.txt")
    assert cli("clean", "--check", ".").errors == [
        f"{NAME}: nothing matches 1 verdict any more; 'dedupe-cn decide --prune' drops what is stale"
    ]
    assert cli("decide", "--prune").code == 0
    found = {(row["path"], row["id"]): row["count"] for row in rows(repository)}
    assert found == {
        ("a.txt", "blank-lines"): 1, ("a.txt", "trailing-space"): 1, ("b.txt", "encoding"): 1, ("d.txt", "bom"): 1,
    }  # fmt: skip
    assert cli("clean", "--check", ".").code == 0


def test_a_file_that_is_gone_does_not_speak_for_another(cli: Cli, repository: Path) -> None:
    cli("decide", "--accept-current", "a.txt")
    (repository / "a.txt").rename(repository / "e.txt")
    (repository / "e.txt").write_text("另外一篇，行末也有空格。  \n", encoding="utf-8")
    assert cli("clean", "--check", "e.txt").code == 1


def test_who_only_looks_for_repeats_converts_nothing(cli: Cli, repository: Path) -> None:
    for rules in (("--select", "repeats"), ("--disable", "tidy")):
        assert cli("clean", "--check", *rules, ".").code == 0
        before = (repository / "b.txt").read_bytes()
        assert cli("clean", "--write", *rules, "b.txt").code == 0
        assert (repository / "b.txt").read_bytes() == before
    assert cli("clean", "--check", "--select", "repeats", "--output-encoding", "utf-8", "b.txt").code == 1
    # A repeat that goes leaves the encoding as it is.
    text = LEGACY * 2
    (repository / "b.txt").write_bytes(text.encode("gb18030"))
    cli("clean", "--write", "--select", "repeats", "b.txt")
    assert (repository / "b.txt").read_bytes().decode("gb18030") in (LEGACY, text)


@pytest.mark.parametrize(
    ("data", "settings"),
    [
        # Without the rule for controls there is white space at the end of a line that holds one.
        ("会议室的钥匙\x0b\r\n交给门卫。\n".encode("gbk"), ""),
        ("一行\n\x0c\n\n\n两行\n".encode(), ""),
        ("两行\r\n都有回车\r\n".encode(), 'eol = "lf"\n'),
        ("\ufeff带着标记的一行，编码是国标。\n".encode("gb18030"), ""),
        ("\0第一个字符是零。  \n".encode("utf-16"), ""),
    ],
)
def test_what_one_rule_leaves_to_another_is_accepted_too(cli: Cli, data: bytes, settings: str) -> None:
    (cli.folder / "文.txt").write_bytes(data)
    (cli.folder / "dedupe-cn.toml").write_text(settings, encoding="utf-8")
    assert cli("clean", "--check", ".").code == 1
    assert cli("decide", "--accept-current").code == 0
    done = cli("clean", "--write", ".")
    assert (done.code, done.err) == (0, "")
    assert (cli.folder / "文.txt").read_bytes() == data
    assert cli("decide", "--prune").code == 0
    assert cli("clean", "--check", ".").code == 0


def test_what_is_said_of_a_repeat_is_what_a_run_does_that_tidies(cli: Cli) -> None:
    notice = "请各班值日生于周五放学前打扫好教室和走廊，门窗关好后方可离开。"
    (cli.folder / "通知.txt").write_text(f"各班：\x0b{notice}\x0b{notice}\n", encoding="utf-8")
    assert "1 repeat to remove" in cli("clean", "--check", "通知.txt").text
    assert "tandem would be removed" in cli("decide", "通知.txt").text
