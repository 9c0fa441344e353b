"""``detect``, and what ``clean`` does with bytes that cannot all be decoded."""

from __future__ import annotations

import json

import pytest
from real_command import Cli

from dedupe_cn.report.warnings_text import WARNINGS

NOTICE = "各位住户请注意，本楼将于周三上午九时至十一时检修水泵，届时暂停供水，请提前储水备用，给您带来不便敬请谅解。\n"


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        pytest.param(NOTICE.encode(), "utf-8", "LF", id="UTF-8"),
        pytest.param(NOTICE.encode("gbk"), "gb18030", "LF", id="GBK is read as its superset"),
        pytest.param(NOTICE.encode("utf-16"), "utf-16-le", "BOM", id="UTF-16 with a mark"),
        pytest.param(NOTICE.replace("\n", "\r\n").encode(), "utf-8", "CRLF", id="line ends of Windows"),
    ],
)
def test_says_what_a_file_is(cli: Cli, data: bytes, encoding: str, words: str) -> None:
    (cli.folder / "通知.txt").write_bytes(data)
    done = cli("detect", "通知.txt")
    assert done.code == 0
    assert encoding in done.text
    assert words in done.text
    (row,) = json.loads(cli("detect", "--json", "通知.txt").out)
    assert row["encoding"] == encoding
    assert row["certain"] is True
    assert row["error"] is None


@pytest.mark.parametrize(("language", "words"), [("en", "rather than"), ("zh", "而不是")])
def test_what_lost_is_not_offered_beside_what_is_sure(cli: Cli, language: str, words: str) -> None:
    done = cli("detect", "--lang", language, stdin=NOTICE.encode("gbk"))
    sure, _, others = done.text.partition(words)
    assert "100" in sure
    assert "gb18030" not in others
    assert "big5" in others
    assert words not in cli("detect", "--lang", language, stdin=NOTICE.encode()).text


def test_reads_a_pipe(cli: Cli) -> None:
    done = cli("detect", stdin=NOTICE.encode("gb18030"))
    assert done.code == 0
    assert done.text.startswith("-: gb18030")


def test_two_bytes_are_uncertain_and_the_exit_code_says_so(cli: Cli) -> None:
    done = cli("detect", "-", stdin="你".encode("gbk"))
    assert done.code == 2
    assert "uncertain" in done.text
    assert "--encoding" in done.text


def test_a_binary_and_a_missing_file_do_not_stop_the_others(cli: Cli) -> None:
    (cli.folder / "a.bin").write_bytes(bytes(range(256)) * 4)
    (cli.folder / "b.txt").write_text(NOTICE, encoding="utf-8")
    done = cli("detect", "a.bin", "none.txt", "b.txt")
    assert done.code == 2
    assert "a.bin: binary" in done.text
    assert "b.txt: utf-8" in done.text
    assert done.errors == ["error: none.txt: no such file or folder"]


def test_a_paragraph_in_another_encoding_is_told_by_its_line(cli: Cli) -> None:
    data = NOTICE.encode() * 4 + NOTICE.encode("gbk") + NOTICE.encode() * 4
    (cli.folder / "a.txt").write_bytes(data)
    (row,) = json.loads(cli("detect", "--json", "a.txt").out)
    assert row["mixed_lines"] == [5]
    done = cli("clean", "--write", "a.txt")
    assert done.code == 2
    assert (cli.folder / "a.txt").read_bytes() == data


def test_broken_bytes_are_written_only_when_allowed(cli: Cli) -> None:
    file = cli.folder / "a.txt"
    data = NOTICE.encode() + b"\xff" + "下午恢复供水。 \n".encode()
    file.write_bytes(data)
    refused = cli("clean", "--write", "a.txt")
    assert refused.code == 2
    assert "could not be decoded" in refused.err
    assert file.read_bytes() == data
    allowed = cli("clean", "--write", "--allow-lossy", "a.txt")
    assert allowed.code == 0
    assert file.read_text(encoding="utf-8") == NOTICE + "\ufffd下午恢复供水。\n"


def test_mojibake_is_mended_only_on_request(cli: Cli) -> None:
    broken = NOTICE.strip().encode().decode("latin-1")
    (cli.folder / "a.txt").write_text(broken + "\n", encoding="utf-8")
    assert NOTICE not in cli("clean", "a.txt").text
    assert cli("clean", "--select", "mojibake", "a.txt").text == NOTICE
    diff = cli("clean", "--select", "mojibake", "--diff", "a.txt")
    assert diff.code == 1
    assert "+" + NOTICE.strip() in diff.text


def test_a_file_of_two_encodings_is_named_by_line_and_read_line_by_line_and_put_back(cli: Cli) -> None:
    file = cli.folder / "a.txt"
    data = NOTICE.encode() + "下午恢复供水。\n".encode("gbk") + NOTICE.encode("utf-16-le")
    file.write_bytes(data)
    told = cli("detect", "--lang", "zh", "a.txt")
    assert told.code == 2
    assert "第 2-3 行" in told.text
    assert "--encoding per-line" in told.text
    for arguments in ((), ("--encoding", "utf-8", "--allow-lossy")):
        refused = cli("clean", "--write", *arguments, "a.txt")
        assert refused.code == 2
        assert "2-3" in refused.err
        assert "--encoding per-line" in refused.err
    done = cli("clean", "--write", "--select", "final-newline", "--encoding", "per-line", "a.txt")
    assert done.code == 0
    assert "line 1 as utf-8, line 2 as gb18030, line 3 as utf-16-le" in done.err
    assert file.read_text(encoding="utf-8") == NOTICE + "下午恢复供水。\n" + NOTICE
    assert cli("undo").code == 0
    assert file.read_bytes() == data
    kept = cli("clean", "--encoding", "per-line", "--output-encoding", "keep", "a.txt")
    assert kept.code == 2
    assert "UTF-8" in kept.err


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["private-use", "bidi", "mojibake-marks", "replacement-char"])
def test_warnings_are_explained_and_say_what_to_do(cli: Cli, name: str, language: str) -> None:
    sign = {"private-use": "\ue000", "bidi": "\u202e", "mojibake-marks": "锟斤拷", "replacement-char": "\ufffd"}[name]
    (cli.folder / "a.txt").write_text(f"{NOTICE}附注{sign}\n", encoding="utf-8")
    what, hint = (pair[language == "zh"] for pair in WARNINGS[name])
    for arguments in (("detect",), ("clean", "--check"), ("rules", name)):
        done = cli(*arguments, "--lang", language, *([] if arguments[0] == "rules" else ["a.txt"]))
        said = "".join((done.text + done.err).split())
        assert "".join(what.split()) in said
        assert "".join(hint.split()) in said


def test_a_text_that_is_misread_throughout_says_so(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text(NOTICE.encode().decode("gb18030", "replace"), encoding="utf-8")
    assert "mojibake-text" in cli("detect", "a.txt").text
    assert "mojibake-text" in cli("clean", "--check", "a.txt").err


@pytest.mark.parametrize(("code", "year"), [(b"\xa8\xbc", 2005), (b"\xfe\x59", 2022), (b"\xa1\xa3", None)])
def test_verbose_says_which_edition_of_gb_18030_a_file_needs(cli: Cli, code: bytes, year: int | None) -> None:
    (cli.folder / "a.txt").write_bytes(NOTICE.encode("gbk") + code + b"\n")
    needs = f"needs GB 18030-{year}, which has characters at {code.hex().upper()};"
    assert (needs in cli("detect", "-v", "a.txt").text) is bool(year)
    assert "needs" not in cli("detect", "a.txt").text
    (row,) = json.loads(cli("detect", "--json", "a.txt").out)
    assert row["edition"] == year
