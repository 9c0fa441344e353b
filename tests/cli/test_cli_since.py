"""``--since``: at each commit of a history exactly the findings that it added."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from history import PROSE, Book, commit, git, layout, page, removal, steps
from since_repository import Check, book, check

from dedupe_cn.cli import run

__all__ = ["book", "check"]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
ONE, TWO, THREE, *_ = PROSE


def test_a_history_of_thirty_commits(book: Book, check: Check) -> None:
    seen: list[tuple[str, list[str]]] = []
    expected: list[tuple[str, list[str]]] = []
    for number, (what, added) in enumerate(steps(book)):
        expected.append((what, sorted(added)))
        before_commit = check("HEAD")
        commit(book.folder, what)
        if number:
            assert check("HEAD~1") == before_commit, what
        seen.append((what, before_commit[1]))
    assert seen == expected
    assert len(seen) == 30


@pytest.fixture
def old(book: Book) -> Book:
    """Give a repository with a repeat and trailing white space in two files."""
    for name in ("a.md", "卷/b.md"):
        book.write(name, page(ONE + " ", ONE, TWO))
    commit(book.folder)
    return book


NEW = [removal("卷/b.md", THREE)]


def add(book: Book) -> None:
    book.write("卷/b.md", book.read("卷/b.md") + "\n" + page(THREE, THREE))


def test_what_is_not_committed_counts(old: Book, check: Check) -> None:
    assert check("HEAD") == (0, [])
    add(old)
    assert check("HEAD") == (1, NEW)
    git(old.folder, "add", "-A")
    assert check("HEAD") == (1, NEW)


def test_a_file_that_git_was_never_told_of_is_new(old: Book, check: Check) -> None:
    old.write("c.md", page(THREE, THREE))
    assert check("HEAD") == (1, [removal("c.md", THREE)])
    (old.folder / "a.md").unlink()
    git(old.folder, "rm", "-q", "--cached", "卷/b.md")  # still there, and as it was
    assert check("HEAD") == (1, [removal("c.md", THREE)])


def test_in_a_folder_and_with_files_named(old: Book, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    add(old)
    old.write("a.md", old.read("a.md") + "\n" + page(THREE, THREE))
    assert check("HEAD", "卷/b.md") == (1, NEW)
    assert check("HEAD", "卷") == (1, NEW)
    monkeypatch.chdir(old.folder / "卷")
    assert check("HEAD", "b.md") == (1, [removal("b.md", THREE)])
    assert check("HEAD", "../a.md") == (1, [removal("../a.md", THREE)])
    monkeypatch.chdir(old.folder.parent)
    assert check("HEAD", "仓库/卷") == (1, [removal("仓库/卷/b.md", THREE)])


def test_in_a_hook(old: Book, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    add(old)
    git(old.folder, "add", "-A")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_PREFIX", "")
    assert check("HEAD", "--force-exclude", "a.md", "卷/b.md") == (1, NEW)


def test_before_the_first_commit_all_is_new(book: Book, check: Check) -> None:
    book.write("a.md", page(ONE, ONE))
    assert check("HEAD") == (1, [removal("a.md", ONE)])
    git(book.folder, "add", "-A")
    assert check("@") == (1, [removal("a.md", ONE)])


def test_where_two_branches_parted(old: Book, check: Check) -> None:
    git(old.folder, "checkout", "-q", "-b", "branch")
    add(old)
    commit(old.folder)
    git(old.folder, "checkout", "-q", "main")
    old.write("a.md", page(ONE, TWO))
    commit(old.folder)
    git(old.folder, "checkout", "-q", "branch")
    both = [removal("a.md", ONE), layout("a.md", "trailing-space"), *NEW]
    assert check("main") == (1, sorted(both))
    assert check("main...") == check("main...branch") == (1, NEW)


def test_a_worktree_that_is_linked(old: Book, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    git(old.folder, "worktree", "add", "-q", "../other")
    monkeypatch.chdir(old.folder.parent / "other")
    linked = Book(old.folder.parent / "other")
    add(linked)
    assert check("HEAD") == check("main") == (1, NEW)


def test_a_link_is_the_file_it_leads_to(old: Book, check: Check) -> None:
    (old.folder / "link.md").symlink_to("卷/b.md")
    assert check("HEAD", "link.md") == (0, [])
    add(old)
    assert check("HEAD", "link.md") == (1, [removal("link.md", THREE)])


def test_names_that_git_would_put_in_quotes(book: Book, check: Check) -> None:
    names = ['a"b.md', '"a".md', "\\a.md", "a\tb.md", "a\nb.md", " a b .md", "*.md", ":!a.md"]
    for name in names:
        book.write(name, page(ONE, ONE, name))
    commit(book.folder)
    for name in names:
        book.write(name, book.read(name) + "\n" + TWO + "\n")
    assert check("HEAD") == (0, [])


def test_verdicts_hold_beside_it(old: Book, check: Check) -> None:
    add(old)
    assert run(["decide", "--accept-current", "."]) == 0
    assert check("HEAD") == (0, [])
    old.write("卷/b.md", old.read("卷/b.md") + "\n" + page(TWO))
    assert check("HEAD") == (1, [removal("卷/b.md", TWO)])


def test_the_same_with_several_processes(old: Book, check: Check) -> None:
    for number in range(12):
        old.write(f"c{number}.md", page(ONE, ONE, f"{number}{TWO}"))
    commit(old.folder)
    for number in range(12):
        old.write(f"c{number}.md", page(ONE, ONE, f"{number}{TWO}", THREE, THREE))
    found = check("HEAD", "--jobs", "1", ".")
    assert found == (1, sorted(removal(f"c{number}.md", THREE) for number in range(12)))
    assert check("HEAD", "--jobs", "3", ".") == found


def test_the_diff_is_of_what_is_new(old: Book, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    add(old)
    old.change("卷/b.md", TWO, TWO + "  ")
    assert run(["clean", "--diff", "--since", "HEAD", "."]) == 1
    patch = old.folder / "p"
    patch.write_bytes(capsysbinary.readouterr().out)
    git(old.folder, "apply", str(patch))
    assert old.read("卷/b.md") == page(ONE + " ", ONE, TWO, THREE)


def gbk(text: str) -> bytes:
    return text.encode("gbk")


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("attributes", "encoded"),
    [("*.txt working-tree-encoding=GBK\n", gbk), ("*.txt text eol=crlf\n", crlf), ("", gbk), ("", crlf)],
)
def test_bytes_as_git_makes_them(
    book: Book, check: Check, attributes: str, encoded: Callable[[str], bytes]
) -> None:
    (book.folder / ".gitattributes").write_text(attributes)
    (book.folder / "a.txt").write_bytes(encoded(page(ONE + " ", ONE, TWO)))
    commit(book.folder)
    os.utime(book.folder / "a.txt")
    assert check("HEAD") == (0, [])
    (book.folder / "a.txt").write_bytes(encoded(page(ONE + " ", ONE, TWO, THREE, THREE)))
    assert check("HEAD") == (1, [removal("a.txt", THREE)])
    (book.folder / "b.txt").write_bytes(encoded(page("　" + ONE + " ", ONE, TWO)))
    (book.folder / "a.txt").unlink()
    assert check("HEAD") == (0, [])


def test_another_encoding_is_new(book: Book, check: Check, capsys: pytest.CaptureFixture[str]) -> None:
    book.write("a.txt", page(ONE + " ", ONE))
    commit(book.folder)
    (book.folder / "a.txt").write_bytes(gbk(page(ONE + " ", ONE)))
    assert check("HEAD") == (1, [])
    assert run(["clean", "--check", "--since", "HEAD", "."]) == 1
    assert "a.txt: would be tidied: gb18030 to utf-8" in capsys.readouterr().out


def test_a_file_that_could_not_be_read_then(book: Book, check: Check) -> None:
    (book.folder / "a.md").write_bytes(b"\0\1\2" * 30)
    commit(book.folder)
    book.write("a.md", page(ONE, ONE))
    assert check("HEAD") == (1, [removal("a.md", ONE)])


def test_marks_count_in_both_states(book: Book, check: Check) -> None:
    book.write("a.md", page("<!-- dedupe-cn: off -->", ONE, ONE, "<!-- dedupe-cn: on -->", TWO))
    commit(book.folder)
    book.change("a.md", TWO, THREE)
    assert check("HEAD") == (0, [])
    book.write("a.md", page(ONE, ONE, THREE))
    assert check("HEAD") == (1, [removal("a.md", ONE)])


def test_one_question_to_git_for_all_files(
    book: Book, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        book.write(f"{number}.md", page(ONE, ONE, f"{number}{TWO}"))
    commit(book.folder)
    for number in range(40):
        book.write(f"{number}.md", page(ONE, ONE, f"{number}{THREE}"))
    log = tmp_path / "log"
    own = tmp_path / "bin" / "git"
    own.parent.mkdir()
    own.write_text(f'#!/bin/sh\necho "$@" >>"{log}"\nexec "{shutil.which("git")}" "$@"\n')
    own.chmod(0o755)
    monkeypatch.setenv("PATH", f"{own.parent}{os.pathsep}{os.environ['PATH']}")
    assert check("HEAD", "--jobs", "1", ".") == (0, [])
    assert len(log.read_text().splitlines()) <= 8


def test_files_that_were_identical_before(book: Book, check: Check) -> None:
    for name in ("a.md", "b.md"):
        book.write(name, page(ONE, TWO))
    commit(book.folder)
    for name in ("a.md", "b.md"):
        book.write(name, page(ONE, TWO, THREE))
    assert check("HEAD") == (0, [])
    book.write("c.md", page(ONE, TWO, THREE))
    assert check("HEAD") == (0, ["c.md = a.md"])
