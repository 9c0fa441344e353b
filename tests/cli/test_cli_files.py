"""Which files the command reads, lists of files, and what it says under a runner of hooks."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from real_command import Cli

DIRTY = "第二天一早，他们沿着河堤走到镇上。\n\n\n\n完。\n"
CLEAN = "第二天一早，他们沿着河堤走到镇上。\n\n完。\n"


@pytest.fixture
def tree(cli: Cli) -> Cli:
    for name in ("a.md", "b.md", "drafts/c.md"):
        path = cli.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{name}：{DIRTY}", encoding="utf-8")
    return cli


@pytest.mark.parametrize("data", [b"a.md\nb.md\n", b"a.md\r\n\r\nb.md", b"a.md\0b.md\0", b"\xef\xbb\xbfa.md\nb.md\n"])
def test_a_list_of_files(tree: Cli, data: bytes) -> None:
    done = tree("clean", "--files-from", "-", stdin=data)
    assert done.code == 1
    assert "2 files: 2 would change" in done.text
    (tree.folder / "list").write_bytes(data)
    assert tree("clean", "-w", "--files-from", "list", "b.md").code == 0
    assert (tree.folder / "a.md").read_text(encoding="utf-8") == f"a.md：{CLEAN}"
    assert (tree.folder / "drafts" / "c.md").read_text(encoding="utf-8") == f"drafts/c.md：{DIRTY}"


@pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="needs git, and names with quotes")
@pytest.mark.parametrize("quoted", ["true", "false"])
def test_a_list_as_git_writes_it(cli: Cli, quoted: str) -> None:
    names = ['"引".md', "a b.md", "t\ta.md", "旧\\页\".md", "章/第一.md"]
    (cli.folder / "章").mkdir()
    for name in names:
        (cli.folder / name).write_text(DIRTY, encoding="utf-8")
    git = ("git", "-C", str(cli.folder), "-c", f"core.quotePath={quoted}")
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    listed = subprocess.run([*git, "ls-files"], capture_output=True, check=True).stdout
    done = cli("clean", "-w", "--files-from", "-", stdin=listed)
    assert (done.code, [name for name in names if (cli.folder / name).read_text(encoding="utf-8") != CLEAN]) == (0, [])
    # What stands there under the very name is meant.
    assert cli("clean", "--check", "--files-from", "-", stdin='"引".md\n'.encode()).code == 0


def test_an_empty_list_says_so_and_one_name_is_still_a_preview(tree: Cli) -> None:
    done = tree("clean", "--files-from", "-", stdin=b"")
    assert (done.code, done.err) == (0, "nothing was compared: the input holds no text\n")
    assert "would change" in tree("clean", "--files-from", "-", stdin=b"a.md\n").text
    missing = tree("clean", "--files-from", "-", stdin=b"gone.md\n")
    assert (missing.code, "gone.md: no such file" in missing.err) == (2, True)


def test_what_is_left_out_is_said_once(tree: Cli) -> None:
    (tree.folder / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    done = tree("clean", ".", "--exclude", "b.md", "--report", "jsonl")
    assert done.text.count('"path"') >= 1
    assert "drafts/c.md" not in done.text
    assert "skipped drafts: listed in an ignore file" in done.err
    assert "skipped b.md: excluded" in done.err
    assert "drafts/c.md" in tree("clean", ".", "--no-gitignore", "--check").text


def test_forced_excludes_leave_named_files_and_pass_over_binaries(tree: Cli) -> None:
    (tree.folder / "dedupe-cn.toml").write_text('exclude = ["drafts/"]', encoding="utf-8")
    (tree.folder / "data.txt").write_bytes(bytes(range(256)) * 8)
    named = ("drafts/c.md", "data.txt")
    assert tree("clean", "--check", *named).code == 2
    done = tree("clean", "--check", *named, "--force-exclude")
    assert done.code == 0
    assert done.errors == [
        "skipped drafts/c.md: excluded",
        "skipped data.txt: binary, not text",
        "nothing was compared: the input holds no text",
    ]
    (tree.folder / "dedupe-cn.toml").write_text('exclude = ["drafts/"]\nforce-exclude = true', encoding="utf-8")
    assert tree("clean", "--check", *named).code == 0
    assert tree("clean", "--check", *named, "--no-force-exclude").code == 2


def test_under_a_runner_of_hooks_only_changes_and_errors_are_said(tree: Cli) -> None:
    hook = {"PRE_COMMIT": "1"}
    (tree.folder / "clean.md").write_text(CLEAN, encoding="utf-8")
    (tree.folder / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    quiet = tree("clean", "--check", "--force-exclude", "clean.md", "drafts/c.md", env=hook)
    assert (quiet.code, quiet.out, quiet.err) == (0, b"", "")
    assert tree("clean", "--check", "--force-exclude", "clean.md", "-v", env=hook).out
    loud = tree("clean", "--check", "--force-exclude", "clean.md", "a.md", env=hook)
    assert (loud.code, loud.err) == (1, "")
    assert loud.text.startswith("a.md: would be tidied")
    assert "\x1b[" not in loud.text
    coloured = tree("clean", "--check", "a.md", "b.md", env={**hook, "FORCE_COLOR": "1"})
    assert "\x1b[" in coloured.text
    failed = tree("clean", "--check", "missing.md", env=hook)
    assert (failed.code, failed.errors) == (2, ["error: missing.md: no such file or folder"])
