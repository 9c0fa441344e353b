"""The diff is one that git takes, forwards and backwards, byte by byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dedupe_cn.model import FileResult, Level
from dedupe_cn.report.diff import patch, render
from dedupe_cn.report.run import Run

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
HUNDRED = b"".join(b"%d\n" % i for i in range(100))


def git(folder: Path, *arguments: str) -> bytes:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        capture_output=True,
        check=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )
    return done.stdout


@needs_git
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲\n乙\n".encode(), "甲\n".encode()),
        ("甲\n\n\n\n乙\n丙".encode(), "甲\n\n乙\n丙\n".encode()),
        ("甲\n乙\n".encode(), "甲\n乙".encode()),
        ("甲\r\n乙\n".encode(), "甲\n乙\n".encode()),
        ("甲\n乙\r\n丙\r\n".encode(), "甲\r\n乙\r\n丙\r\n".encode()),
        ("甲\r乙\r\r丙".encode(), "甲\r乙\r丙\r".encode()),
        (b"\xef\xbb\xbf" + "甲\n".encode(), "甲\n".encode()),
        ("甲\n".encode(), b""),
        (b"", "甲\n".encode()),
        ("甲乙\n丙\n".encode("gb18030"), "甲乙\n丙\n".encode()),
        ("甲乙\n\n\n丙\n".encode("gb18030"), "甲乙\n\n丙\n".encode("gb18030")),
        ("甲\n乙਀\n丙\n".encode("utf-16"), "甲\n丙\n".encode("utf-16")),
        (b"a\0b\nc\n", b"ab\nc\n"),
        (b"\xff\xfe\x80\n", b"x\n"),
        ("甲\u2028乙\x0b\x0c丙\x85\n".encode(), "甲\n".encode()),
        (HUNDRED, b"".join(b"%d\n" % i for i in range(100) if i not in (5, 50, 51))),
        (HUNDRED, b"0\n" + HUNDRED + b"end"),
        (b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n", b"--- a/x\n@@ -1 +1 @@\n"),
        (b"\\ No newline at end of file\nx", b"\\ No newline at end of file"),
    ],
)
def test_git_applies_it_and_takes_it_back(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(before)
    (tmp_path / "a.diff").write_bytes(b"".join(patch("a.txt", before, after)))
    git(tmp_path, "apply", "a.diff")
    assert path.read_bytes() == after
    git(tmp_path, "apply", "-R", "a.diff")
    assert path.read_bytes() == before


NAMES = [
    "plain.md",
    "a space.md",
    "文章.md",
    "目录/第一 章.md",
    "a-b+c=d,e;f!g~h'i.md",
    "é ü.txt",
    "trailing ",
    " leading",
    "dev/null",
]
POSIX_NAMES = ['quote"d.txt', "back\\slash.txt", "tab\there.txt", "new\nline.txt", "esc\x1b\x07\x7f.txt", "\udcff.txt"]


@needs_git
@pytest.mark.parametrize("name", NAMES if os.name == "nt" else NAMES + POSIX_NAMES)
def test_names_are_written_as_git_writes_them(tmp_path: Path, name: str) -> None:
    before, after = "甲\n".encode(), "乙\n".encode()
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    path.write_bytes(after)
    heads = [line for line in git(tmp_path, "diff").split(b"\n") if not line.startswith(b"index ")]
    ours = b"".join(patch(name, before, after))
    assert ours.split(b"\n")[:4] == heads[:4]
    (tmp_path / "p").write_bytes(ours)
    git(tmp_path, "apply", "-R", "p")
    assert path.read_bytes() == before


@needs_git
def test_several_files_in_one(tmp_path: Path) -> None:
    pairs = {
        "一.md": ("甲\n".encode(), "甲\n乙\n".encode()),
        "b c.txt": ("甲".encode("gb18030"), "甲\n".encode()),
        "same.md": (b"x\n", b"x\n"),
        "last.md": (b"\n\n\n", b""),
    }
    results = [FileResult(name, changed=True, data=pair) for name, pair in pairs.items()]
    results.insert(1, FileResult("bad.md", error="no such file or folder"))
    for name, (before, _) in pairs.items():
        (tmp_path / name).write_bytes(before)
    (tmp_path / "p").write_bytes(b"".join(render(Run(Level.SAFE, tuple(results)))))
    git(tmp_path, "apply", "p")
    assert {name: (tmp_path / name).read_bytes() for name in pairs} == {name: pair[1] for name, pair in pairs.items()}
    git(tmp_path, "apply", "-R", "p")
    assert {name: (tmp_path / name).read_bytes() for name in pairs} == {name: pair[0] for name, pair in pairs.items()}


def test_a_name_from_the_root_is_written_as_git_writes_it() -> None:
    assert next(patch("/texts/a.md", b"", b"x")) == b"diff --git a/texts/a.md b/texts/a.md\n"
