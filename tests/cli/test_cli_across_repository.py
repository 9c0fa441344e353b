"""``--across`` with named files: the rest of the repository counts, through an index of its passages."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from real_command import Cli
from test_cli_across import BREAD, ROAD, TALK, TEXTS, rows

from dedupe_cn.io.passage_index import NAME

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments], cwd=folder, check=True)


@pytest.fixture
def folder(cli: Cli) -> Path:
    for name, text in TEXTS.items():
        (cli.folder / name).write_text(text, encoding="utf-8")
    git(cli.folder, "init", "-q")
    git(cli.folder, "add", "-A")
    return cli.folder


def told(cli: Cli, *names: str) -> list[tuple[str, str, str]]:
    """Give what is told of named files: the file, the unit, and the other file."""
    found = rows(cli("clean", *names, "--check", "--across", "--report", "json").out)
    return [(row["in"], row["unit"], row["kept"]["path"]) for row in found]


def test_named_files_are_compared_with_the_rest(cli: Cli, folder: Path) -> None:
    assert told(cli, "b.md") == [("b.md", "section", "a.md")]
    assert told(cli, "c.md") == [("c.md", "passage", "a.md")]
    assert told(cli, "a.md") == [("a.md", "section", "b.md"), ("a.md", "passage", "c.md")]
    assert told(cli, "a.md", "c.md") == [("a.md", "section", "b.md"), ("c.md", "passage", "a.md")]
    assert (folder / ".git" / "dedupe-cn" / NAME).is_file()
    assert not cli("clean", "b.md", "--check", "--across").err


def test_what_changes_is_taken_up(cli: Cli, folder: Path) -> None:
    assert told(cli, "c.md") == [("c.md", "passage", "a.md")]
    (folder / "a.md").write_text(f"# 甲\n\n{TALK}\n", encoding="utf-8")
    (folder / "新的.md").write_text(f"# 丁\n\n{TALK}\n\n{BREAD}\n", encoding="utf-8")
    git(folder, "add", "-A")
    assert told(cli, "c.md") == [("c.md", "passage", "新的.md")]
    git(folder, "rm", "-q", "--cached", "新的.md")
    assert told(cli, "c.md") == []


def test_from_a_folder_below_and_in_another_working_tree(cli: Cli, folder: Path) -> None:
    git(folder, "commit", "-qm", "all")
    (folder / "sub").mkdir()
    (folder / "sub" / "d.md").write_text(f"# 丁\n\n{TALK}\n\n{BREAD}\n", encoding="utf-8")
    value = json.loads(cli("clean", "sub/d.md", "--check", "--across", "--report", "json").out)
    (row,) = value["files"][0]["removals"]
    assert {row["kept"]["path"], *(place["path"] for place in row["places"])} == {"a.md", "c.md"}
    git(folder, "worktree", "add", "-q", "other")
    assert told(cli, "other/c.md") == [("other/c.md", "passage", "other/a.md")]


def test_excluded_files_and_rules_of_files_hold(cli: Cli, folder: Path) -> None:
    assert told(cli, "c.md", "--exclude", "a.md") == []
    (folder / "dedupe-cn.toml").write_text('[[per-file]]\nfiles = ["a.md"]\ndisable = ["across"]\n', encoding="utf-8")
    assert told(cli, "c.md") == []
    assert told(cli, "b.md") == []


def test_many_files_are_one_line_with_their_number(cli: Cli, folder: Path) -> None:
    for number in range(30):
        own = "".join(chr(0x4E00 + (number * 977 + at * at * 13) % 9000) for at in range(150))
        (folder / f"n{number:02}.md").write_text(f"# 题\n\n{own}。\n\n{BREAD}\n", encoding="utf-8")
    git(folder, "add", "-A")
    (row,) = rows(cli("clean", "c.md", "--check", "--across", "--report", "json").out)
    assert row["files"] == 32


@pytest.mark.parametrize("damage", [b"none", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_index_is_made_anew(cli: Cli, folder: Path, damage: bytes) -> None:
    place = folder / ".git" / "dedupe-cn"
    place.mkdir()
    (place / NAME).write_bytes(damage)
    assert told(cli, "b.md") == [("b.md", "section", "a.md")]


def problem(cli: Cli, *arguments: str) -> str:
    """Give the one line that is told on stderr; the check goes on."""
    done = cli("clean", *arguments, "--check", "--across", "--lang", "en")
    assert done.code == 0
    (line,) = done.err.splitlines()
    assert "Traceback" not in line
    return line


def test_without_a_repository_the_named_files_are_compared(cli: Cli, folder: Path) -> None:
    shutil.rmtree(folder / ".git")
    assert "do not lie in one git working tree" in problem(cli, "b.md")
    assert told(cli, "a.md", "b.md") == [("b.md", "section", "a.md")]


def test_a_file_outside_of_the_repository(
    cli: Cli, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "outside.md"
    outside.write_text(f"# 外\n\n{TALK}\n\n{ROAD}\n", encoding="utf-8")
    assert "do not lie in one git working tree" in problem(cli, "b.md", str(outside))


def test_a_bare_repository(cli: Cli, folder: Path) -> None:
    shutil.rmtree(folder / ".git")
    git(folder, "init", "-q", "--bare", ".")
    assert "do not lie in one git working tree" in problem(cli, "b.md")


def test_a_submodule_is_a_repository_of_its_own(cli: Cli, folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    for name in ("a.md", "c.md"):
        shutil.copy(folder / name, inner)
    git(inner, "init", "-q")
    git(inner, "add", "-A")
    git(inner, "commit", "-qm", "all")
    git(folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./inner")
    assert told(cli, "inner/c.md") == [("inner/c.md", "passage", "inner/a.md")]
    assert told(cli, "c.md") == [("c.md", "passage", "a.md")]


def test_without_git(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    assert "git does not answer" in problem(cli, "b.md")


def test_a_git_folder_that_cannot_be_written(cli: Cli, folder: Path) -> None:
    (folder / ".git" / "dedupe-cn").write_text("in the way", encoding="utf-8")
    assert told(cli, "b.md") == [("b.md", "section", "a.md")]


def test_batches_side_by_side(cli: Cli, folder: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    names = ["a.md", "b.md", "c.md"] * 2
    with ThreadPoolExecutor(4) as pool:
        found: list[Any] = list(pool.map(lambda name: told(cli, name), names))
    assert found[:3] == found[3:]
    assert all(found)


def new(cli: Cli, *names: str) -> list[tuple[str, str, str]]:
    """Give what a revision did not have."""
    found = rows(cli("clean", *names, "--check", "--across", "--since", "HEAD", "--report", "json").out)
    return [(row["in"], row["likeness"], row["kept"]["path"]) for row in found]


def test_since_tells_only_what_a_revision_does_not_have(cli: Cli, folder: Path) -> None:
    git(folder, "commit", "-qm", "all")
    text = (folder / "b.md").read_text(encoding="utf-8")
    assert new(cli, ".") == []
    (folder / "b.md").write_text(f"{text}\n{TALK}\n", encoding="utf-8")  # the drift was there
    assert new(cli, ".") == new(cli, "b.md") == []
    (folder / "d.md").write_text(f"# 丁\n\n{TALK}\n\n{BREAD}\n", encoding="utf-8")
    assert sorted(new(cli, ".")) == [("d.md", "exact", "a.md"), ("d.md", "exact", "b.md")]
    (folder / "d.md").unlink()
    git(folder, "mv", "b.md", "e.md")
    assert new(cli, ".") == []
    (folder / "e.md").write_text(text.replace("300", "700"), encoding="utf-8")
    assert new(cli, ".") == [("e.md", "meaning", "a.md")]
