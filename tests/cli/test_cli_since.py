"""``--since``: at each commit of a history exactly the findings that it added."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from history import Book, commit, git, steps

from dedupe_cn.cli import run

#: A warning on stderr: path, rule, count.
WARNING = re.compile(r"^(\S+?):\d+:\d+ warning: (\S+), (\d+) time", re.MULTILINE)
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Give an empty repository, and work in it."""
    folder = tmp_path / "仓库"
    folder.mkdir()
    git(folder, "init", "-q")
    for name in ("PRE_COMMIT", "GIT_DIR", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DEDUPE_CN_LANG", "en")
    monkeypatch.chdir(folder)
    return Book(folder)


class Check:
    """Check the folder; give the exit code, and the findings in the words of the history."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, since: str, *arguments: str) -> tuple[int, list[str]]:
        self.capsys.readouterr()
        code = run(["clean", "--check", "--since", since, "--report", "json", *(arguments or (".",))])
        said = self.capsys.readouterr()
        found = [f"{path}: {rule} {count}" for path, rule, count in WARNING.findall(said.err)]
        for file in json.loads(said.out)["files"]:
            assert file["error"] is None
            path = file["path"]
            for removal in file["removals"]:
                same = removal["rule"] == "duplicate-file"
                found.append(f"{path} = {removal['kept']['path']}" if same else f"{path}: {removal['text'][:6]}")
            found += [f"{path}: {rule} {count}" for rule, count in file["edits"].items()]
        return code, sorted(found)


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    return Check(capsys)


def test_a_history_of_thirty_commits(book: Book, check: Check) -> None:
    seen: list[tuple[str, list[str]]] = []
    expected: list[tuple[str, list[str]]] = []
    for number, (what, added) in enumerate(steps(book)):
        expected.append((what, sorted(added)))
        before_commit = check("HEAD")
        commit(book.folder, what)
        if number:
            assert check("HEAD~1") == before_commit, what
            assert check("HEAD") == (0, []), what
        seen.append((what, before_commit[1]))
    assert seen == expected
    assert len(seen) == 30
