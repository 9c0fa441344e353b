"""Where the result goes, what is written, and the exit codes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from real_command import Cli

PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
DIRTY = f"{PASSAGE}{PASSAGE}抬头看见他，笑了。\n"
CLEAN = f"{PASSAGE}抬头看见他，笑了。\n"
N = len(PASSAGE)
OTHER = "第二天一早，他们沿着河堤走到镇上，在老茶馆里坐了一个上午，谁也没有提起那件事。\n"


@pytest.fixture
def dirty(cli: Cli) -> Path:
    path = cli.folder / "文章.md"
    path.write_text(DIRTY, encoding="utf-8")
    return path


def test_one_file_goes_to_stdout_and_its_report_to_stderr(cli: Cli, dirty: Path) -> None:
    done = cli("clean", "文章.md")
    assert (done.code, done.text) == (0, CLEAN)
    assert done.errors[0].startswith(f'文章.md:1:{N + 1} tandem removed, same as line 1 "他推开')
    assert done.errors[0].endswith(f'豆子，" ({N} chars)')
    assert done.errors[-1] == f"1 file: 1 changed, 1 repeat removed ({N} chars)"
    assert dirty.read_text(encoding="utf-8") == DIRTY


@pytest.mark.parametrize("arguments", [("clean", "-"), ("clean",), ("clean", "-", "-o", "-")])
def test_a_pipe_gives_the_same_bytes(cli: Cli, arguments: tuple[str, ...]) -> None:
    assert cli(*arguments, stdin=DIRTY.encode()).out == CLEAN.encode()


def test_line_ends_are_never_translated(cli: Cli) -> None:
    done = cli("clean", "-", stdin=DIRTY.replace("\n", "\r\n").encode())
    assert done.out == CLEAN.replace("\n", "\r\n").encode()


def test_several_files_are_a_preview(cli: Cli, dirty: Path) -> None:
    (cli.folder / "b.txt").write_text(OTHER, encoding="utf-8")
    done = cli("clean", "文章.md", "b.txt")
    assert done.code == 1
    assert "tandem would be removed, same as line 1" in done.text
    assert f"2 files: 1 would change, 1 repeat to remove ({N} chars)" in done.text
    assert done.errors == ["nothing written: add --write"]
    assert dirty.read_text(encoding="utf-8") == DIRTY


def test_a_folder_is_a_preview_even_with_one_file(cli: Cli, dirty: Path) -> None:
    assert cli("clean", ".").code == 1
    dirty.write_text(CLEAN, encoding="utf-8")
    done = cli("clean", ".")
    assert (done.code, done.err) == (0, "")
    assert done.text == "1 file: nothing to change\n"


def test_check_exits_1_and_writes_nothing(cli: Cli, dirty: Path) -> None:
    done = cli("clean", "--check", "文章.md")
    assert (done.code, done.err) == (1, "")
    assert dirty.read_text(encoding="utf-8") == DIRTY
    dirty.write_text(CLEAN, encoding="utf-8")
    assert cli("clean", "--check", "文章.md").code == 0


def test_write_changes_files_once(cli: Cli, dirty: Path) -> None:
    done = cli("clean", "--write", "文章.md")
    assert (done.code, done.err) == (0, "")
    assert dirty.read_text(encoding="utf-8") == CLEAN
    os.utime(dirty, ns=(1_000_000_000, 1_000_000_000))
    again = cli("clean", "-w", "文章.md")
    assert (again.code, again.text) == (0, "1 file: nothing to change\n")
    assert dirty.stat().st_mtime_ns == 1_000_000_000


def test_exit_non_zero_on_change(cli: Cli, dirty: Path) -> None:
    assert cli("clean", "-w", "--exit-non-zero-on-change", "文章.md").code == 1
    assert cli("clean", "-w", "--exit-non-zero-on-change", "文章.md").code == 0


def test_output_to_a_file(cli: Cli, dirty: Path) -> None:
    done = cli("clean", "文章.md", "-o", "out.md")
    assert done.code == 0
    assert "tandem removed" in done.text
    assert (cli.folder / "out.md").read_text(encoding="utf-8") == CLEAN
    assert dirty.read_text(encoding="utf-8") == DIRTY


def test_output_to_a_folder_keeps_the_tree(cli: Cli) -> None:
    deep = cli.folder / "in" / "a" / "b.md"
    deep.parent.mkdir(parents=True)
    deep.write_text(DIRTY, encoding="utf-8")
    (cli.folder / "in" / "clean.txt").write_text(OTHER, encoding="utf-8")
    assert cli("clean", "in", "-o", "out").code == 0
    assert (cli.folder / "out" / "a" / "b.md").read_text(encoding="utf-8") == CLEAN
    assert (cli.folder / "out" / "clean.txt").read_text(encoding="utf-8") == OTHER


def test_diff_is_data_and_the_report_goes_beside_it(cli: Cli, dirty: Path) -> None:
    done = cli("clean", "--diff", "文章.md")
    assert done.code == 1
    name = r"/\346\226\207\347\253\240.md"  # as git writes it
    head = f'diff --git "a{name}" "b{name}"\n--- "a{name}"\n+++ "b{name}"\n'
    assert done.text == f"{head}@@ -1 +1 @@\n-{DIRTY}+{CLEAN}"
    assert "tandem would be removed" in done.err
    assert cli("clean", "--check", "--diff", "文章.md").out == done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--write", "--check"), "--write and --check exclude each other"),
        (("--write", "--diff"), "--write and --diff exclude each other"),
        (("--write", "-o", "x"), "--write and -o exclude each other"),
        (("-o", "x", "--check"), "-o and --check exclude each other"),
        (("--report", "json"), "a json report and the cleaned text cannot both go to standard output"),
        (("--diff", "--report", "jsonl"), "a jsonl report and the diff cannot both go to standard output"),
        (("--report", "text", "--report", "json", "--check"), "only one report can go to standard output"),
        (("--report", "xml"), "report format xml is unknown"),
        (("--threshold", "3"), "threshold is 3"),
        (("--min-chars", "0"), "min_chars is 0"),
        (("--select", "tandm"), "did you mean tandem?"),
        (("--encoding", "gb18031"), "did you mean gb18030?"),
        (("--level", "high"), "--level"),
        (("--jobs", "0"), "--jobs"),
        (("--frobnicate",), "--frobnicate"),
    ],
)
def test_usage_errors_are_one_line_and_exit_2(cli: Cli, dirty: Path, arguments: tuple[str, ...], said: str) -> None:
    done = cli("clean", "文章.md", *arguments)
    assert (done.code, done.out) == (2, b"")
    assert len(done.errors) == 1
    assert done.errors[0].startswith("error: ")
    assert said in done.errors[0]
    assert dirty.read_text(encoding="utf-8") == DIRTY


def test_standard_input_cannot_be_written_back(cli: Cli) -> None:
    done = cli("clean", "--write", "-", stdin=DIRTY.encode())
    assert (done.code, done.out) == (2, b"")


def test_reports_go_to_files_and_formats_combine(cli: Cli, dirty: Path) -> None:
    done = cli("clean", "文章.md", "--report", "json:r.json", "--report", "jsonl", "--report-file", "r.jsonl")
    assert (done.code, done.text) == (0, CLEAN)
    report = json.loads((cli.folder / "r.json").read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in (cli.folder / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["type"] for line in lines] == ["run", "file", "summary"]
    assert report["files"][0] == {k: v for k, v in lines[1].items() if k != "type"}
    assert "tandem removed" in done.err


def test_json_goes_to_stdout_under_check(cli: Cli, dirty: Path) -> None:
    done = cli("clean", "--check", "--report", "json", "文章.md")
    report = json.loads(done.out)
    (removal,) = report["files"][0]["removals"]
    assert done.code == 1
    assert DIRTY[removal["start"] : removal["end"]] == removal["text"]
    assert report["summary"]["removals"] == 1


def test_level_and_the_way_on(cli: Cli) -> None:
    text = f"{OTHER}\n{PASSAGE[:-1]}。\n\n{OTHER}"
    done = cli("clean", "--level", "safe", "-", stdin=text.encode())
    assert done.text == text
    assert "1 repeat kept" in done.err
    assert "--level standard removes 1\n" in done.err
    assert cli("clean", "-", stdin=text.encode()).text == f"{OTHER}\n{PASSAGE[:-1]}。\n"
    assert "repeated-block same as line 1" in cli("clean", "-v", "--level", "safe", "-", stdin=text.encode()).err


def test_full_width_commas_separate_rules(cli: Cli) -> None:
    done = cli("clean", "-", "--disable", "repeats，final-newline、blank-lines", stdin=DIRTY.encode() + b"\n\n\nx")
    assert done.text == DIRTY + "\n\n\nx"


def test_rules_on_request(cli: Cli) -> None:
    done = cli("clean", "-", "--select", "full-width", stdin="ＡＢＣ  \n".encode())
    assert done.text == "ABC\n"


def test_stdin_filename_names_the_kind(cli: Cli) -> None:
    source = "甲  \n乙\n"
    assert cli("clean", "-", stdin=source.encode()).text == "甲\n乙\n"
    named = cli("clean", "-", "--stdin-filename", "a.md", stdin=source.encode())
    assert named.text == source
    assert cli("clean", "-", "--kind", "markdown", stdin=source.encode()).text == source


def test_identical_files_are_reported_and_left(cli: Cli) -> None:
    for name in ("b.txt", "a.txt"):
        (cli.folder / name).write_text(OTHER, encoding="utf-8")
    (cli.folder / "c.txt").write_text(OTHER.replace("，", "， "), encoding="utf-8")
    done = cli("clean", "c.txt", "b.txt", "a.txt", "--report", "json")
    files = {file["path"]: file for file in json.loads(done.out)["files"]}
    assert done.code == 0
    assert files["a.txt"]["removals"] == []
    for name in ("b.txt", "c.txt"):
        (removal,) = files[name]["removals"]
        assert (removal["rule"], removal["applied"]) == ("duplicate-file", False)
        assert removal["kept"]["path"] == "a.txt"
    assert "identical to a.txt" in cli("clean", ".").text
    assert "duplicate-file" not in cli("clean", ".", "--disable", "duplicate-file").text


def test_output_encoding_keep(cli: Cli) -> None:
    data = DIRTY.encode("gb18030")
    assert cli("clean", "-", "--output-encoding", "keep", stdin=data).out == CLEAN.encode("gb18030")
    assert cli("clean", "-", stdin=data).out == CLEAN.encode()
    wide = DIRTY.encode("utf-16")
    assert cli("clean", "-", "--output-encoding", "keep", stdin=wide).out == CLEAN.encode("utf-16")
    assert cli("clean", "-", stdin=wide).out == CLEAN.encode()


def test_quiet_says_nothing_but_errors(cli: Cli, dirty: Path) -> None:
    done = cli("clean", "-q", "文章.md")
    assert (done.text, done.err) == (CLEAN, "")
    assert cli("-q", "clean", "文章.md").err == ""
    assert cli("clean", "-q", "missing.md").err == "error: missing.md: no such file or folder\n"
