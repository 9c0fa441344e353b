"""Bad input: one clear line on stderr, exit 2, nothing on stdout, other files still processed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from real_command import Cli

GOOD = "第二天一早，他们沿着河堤走到镇上。\n\n\n\n完。\n"
WANTED = "第二天一早，他们沿着河堤走到镇上。\n\n完。\n"


def fails(cli: Cli, said: str, *arguments: str, stdin: bytes | None = None) -> None:
    """Hold that a run stops with one line, and that a good file beside the bad one is still written."""
    done = cli("clean", *arguments, stdin=stdin)
    assert (done.code, done.out) == (2, b"")
    assert len(done.errors) == 1, done.err
    assert done.errors[0].startswith("error: ")
    assert said in done.errors[0]


def test_missing_path(cli: Cli) -> None:
    fails(cli, "missing.md: no such file or folder", "missing.md")


def test_folder_without_text(cli: Cli) -> None:
    (cli.folder / "empty").mkdir()
    (cli.folder / "empty" / "picture.png").write_bytes(b"\x89PNG")
    fails(cli, "empty: no text in this folder", "empty")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(cli: Cli) -> None:
    path = cli.folder / "locked.txt"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    fails(cli, "locked.txt: cannot be read", "locked.txt")


def test_unreadable_for_another_reason(cli: Cli) -> None:
    (cli.folder / "loop.txt").symlink_to("loop.txt")
    fails(cli, "loop.txt: cannot be read", "loop.txt")


def test_folder_given_as_output_for_one_file(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (cli.folder / "out").mkdir()
    fails(cli, "name a file, such as out/a.txt", "a.txt", "-o", "out")
    assert list((cli.folder / "out").iterdir()) == []


def test_output_that_cannot_be_written(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text(GOOD, encoding="utf-8")
    fails(cli, "missing/b.txt cannot be written", "a.txt", "-o", "missing/b.txt")


def test_file_given_as_output_for_several(cli: Cli) -> None:
    for name in ("a.txt", "b.txt", "out"):
        (cli.folder / name).write_text(GOOD, encoding="utf-8")
    fails(cli, "there are several inputs", "a.txt", "b.txt", "-o", "out")


def test_two_inputs_for_one_output(cli: Cli) -> None:
    for name in ("x", "y"):
        (cli.folder / name).mkdir()
        (cli.folder / name / "a.txt").write_text(GOOD, encoding="utf-8")
    fails(cli, "x/a.txt and y/a.txt would both be written to out/a.txt", "x/a.txt", "y/a.txt", "-o", "out")
    assert not (cli.folder / "out").exists()


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01" + bytes(57), bytes(range(256)) * 8])
def test_binary(cli: Cli, data: bytes) -> None:
    (cli.folder / "program.txt").write_bytes(data)
    fails(cli, "program.txt: binary, not text", "program.txt")
    fails(cli, "-: binary, not text", "-", stdin=data)


def test_binary_in_a_folder_is_passed_over_with_a_note(cli: Cli) -> None:
    (cli.folder / "program.txt").write_bytes(bytes(range(256)) * 8)
    (cli.folder / "a.txt").write_text(WANTED, encoding="utf-8")
    done = cli("clean", ".")
    assert done.code == 0
    assert done.errors == ["skipped program.txt: binary, not text"]


@pytest.mark.parametrize("level", ["safe", "standard", "aggressive"])
def test_empty_file_is_fine(cli: Cli, level: str) -> None:
    (cli.folder / "empty.txt").touch()
    done = cli("clean", "empty.txt", "--level", level)
    assert (done.code, done.out, done.err) == (0, b"", "nothing was compared: the input holds no text\n")
    checked = cli("clean", "--check", "empty.txt", "--level", level)
    assert (checked.code, checked.out, checked.err) == (done.code, done.out, done.err)


def test_blank_lines_alone_are_changed_and_nothing_else_is_said(cli: Cli) -> None:
    (cli.folder / "blank.txt").write_text("\n \n\n", encoding="utf-8")
    done = cli("clean", "--check", "blank.txt")
    assert (done.code, done.err) == (1, "")
    assert done.text.endswith("1 file: 1 would change, 0 repeats to remove (0 chars)\n")


def test_what_could_not_be_read_is_no_file_of_the_sum(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text(WANTED, encoding="utf-8")
    done = cli("clean", "--check", "a.txt", "missing.txt")
    assert (done.code, done.text) == (2, "1 file: nothing to change, 1 error\n")
    assert done.errors == ["error: missing.txt: no such file or folder"]
    alone = cli("clean", "--check", "missing.txt")
    assert (alone.code, alone.out, alone.errors) == (2, b"", done.errors)


def test_one_line_without_newline(cli: Cli) -> None:
    (cli.folder / "one.txt").write_text("一行。", encoding="utf-8")
    assert cli("clean", "one.txt").text == "一行。\n"


def test_uncertain_bytes(cli: Cli) -> None:
    (cli.folder / "odd.txt").write_bytes(b"a \xb1\xe1 b\n")
    done = cli("clean", "odd.txt")
    assert (done.code, done.out) == (2, b"")
    assert "--encoding" in done.err
    assert "gb18030" in done.err
    assert cli("clean", "odd.txt", "--encoding", "gb18030").text == "a 贬 b\n"


def test_bytes_that_the_named_encoding_does_not_hold(cli: Cli) -> None:
    (cli.folder / "gbk.txt").write_bytes(GOOD.encode("gbk"))
    fails(cli, "gbk.txt: line 1, byte 0", "gbk.txt", "--encoding", "utf-8")


def test_lossy_text_is_shown_but_not_written(cli: Cli) -> None:
    path = cli.folder / "cut.txt"
    data = "今天天气很好，我们一起去公园散步，".encode() * 5 + b"\xe4\xbb\n" + GOOD.encode()
    path.write_bytes(data)
    shown = cli("clean", "cut.txt")
    assert shown.code == 0
    assert "could not be decoded" in shown.err
    fails(cli, "cut.txt: not written", "-w", "cut.txt")
    assert path.read_bytes() == data


def test_what_an_encoding_cannot_hold_is_named(cli: Cli) -> None:
    data = "咖啡 caf&eacute;，今天天氣很好，一起去公園散步。\n".encode("big5")
    keep = ("-", "--encoding", "big5", "--output-encoding", "keep", "--select", "html-entities")
    fails(cli, "cannot hold é (U+00E9)", *keep, stdin=data)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.jsonl", "dedupe-cn corpus"),
        ("a.csv", "dedupe-cn corpus"),
        ("a.lrc", "timed text"),
        ("a.html", "pandoc"),
        ("a.xml", "pandoc"),
        ("a.odt", "save it as"),
    ],
)
def test_other_formats_point_to_the_right_tool(cli: Cli, name: str, said: str) -> None:
    (cli.folder / name).write_text("x", encoding="utf-8")
    fails(cli, said, name)


def test_other_files_are_still_processed(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (cli.folder / "b.txt").write_bytes(bytes(range(256)) * 8)
    done = cli("clean", "-w", "a.txt", "b.txt", "missing.txt")
    assert done.code == 2
    assert (cli.folder / "a.txt").read_text(encoding="utf-8") == WANTED
    assert len(done.errors) == 2
    assert done.text.endswith("1 file: 1 changed, 0 repeats removed (0 chars), 2 errors\n")
    assert "2 errors" in done.text


def test_nothing_named_and_nothing_piped(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    import subprocess
    import sys

    from real_command import environment

    leader, follower = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "dedupe_cn", "clean"],
            stdin=follower,
            capture_output=True,
            cwd=tmp_path,
            env=environment(),
            timeout=60,
            check=False,
        )
    finally:
        os.close(leader)
        os.close(follower)
    assert done.returncode == 2
    assert b"nothing to read" in done.stderr


def test_a_path_in_the_place_of_a_command(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text(GOOD, encoding="utf-8")
    done = cli("a.txt")
    assert done.code == 2
    assert "dedupe-cn clean a.txt" in done.err
