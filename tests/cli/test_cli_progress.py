"""The line that says how far a run is, on a real terminal. A named pipe as input holds the command up."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from real_command import Cli, environment

from dedupe_cn.cli import console
from dedupe_cn.report.excerpt import width

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)
else:
    import fcntl
    import pty
    import termios

TERMINAL = {"TERM": "xterm", "CI": "", "PRE_COMMIT": "", "GIT_INDEX_FILE": "", "NO_COLOR": "1"}
TEXT = "他把账本合上，望着窗外的雨，很久没有说话。\n"


@dataclass
class Session:
    """A command whose stderr is a terminal, and the end of the pipe it waits for."""

    process: subprocess.Popen[bytes]
    terminal: int
    gate: int
    seen: bytes = b""

    def watch(self, until: Callable[[bytes], bool]) -> None:
        """Read what the terminal gets until it is as wanted, or the command ends."""
        while not until(self.seen):
            try:
                piece = os.read(self.terminal, 65536)
            except OSError:  # the other end is closed
                return
            if not piece:
                return
            self.seen += piece

    def open_gate(self) -> None:
        """Let the command go on."""
        os.write(self.gate, TEXT.encode())
        os.close(self.gate)

    def end(self) -> tuple[int, str]:
        """Wait for the end; give the exit code and stdout."""
        self.watch(lambda _: False)
        out, _ = self.process.communicate(timeout=60)
        os.close(self.terminal)
        return self.process.returncode, out.decode()


def start(cli: Cli, *arguments: str, columns: int = 80, env: dict[str, str] | None = None, name: str = "a") -> Session:
    fifo = cli.folder / f"{name}.txt"
    os.mkfifo(fifo)
    gate = os.open(fifo, os.O_RDWR)
    terminal, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", "clean", fifo.name, *arguments],
        cwd=cli.folder,
        env=environment({**TERMINAL, **(env or {})}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=end,
    )
    os.close(end)
    return Session(process, terminal, gate)


def screen(seen: bytes) -> list[str]:
    """Give the lines that are left on the terminal."""
    lines: list[str] = []
    for line in seen.decode().replace("\r\n", "\n").split("\n"):
        shown, at = "", 0
        for piece in re.split(r"(\r|\x1b\[K)", line):
            match piece:
                case "\r":
                    at = 0
                case "\x1b[K":
                    shown = shown[:at]
                case _:
                    shown = shown[:at] + piece + shown[at + len(piece) :]
                    at += len(piece)
        lines.append(shown)
    return [line for line in lines if line]


def shown(seen: bytes) -> list[str]:
    """Give the texts the line has had."""
    return [text for text in re.findall(r"\r([^\r\n]*?)\x1b\[K", seen.decode()) if text]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_line_appears_and_goes(cli: Cli, jobs: str) -> None:
    (cli.folder / "b.txt").write_text(TEXT, encoding="utf-8")
    session = start(cli, "b.txt", "--check", "--jobs", jobs)
    session.watch(lambda seen: len(shown(seen)) >= 2)
    assert session.process.poll() is None
    session.open_gate()
    code, out = session.end()
    assert re.fullmatch(r"0 of 2 files, \d+ s", shown(session.seen)[0])
    assert (code, screen(session.seen)) == (0, [])
    assert out.endswith("2 files: nothing changed\n")


def test_it_tells_files_speed_and_removals_once_something_is_done(cli: Cli) -> None:
    passage = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
    (cli.folder / "1.txt").write_text(passage * 2 + "抬头看见他，笑了。\n", encoding="utf-8")
    session = start(cli, "1.txt", "--check", "--jobs", "1", env={"DEDUPE_CN_LANG": "zh"})
    # On a busy machine the line is there before the first file is done; the second one waits at its gate.
    session.watch(lambda seen: any(text.startswith("1/2") for text in shown(seen)))
    session.open_gate()
    session.end()
    told = [text for text in shown(session.seen) if text.startswith("1/2")]
    assert re.fullmatch(r"1/2 个文件，\d+\.\d MB/s，1 处重复", told[0])


def test_messages_take_its_place(cli: Cli) -> None:
    (cli.folder / "b.txt").write_bytes(bytes(range(256)))
    session = start(cli, "b.txt", "missing.txt", "--check")
    session.watch(lambda seen: bool(shown(seen)))
    session.open_gate()
    code, _ = session.end()
    assert code == 2
    assert screen(session.seen) == [
        "error: missing.txt: no such file or folder",
        "error: b.txt: binary, not text",
    ]


@pytest.mark.parametrize(("language", "columns"), [("zh", 9), ("zh", 10), ("en", 12), ("zh", 1)])
def test_a_narrow_terminal_gets_a_short_line(cli: Cli, language: str, columns: int) -> None:
    session = start(cli, "--check", columns=columns, env={"DEDUPE_CN_LANG": language})
    session.watch(lambda seen: seen.count(b"\x1b[K") >= 2)
    session.open_gate()
    session.end()
    assert all(width(text) < columns for text in shown(session.seen))
    assert shown(session.seen) or columns == 1
    assert screen(session.seen) == []


def test_an_interrupt_clears_it(cli: Cli) -> None:
    session = start(cli, "--check")
    session.watch(lambda seen: bool(shown(seen)))
    session.process.send_signal(2)
    code, _ = session.end()
    os.close(session.gate)
    assert code == 130
    assert screen(session.seen) == ["error: interrupted"]


def test_nobody_watches(cli: Cli) -> None:
    quiet = {
        "dumb": start(cli, "--check", env={"TERM": "dumb"}, name="dumb"),
        "pre-commit": start(cli, "--check", env={"PRE_COMMIT": "1"}, name="pre-commit"),
        "git": start(cli, "--check", env={"GIT_INDEX_FILE": ".git/index"}, name="git"),
        "q": start(cli, "--check", "-q", name="q"),
    }
    watched = start(cli, "--check", name="watched")
    watched.watch(lambda seen: bool(shown(seen)))
    time.sleep(0.5)  # all were started before it
    for session in (*quiet.values(), watched):
        session.open_gate()
        session.end()
    assert {name: session.seen for name, session in quiet.items()} == dict.fromkeys(quiet, b"")


def _unread(pipe: int) -> int:
    """Count the bytes that wait in a pipe."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_a_pipe_stays_silent(cli: Cli) -> None:
    fifo: Path = cli.folder / "a.txt"
    os.mkfifo(fifo)
    gate = os.open(fifo, os.O_RDWR)
    process = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", "clean", "a.txt", "--check"],
        cwd=cli.folder,
        env=environment(TERMINAL),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.write(gate, TEXT.encode())
    while _unread(gate) and process.poll() is None:  # it must find somebody at the other end
        time.sleep(0.05)
    time.sleep(1)  # long enough for a line of progress, if there were one
    os.close(gate)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out.decode(), err) == (0, "1 file: nothing to change\n", b"")


def test_a_message_and_what_takes_the_line_away_are_one_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two writes another thread could show the line again, with the message behind it."""
    written: list[str] = []
    monkeypatch.setattr(console, "_put_err", written.append)
    line = console.StatusLine()
    line.show("1 of 2 files")
    line.give_way("error: b.txt\n")
    line.give_way("error: c.txt\n")
    assert written[1:] == ["\r\x1b[Kerror: b.txt\n", "error: c.txt\n"]
