"""The journal and ``undo`` through the real command: what is kept, what comes back, and what is refused."""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from real_command import Cli, Done

LINE = "第二天一早，他们沿着河堤走到镇上。"
DIRTY = f"{LINE}  \r\n\r\n\r\n\r\n完。"
CLEAN = f"{LINE}\r\n\r\n完。\r\n"
GBK = f"{LINE}\n\n\n\n今天天气很好，一起去公园散步。\n".encode("gbk")
UTF_8 = f"{LINE}\n\n今天天气很好，一起去公园散步。\n".encode()


@pytest.fixture
def tree(cli: Cli) -> dict[str, bytes]:
    """Make files of several encodings, one of them clean already; give their bytes by name."""
    contents = {
        "a.md": DIRTY.encode(),
        "部分/b.txt": GBK,
        "部分/c d.txt": DIRTY.encode("utf-16"),
        "clean.txt": CLEAN.encode(),
    }
    for name, data in contents.items():
        path = cli.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return contents


def present(cli: Cli, names: dict[str, bytes]) -> dict[str, bytes]:
    return {name: (cli.folder / name).read_bytes() for name in names}


def only_run(cli: Cli) -> str:
    (run,) = names_of_runs(cli)
    return run


def names_of_runs(cli: Cli) -> list[str]:
    done = cli("undo", "--list")
    assert done.code == 0
    return [line.split()[0] for line in done.text.splitlines() if line[0].isdigit()]


def refused(done: Done, *said: str) -> None:
    assert done.code == 2
    assert len(done.errors) == 1, done.err
    assert done.errors[0].startswith("error: ")
    for words in said:
        assert words in done.errors[0]


def test_undo_brings_back_the_exact_bytes_of_all_files(cli: Cli, tree: dict[str, bytes]) -> None:
    assert cli("clean", "-w", ".").code == 0
    assert (cli.folder / "部分/b.txt").read_bytes() == UTF_8
    run = only_run(cli)
    done = cli("undo")
    assert (done.code, done.err) == (0, "")
    names = ("a.md", "部分/b.txt", "部分/c d.txt")
    assert done.text.splitlines() == [*(f"{name}: put back" for name in names), f"3 files put back, run {run} undone"]
    assert present(cli, tree) == tree
    refused(cli("undo"), "nothing to undo")
    assert present(cli, tree) == tree


def test_undo_goes_back_run_by_run(cli: Cli) -> None:
    path = cli.folder / "a.txt"
    states = []
    for number in range(3):
        path.write_bytes(f"{LINE}\n\n\n\n第{number}稿。\n".encode())
        states.append(path.read_bytes())
        cli("clean", "-w", "a.txt")
        states.append(path.read_bytes())
    first, second, third = names_of_runs(cli)
    assert cli("undo").code == 0
    assert path.read_bytes() == states[4]
    # What the second run wrote was changed by hand before the third.
    refused(cli("undo"), "a.txt: changed since run", second, "--force")
    assert path.read_bytes() == states[4]
    path.write_bytes(states[3])
    assert cli("undo").code == 0
    assert path.read_bytes() == states[2]
    assert cli("undo", first, "--force").code == 0
    assert path.read_bytes() == states[0]
    # The undoing itself can be undone.
    *_, last = names_of_runs(cli)
    assert cli("undo", last).code == 0
    assert path.read_bytes() == states[2]
    assert third in names_of_runs(cli)


def test_undo_of_one_run_and_of_some_of_its_files(cli: Cli, tree: dict[str, bytes]) -> None:
    cli("clean", "-w", ".")
    run = only_run(cli)
    assert cli("undo", run, "a.md").text == f"a.md: put back\n1 file put back of run {run}\n"
    assert (cli.folder / "a.md").read_bytes() == tree["a.md"]
    assert (cli.folder / "部分/b.txt").read_bytes() == UTF_8
    assert "1 undone" in cli("undo", "--list").text.splitlines()[0]
    done = cli("undo", run[:-1], "部分", "a.md")
    assert done.text.splitlines() == [
        "部分/b.txt: put back",
        "部分/c d.txt: put back",
        f"2 files put back of run {run}",
        f"1 file as before run {run} already",
    ]
    assert present(cli, tree) == tree
    assert "undone" in cli("undo", "--list").text.splitlines()[0]
    refused(cli("undo", run, "clean.txt"), f"clean.txt: run {run} changed no such file")


def test_a_file_that_changed_since_stays_and_the_others_come_back(cli: Cli, tree: dict[str, bytes]) -> None:
    cli("clean", "-w", ".")
    (cli.folder / "a.md").write_bytes(b"by hand")
    done = cli("undo")
    assert (done.code, done.errors[0][:28]) == (2, "error: a.md: changed since r")
    assert "2 files put back" in done.text
    assert (cli.folder / "a.md").read_bytes() == b"by hand"
    assert (cli.folder / "部分/b.txt").read_bytes() == GBK
    assert cli("undo", "--force").code == 0
    assert present(cli, tree) == tree
    # Even what --force replaced is kept.
    assert cli("undo", names_of_runs(cli)[-1]).code == 0
    assert (cli.folder / "a.md").read_bytes() == b"by hand"


@pytest.mark.skipif(os.name == "nt", reason="rights of Unix")
def test_a_deleted_file_comes_back_with_its_mode_and_its_folder(cli: Cli, tree: dict[str, bytes]) -> None:
    path = cli.folder / "部分" / "b.txt"
    path.chmod(0o640)
    cli("clean", "-w", ".")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    for name in ("b.txt", "c d.txt"):
        (path.parent / name).unlink()
    path.parent.rmdir()
    assert cli("undo").code == 0
    assert present(cli, tree) == tree
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_run_that_changed_nothing_is_no_run(cli: Cli, tree: dict[str, bytes]) -> None:
    cli("clean", "-w", "clean.txt")
    cli("clean", ".")
    cli("clean", "--check", ".")
    assert cli("undo", "--list").text == "no run is recorded\n"
    assert list(cli.state.iterdir()) == []


def test_diff_shows_what_would_come_back_and_writes_nothing(cli: Cli, tree: dict[str, bytes]) -> None:
    cli("clean", "-w", ".")
    written = present(cli, tree)
    (cli.folder / "部分" / "c d.txt").unlink()
    done = cli("undo", "--diff")
    assert done.code == 1
    assert f"--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,5 @@\n-{LINE}\r\n+{LINE}  \r\n" in done.text
    assert "部分/b.txt: would come back, now 99 bytes in utf-8, then" in done.err
    assert "in gb18030" in done.err
    assert "部分/c d.txt: would come back, now nothing (it was removed)" in done.err
    del written["部分/c d.txt"]
    assert present(cli, written) == written
    assert len(names_of_runs(cli)) == 1
    assert cli("undo").code == 0
    done = cli("undo", "--diff", names_of_runs(cli)[0])
    assert (done.code, done.text) == (0, "")


def test_a_run_is_named_by_enough_of_it(cli: Cli, tree: dict[str, bytes]) -> None:
    cli("clean", "-w", "a.md")
    cli("clean", "-w", "部分")
    refused(cli("undo", "2"), "2 could be 2 runs", "write more of it")
    refused(cli("undo", "x1"), "no run x1", "undo --list")
    refused(cli("undo", "a.md"), "a.md is a path, not a run", "dedupe-cn undo last a.md")
    assert cli("undo", "last", "部分/b.txt").code == 0
    assert (cli.folder / "部分" / "b.txt").read_bytes() == GBK


def test_no_journal_keeps_nothing(cli: Cli, tree: dict[str, bytes]) -> None:
    assert cli("clean", "-w", "--no-journal", "a.md").code == 0
    assert list(cli.state.iterdir()) == []
    assert (cli.folder / "a.md").read_bytes() == CLEAN.encode()


def test_an_output_over_a_file_is_kept_too(cli: Cli, tree: dict[str, bytes]) -> None:
    (cli.folder / "out.md").write_bytes(b"old\n")
    cli("clean", "a.md", "-o", "out.md")
    assert (cli.folder / "out.md").read_bytes() == CLEAN.encode()
    cli("clean", "a.md", "-o", "new.md")
    assert len(names_of_runs(cli)) == 1
    assert cli("undo").code == 0
    assert (cli.folder / "out.md").read_bytes() == b"old\n"
    assert (cli.folder / "new.md").read_bytes() == CLEAN.encode()


def test_without_a_journal_nothing_is_written(cli: Cli, tree: dict[str, bytes]) -> None:
    blocked = cli.state / "file"
    blocked.write_bytes(b"")
    done = cli("clean", "-w", ".", env={"DEDUPE_CN_STATE_DIR": str(blocked / "below")})
    refused(done, "nothing was written: the journal", "--no-journal")
    assert present(cli, tree) == tree
    chinese = cli("--lang", "zh", "clean", "-w", ".", env={"DEDUPE_CN_STATE_DIR": str(blocked / "below")})
    assert (chinese.code, len(chinese.errors)) == (2, 1)
    assert chinese.errors[0].startswith("错误：没有写入任何文件：无法写入")
    assert cli("clean", "-w", ".", "--no-journal", env={"DEDUPE_CN_STATE_DIR": str(blocked / "below")}).code == 0


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="users of Unix")
def test_without_a_home_the_journal_is_below_the_temporary_folder(cli: Cli, tree: dict[str, bytes]) -> None:
    temporary = cli.state / "tmp"
    temporary.mkdir()
    (cli.state / "no-folder").write_bytes(b"")
    below_a_file = str(cli.state / "no-folder" / "x")
    nowhere = {"DEDUPE_CN_STATE_DIR": "", "TMPDIR": str(temporary), "XDG_STATE_HOME": below_a_file}
    done = cli("clean", "-w", ".", env=nowhere)
    folder = temporary / f"dedupe-cn-{os.getuid()}"
    assert done.code == 0
    assert done.errors[0].startswith(f"no home folder for the journal: what was replaced is kept in {folder}")
    assert len(done.errors) == 1
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert cli("undo", env=nowhere).code == 0
    assert present(cli, tree) == tree
    # Somebody else's folder of that name is not used.
    folder.chmod(0o777)
    refused(cli("clean", "-w", ".", env=nowhere), "nothing was written", "--no-journal")
    assert present(cli, tree) == tree


def test_former_text_is_for_the_owner_only(cli: Cli, tree: dict[str, bytes]) -> None:
    if os.name == "nt":
        pytest.skip("rights of Unix")
    state = cli.state / "new"
    cli("clean", "-w", ".", env={"DEDUPE_CN_STATE_DIR": str(state)})
    for path in (state, *state.rglob("former"), *state.rglob("record.jsonl")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_damaged_former_bytes_are_never_written(cli: Cli, tree: dict[str, bytes]) -> None:
    cli("clean", "-w", "a.md")
    (store,) = cli.state.rglob("former")
    data = store.read_bytes()
    store.write_bytes(data[:-3] + bytes(3))
    refused(cli("undo"), "a.md: left as it is", "damaged or cut off")
    refused(cli("undo", "--diff"), "damaged or cut off")
    assert (cli.folder / "a.md").read_bytes() == CLEAN.encode()


def test_the_journal_speaks_of_hashes_that_sha256sum_finds(cli: Cli, tree: dict[str, bytes]) -> None:
    cli("clean", "-w", "a.md")
    (record,) = cli.state.rglob("record.jsonl")
    text = record.read_text("ascii")
    assert sha256(DIRTY.encode()).hexdigest() in text
    assert sha256(CLEAN.encode()).hexdigest() in text


def test_backup_leaves_a_visible_copy_and_never_overwrites_another(cli: Cli, tree: dict[str, bytes]) -> None:
    assert cli("clean", "-w", "a.md", "--backup", ".bak").code == 0
    assert (cli.folder / "a.md.bak").read_bytes() == tree["a.md"]
    (cli.folder / "a.md").write_bytes(tree["a.md"])
    assert cli("clean", "-w", "a.md", "--backup", ".bak").code == 0
    (cli.folder / "a.md").write_bytes(GBK)
    done = cli("clean", "-w", "a.md", "--backup", ".bak")
    refused(done, "a.md: not written", "a.md.bak is there already")
    assert (cli.folder / "a.md").read_bytes() == GBK
    assert (cli.folder / "a.md.bak").read_bytes() == tree["a.md"]


@pytest.mark.parametrize(("suffix", "said"), [("", "no end of a file name"), ("/x", "no end"), (".TXT", "would clean")])
def test_backup_suffixes_that_cannot_be(cli: Cli, tree: dict[str, bytes], suffix: str, said: str) -> None:
    refused(cli("clean", "-w", "a.md", "--backup", suffix), "--backup", said)
    assert present(cli, tree) == tree


def test_a_report_is_never_written_over_a_text(cli: Cli, tree: dict[str, bytes]) -> None:
    refused(cli("clean", "--check", ".", "--report", "json:a.md"), "a.md is an input or an output")
    refused(cli("clean", "a.md", "-o", "out.md", "--report", "json:./out.md"), "out.md is an input or an output")
    assert present(cli, tree) == tree


def test_undo_in_chinese(cli: Cli, tree: dict[str, bytes]) -> None:
    cli("clean", "-w", ".")
    run = only_run(cli)
    assert "3 个文件" in cli("--lang", "zh", "undo", "--list").text
    assert cli("--lang", "zh", "undo").text.endswith(f"c d.txt：已恢复\n已恢复 3 个文件，撤销了运行 {run}\n")
    assert cli("--lang", "zh", "undo").err.startswith("错误：没有可撤销的运行")
    assert "恢复一次运行所改动的文件" in cli("undo", "--help", "--lang", "zh").text


@pytest.mark.skipif(os.name == "nt", reason="names of Unix")
def test_odd_names_are_kept_and_come_back(cli: Cli) -> None:
    names = [b"line\nbreak.txt", b"\xff\xfe.txt", b"a\x1b[31m.txt", "　全角.txt".encode()]
    folder = os.fsencode(cli.folder)
    for name in names:
        try:
            Path(os.fsdecode(folder + b"/" + name)).write_bytes(DIRTY.encode())
        except OSError:
            pytest.skip("the file system takes no such names")
    done = cli("clean", "-w", ".")
    assert done.code == 0
    shown = done.text + cli("undo", "--list", "-v").text + cli("undo", "--diff").text
    assert "\x1b" not in shown
    for name in names:
        assert Path(os.fsdecode(folder + b"/" + name)).read_bytes() == CLEAN.encode()
    assert cli("undo").code == 0
    for name in names:
        assert Path(os.fsdecode(folder + b"/" + name)).read_bytes() == DIRTY.encode()
