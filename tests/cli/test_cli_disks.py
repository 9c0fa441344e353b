"""Full and read-only disks, missing rights, many files and several processes, through the real command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faulty import CLEAN, DIRTY, fails, temporary_files, unix
from real_command import Cli, Done, environment

root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts")


@unix
def test_a_limit_on_the_size_of_files(cli: Cli) -> None:
    import resource

    data = b"".join(f"第{i}行，各不相同。\n\n\n\n".encode() for i in range(2000))
    (cli.folder / "a.txt").write_bytes(data)
    for extra in ((), ("--no-journal",)):
        done = subprocess.run(
            [sys.executable, "-B", "-m", "dedupe_cn", "clean", "-w", "-q", "a.txt", *extra],
            cwd=cli.folder,
            env=environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}),
            capture_output=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
            timeout=60,
            check=False,
        )
        fails(cli, Done(done.returncode, done.stdout, done.stderr.decode()), "a.txt: cannot be written: File too large")
        assert (cli.folder / "a.txt").read_bytes() == data


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """Mount a small disk, where that is allowed."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], check=False).returncode:
        pytest.skip("no mounting here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@unix
@root
def test_a_full_disk(cli: Cli) -> None:
    text = "".join(f"第{i}行，各不相同。\n\n\n\n" for i in range(1000)).encode()
    with mounted(cli.folder / "small", "64k") as small:
        (small / "a.txt").write_bytes(text)
        (small / "rest").write_bytes(bytes(64 * 1024 - 4096 * (-(-len(text) // 4096)) - 4096))
        fails(cli, cli("clean", "-w", "-q", "small/a.txt"), "small/a.txt: cannot be written: No space left")
        assert (small / "a.txt").read_bytes() == text
        # The disk of the journal is full: then nothing is written.
        (cli.folder / "b.txt").write_bytes(text)
        done = cli("clean", "-w", "-q", "b.txt", env={"DEDUPE_CN_STATE_DIR": str(small / "state")})
        fails(cli, done, "nothing was written: the journal")
        assert "No space left" in done.err
        assert (cli.folder / "b.txt").read_bytes() == text


@unix
@root
def test_a_read_only_disk(cli: Cli) -> None:
    with mounted(cli.folder / "fixed", "64k") as fixed:
        (fixed / "a.txt").write_bytes(DIRTY)
        subprocess.run(["mount", "-o", "remount,ro", str(fixed)], check=True)
        fails(cli, cli("clean", "-w", "-q", "fixed/a.txt"), "fixed/a.txt: cannot be written: Read-only file system")
        (cli.folder / "b.txt").write_bytes(DIRTY)
        done = cli("clean", "-w", "-q", "b.txt", env={"DEDUPE_CN_STATE_DIR": str(fixed / "state")})
        fails(cli, done, "nothing was written: the journal")
        assert cli("clean", "fixed/a.txt").out == CLEAN


#: Loads all that a run needs, and goes on as a user without rights where it is run by one with all of them.
POWERLESS = (
    "import os, sys\nfrom dedupe_cn.cli import main, run\n"
    "run(['-q', 'clean', '-w', '--no-journal', sys.argv[1]])\nimport platformdirs\n"
    "if os.geteuid() == 0:\n    os.setgroups([])\n    os.setgid(65534)\n    os.setuid(65534)\n"
    "main(sys.argv[2:])"
)


@unix
def test_a_folder_without_rights(cli: Cli) -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        place = Path(open_to_all)
        state, folder, warm_up = place / "state", place / "locked", place / "warm-up.txt"
        for made in (state, folder):
            made.mkdir()
        for name in ("a.txt", "b.txt"):
            (folder / name).write_bytes(DIRTY)

        def run(*arguments: str) -> Done:
            warm_up.write_bytes(DIRTY)
            done = subprocess.run(
                [sys.executable, "-c", POWERLESS, str(warm_up), *arguments],
                cwd=place,
                env=environment({"DEDUPE_CN_STATE_DIR": str(state)}),
                capture_output=True,
                timeout=60,
                check=False,
            )
            return Done(done.returncode, done.stdout, done.stderr.decode())

        place.chmod(0o755)
        state.chmod(0o777)
        (folder / "a.txt").chmod(0o666)
        folder.chmod(0o555)
        try:
            for name in ("a.txt", "b.txt"):
                if name == "b.txt":  # a file that must not be written in a folder that may
                    folder.chmod(0o777)
                    (folder / "b.txt").chmod(0o444)
                fails(cli, run("clean", "-w", "-q", f"locked/{name}"), f"{name}: cannot be written: Permission denied")
                assert (folder / name).read_bytes() == DIRTY
            state.chmod(0o555)
            fails(cli, run("clean", "-w", "-q", "locked/a.txt"), "nothing was written: the journal")
            assert (folder / "a.txt").read_bytes() == DIRTY
            state.chmod(0o777)
            assert run("clean", "-w", "-q", "locked/a.txt").code == 0
            assert (folder / "a.txt").read_bytes() == CLEAN
            assert run("undo", "-q").code == 0
            assert (folder / "a.txt").read_bytes() == DIRTY
        finally:
            folder.chmod(0o755)
            state.chmod(0o755)


@unix
def test_two_thousand_files_with_few_descriptors(cli: Cli) -> None:
    import resource

    texts = cli.folder / "many"
    for number in range(2_000):
        path = texts / str(number % 100) / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"第{number}篇。\n".encode() + (b"\n\n\n" if number % 50 == 0 else b""))
    done = subprocess.run(
        [sys.executable, "-m", "dedupe_cn", "clean", "-w", "-q", "--jobs", "1", "many"],
        cwd=cli.folder,
        env=environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}),
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40)),
        timeout=600,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (texts / "0" / "100.txt").read_text("utf-8") == "第100篇。\n"
    done_ = cli("undo")
    assert "40 files put back" in done_.text
    assert (texts / "0" / "100.txt").read_text("utf-8") == "第100篇。\n\n\n\n"


def test_several_processes_over_the_same_files(cli: Cli) -> None:
    names = [f"{number}.txt" for number in range(40)]
    for name in names:
        (cli.folder / name).write_bytes(DIRTY + name.encode())
    before = {name: (cli.folder / name).read_bytes() for name in names}
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "dedupe_cn", "clean", "-w", "-q", "."],
            cwd=cli.folder,
            env=environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}),
            stderr=subprocess.DEVNULL,
        )
        for _ in range(3)
    ]
    assert {child.wait(60) for child in children} <= {0, 2}
    assert cli("clean", "--check", ".").code == 0
    assert temporary_files(cli.folder) == []
    for _ in range(3):
        cli("undo")
    assert {name: (cli.folder / name).read_bytes() for name in names} == before
