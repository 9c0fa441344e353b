"""Which files a run takes: ignore files, globs, and what is named though it is left out."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from dedupe_cn.io.configurations import Configurations
from dedupe_cn.io.discover import Found, discover
from dedupe_cn.io.selection import Selection


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(name, encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    fill(tmp_path, "a.md", "docs/b.txt", "docs/deep/c.md", "drafts/d.md", "e.log", "docs/f.json", "G.TXT")
    return tmp_path


def names(found: Found) -> list[str]:
    return [source.name for source in found.sources]


def left_out(found: Found) -> set[tuple[str, str]]:
    return {(skip.path, skip.code) for skip in found.skipped if not skip.error}


def choose(*paths: str, **options: object) -> Found:
    return discover([Path(path) for path in paths], Selection(Configurations(), **options))  # type: ignore[arg-type]


def test_globs_of_the_command_line(tree: Path) -> None:
    assert names(choose(".", exclude=("docs/deep", "*.TXT"))) == ["a.md", "docs/b.txt", "drafts/d.md"]
    assert names(choose(".", include=("docs/",))) == ["docs/b.txt", "docs/deep/c.md"]
    assert names(choose(".", include=("*.txt",))) == ["G.TXT", "docs/b.txt"]
    assert names(choose(".", include=("*.log", "docs/deep/**"))) == ["docs/deep/c.md", "e.log"]
    found = choose(".", include=("*.json",))
    assert (names(found), ("docs/f.json", "refused-records") in left_out(found)) == ([], True)
    fill(tree, "docs/g.py")
    found = choose(".", include=("*.py", "*.log"))
    assert (names(found), ("docs/g.py", "refused-source") in left_out(found)) == (["e.log"], True)


@pytest.mark.parametrize("apart", [True, False])
def test_a_glob_means_a_name_however_composed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: bool) -> None:
    def write(name: str, apart: bool) -> str:
        return unicodedata.normalize("NFD" if apart else "NFC", name)

    monkeypatch.chdir(tmp_path)
    fill(tmp_path, *(write(f"{name}.md", apart) for name in ("lǜ shī/一", "b", "ǹ")))
    exclude = tuple(write(glob, not apart) for glob in ("lǜ*/", "ǹ.md"))
    assert names(choose(".", exclude=exclude)) == ["b.md"]


def test_globs_of_the_configuration_count_from_its_folder(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "dedupe-cn.toml").write_text('exclude = ["/docs/deep", "drafts/"]', encoding="utf-8")
    assert names(choose(".")) == ["G.TXT", "a.md", "docs/b.txt"]
    monkeypatch.chdir(tree / "docs")
    assert names(choose(".")) == ["b.txt"]
    # Globs of the command line are added to them, and count from the working folder.
    assert names(choose("..", exclude=("b.txt",))) == ["../G.TXT", "../a.md"]


def test_a_nearer_configuration_decides_below_it(tree: Path) -> None:
    (tree / "dedupe-cn.toml").write_text('exclude = ["c.md", "drafts/"]', encoding="utf-8")
    fill(tree, "drafts/dedupe-cn.toml")
    (tree / "docs" / "dedupe-cn.toml").write_text('include = ["*.md"]', encoding="utf-8")
    # docs/ has its own rules; drafts/ is not entered, whatever stands in it.
    assert names(choose(".")) == ["G.TXT", "a.md", "docs/deep/c.md"]


def test_what_is_named_is_read_unless_forced(tree: Path) -> None:
    (tree / "dedupe-cn.toml").write_text('exclude = ["drafts/"]', encoding="utf-8")
    (tree / ".gitignore").write_text("docs/deep/\n", encoding="utf-8")
    named = ("drafts/d.md", "docs/deep/c.md", "a.md")
    assert names(choose(*named)) == sorted(["a.md", "docs/deep/c.md", "drafts/d.md"])
    assert names(choose("drafts")) == ["drafts/d.md"]
    assert names(choose("docs/deep")) == ["docs/deep/c.md"]
    forced = choose(*named, force=True)
    assert names(forced) == ["a.md"]
    assert left_out(forced) == {("drafts/d.md", "excluded"), ("docs/deep/c.md", "ignored")}
    assert names(choose("drafts", force=True)) == []


def test_own_ignore_file_goes_over_gitignore(tree: Path) -> None:
    (tree / ".gitignore").write_text("drafts/\na.md\n", encoding="utf-8")
    (tree / ".dedupe-cn-ignore").write_text("!drafts/\ndocs/\n", encoding="utf-8")
    assert names(choose(".")) == ["G.TXT", "drafts/d.md"]
    assert names(choose(".", gitignore=False)) == ["G.TXT", "a.md", "drafts/d.md"]


def test_folders_of_others_are_passed_over(tree: Path) -> None:
    fill(tree, "node_modules/x/README.md", "env/pyvenv.cfg", "env/lib/x.md", "docs/__pycache__/x.txt")
    found = choose(".")
    assert names(found) == names(choose(".", exclude=("node_modules", "env", "__pycache__")))
    assert {("node_modules", "pruned"), ("env", "pruned"), ("docs/__pycache__", "pruned")} <= left_out(found)
    assert names(choose("node_modules")) == ["node_modules/x/README.md"]
    assert names(choose("node_modules/x/README.md", force=True)) == []


def test_a_folder_all_left_out_is_no_error(tree: Path) -> None:
    assert not any(skip.error for skip in choose("docs", exclude=("*.txt", "deep/")).skipped)
    (skip,) = (skip for skip in choose("docs", include=("*.rst",)).skipped if skip.error)
    assert (skip.code, skip.detail) == ("no-text", "*.rst")


def test_a_repository_ends_where_another_begins(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / ".gitignore").write_text("c.md\nb.txt\n", encoding="utf-8")
    (tree / "docs" / "deep" / ".git").mkdir()
    assert names(choose(".")) == ["G.TXT", "a.md", "docs/deep/c.md", "drafts/d.md"]


def test_outside_of_a_repository_ignore_files_above_the_working_folder_do_not_count(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / ".gitignore").write_text("b.txt\n", encoding="utf-8")
    monkeypatch.chdir(tree / "docs")
    assert names(choose(".")) == ["b.txt", "deep/c.md"]
    (tree / ".git").mkdir()
    assert names(choose(".")) == ["deep/c.md"]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_gitignore_means_what_git_means(tree: Path) -> None:
    fill(tree, "docs/deep/k.md", "docs/x/y/z.md", "docs/x/keep.md", "build/a.md", "src/build/a.md", "info.md")
    fill(tree, "空 格/文 章.md")
    (tree / ".gitignore").write_text(
        "# comment\n/build/\n*.md~\ndocs/**/z.md\n空 格/\n\\#x.md\n[bad\n!\n\nd*.md\n", encoding="utf-8"
    )
    (tree / "docs" / ".gitignore").write_text("/deep/*\n!/deep/k.md\nx/\n!x/keep.md\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
    (tree / ".git" / "info" / "exclude").write_text("info.md\n", encoding="utf-8")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard", "*.md", "*.txt", "*.TXT"],
        cwd=tree,
        capture_output=True,
        check=True,
    )
    wanted = {name.decode() for name in listed.stdout.split(b"\0") if name}
    assert wanted >= {"a.md", "docs/deep/k.md", "src/build/a.md"}
    assert set(names(choose("."))) == wanted
