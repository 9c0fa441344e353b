"""Hostile text and names through every report, by the real command: what comes out is read as bytes."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from real_command import Cli, environment, runner

from dedupe_cn.cli.reports import MACHINE
from dedupe_cn.cli.reports import TEXT as TEXT_REPORT

#: Each of these is an order to somebody: a terminal, a page, an XML file, a log of GitHub, a template, a spreadsheet.
ORDERS = (
    "\x1b[31m红\x1b[0m",
    "\x1b]0;标题\x07",
    "\x9b2J",
    "\x08\x0b\x7f",
    "\u202e倒\u202c\u2066孤\u2069",
    "\u200b\u200e\u200f\u061c\ufeff\U000e0041",
    "\u2028\u2029\x85",
    "<script>alert(1)</script>",
    "]]>",
    "<!-- --> &amp; &#x1b;",
    "\n::error::中招\n",
    "\r::stop-commands::x\r",
    "%0A::error::中招%0D",
    "##[error]中招",
    "[点我](https://example.org/) {0} {{1}} \\",
    "\"',;=`$(id)`",
    "\ufffd\ue000锟斤拷",
)
MIDDLE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
PASSAGE = MIDDLE + "".join(f"{order}然后呢，" for order in ORDERS) + "抬头看见他就笑了。"
INLINE = MIDDLE + "".join(f"{order}然后呢，" for order in ORDERS if not re.search(r"[\r\n]", order)) + "就笑了。"
TEXT = f"{PASSAGE}\n\n{PASSAGE}\n\n{INLINE}{INLINE}后来。\n\n\n\n"
NAME = "a\n::error::b\x1b[31m\u202e<script>]]>%0A,:\"'[x](1).md"
FORMATS = (TEXT_REPORT, *MACHINE)
#: What no report may hold raw, in UTF-8: C0 but the line feed, DEL, C1, marks and overrides of direction, line
#: separators, isolates.
RAW = re.compile(
    rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c|\xed[\xa0-\xbf]"
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names of Unix")


def reports(cli: Cli, *more: str) -> dict[str, bytes]:
    """Clean what is in the folder and give every report of it, with the text report once as the terminal gets it."""
    wanted = [part for name in FORMATS for part in ("--report", f"{name}:.out.{name}")]
    done = cli("clean", "--check", "-v", "--level", "aggressive", *wanted, *more, ".", "missing\x1b[2J\n::error::.md")
    assert done.code == 2
    assert not RAW.search(done.err.encode())
    found = {name: (cli.folder / f".out.{name}").read_bytes() for name in FORMATS}
    return {**found, "stdout": done.out}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    cli = runner(tmp_path_factory.mktemp("written"), tmp_path_factory.mktemp("state"))
    (cli.folder / NAME).write_text(TEXT, encoding="utf-8", newline="")
    (cli.folder / f"copy {NAME}").write_text(TEXT, encoding="utf-8", newline="")
    return reports(cli)


def test_no_report_gives_orders_to_a_terminal(written: dict[str, bytes]) -> None:
    for name, data in written.items():
        assert b"tandem" in data, name
        assert b"duplicate-file" in data, name
        assert b"missing" in data or name in ("text", "stdout"), name
        assert not RAW.search(data), name
        data.decode("utf-8", "strict")


def test_no_line_of_a_log_is_a_command_of_its_own(written: dict[str, bytes]) -> None:
    for name in ("text", "stdout", "json", "jsonl", "gitlab", "sarif"):
        assert not [line for line in written[name].splitlines() if line.lstrip().startswith((b"::", b"##["))], name
    commands = [line.decode() for line in written["github"].splitlines() if line.startswith(b"::")]
    assert commands
    for command in commands:
        # A property ends at a comma, the properties at two colons: what comes from a name holds neither.
        found = re.fullmatch(r"::(error|warning|notice) ((?:\w+=[^,:]*,?)+)::(.*)", command)
        assert found, command
        keys = [pair.partition("=")[0] for pair in found[2].split(",")]
        assert set(keys) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert "%0A" not in command.replace("%250A", "")


def test_reports_that_pages_show_hold_no_markup(written: dict[str, bytes]) -> None:
    for name in ("gitlab", "sarif"):
        assert not re.search(rb"[<>&]", written[name]), name
        assert b"\\u003cscript\\u003e" in written[name] or b"%3Cscript%3E" in written[name]


def test_the_review_page_holds_one_script_and_it_is_ours(written: dict[str, bytes]) -> None:
    page = written["html"]
    assert re.findall(rb"<(/?)script\b", page) == [b"", b"/", b"", b"/"]  # the data, and the script
    assert b"<script>alert" not in page
    assert b"alert(1)" in page


def test_messages_of_sarif_hold_no_links_but_ours(written: dict[str, bytes]) -> None:
    (run,) = json.loads(written["sarif"])["runs"]
    messages = [result["message"]["text"] for result in run["results"]]
    links = {link for text in messages for link in re.findall(r"(?<!\\)\[[^\]]*\]\([^)]*\)", text)}
    assert links
    assert all(re.fullmatch(r"\[\d+\]\(1\)", link) for link in links)
    assert not [text for text in messages if re.search(r"(?<!\{)\{\d+\}", text)]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert all(re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2})+", uri) for uri in uris)


def test_json_holds_the_whole_text_of_what_goes(written: dict[str, bytes]) -> None:
    (*_, file) = [file for file in json.loads(written["json"])["files"] if file["path"] == NAME]
    applied = [removal for removal in file["removals"] if removal["applied"]]
    assert applied
    for removal in applied:
        assert removal["text"] == TEXT[removal["start"] : removal["end"]]


@pytest.mark.parametrize("colour", ["never", "always"])
def test_the_view_of_a_diff_gives_no_orders(cli: Cli, colour: str) -> None:
    import pty

    (cli.folder / NAME).write_text(TEXT, encoding="utf-8", newline="")
    reader, writer = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "dedupe_cn", "clean", "--diff", "--color", colour, NAME],
        cwd=cli.folder,
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    os.close(writer)
    shown = b""
    while True:
        try:
            more = os.read(reader, 65536)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(reader)
    assert child.stderr is not None
    errors = child.stderr.read()
    child.stderr.close()
    child.wait(60)
    plain = re.sub(rb"\x1b\[(?:[0-9;]*)m", b"", shown).replace(b"\r\n", b"\n") if colour == "always" else shown
    for data in (plain.replace(b"\r\n", b"\n"), re.sub(rb"\x1b\[(?:[0-9;]*)m", b"", errors)):
        assert data
        assert not RAW.search(data)


def test_a_giant_line_makes_no_giant_report(cli: Cli) -> None:
    """Megabytes in one line, half of them the other half: excerpts are short, JSON holds what goes and no more."""
    rng = random.Random(7)
    said = ["".join(map(chr, rng.choices(range(0x4E00, 0x9F00), k=14_000))) for _ in range(120)]
    half = "<script>\x1b[31m]]>".join(said)
    (cli.folder / "giant.txt").write_text(f"{half}完。{half}完。\n", encoding="utf-8")
    size = (cli.folder / "giant.txt").stat().st_size
    assert size > 2_500_000
    found = reports(cli, "--disable", "tidy")
    for name in ("text", "stdout", "github", "gitlab"):
        assert b"whole-document" in found[name]
        assert len(found[name]) < 2_000, name
    assert len(found["sarif"]) < 60_000  # most of it the rules
    assert len(found["html"]) < 120_000  # most of it the page itself
    for name in ("json", "jsonl"):
        assert size // 2 < len(found[name]) < size, name
        assert not RAW.search(found[name])


def test_a_name_is_no_command_at_the_start_of_a_line(cli: Cli) -> None:
    (cli.folder / "::error::x.md").write_text(f"{MIDDLE}{MIDDLE}就笑了。\n\n\n\n", encoding="utf-8")
    done = cli("clean", "--check", "::error::x.md")
    assert done.code == 1
    assert [line[:17] for line in done.text.splitlines()[:2]] == ["./::error::x.md:1", "./::error::x.md: "]


def test_differences_come_from_the_text_and_are_escaped(cli: Cli) -> None:
    first = "合同自双方签字盖章之日起生效，有效期三年，期满前一个月双方协商是否续签，其余照旧。"
    other = first.replace("三年", "\x1b[31m五年\u202e")
    (cli.folder / "a.txt").write_text(f"{first}\n\n甲方应当按月付款。\n\n{other}\n", encoding="utf-8")
    found = reports(cli, "--disable", "tidy")
    assert all(not RAW.search(data) for data in found.values())
    assert "五 (number)".encode() in found["text"]


def test_an_error_that_quotes_the_text_is_escaped(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "x\x1b[31m\n::error::y"
    folder.mkdir()
    done = cli("clean", "--check", "--report", "github", str(folder))
    assert done.code == 2
    assert not RAW.search(done.out + done.err.encode())
    assert not [line for line in done.err.splitlines() if line.startswith("::")]
