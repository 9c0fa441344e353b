"""What is written under a runner of hooks: nothing over edits it has put aside, and nothing that only the file had.

The stashes and patches are made as lefthook and lint-staged make them; scripts/hook_proof runs the real ones.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from real_command import Cli, Done

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，抬头看见他，笑了。\n"
ONCE = f"# 归\n\n{PASSAGE}\n尾声。\n"
TWICE = f"# 归\n\n{PASSAGE}\n{PASSAGE}\n尾声。\n"
LEFTHOOK, LINT_STAGED = "lefthook auto backup", "lint-staged automatic backup (3f9c)"


class Repository:
    """A repository with one commit; the index holds the passage twice, and a person has taken one out by hand."""

    def __init__(self, cli: Cli, name: str = "章 节.md", after: bytes = ONCE.encode()) -> None:
        self.cli, self.folder, self.path = cli, cli.folder, cli.folder / name
        self.git("init", "-q")
        (self.folder / "other.md").write_text(TWICE, "utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", "first")
        self.path.write_text(TWICE, "utf-8")
        self.git("add", "-A")
        self.path.write_bytes(after)

    def git(self, *arguments: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
        done = subprocess.run(
            ["git", *who, *arguments],
            cwd=self.folder,
            capture_output=True,
            check=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        )
        return done.stdout.decode().strip()

    def stash(self, subject: str) -> str:
        """Keep the edits in a stash as the runners do, then take them out of the working tree."""
        commit = self.git("stash", "create")
        self.git("stash", "store", "-m", subject, commit)
        self.hide()
        return commit

    def patch(self, place: str) -> Path:
        """Keep the edits in a patch as the runners do, then take them out."""
        path = self.folder / ".git" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.git("diff", "--binary", "--unified=0").encode() + b"\n")
        self.hide()
        return path

    def hide(self) -> None:
        self.git("checkout", "--force", "--", ".")
        assert self.path.read_text("utf-8") == TWICE

    def write(self, *more: str) -> Done:
        """Clean as the hook does."""
        names = more or (self.path.name, "other.md")
        return self.cli("clean", "--write", "--level", "safe", "--exit-non-zero-on-change", *names)


def stays(repository: Repository, runner: str, place: str) -> None:
    done = repository.write()
    assert done.code == 2
    (error,) = [line for line in done.errors if line.startswith("error:")]
    assert f"error: {repository.path.name}: not written: {runner} has put aside edits of this file" in error
    assert place in error
    assert repository.path.read_text("utf-8") == TWICE
    assert (repository.folder / "other.md").read_text("utf-8") == ONCE


@pytest.mark.parametrize(("subject", "runner"), [(LEFTHOOK, "lefthook"), (LINT_STAGED, "lint-staged")])
def test_a_file_whose_edits_are_in_a_stash_stays(cli: Cli, subject: str, runner: str) -> None:
    repository = Repository(cli)
    commit = repository.stash(subject)
    stays(repository, runner, f"git stash ({commit[:8]})")


def test_a_stash_with_its_own_commit_counts_too(cli: Cli) -> None:
    repository = Repository(cli)
    repository.git("stash", "push", "--keep-index", "--message", LINT_STAGED)
    stays(repository, "lint-staged", "git stash (")


@pytest.mark.parametrize(
    ("place", "runner"),
    [
        ("info/lefthook-unstaged.patch", "lefthook"),
        ("lint-staged_unstaged.patch", "lint-staged"),
        ("lint-staged/3f9c/unstaged.patch", "lint-staged"),
    ],
)
def test_a_file_whose_edits_are_in_a_patch_stays(cli: Cli, place: str, runner: str) -> None:
    repository = Repository(cli)
    stays(repository, runner, repository.patch(place).as_posix())


def test_binary_edits_and_removed_files_are_seen(cli: Cli) -> None:
    repository = Repository(cli, after=ONCE.encode("utf-16"))
    repository.patch("info/lefthook-unstaged.patch")
    assert repository.write().code == 2
    (repository.folder / ".git" / "info" / "lefthook-unstaged.patch").unlink()
    (repository.folder / "other.md").unlink()
    repository.stash(LEFTHOOK)
    assert repository.write("other.md").code == 2
    assert (repository.folder / "other.md").read_text("utf-8") == TWICE


def test_a_new_file_that_was_removed_again_is_in_the_patch_alone(cli: Cli) -> None:
    repository = Repository(cli)
    repository.path.unlink()
    # git leaves it out of a stash.
    patch = repository.patch("info/lefthook-unstaged.patch")
    stays(repository, "lefthook", patch.as_posix())


def test_in_a_linked_working_tree_too(cli: Cli) -> None:
    repository = Repository(cli)
    repository.git("commit", "-qm", "second")
    repository.git("worktree", "add", "-q", "linked")
    linked = repository.folder / "linked"
    (linked / repository.path.name).write_text(TWICE + "再。\n", "utf-8")
    commit = subprocess.check_output(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "stash", "create"], cwd=linked
    ).decode()
    repository.git("stash", "store", "-m", LEFTHOOK, commit.strip())
    (linked / repository.path.name).write_text(TWICE, "utf-8")
    done = repository.write(f"linked/{repository.path.name}")
    assert done.code == 2
    assert "lefthook has put aside" in done.err


def test_a_patch_that_git_cannot_read_stops_every_file(cli: Cli) -> None:
    repository = Repository(cli)
    patch = repository.patch("info/lefthook-unstaged.patch")
    patch.write_bytes(b"no patch\n")
    done = repository.write()
    assert done.err.count("lefthook has put aside edits") == 2
    assert (repository.folder / "other.md").read_text("utf-8") == TWICE


def test_where_git_does_not_answer_nothing_is_written(cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> None:
    repository = Repository(cli)
    repository.stash(LEFTHOOK)
    nowhere = str(tmp_path_factory.mktemp("path"))
    done = cli("clean", "-w", repository.path.name, "other.md", env={"PATH": nowhere})
    assert done.err.count("lefthook has put aside edits") == 2
    assert repository.path.read_text("utf-8") == TWICE


def test_what_is_not_hidden_is_written(cli: Cli) -> None:
    repository = Repository(cli)
    # A person's own stash, one of a run that is over, and edits that are in the working tree still.
    repository.git("stash", "push", "--keep-index", "--message", "lefthook")
    assert repository.write(repository.path.name).code == 1
    repository.path.write_text(TWICE + "再。\n", "utf-8")
    repository.stash(LINT_STAGED)
    repository.git("add", "-A")
    repository.git("commit", "-qm", "second")
    assert repository.write(repository.path.name).code == 1
    (repository.folder / "other.md").write_text(TWICE + "再。\n", "utf-8")
    commit = repository.git("stash", "create")
    repository.git("stash", "store", "-m", LEFTHOOK, commit)
    assert repository.write("other.md").code == 1
    assert (repository.folder / "other.md").read_text("utf-8") == ONCE + "再。\n"


def test_the_words_in_chinese(cli: Cli) -> None:
    repository = Repository(cli)
    repository.stash(LEFTHOOK)
    done = cli("clean", "-w", repository.path.name, env={"DEDUPE_CN_LANG": "zh"})
    assert "未写入：lefthook 暂时收起了此文件中尚未暂存的改动" in done.err


def runs(cli: Cli) -> int:
    return cli("undo", "--list").text.count(" file")


def test_a_hook_keeps_what_git_does_not_hold_and_nothing_else(cli: Cli) -> None:
    repository = Repository(cli, after=TWICE.encode())
    hook = {"PRE_COMMIT": "1"}
    # In the index, and in the last commit.
    cli("clean", "-w", repository.path.name, "other.md", env=hook)
    assert runs(cli) == 0
    # Bytes that were never staged.
    draft = TWICE.replace("尾声", "还没有暂存的尾声").encode()
    repository.path.write_bytes(draft)
    (repository.folder / "new.md").write_bytes(draft)
    cli("clean", "-w", repository.path.name, "new.md", env=hook)
    assert runs(cli) == 1
    assert cli("undo").code == 0
    assert repository.path.read_bytes() == (repository.folder / "new.md").read_bytes() == draft


def test_a_hook_in_a_folder_without_git_keeps_everything(cli: Cli) -> None:
    (cli.folder / "a.md").write_text(TWICE, "utf-8")
    cli("clean", "-w", "a.md", env={"PRE_COMMIT": "1"})
    assert cli("undo").code == 0
    assert (cli.folder / "a.md").read_text("utf-8") == TWICE


def test_bytes_that_a_filter_hides_from_git_are_kept(cli: Cli) -> None:
    repository = Repository(cli, after=TWICE.replace("\n", "\r\n").encode())
    repository.git("config", "core.autocrlf", "true")
    cli("clean", "-w", repository.path.name, env={"PRE_COMMIT": "1"})
    assert runs(cli) == 1


def test_what_git_holds_needs_no_place_for_a_journal(cli: Cli) -> None:
    repository = Repository(cli, after=TWICE.encode())
    (cli.state / "file").write_bytes(b"")
    hook = {"PRE_COMMIT": "1", "DEDUPE_CN_STATE_DIR": str(cli.state / "file" / "below")}
    assert cli("clean", "-w", "other.md", env=hook).code == 0
    assert (repository.folder / "other.md").read_text("utf-8") == ONCE
    repository.path.write_text(TWICE + "再。\n", "utf-8")
    done = cli("clean", "-w", repository.path.name, env=hook)
    assert (done.code, "nothing was written: the journal" in done.err) == (2, True)
    assert repository.path.read_text("utf-8") == TWICE + "再。\n"
