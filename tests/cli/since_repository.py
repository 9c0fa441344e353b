"""The fixtures of the tests of ``--since``: a repository to write in, and a check of it in the words of a history."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from history import Book, git

from dedupe_cn.cli import run

#: A warning on stderr: path, rule, count.
_WARNING = re.compile(r"^(\S+?):\d+:\d+ warning: (\S+), (\d+) time", re.MULTILINE)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Give an empty repository, and work in it."""
    folder = tmp_path / "仓库"
    folder.mkdir()
    git(folder, "init", "-q")
    for name in ("PRE_COMMIT", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
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
        found = [f"{path}: {rule} {count}" for path, rule, count in _WARNING.findall(said.err)]
        for file in json.loads(said.out)["files"]:
            assert file["error"] is None
            path = file["path"]
            for removal in file["removals"]:
                same = removal["rule"] == "duplicate-file"
                found.append(f"{path} = {removal['kept']['path']}" if same else f"{path}: {removal['text'][:6]}")
            found += [f"{path}: {rule} {count}" for rule, count in file["edits"].items()]
        return code, sorted(found)

    def refused(self, since: str, *arguments: str) -> str:
        """Give the one line of a check that is refused."""
        self.capsys.readouterr()
        given = arguments or ("--check", ".")
        assert run(["clean", "--since", since, *given]) == 2
        said = self.capsys.readouterr()
        assert said.out == ""
        (line,) = said.err.splitlines()
        return line


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    return Check(capsys)
