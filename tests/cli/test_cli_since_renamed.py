"""Renamed files keep what they had: by likeness, where git sees one file that is gone and another that is new."""

from __future__ import annotations

import shutil

import pytest
from history import PROSE, Book, commit, git, page, removal
from since_repository import Check, book, check

__all__ = ["book", "check"]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
ONE, TWO, THREE, *MORE = PROSE
#: A chapter in one line, with a repeat in it.
CHAPTER = "".join(MORE[:6]) + ONE + ONE + "".join(MORE[6:9])


def test_git_does_not_see_it(book: Book, check: Check) -> None:
    book.write("01.txt", CHAPTER + "\n")
    commit(book.folder)
    (book.folder / "01.txt").unlink()
    book.write("02.txt", "　" + CHAPTER + "\n")
    git(book.folder, "add", "-A")
    status = git(book.folder, "diff", "--cached", "--name-status", "-M1%", "HEAD").split()
    assert status == ["D", "01.txt", "A", "02.txt"]
    assert check("HEAD", "--disable", "tidy", ".") == (0, [])
    assert check("HEAD", "--disable", "tidy", "02.txt") == (0, [])


def test_many_at_once_each_finds_its_own(book: Book, check: Check) -> None:
    for number in range(9):
        book.write(f"old/{number}.md", page(MORE[number], MORE[number], MORE[number + 1], f"# {number}"))
    commit(book.folder)
    for number in range(9):
        book.move(f"old/{number}.md", f"new/{8 - number}.md")
    assert check("HEAD") == (0, [])
    book.write("new/3.md", book.read("new/3.md") + "\n" + page(TWO, TWO))
    assert check("HEAD") == (1, [removal("new/3.md", TWO)])


def test_a_chapter_in_two(book: Book, check: Check) -> None:
    book.write("all.md", page(ONE, ONE, *MORE[:4], TWO, TWO, *MORE[4:8]))
    commit(book.folder)
    (book.folder / "all.md").unlink()
    book.write("1.md", page(ONE, ONE, *MORE[:4]))
    book.write("2.md", page(TWO, TWO, *MORE[4:8], THREE, THREE))
    assert check("HEAD") == (1, [removal("2.md", THREE)])


def test_names_given_to_other_texts(book: Book, check: Check) -> None:
    texts = [page(MORE[n], MORE[n], MORE[n + 4]) for n in range(4)]
    for number, text in enumerate(texts):
        book.write(f"{number}.md", text)
    commit(book.folder)
    for number, text in enumerate([page(TWO, THREE), *texts]):
        book.write(f"{number}.md", text)
    assert check("HEAD") == (0, [])
    assert check("HEAD", "3.md") == (0, [])  # as a hook names a part of the files


def test_a_copy_of_a_file_that_stays_is_new(book: Book, check: Check) -> None:
    book.write("a.md", page(ONE, ONE, TWO))
    commit(book.folder)
    book.write("a.md", page(ONE, ONE, TWO, THREE))
    book.write("b.md", page(ONE, ONE, TWO))
    assert check("HEAD") == (1, [removal("b.md", ONE)])
    assert check("HEAD", "b.md") == (1, [removal("b.md", ONE)])


def test_nothing_in_common(book: Book, check: Check) -> None:
    book.write("a.md", page(ONE, ONE))
    commit(book.folder)
    (book.folder / "a.md").unlink()
    book.write("b.md", page(TWO, TWO))
    assert check("HEAD") == (1, [removal("b.md", TWO)])
