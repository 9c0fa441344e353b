"""Several processes: the same bytes as one, nothing left behind, nothing lost in silence."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_command import Cli, environment

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and /proc")
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"


def sentence(rng: random.Random, length: int = 40) -> str:
    return "".join(map(chr, rng.choices(range(0x4E00, 0x9F00), k=length))) + "。"


def fill(folder: Path) -> None:
    """Make files of every fate: clean, repeated, untidy, GBK, identical, empty, binary, broken."""
    rng = random.Random(11)
    for number in range(40):
        paragraphs = [sentence(rng, rng.randrange(20, 200)) for _ in range(rng.randrange(1, 12))]
        match number % 4:
            case 1:
                paragraphs.insert(1, PASSAGE + PASSAGE + "抬头看见他，笑了。")
            case 2:
                paragraphs[0] += "  \n\n\n"
        folder.joinpath(f"{number:02}.md").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    folder.joinpath("03b.md").write_bytes(folder.joinpath("03.md").read_bytes())
    folder.joinpath("10-gbk.txt").write_bytes(("会议决定自下月起图书馆每周六延长开放两小时。\n" * 3).encode("gbk"))
    folder.joinpath("20-empty.txt").write_bytes(b"")
    folder.joinpath("21-binary.txt").write_bytes(bytes(range(256)) * 8)
    half = "读到一半的句子，".encode()
    folder.joinpath("22-broken.txt").write_bytes(half * 9 + b"\xff\xfe\xff" + half)


def children(pid: int) -> list[int]:
    """Name the direct children of a process that are alive."""
    everyone = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    return [child for child in everyone if parent(child) == pid]


def parent(pid: int) -> int:
    """Give the parent of a running process, 0 for one that is gone or dead."""
    try:
        state, number = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == "Z" else int(number)


@pytest.mark.parametrize(
    "mode", [("--check",), ("--diff",), ("--check", "-v", "--level", "aggressive"), ("--check", "--lang", "zh")]
)
def test_any_number_of_processes_gives_the_same_bytes(cli: Cli, mode: tuple[str, ...]) -> None:
    fill(cli.folder)
    told: set[tuple[int, bytes, str]] = set()
    reports: set[str] = set()
    for jobs in ("1", "2", "7"):
        done = cli("clean", ".", "--jobs", jobs, *mode, "--report", "text:t", "--report", "json:j")
        errors = [line for line in done.errors if not line.endswith(" s")]
        out = done.out if "-v" not in mode else b"\n".join(done.out.splitlines()[:-1])  # the last tells the time
        told.add((done.code, out, "\n".join(errors)))
        report = json.loads(cli.folder.joinpath("j").read_text(encoding="utf-8"))
        del report["summary"]["elapsed_s"]
        assert report["summary"]["removals"] >= 10
        reports.add(json.dumps(report))
        cli.folder.joinpath("t").unlink()
        cli.folder.joinpath("j").unlink()
    assert len(told) == 1
    assert len(reports) == 1


@pytest.mark.parametrize("mode", [("--write",), ("-o", "out")])
def test_any_number_of_processes_writes_the_same_files(cli: Cli, mode: tuple[str, ...]) -> None:
    trees: set[tuple[tuple[str, bytes], ...]] = set()
    for jobs in ("1", "3"):
        for path in sorted(cli.folder.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        fill(cli.folder)
        before = cli.folder.joinpath("01.md").read_bytes()
        cli("clean", ".", *mode, "--jobs", jobs)
        paths = sorted(path for path in cli.folder.rglob("*") if path.is_file())
        trees.add(tuple((path.as_posix(), path.read_bytes()) for path in paths))
        assert cli.folder.joinpath(*mode[1:], "01.md").read_bytes() != before
    assert len(trees) == 1


def test_a_pipe_beside_a_folder_is_read_once(cli: Cli) -> None:
    fill(cli.folder)
    one = cli("clean", "-", ".", "--jobs", "1", stdin=(PASSAGE * 2 + "。").encode())
    two = cli("clean", "-", ".", "--jobs", "2", stdin=(PASSAGE * 2 + "。").encode())
    assert one.text.startswith("-:1:")
    assert (two.code, two.out, two.err) == (one.code, one.out, one.err)


@POSIX
def test_a_closed_pipe_is_quiet(cli: Cli) -> None:
    fill(cli.folder)
    command = f"{sys.executable} -m dedupe_cn clean . --diff --jobs 2 2>errors | head -c 1"
    done = subprocess.run(command, shell=True, cwd=cli.folder, env=environment(), capture_output=True, check=True)
    assert done.stdout == b"d"
    assert b"Traceback" not in cli.folder.joinpath("errors").read_bytes()
    assert b"Broken" not in cli.folder.joinpath("errors").read_bytes()


@pytest.fixture
def busy(cli: Cli) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command with work for its workers, and wait until they are there."""
    rng = random.Random(5)
    for number in range(6):
        text = "\n\n".join(sentence(rng, 90) for _ in range(6_000))
        for copy in range(10):  # written anew, for links to one file are one input
            cli.folder.joinpath(f"{number:02}-{copy:02}.md").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", "clean", ".", "--check", "--jobs", "2"],
        cwd=cli.folder,
        env=environment({"PYTHONDEVMODE": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while process.poll() is None and len(children(process.pid)) < 2:
        time.sleep(0.01)
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@POSIX
@LINUX
@pytest.mark.parametrize("group", [True, False])
def test_an_interrupt_leaves_no_child(busy: subprocess.Popen[bytes], group: bool) -> None:
    workers = children(busy.pid)
    assert len(workers) == 2
    if group:  # as a terminal does
        os.killpg(busy.pid, signal.SIGINT)
    else:
        os.kill(busy.pid, signal.SIGINT)
    out, err = busy.communicate(timeout=60)
    assert (busy.returncode, out, err) == (130, b"", b"error: interrupted\n")
    assert not any(parent(pid) for pid in workers)


@POSIX
@LINUX
def test_workers_end_when_the_command_is_killed(busy: subprocess.Popen[bytes]) -> None:
    workers = children(busy.pid)
    busy.kill()
    busy.wait(timeout=60)
    until = time.monotonic() + 60
    while any(parent(pid) for pid in workers):
        assert time.monotonic() < until, "a worker lives on"
        time.sleep(0.05)


@POSIX
@LINUX
def test_a_killed_worker_costs_one_file_only(busy: subprocess.Popen[bytes]) -> None:
    os.kill(children(busy.pid)[0], signal.SIGKILL)
    out, err = busy.communicate(timeout=300)
    assert busy.returncode == 2
    lines = err.decode().splitlines()
    assert len(lines) == 1
    assert ".md: the process at work on it was killed (exit code -9; out of memory?)" in lines[0]
    assert out.decode().splitlines()[-1].endswith(", 1 error")
    assert "59 files" in out.decode() or "60 files" in out.decode()
