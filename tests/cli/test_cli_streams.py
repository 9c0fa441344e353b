"""Streams: a closed pipe, a full disk, Ctrl-C, colour, languages, and contents that never reach a terminal raw."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from real_command import Cli, environment

from dedupe_cn.cli.console import wants_colour
from dedupe_cn.cli.group import COMMANDS
from dedupe_cn.cli.messages import LANGUAGES, Say, choose_language
from dedupe_cn.report.excerpt import width

LINE = "第二天一早，他们沿着河堤走到镇上。"


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("".join(f"第{i}行，各不相同。\n" for i in range(100_000)), encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", "clean", "-q", "--disable", "repeats", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.read(10)
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait(60) == 0


def test_a_closed_pipe_does_not_stop_the_writing(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text(f"{LINE}\n\n\n\n完。\n", encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "dedupe_cn", "clean", "-w", "--exit-non-zero-on-change", "a.txt"],
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=cli.folder,
        env=environment(),
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")
    assert (cli.folder / "a.txt").read_text(encoding="utf-8") == f"{LINE}\n\n完。\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("clean", "-"), ("rules",)])
def test_a_full_disk_is_an_error(cli: Cli, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dedupe_cn", *arguments],
            input=LINE.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: cannot write to standard output")


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_is_one_line_and_130(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", "clean", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert child.stdin is not None
    child.stdin.write(LINE.encode() * 5_000)  # more than a pipe holds: once this is through, it reads its input
    child.stdin.flush()
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert out == b""
    assert err.strip() == b"error: interrupted"


@pytest.mark.parametrize("mode", [(), ("--check", "-v"), ("--diff",), ("--check", "--report", "json")])
def test_contents_give_no_orders_to_a_terminal(cli: Cli, mode: tuple[str, ...]) -> None:
    passage = "他推开那扇\x1b[31m旧木门\x9b2J，院子里的桂花已经落了一地\u202e，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
    name = "a\x1b]0;x\x07.txt"
    (cli.folder / name).write_text(passage + passage + "笑了。\n", encoding="utf-8")
    done = cli("clean", name, *mode)
    assert done.code in (0, 1)
    shown = done.err if not mode or mode == ("--diff",) else done.text + done.err
    assert "tandem" in shown
    assert not any(c in shown for c in "\x1b\x07\x9b\u202e")


def test_colour_is_asked_for(cli: Cli) -> None:
    assert "\x1b[" not in cli("rules").text
    assert "\x1b[" in cli("rules", "--color", "always").text
    assert "\x1b[" in cli("rules", env={"FORCE_COLOR": "1"}).text
    assert "\x1b[" not in cli("rules", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).text
    assert "\x1b[" in cli("--color", "always", "rules", env={"NO_COLOR": "1"}).text


def test_a_terminal_gets_colour_unless_told_otherwise() -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    terminal: object = Terminal()
    assert wants_colour("auto", terminal, {})  # type: ignore[arg-type]
    assert not wants_colour("auto", terminal, {"NO_COLOR": "1"})  # type: ignore[arg-type]
    assert not wants_colour("auto", terminal, {"TERM": "dumb"})  # type: ignore[arg-type]
    assert not wants_colour("never", terminal, {})  # type: ignore[arg-type]
    assert not wants_colour("auto", None, {})


@pytest.mark.parametrize(
    ("option", "variables", "language"),
    [
        (None, {}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        (None, {"DEDUPE_CN_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ("en", {"DEDUPE_CN_LANG": "zh"}, "en"),
    ],
)
def test_language(option: str | None, variables: dict[str, str], language: str) -> None:
    assert choose_language(option, variables) == language


def test_messages_in_chinese(cli: Cli) -> None:
    assert cli("clean", "missing", "--lang", "zh").err == "错误：missing：没有这个文件或目录\n"
    assert cli("--lang", "zh", "clean", "missing").err == "错误：missing：没有这个文件或目录\n"
    assert "清理文件" in cli("clean", "--help", "--lang", "zh").text
    assert "清理文件" in cli("--help", env={"DEDUPE_CN_LANG": "zh"}).text


def test_numbers_are_written_as_a_person_reads_them() -> None:
    assert Say("en")("kept", n=1).startswith("1 repeat kept")
    assert Say("en")("kept", n=1234).startswith("1,234 repeats kept")


def test_a_poor_terminal_encoding_is_no_crash(cli: Cli) -> None:
    done = cli("rules", "--lang", "zh", env={"PYTHONIOENCODING": "ascii"})
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [64, 80])
def test_help_fits_its_terminal(cli: Cli, command: str, language: str, columns: int) -> None:
    help_page = cli(*command.split(), "--help", "--lang", language, env={"COLUMNS": str(columns)}).text
    assert help_page.startswith({"en": "Usage: dedupe-cn", "zh": "用法：dedupe-cn"}[language])
    assert max(width(line) for line in help_page.splitlines()[1:]) <= columns
    lines = help_page.splitlines()
    assert not [line for line in lines if line.lstrip().startswith(("，", "。", "、", "；", "）"))]
    headings = [line for line in lines if line and not line.startswith(" ")][1:]
    assert headings[-1] == {"en": "For every command:", "zh": "所有命令通用："}[language]
    assert len(headings) == len(set(headings))
    explained = (re.match(r"  -.*?\S {2,}(?=\S)", line) for line in lines)
    assert len({width(found[0]) for found in explained if found}) == 1


def test_the_language_of_usage_errors_of_a_corpus(cli: Cli) -> None:
    done = cli("corpus", "a.jsonl", "--min-docs", "3", "--lang", "zh")
    assert (done.code, done.err) == (2, "错误：--min-docs 只用于 --unit paragraph；请去掉它\n")


def test_version_and_help(cli: Cli) -> None:
    assert cli("--version").text.startswith("dedupe-cn ")
    for arguments in ((), ("--help",), ("-h",), ("clean", "-h"), ("rules", "--help")):
        assert cli(*arguments).text.startswith("Usage: ")
