"""Which files a run reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedupe_cn.io.discover import Found, discover
from dedupe_cn.io.suffixes import kind_of, why_refused
from dedupe_cn.model import Kind


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        "b.md",
        "a.txt",
        "c.py",
        "d.json",
        "sub/e.MARKDOWN",
        "sub/f.mdx",
        ".git/g.md",
        "sub/.h.txt",
        "sub/.config.toml",
        ".notes/n.md",
        "z/i.text",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def names(found: Found) -> list[str]:
    return [source.name for source in found.sources]


def passed_over(found: Found) -> set[tuple[str, str]]:
    return {(skip.path, skip.code) for skip in found.skipped}


def test_a_folder_is_walked_for_text(tree: Path) -> None:
    found = discover([Path()])
    assert names(found) == ["a.txt", "b.md", "sub/e.MARKDOWN", "sub/f.mdx", "z/i.text"]
    # Nothing is said of .git and of hidden files that hold no text anyway.
    assert passed_over(found) == {(".notes", "hidden"), ("sub/.h.txt", "hidden")}
    assert not any(skip.error for skip in found.skipped)
    assert [str(source.below) for source in discover([Path("sub")]).sources] == ["e.MARKDOWN", "f.mdx"]


def test_the_order_of_the_paths_does_not_count(tree: Path) -> None:
    assert names(discover([Path("b.md"), Path("sub"), Path("a.txt")])) == names(
        discover([Path("a.txt"), Path("b.md"), Path("sub")])
    )


def test_a_file_is_read_once(tree: Path) -> None:
    (tree / "link.md").symlink_to("b.md")
    found = discover([Path("link.md"), Path("b.md"), Path("./b.md"), Path()])
    assert names(found).count("b.md") == 1
    assert "link.md" not in names(found)
    assert ("link.md", "same-file") in passed_over(found)


def test_a_link_that_is_named_is_read(tree: Path) -> None:
    (tree / "link.md").symlink_to("b.md")
    assert names(discover([Path("link.md")])) == ["link.md"]


def test_links_inside_a_folder_are_not_followed(tree: Path) -> None:
    (tree / "loop").symlink_to(".")
    (tree / "sub" / "link.md").symlink_to("../b.md")
    found = discover([Path()])
    assert {("loop", "link"), ("sub/link.md", "link")} <= passed_over(found)
    assert names(found).count("b.md") == 1


def test_what_is_hidden_is_read_when_named(tree: Path) -> None:
    assert names(discover([Path("sub/.h.txt"), Path(".git")])) == [".git/g.md", "sub/.h.txt"]


@pytest.mark.parametrize(("name", "code"), [("d.json", "refused-records"), ("missing", "missing"), ("bare", "no-text")])
def test_what_cannot_be_read_is_an_error(tree: Path, name: str, code: str) -> None:
    (tree / "bare").mkdir()
    (skip,) = discover([Path(name)]).skipped
    assert (skip.code, skip.error) == (code, True)


def test_a_path_that_no_system_takes(tree: Path) -> None:
    (skip,) = discover([Path("a\0b")]).skipped
    assert skip.error


def test_what_is_not_prose_is_refused_unless_somebody_says_how_to_read_it(tree: Path) -> None:
    for name in ("e.rst", "Makefile", "F.YAML", "g.log", "h"):
        (tree / name).write_text(name, encoding="utf-8")
    named = [Path(name) for name in ("a.txt", "c.py", "e.rst", "F.YAML", "Makefile", "g.log", "h")]
    found = discover(named)
    assert names(found) == ["a.txt", "g.log", "h"]
    assert {(skip.path, skip.code, skip.detail) for skip in found.skipped} == {
        ("c.py", "refused-source", ".py"),
        ("e.rst", "refused-prose", ".rst"),
        ("F.YAML", "refused-source", ".yaml"),
        ("Makefile", "refused-source", "makefile"),
    }
    assert all(skip.error for skip in found.skipped)
    assert names(discover(named, told=lambda name: Kind.TEXT)) == sorted(map(str, named))
    assert "e.rst" not in names(discover(named, told=lambda name: Kind.MARKDOWN))
    asked: list[str] = []
    discover(named, told=asked.append)
    assert asked == ["c.py", "e.rst", "F.YAML", "Makefile"]


def test_kinds_by_name() -> None:
    assert [kind_of(name).value for name in ("README", "a.log", "a.Md")] == ["text", "text", "markdown"]


@pytest.mark.parametrize("name", ["a.json", "a.odt", "a.html"])
def test_no_word_lets_in_what_another_tool_is_for(name: str) -> None:
    assert why_refused(name, lambda: Kind.TEXT)[0].startswith("refused-")
