"""What ``--since`` cannot compare is refused in one line, in both languages, before anything is read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from history import PROSE, Book, commit, git, page, removal
from since_repository import Check, book, check

__all__ = ["book", "check"]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
ONE, TWO, THREE, *_ = PROSE


@pytest.fixture
def old(book: Book) -> Book:
    """Give a repository of two commits, and a change that is not committed."""
    book.write("a.md", page(TWO))
    commit(book.folder)
    book.write("a.md", page(TWO, THREE))
    commit(book.folder)
    book.write("a.md", page(TWO, THREE, ONE, ONE))
    return book


@pytest.mark.parametrize("revision", ["nope", "HEAD~9", "0" * 40, "-x", "--all", "HEAD:a.md", "main...nope", "a b"])
def test_a_revision_that_is_not_there(old: Book, check: Check, revision: str) -> None:
    line = f"error: --since: there is no revision {revision} here; see 'git log', or fetch it"
    assert check.refused(revision) == line


def test_no_revision(old: Book, check: Check) -> None:
    assert "needs a revision" in check.refused("")


def test_in_chinese(old: Book, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEDUPE_CN_LANG", "zh")
    assert check.refused("nope") == "错误：--since：这里没有版本 nope；请用 git log 查看，或先取回（git fetch）"


@pytest.mark.parametrize("arguments", [("--write", "."), ("-o", "x.md", "a.md"), ("a.md",)])
def test_nothing_is_written(old: Book, check: Check, arguments: tuple[str, ...]) -> None:
    before = old.read("a.md")
    assert "add --check or --diff" in check.refused("HEAD", *arguments)
    assert old.read("a.md") == before
    assert not (old.folder / "x.md").exists()


def test_standard_input(old: Book, check: Check) -> None:
    assert "standard input has none" in check.refused("HEAD", "--check", "-")


def test_no_git(old: Book, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check.refused("HEAD") == "error: --since needs git, and there is none on the path; install it"


def test_a_git_that_refuses(old: Book, check: Check) -> None:
    (old.folder / ".git" / "config").write_text("[core\n")
    line = check.refused("HEAD")
    assert line.startswith("error: --since: git refuses (bad config")


def test_no_repository(book: Book, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = book.folder.parent
    Book(outside).write("a.md", page(ONE, ONE))
    assert "../a.md lies in no working tree of git" in check.refused("HEAD", "--check", "../a.md")
    monkeypatch.chdir(outside)
    (outside / "empty").mkdir()
    assert "lies in no working tree of git" in check.refused("HEAD", "--check", "a.md")
    shutil.rmtree(book.folder / ".git")
    monkeypatch.chdir(book.folder)
    book.write("b.md", page(ONE))
    assert "b.md lies in no working tree of git" in check.refused("HEAD")


def test_a_bare_repository(old: Book, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    git(old.folder.parent, "clone", "-q", "--bare", str(old.folder), "bare")
    bare = Book(old.folder.parent / "bare")
    bare.write("a.md", page(ONE))
    monkeypatch.chdir(bare.folder)
    assert "a bare repository has no files" in check.refused("HEAD")


def test_a_submodule(old: Book, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    other = old.folder.parent / "other"
    other.mkdir()
    git(other, "init", "-q")
    Book(other).write("s.md", page(ONE, ONE))
    commit(other)
    git(old.folder, "submodule", "add", "-q", str(other), "sub")
    commit(old.folder)
    assert "sub/s.md belongs to another repository or a submodule" in check.refused("HEAD")
    assert check("HEAD~1", "--exclude", "sub", ".") == (1, [removal("a.md", ONE)])
    monkeypatch.chdir(old.folder / "sub")
    assert check("HEAD") == (0, [])
    Book(old.folder / "sub").write("s.md", page(ONE, ONE, TWO, TWO))
    assert check("HEAD") == (1, [removal("s.md", TWO)])
    monkeypatch.chdir(old.folder)
    assert check("HEAD~1", "--exclude", "sub", ".") == (1, [removal("a.md", ONE)])


def test_a_clone_without_the_revision(old: Book, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    git(old.folder.parent, "clone", "-q", "--depth", "1", old.folder.as_uri(), "shallow")
    monkeypatch.chdir(old.folder.parent / "shallow")
    assert check("HEAD") == (0, [])
    for revision in ("HEAD~1", git(old.folder, "rev-parse", "HEAD~1").strip()):
        line = check.refused(revision)
        assert "this shallow clone does not have revision" in line
        assert "fetch-depth: 0" in line


def test_contents_that_are_lost(old: Book, check: Check) -> None:
    id = git(old.folder, "rev-parse", "HEAD:a.md").strip()
    (old.folder / ".git" / "objects" / id[:2] / id[2:]).unlink()
    assert check.refused("HEAD").startswith("error: --since: git refuses (unable to read ")
