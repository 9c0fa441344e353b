"""Ctrl-C in the middle of writing: one line that says how far the run came, and who has what the files were."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from real_command import Cli, environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and pipes with a name")
DIRTY = "第二天一早，他们沿着河堤走到镇上。  \n".encode()
CLEAN = "第二天一早，他们沿着河堤走到镇上。\n".encode()


def interrupt(cli: Cli, *options: str, language: str = "en", into: str = "") -> tuple[int, str]:
    """Have two files written, interrupt the run where it waits for a third, and give its exit code and last words."""
    for name in ("a.md", "b.md"):
        (cli.folder / name).write_bytes(DIRTY)
        if (cli.folder / into).exists():
            (cli.folder / into / name).write_bytes(DIRTY)
    os.mkfifo(cli.folder / "c.md")
    gate = os.open(cli.folder / "c.md", os.O_RDWR)  # somebody who could write, and does not
    how = ("-o", into) if into else ("--write",)
    child = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", "clean", *how, "-j", "1", *options, "a.md", "b.md", "c.md"],
        cwd=cli.folder,
        env=environment({"DEDUPE_CN_STATE_DIR": str(cli.state), "DEDUPE_CN_LANG": language}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    last = cli.folder / into / "b.md"
    while not last.exists() or last.read_bytes() != CLEAN:
        assert child.poll() is None
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    os.close(gate)
    (cli.folder / "c.md").unlink()
    assert out == b""
    return child.returncode, err.decode()


def test_undo_takes_it_back(cli: Cli) -> None:
    told = "error: interrupted; 2 files written so far: 'dedupe-cn undo' puts back what was there\n"
    assert interrupt(cli) == (130, told)
    assert cli("undo").code == 0
    assert [(cli.folder / name).read_bytes() for name in ("a.md", "b.md")] == [DIRTY, DIRTY]


def test_in_chinese(cli: Cli) -> None:
    told = "错误：已中断；此前已写入 2 个文件，可用 dedupe-cn undo 恢复原有内容\n"
    assert interrupt(cli, language="zh") == (130, told)


def test_without_a_journal(cli: Cli) -> None:
    code, told = interrupt(cli, "--no-journal")
    assert code == 130
    assert told.startswith("error: interrupted; 2 files written so far, without a journal; see your version control")


def test_new_files(cli: Cli) -> None:
    assert interrupt(cli, into="out")[1].startswith("error: interrupted; 2 files made so far, nothing that was there")
    assert interrupt(cli, into="out")[1].endswith("'dedupe-cn undo' puts back what was there\n")
