"""A diff that is piped names files as git does: ``git apply`` takes it at the top and in the folder of the run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from real_command import Cli, Done, environment
from warm import run_command

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
DIRTY = "第二天一早，他们沿着河堤走到镇上。  \n\n\n\n完。\n".encode()
CLEAN = "第二天一早，他们沿着河堤走到镇上。\n\n完。\n".encode()
NAMES = ("top.md", "卷/一 章.md", "卷/下/2.md", "other/3.md")


def git(folder: Path, *arguments: str) -> None:
    kept = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True, env=kept)


def run(cli: Cli, where: str, *arguments: str) -> Done:
    return run_command(arguments, cli.folder / where, environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}))


def make(cli: Cli, repository: bool = True) -> None:
    for name in NAMES:
        path = cli.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(DIRTY)
    if repository:
        git(cli.folder, "init", "-q")


def clean_ones(cli: Cli) -> list[str]:
    return [name for name in NAMES if (cli.folder / name).read_bytes() == CLEAN]


@pytest.mark.parametrize("at", [".", "卷"])
@pytest.mark.parametrize("whole", [False, True])
def test_from_a_folder_below_the_top(cli: Cli, at: str, whole: bool) -> None:
    make(cli)
    done = run(cli, "卷", "clean", "--diff", str(cli.folder / "卷") if whole else ".")
    assert done.code == 1
    patch = cli.folder / "p"
    patch.write_bytes(done.out)
    git(cli.folder / at, "apply", str(patch))
    assert clean_ones(cli) == ["卷/一 章.md", "卷/下/2.md"]
    git(cli.folder / at, "apply", "-R", str(patch))
    assert clean_ones(cli) == []


def test_files_beside_the_folder_are_taken_at_the_top(cli: Cli) -> None:
    make(cli)
    patch = cli.folder / "p"
    patch.write_bytes(run(cli, "卷/下", "clean", "--diff", "2.md", "../../other", "../一 章.md").out)
    git(cli.folder, "apply", str(patch))
    assert clean_ones(cli) == ["卷/一 章.md", "卷/下/2.md", "other/3.md"]


def test_outside_of_a_repository_names_are_those_of_the_run(cli: Cli) -> None:
    make(cli, repository=False)
    done = run(cli, "卷", "clean", "--diff", ".")
    assert b"+++ b/\xe5" not in done.out
    assert b"b/\\344\\270\\213/2.md" in done.out
    patch = cli.folder / "p"
    patch.write_bytes(done.out)
    if not any((parent / ".git").exists() for parent in cli.folder.parents):
        git(cli.folder / "卷", "apply", str(patch))
        assert clean_ones(cli) == ["卷/一 章.md", "卷/下/2.md"]


def test_what_undo_would_bring_back_is_named_so_too(cli: Cli) -> None:
    make(cli)
    run(cli, "卷", "clean", "-w", "-q", ".")
    patch = cli.folder / "p"
    patch.write_bytes(run(cli, "卷", "undo", "--diff", "-q").out)
    git(cli.folder / "卷", "apply", str(patch))
    assert clean_ones(cli) == []


def test_text_from_a_pipe_keeps_its_name(cli: Cli) -> None:
    make(cli)
    done = cli("clean", "--diff", "-", stdin=DIRTY)
    assert done.text.startswith("diff --git a/- b/-\n")
