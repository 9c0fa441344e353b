"""Reports of the real command: several at once, every format tells of every input, diffs that git takes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from real_command import Cli, environment

PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
DIRTY = f"# 回家\n\n{PASSAGE}{PASSAGE}抬头看见他，笑了。\n\n\n\n晚饭时天已经黑了。  \n"
CLEAN = f"# 回家\n\n{PASSAGE}抬头看见他，笑了。\n\n晚饭时天已经黑了。\n"
ALL = ("text", "json", "jsonl", "github", "gitlab", "sarif", "html")

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def test_several_at_once_and_each_tells_of_every_input(cli: Cli) -> None:
    (cli.folder / "好.md").write_text(DIRTY, encoding="utf-8")
    wanted = [part for name in ALL for part in ("--report", f"{name}:out.{name}")]
    done = cli("clean", "--check", "好.md", "missing.md", *wanted)
    assert done.code == 2
    assert "好.md:3:43 tandem would be removed" in done.text  # the one on the terminal is still there
    files = {name: (cli.folder / f"out.{name}").read_text(encoding="utf-8") for name in ALL}
    assert files["text"] == done.text
    assert [file["error"] for file in json.loads(files["json"])["files"]] == ["no such file or folder", None]
    assert [json.loads(line).get("error") for line in files["jsonl"].splitlines()][1] == "no such file or folder"
    assert files["github"].startswith("::error file=missing.md,title=dedupe-cn%3A error::no such file or folder\n")
    assert "::warning file=好.md,line=3," in files["github"]
    assert {issue["location"]["path"]: issue["severity"] for issue in reversed(json.loads(files["gitlab"]))} == {
        "好.md": "minor",
        "missing.md": "critical",
    }
    assert '"error":["no such file or folder",' in files["html"]
    (run,) = json.loads(files["sarif"])["runs"]
    assert not run["invocations"][0]["executionSuccessful"]
    assert [result["ruleId"] for result in run["results"]] == ["tandem", "blank-lines", "trailing-space"]
    assert run["artifacts"][1]["location"]["uri"] == "%E5%A5%BD.md"


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif", "html"])
def test_a_report_on_stdout_and_beside_cleaned_text(cli: Cli, name: str) -> None:
    (cli.folder / "a.md").write_text(DIRTY, encoding="utf-8")
    for spec in (name, f"{name}:-"):
        done = cli("clean", "--check", "--report", spec, "a.md")
        assert (done.code, done.err) == (1, "")
        assert "tandem" in done.text
    assert not (cli.folder / "-").exists()
    assert cli("clean", "--report", name, "a.md").code == 2
    done = cli("clean", "--report", f"{name}：报告.out", "a.md")  # a full-width colon
    assert (done.code, done.text) == (0, CLEAN)
    assert "tandem" in (cli.folder / "报告.out").read_text(encoding="utf-8")


def test_what_was_written_is_told_as_done(cli: Cli) -> None:
    (cli.folder / "a.md").write_text(DIRTY, encoding="utf-8")
    done = cli("clean", "--write", "--report", "sarif", "a.md")
    first = json.loads(done.text)["runs"][0]["results"][0]
    assert first["message"]["text"].startswith("removed, same as line ")
    assert "fixes" not in first


def test_reports_speak_the_language_that_was_asked_for(cli: Cli) -> None:
    (cli.folder / "a.md").write_text(DIRTY, encoding="utf-8")
    english = json.loads(cli("clean", "--check", "--report", "gitlab", "a.md").text)
    chinese = json.loads(cli("clean", "--check", "--report", "gitlab", "a.md", "--lang", "zh").text)
    assert chinese[0]["description"].startswith("将删除，与第 3 行相同")
    assert [issue["fingerprint"] for issue in english] == [issue["fingerprint"] for issue in chinese]


def test_a_changed_encoding_alone_is_told(cli: Cli) -> None:
    (cli.folder / "a.md").write_bytes(CLEAN.encode("gb18030"))
    (issue,) = json.loads(cli("clean", "--check", "--report", "gitlab", "a.md").text)
    assert (issue["check_name"], issue["description"]) == ("encoding", "would be tidied: gb18030 to utf-8")


@pytest.mark.parametrize("arguments", [("--report", "sarif:x", "--report", "gitlab:x"), ("--report", "sarif,json")])
def test_reports_that_cannot_be(cli: Cli, arguments: tuple[str, ...]) -> None:
    (cli.folder / "a.md").write_text(DIRTY, encoding="utf-8")
    done = cli("clean", "--check", *arguments, "a.md")
    assert (done.code, done.text) == (2, "")
    assert done.err.startswith("error: ")
    assert not (cli.folder / "x").exists()


def apply(cli: Cli, patch: bytes, *arguments: str) -> None:
    subprocess.run(
        ["git", "apply", *arguments, "-"],
        cwd=cli.folder,
        input=patch,
        check=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": "/"},
    )


@needs_git
@pytest.mark.parametrize("more", [(), ("--output-encoding", "keep"), ("--eol", "crlf"), ("--disable", "repeats")])
def test_a_piped_diff_of_many_files_is_what_write_does(cli: Cli, more: tuple[str, ...]) -> None:
    files = {
        "plain.md": DIRTY.encode(),
        "没有 换行.txt": f"{PASSAGE}{PASSAGE}完".encode(),
        "目录/国标.txt": (DIRTY * 3).encode("gb18030"),
        "crlf.md": DIRTY.replace("\n", "\r\n").encode(),
        "mixed.md": DIRTY.replace("\n\n", "\r\n\n").encode(),
        "bom.md": b"\xef\xbb\xbf" + CLEAN.encode(),
        "utf16.md": DIRTY.encode("utf-16"),
        "clean.md": CLEAN.replace("晚饭", "午饭").encode(),
    }
    for name, data in files.items():
        path = cli.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)

    def state() -> dict[str, bytes]:
        return {name: (cli.folder / name).read_bytes() for name in files}

    # FORCE_COLOR is what CI sets: it must not spoil the patch.
    done = cli("clean", "--diff", *more, ".", env={"FORCE_COLOR": "1"})
    assert done.code == 1
    assert state() == files
    assert cli("clean", "--write", *more, ".").code == 0
    written = state()
    assert written != files
    for name, data in files.items():
        (cli.folder / name).write_bytes(data)
    apply(cli, done.out)
    assert state() == written
    apply(cli, done.out, "-R")
    assert state() == files


@needs_git
def test_a_diff_of_standard_input_is_for_the_file_it_names(cli: Cli) -> None:
    done = cli("clean", "--diff", "-", "--stdin-filename", "文 章.md", stdin=DIRTY.encode())
    (cli.folder / "文 章.md").write_text(DIRTY, encoding="utf-8")
    apply(cli, done.out)
    assert (cli.folder / "文 章.md").read_text(encoding="utf-8") == CLEAN


def test_no_diff_of_a_text_with_broken_bytes_unless_asked_for(cli: Cli) -> None:
    (cli.folder / "a.md").write_bytes(DIRTY.encode() + b"\xff\xfe\xff\n")
    done = cli("clean", "--diff", "a.md")
    assert (done.code, done.out) == (2, b"")
    assert "could not be decoded" in done.err
    assert cli("clean", "--diff", "--allow-lossy", "a.md").out.startswith(b"diff --git a/a.md b/a.md\n")


def on_a_terminal(folder: Path, *arguments: str, columns: int, **variables: str) -> str:
    """Run the command with a terminal of so many columns as its stdout."""
    import pty

    reader, writer = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=subprocess.DEVNULL,
        env=environment({"COLUMNS": str(columns), "TERM": "xterm-256color", **variables}),
    )
    os.close(writer)
    data = b""
    while True:
        try:
            more = os.read(reader, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not more:
            break
        data += more
    os.close(reader)
    child.wait(60)
    return data.decode()


@pytest.mark.skipif(os.name == "nt", reason="terminals of Unix")
def test_on_a_terminal_the_diff_marks_words_and_fits(cli: Cli) -> None:
    from dedupe_cn.report.excerpt import width

    (cli.folder / "a.md").write_text(DIRTY, encoding="utf-8")
    coloured = on_a_terminal(cli.folder, "clean", "--diff", "a.md", columns=50)
    assert "\x1b[7;31m" in coloured
    plain = on_a_terminal(cli.folder, "clean", "--diff", "a.md", columns=50, NO_COLOR="1").splitlines()
    assert "\x1b" not in "".join(plain)
    assert plain[5].startswith("-…里摘回来的豆子，[-他推开那扇旧木门")
    assert "+…里摘回来的豆子，抬头看见他，笑了。" in plain
    assert "-晚饭时天已经黑了。[-  -]" in plain
    assert max(map(width, plain)) <= 50


@pytest.mark.skipif(os.name == "nt", reason="terminals of Unix")
@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
@pytest.mark.parametrize("kept", [(), ("--output-encoding", "keep")])
def test_on_a_terminal_the_diff_is_words_in_any_encoding(cli: Cli, encoding: str, kept: tuple[str, ...]) -> None:
    variables = {"NO_COLOR": "1", "DEDUPE_CN_LANG": "en"}
    (cli.folder / "a.md").write_text(DIRTY, encoding="utf-8")
    read = on_a_terminal(cli.folder, "clean", "--diff", "a.md", columns=80, **variables)
    (cli.folder / "a.md").write_text(DIRTY, encoding=encoding)
    shown = on_a_terminal(cli.folder, "clean", "--diff", *kept, "a.md", columns=80, **variables)
    part = read.partition("a.md:")[0]
    assert "晚饭时天已经黑了" in part
    assert shown.startswith(part)


@pytest.mark.skipif(os.name == "nt", reason="terminals of Unix")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_narrow_terminal_the_report_cuts_passages_shorter(cli: Cli, language: str) -> None:
    from dedupe_cn.report.excerpt import width

    (cli.folder / "a.md").write_text(DIRTY, encoding="utf-8")
    variables = {"NO_COLOR": "1", "DEDUPE_CN_LANG": language}
    lines = {
        columns: on_a_terminal(cli.folder, "clean", "--check", "a.md", columns=columns, **variables).splitlines()[0]
        for columns in (200, 80, 20)
    }
    assert width(lines[20]) < width(lines[80]) <= 80 < width(lines[200])
    assert lines[200].replace("\r", "") == cli("clean", "--check", "a.md", "--lang", language).text.splitlines()[0]


@needs_git
def test_always_in_colour_is_for_a_pager(cli: Cli) -> None:
    (cli.folder / "a.md").write_text(DIRTY, encoding="utf-8")
    assert "\x1b[7;31m" in cli("clean", "--diff", "--color", "always", "a.md").text
    assert b"\x1b" not in cli("clean", "--diff", "a.md", env={"FORCE_COLOR": "1"}).out
