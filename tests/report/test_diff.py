"""The diff is one that patch tools take."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.report.diff import changes, unified

LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "", " "]), max_size=30)


def patched(old: list[str], new: list[str]) -> list[str]:
    result: list[str] = []
    at = 0
    for a, b, c, d in changes(old, new):
        assert a >= at
        result += old[at:a] + new[c:d]
        at = b
    return result + old[at:]


@given(LINES, LINES)
def test_changes_make_the_new_lines(old: list[str], new: list[str]) -> None:
    assert patched(old, new) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("甲\n乙\n", "甲\n"),
        ("甲\n\n\n\n乙\n丙", "甲\n\n乙\n丙\n"),
        ("甲\r\n乙\n", "甲\n乙\n"),
        ("甲", ""),
        ("".join(f"{i}\n" for i in range(100)), "".join(f"{i}\n" for i in range(100) if i not in (5, 50, 51))),
    ],
)
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_applies_it(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "a.txt").write_bytes(old.encode())
    (tmp_path / "a.diff").write_bytes("".join(unified("a.txt", old, new)).encode())
    subprocess.run(["git", "apply", "--whitespace=nowarn", "a.diff"], cwd=tmp_path, check=True)
    assert (tmp_path / "a.txt").read_bytes() == new.encode()


def test_a_copy_far_down_is_one_deletion() -> None:
    page = [f"第{i}行\n" for i in range(1000)]
    assert changes(page * 2, page) == [(1000, 2000, 1000, 1000)]


def test_equal_lines_cost_linear_time() -> None:
    old = ["同一行\n"] * 200_000
    assert sum(b - a for a, b, _, _ in changes(old, old[:100_000])) == 100_000


def test_contents_are_escaped_for_a_terminal() -> None:
    text = "".join(unified("a\x1b.txt", "甲\x1b[2J\n", "甲\n", safe=True))
    assert "\x1b" not in text
    assert "甲\\x1b[2J" in text
