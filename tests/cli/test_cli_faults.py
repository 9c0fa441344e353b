"""What the world does to files while they are cleaned: nothing is lost, nothing waits for ever, one clear line."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from faulty import CLEAN, DIRTY, fails, unix
from real_command import Cli, Done, environment
from warm import run_command


def run_between(cli: Cli, where: str, what: str, *arguments: str) -> Done:
    """Run the command; when it has done ``where``, ``what`` happens to the folder."""
    module, name = where.split(":")
    program = (
        f"import os, pathlib, sys\nimport {module} as m\nreal = m.{name}\n"
        f"def then(*a, **k):\n    result = real(*a, **k)\n    p = pathlib.Path('a.txt')\n    {what}\n"
        "    return result\n"
        f"m.{name} = then"
    )
    return run_command(arguments, cli.folder, environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}), fault=program)


FOUND = "dedupe_cn.cli.inputs:discover"
CLEANED = "dedupe_cn.cli.cleaning:clean_decoded"
SAME_SIZE = f"s = p.stat(); p.write_bytes({DIRTY.replace('完'.encode(), '未'.encode())!r})"


@unix
@pytest.mark.parametrize("named", ["a.txt", "."])
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("p.unlink()", "no such file"),
        ("p.unlink(); p.mkdir()", "Is a directory"),
        ("p.unlink(); os.mkfifo(p)", "pipe"),
        ("p.unlink(); p.symlink_to(p)", "cannot be read"),
        ("p.chmod(0)", "cannot be read" if os.name != "nt" and os.geteuid() else ""),
    ],
)
def test_a_file_that_is_another_thing_when_it_is_read(cli: Cli, named: str, what: str, said: str) -> None:
    (cli.folder / "a.txt").write_bytes(DIRTY)
    done = run_between(cli, FOUND, what, "clean", "-w", "-q", named)
    if said:
        fails(cli, done, said)


@unix
def test_a_link_in_the_place_of_a_walked_file_is_not_followed(
    cli: Cli, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "other.txt"
    outside.write_bytes(DIRTY)
    (cli.folder / "a.txt").write_bytes(DIRTY)
    done = run_between(cli, FOUND, f"p.unlink(); p.symlink_to({str(outside)!r})", "clean", "-w", "-q", ".")
    fails(cli, done, "cannot be read")
    assert outside.read_bytes() == DIRTY


@unix
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("p.write_bytes(b'by somebody else')", "changed while"),
        (f"{SAME_SIZE}; os.utime(p, ns=(s.st_atime_ns, s.st_mtime_ns))", "changed while"),
        ("p.unlink()", "changed while"),
        ("q = p.with_name('n'); q.write_bytes(b'new'); q.replace(p)", "changed while"),
        ("p.unlink(); p.mkdir()", "Is a directory"),
        ("p.unlink(); os.mkfifo(p)", "pipe"),
        ("p.unlink(); p.symlink_to('/dev/null')", "pipe, a device"),
        ("p.rename('moved'); p.symlink_to('moved'); p.chmod(0o600)", ""),
    ],
)
def test_a_file_that_changes_before_it_is_written(cli: Cli, what: str, said: str) -> None:
    (cli.folder / "a.txt").write_bytes(DIRTY)
    done = run_between(cli, CLEANED, what, "clean", "-w", "-q", "a.txt")
    if said:
        fails(cli, done, said)
        assert list(cli.state.iterdir()) == []
        assert CLEAN not in [path.read_bytes() for path in cli.folder.iterdir() if path.is_file()]
    else:
        assert done.code == 0
        assert (cli.folder / "moved").read_bytes() == CLEAN


@unix
def test_a_pipe_that_nobody_writes_to_is_no_wait(cli: Cli) -> None:
    os.mkfifo(cli.folder / "pipe")
    for command in (("clean", "pipe"), ("clean", "-w", "pipe"), ("detect", "pipe")):
        fails(cli, cli(*command), "pipe: a named pipe that nobody writes to")
    (cli.folder / "a.txt").write_bytes(DIRTY)
    fails(cli, cli("clean", "a.txt", "-o", "pipe"), "pipe cannot be written")


@unix
@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd")
def test_a_pipe_with_somebody_behind_it_is_read_and_written(cli: Cli) -> None:
    writer = '<(sleep 0.3; printf "甲。\\n\\n\\n\\n"; sleep 0.3; printf "乙。")'
    script = f'"{sys.executable}" -m dedupe_cn clean -q {writer} -o /dev/stdout'
    done = subprocess.run(
        ["bash", "-c", script + " | cat"],
        cwd=cli.folder,
        env=environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.decode(), done.stderr.decode()) == ("甲。\n\n乙。\n", "")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
@pytest.mark.parametrize(
    "arguments", [("clean", "/dev/zero"), ("clean", "-"), ("clean",), ("detect", "-"), ("detect", "/dev/zero")]
)
def test_input_that_never_ends_is_bounded(cli: Cli, arguments: tuple[str, ...]) -> None:
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [sys.executable, "-m", "dedupe_cn", *arguments, "--max-bytes", "3M"],
            stdin=endless,
            capture_output=True,
            env=environment(),
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert "larger than --max-bytes allows" in line


def test_a_bound_for_files(cli: Cli) -> None:
    (cli.folder / "a.txt").write_bytes(DIRTY)
    fails(cli, cli("clean", "-w", "a.txt", "--max-bytes", str(len(DIRTY) - 1)), "a.txt: larger than --max-bytes")
    assert cli("clean", "a.txt", "--max-bytes", "１k").out == CLEAN
    assert cli("clean", "-", "--max-bytes", str(len(DIRTY)), stdin=DIRTY).out == CLEAN
    for size in ("0", "-1", "many", "1X", ""):
        fails(cli, cli("clean", "a.txt", "--max-bytes", size), "no number of bytes")
    assert "不是字节数" in cli("--lang", "zh", "clean", "a.txt", "--max-bytes", "x").err


@unix
def test_links_that_lead_nowhere_or_out(cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "b.txt").write_bytes(DIRTY)
    (cli.folder / "in").mkdir()
    (cli.folder / "in" / "folder").symlink_to(outside)
    (cli.folder / "in" / "b.txt").symlink_to(outside / "b.txt")
    (cli.folder / "in" / "broken.txt").symlink_to("nowhere")
    (cli.folder / "in" / "a.txt").write_bytes(DIRTY)
    assert cli("clean", "-w", "in").code == 0
    assert (outside / "b.txt").read_bytes() == DIRTY
    assert (cli.folder / "in" / "a.txt").read_bytes() == CLEAN
    fails(cli, cli("clean", "-w", "in/broken.txt"), "no such file")
    # Below an output folder a link leads out of what was named.
    (cli.folder / "deep" / "folder").mkdir(parents=True)
    (cli.folder / "deep" / "folder" / "b.txt").write_bytes(DIRTY + b"x")
    (cli.folder / "out").mkdir()
    (cli.folder / "out" / "folder").symlink_to(outside)
    fails(cli, cli("clean", "deep", "-o", "out"), "out/folder/b.txt lies outside of the folder named with -o")
    assert (outside / "b.txt").read_bytes() == DIRTY


@unix
def test_names_as_long_as_they_may_be(cli: Cli) -> None:
    name = "长" * 83 + "ab.txt"
    assert len(name.encode()) == 255
    (cli.folder / name).write_bytes(DIRTY)
    assert cli("clean", "-w", name).code == 0
    assert (cli.folder / name).read_bytes() == CLEAN
    assert cli("undo").code == 0
    fails(cli, cli("clean", "-w", name, "--backup", ".bak"), "File name too long")
    assert (cli.folder / name).read_bytes() == DIRTY
    fails(cli, cli("clean", "-w", "x/" * 3000 + "a.txt"), "File name too long")


@unix
@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
def test_closed_streams_do_not_get_into_files(cli: Cli, closed: tuple[int, ...]) -> None:
    for name in ("a.txt", "b.txt"):
        (cli.folder / name).write_bytes(DIRTY)
    redirections = " ".join(f"{number}>&-" for number in closed)
    script = f'"{sys.executable}" -m dedupe_cn clean -w -v a.txt b.txt missing.txt {redirections}'
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=cli.folder,
        env=environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert [(cli.folder / name).read_bytes() for name in ("a.txt", "b.txt")] == [CLEAN, CLEAN]
    assert cli("undo").code == 0
    assert [(cli.folder / name).read_bytes() for name in ("a.txt", "b.txt")] == [DIRTY, DIRTY]


@unix
def test_a_killed_runs_temporary_file_goes_and_others_stay(cli: Cli) -> None:
    (cli.folder / "a.txt").write_bytes(CLEAN)
    stray = cli.folder / ".dedupe-cn-00112233445566aa.tmp"
    own = cli.folder / ".dedupe-cn-notes.tmp"
    for path in (stray, own):
        path.write_bytes(b"half")
    for arguments in (("clean", "--check", "."), ("clean", "a.txt"), ("clean", "."), ("detect", "a.txt")):
        cli(*arguments)
        assert stray.exists()
    assert cli("clean", "-w", "a.txt").code == 0
    assert not stray.exists()
    assert own.exists()


@unix
def test_rights_stay_through_clean_and_undo(cli: Cli) -> None:
    path = cli.folder / "a.txt"
    path.write_bytes(DIRTY)
    path.chmod(0o751)
    cli("clean", "-w", "a.txt")
    assert stat.S_IMODE(path.stat().st_mode) == 0o751
    cli("undo")
    assert (stat.S_IMODE(path.stat().st_mode), path.read_bytes()) == (0o751, DIRTY)
