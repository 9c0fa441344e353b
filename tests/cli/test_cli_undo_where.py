"""``undo`` stays in the present folder: which run it takes there, and what it does about files outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from real_command import Cli, Done, environment
from warm import run_command

TEXT = "第二天一早，他们沿着河堤走到镇上。"
DIRTY = f"{TEXT}  \n\n\n\n完。\n".encode()
CLEAN = f"{TEXT}\n\n完。\n".encode()


class Ground:
    """Two projects beside each other, and the command run in one of them."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        for name in ("a/1.md", "b/2.md", "b/sub/3.md"):
            path = cli.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(DIRTY)

    def run(self, where: str, *arguments: str) -> Done:
        variables = environment({"DEDUPE_CN_STATE_DIR": str(self.cli.state)})
        return run_command(arguments, self.cli.folder / where, variables)

    @property
    def dirty(self) -> list[str]:
        """Name the files that hold their former bytes; the others hold the clean ones."""
        names = ["a/1.md", "b/2.md", "b/sub/3.md"]
        held = {name: (self.cli.folder / name).read_bytes() for name in names}
        assert set(held.values()) <= {DIRTY, CLEAN}
        return [name for name, data in held.items() if data == DIRTY]


@pytest.fixture
def ground(cli: Cli) -> Ground:
    return Ground(cli)


def test_a_bare_undo_never_reverts_another_project(ground: Ground) -> None:
    ground.run("b", "clean", "-w", "-q", ".")
    ground.run("a", "clean", "-w", "-q", ".")
    done = ground.run("b", "undo")
    assert (done.code, ground.dirty) == (0, ["b/2.md", "b/sub/3.md"])
    assert done.text.splitlines()[:2] == ["2.md: put back", "sub/3.md: put back"]
    done = ground.run("b", "undo")
    assert (done.code, ground.dirty) == (2, ["b/2.md", "b/sub/3.md"])
    assert re.search(r"nothing to undo here; the last run .*/a/1\.md; --anywhere puts it back", done.errors[0])
    assert ground.run("b", "undo", "--anywhere").code == 0
    assert ground.dirty == ["a/1.md", "b/2.md", "b/sub/3.md"]
    assert "nothing to undo: no run" in ground.run("b", "undo").err


def test_of_a_run_over_more_the_files_outside_stay(ground: Ground) -> None:
    ground.run(".", "clean", "-w", "-q", ".")
    done = ground.run("b/sub", "undo")
    assert (done.code, ground.dirty) == (0, ["b/sub/3.md"])
    assert "2 files outside of this folder left as written; --anywhere" in done.err
    assert "1 file put back of run" in done.text
    done = ground.run("b/sub", "undo")
    assert (done.code, ground.dirty) == (2, ["b/sub/3.md"])
    assert ground.run("b", "undo").code == 0
    assert ground.dirty == ["b/2.md", "b/sub/3.md"]
    assert ground.run("b", "undo", "--anywhere").code == 0
    assert ground.dirty == ["a/1.md", "b/2.md", "b/sub/3.md"]


def test_paths_are_ground_of_their_own(ground: Ground) -> None:
    ground.run("a", "clean", "-w", "-q", ".")
    ground.run("b", "clean", "-w", "-q", ".")
    done = ground.run("b", "undo", "last", "../a/1.md")
    assert (done.code, ground.dirty) == (0, ["a/1.md"])
    assert ground.run("a", "undo", "last", "../b/sub", "../b/2.md").code == 0
    assert ground.dirty == ["a/1.md", "b/2.md", "b/sub/3.md"]


def test_a_named_run_of_another_folder_is_asked_for_too(ground: Ground) -> None:
    ground.run("a", "clean", "-w", "-q", ".")
    run = ground.run("a", "undo", "--list").text.split()[0]
    done = ground.run("b", "undo", run)
    assert (done.code, "1.md" in ground.dirty[0]) == (2, False)
    assert f"run {run} changed no file in this folder" in done.err
    assert ground.run("b", "undo", run, "--anywhere").code == 0
    assert ground.dirty == ["a/1.md", "b/2.md", "b/sub/3.md"]


def test_the_list_and_the_difference_are_of_this_folder(ground: Ground) -> None:
    ground.run("a", "clean", "-w", "-q", ".")
    ground.run(".", "clean", "-w", "-q", ".")
    done = ground.run("a", "undo", "--list")
    assert len(done.text.splitlines()) == 1
    assert "1 more run changed files in other folders only; --anywhere" in done.err
    assert len(ground.run("a", "undo", "--list", "--anywhere").text.splitlines()) == 2
    assert ground.run("b/sub", "undo", "--list", "-v").text.splitlines()[1:] == [
        f"  {(ground.cli.folder / 'b/2.md').as_posix()}",
        "  3.md",
    ]
    done = ground.run("b/sub", "undo", "--diff")
    assert (done.code, done.text.count("diff --git")) == (1, 1)
    assert "1 file outside of this folder left as written" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "back"), [("y", 3), ("n", 2), ("", 2)])
def test_a_terminal_asks_before_files_outside_are_touched(ground: Ground, answer: str, back: int) -> None:
    import pty

    ground.run(".", "clean", "-w", "-q", ".")
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", "undo"],
        cwd=ground.cli.folder / "b",
        env=environment({"DEDUPE_CN_STATE_DIR": str(ground.cli.state), "NO_COLOR": "1"}),
        stdin=end,
        stdout=end,
        stderr=end,
    )
    os.close(end)
    os.write(terminal, f"{answer}\n".encode())
    said = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    assert process.wait(60) == 0
    os.close(terminal)
    assert len(ground.dirty) == back
    asked = said.decode().replace("\r\n", "\n")
    path = Path(os.path.realpath(ground.cli.folder / "a" / "1.md"))
    assert f"also changed 1 file outside of this folder:\n  {path}\nPut back those too? [y/N]" in asked
