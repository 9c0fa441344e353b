"""What the world does to files while they are cleaned: nothing is lost, nothing waits for ever, one clear line."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from real_command import Cli, Done, environment

LINE = "第二天一早，他们沿着河堤走到镇上。"
DIRTY = f"{LINE}\n\n\n\n完。\n".encode()
CLEAN = f"{LINE}\n\n完。\n".encode()

unix = pytest.mark.skipif(os.name == "nt", reason="files of Unix")
root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts")


def temporary_files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith(".tmp")]


def fails(cli: Cli, done: Done, said: str) -> None:
    """Hold that a run ended with one clear line and left no temporary file."""
    assert done.code == 2, done
    assert len(done.errors) == 1, done.err
    assert done.errors[0].startswith("error: ")
    assert said in done.errors[0]
    assert "internal" not in done.err
    assert temporary_files(cli.folder) == []


def run_between(cli: Cli, where: str, what: str, *arguments: str) -> Done:
    """Run the command; when it has done ``where``, ``what`` happens to the folder."""
    module, name = where.split(":")
    program = (
        f"import os, pathlib, sys\nimport {module} as m\nreal = m.{name}\n"
        f"def then(*a, **k):\n    result = real(*a, **k)\n    p = pathlib.Path('a.txt')\n    {what}\n"
        "    return result\n"
        f"m.{name} = then\nfrom dedupe_cn.cli import main\nmain({list(arguments)!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=cli.folder,
        env=environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())


FOUND = "dedupe_cn.cli.inputs:discover"
CLEANED = "dedupe_cn.cli.work:clean_decoded"
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
def test_ten_thousand_files_with_few_descriptors(cli: Cli) -> None:
    import resource

    texts = cli.folder / "many"
    for number in range(10_000):
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
    assert "200 files put back" in done_.text
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
