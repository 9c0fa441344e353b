"""What files were, as git gives it: filters applied, an answer that ends, and what git does not have."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dedupe_cn.io.git import GitError, repository_of
from dedupe_cn.io.git_history import Former, FormerFiles, RevisionError, changes_since, ids_of, resolve

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
TEXT = "渡口的老人每天清早都要把缆绳检查一遍。\n"


def git(folder: Path, *arguments: str) -> str:
    own = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false")
    kept = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", *own, *arguments], cwd=folder, capture_output=True, check=True, env=kept)
    return done.stdout.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a repository with a file in GBK, one with CR LF, one that a filter changes, and a plain one."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "filter.twice.smudge", "sed p")
    git(tmp_path, "config", "filter.twice.clean", "sed -n 'n;p'")
    (tmp_path / ".gitattributes").write_text(
        "gbk.txt working-tree-encoding=GBK\ncrlf.txt text eol=crlf\ntwice.txt filter=twice\n"
    )
    (tmp_path / "gbk.txt").write_bytes(TEXT.encode("gbk"))
    (tmp_path / "crlf.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    (tmp_path / "twice.txt").write_bytes(TEXT.encode() * 2)
    (tmp_path / "a.txt").write_bytes(b"")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "a")
    return tmp_path


def test_bytes_as_a_checkout_writes_them(folder: Path) -> None:
    repository = repository_of(folder)
    assert repository is not None
    changes = changes_since(repository, resolve(repository, "HEAD"))
    assert changes.formers == {}
    assert changes.added == set()
    with FormerFiles() as formers:
        for name in ("gbk.txt", "crlf.txt", "twice.txt", "a.txt", ".gitattributes", "gbk.txt"):
            assert formers.read(Former(folder, name, changes.held[name])) == (folder / name).read_bytes(), name
    names = ["gbk.txt", "crlf.txt", "twice.txt", "a.txt"]
    for name in ('"a".txt', '"', "a\nb", '"\\\n"', "\\a", "a\\n"):
        (folder / name).write_bytes(b"")
        assert ids_of(repository, [name, "crlf.txt"]) == {
            name: changes.held["a.txt"],
            "crlf.txt": changes.held["crlf.txt"],
        }
    assert ids_of(repository, names) == {name: changes.held[name] for name in names}


def test_what_git_does_not_have(folder: Path) -> None:
    with FormerFiles() as formers:
        for id in ("0" * 40, "HEAD", "x" * 40, "HEAD:"):
            with pytest.raises(GitError):
                formers.read(Former(folder, "a.txt", id))
        assert formers.read(Former(folder, "a.txt", git(folder, "rev-parse", "HEAD:a.txt").strip())) == b""


def test_all_kinds_of_changes(folder: Path) -> None:
    repository = repository_of(folder)
    assert repository is not None
    (folder / "link").symlink_to("a.txt")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "b")
    before = resolve(repository, "@")
    (folder / "gbk.txt").unlink()
    (folder / "link").unlink()
    (folder / "link").write_text("a")
    os.utime(folder / "crlf.txt")
    (folder / "a.txt").write_text("b")
    (folder / "new.txt").write_text("c")
    (folder / "told.txt").write_text("d")
    git(folder, "add", "told.txt")
    changes = changes_since(repository, before)
    assert changes.formers.keys() == {"gbk.txt", "a.txt"}
    assert changes.added == {"link", "told.txt"}
    differing = {path.name for path in folder.iterdir() if path.is_file() and changes.differs(path.name)}
    assert differing == {"a.txt", "link", "new.txt", "told.txt"}


def test_no_commit_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    repository = repository_of(tmp_path)
    assert repository is not None
    assert resolve(repository, "HEAD") is None
    with pytest.raises(RevisionError):
        resolve(repository, "main~1")
    assert changes_since(repository, None).differs("a.txt")
