"""The renderers, on results made by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dedupe_cn.cli.messages import Say
from dedupe_cn.model import Difference, Edit, FileResult, Level, Outcome, Removal, Span
from dedupe_cn.reasons import Reason
from dedupe_cn.report import json as json_report
from dedupe_cn.report import jsonl
from dedupe_cn.report import text as text_report
from dedupe_cn.report.excerpt import escape, escape_name, excerpt, head, pad, shorten, tail, width
from dedupe_cn.report.places import Places
from dedupe_cn.report.run import Run, summarise

ORIGINAL = "一二三\r\n四 五六\r\n四 五六\r\n"
TANDEM = Removal("tandem", Span(11, 15), Span(5, 9), 3, Reason("tandem"), applied=True, level=Level.SAFE)
LEFT = replace(TANDEM, rule="repeated-block", applied=False, level=Level.STANDARD, why=Reason("short", ("3", "20")))
COPY = Removal(
    "duplicate-file", Span(0, 17), Span(0, 18), 9, Reason("duplicate-file", ("a.md",)), False, kept_path="a.md"
)
EDITS = (Edit(10, 10, "", "bom"), Edit(10, 15, "", "tandem"))


def outcome(*removals: Removal) -> Outcome:
    return Outcome(ORIGINAL, "一二三\r\n四 五六\r\n", EDITS, removals)


def run(*removals: Removal, level: Level = Level.SAFE, preview: bool = False) -> Run:
    good = FileResult("b.md", outcome(*removals), "utf-8", changed=True)
    bad = FileResult("c.md", error="no such file or folder")
    return Run(level, (good, bad), 1.23456, preview)


def test_json_is_as_promised() -> None:
    value = json.loads(json_report.render(run(TANDEM)))
    assert list(value) == ["version", "tool", "level", "files", "summary"]
    assert value["files"] == [
        {
            "path": "b.md",
            "encoding": "utf-8",
            "changed": True,
            "chars_before": 9,
            "chars_after": 6,
            "error": None,
            "edits": {"bom": 1},
            "removals": [
                {
                    "rule": "tandem",
                    "likeness": "exact",
                    "start": 11,
                    "end": 15,
                    "line": 3,
                    "column": 1,
                    "text": "四 五六",
                    "chars": 3,
                    "kept": {"start": 5, "end": 9, "line": 2, "column": 1},
                    "score": 1.0,
                    "differences": [],
                    "applied": True,
                    "reason": "the same passage follows itself directly",
                    "id": "",
                    "count": 1,
                }
            ],
        },
        {
            "path": "c.md",
            "encoding": None,
            "changed": False,
            "chars_before": 0,
            "chars_after": 0,
            "error": "no such file or folder",
            "edits": {},
            "removals": [],
        },
    ]
    assert value["summary"] == {
        "files": 2,
        "changed": 1,
        "removals": 1,
        "reported": 0,
        "chars_removed": 3,
        "errors": 1,
        "elapsed_s": 1.235,
    }


def test_json_names_the_file_of_a_copy_and_the_differences() -> None:
    near = replace(LEFT, differences=(Difference("三", "3", "number"),), score=0.98765)
    first, second = json.loads(json_report.render(run(COPY, near)))["files"][0]["removals"]
    assert first["kept"] == {"start": 0, "end": 18, "line": 1, "column": 1, "path": "a.md"}
    assert second["differences"] == [{"removed": "三", "kept": "3", "class": "number"}]
    assert second["score"] == 0.9877


def test_json_escapes_what_a_terminal_obeys() -> None:
    text = json_report.dump({"a": "中\x1b\x9b\u202e\u2028\udc80"})
    assert text == '{"a": "中\\u001b\\u009b\\u202e\\u2028\\udc80"}\n'
    assert json.loads(text)["a"] == "中\x1b\x9b\u202e\u2028\udc80"


def test_jsonl_is_the_same_by_lines() -> None:
    whole = json.loads(json_report.render(run(TANDEM, LEFT)))
    head, *files, summary = (json.loads(line) for line in jsonl.render(run(TANDEM, LEFT)).splitlines())
    assert head == {"type": "run", "version": 1, "tool": "dedupe-cn", "level": "safe"}
    assert files == [{"type": "file", **file} for file in whole["files"]]
    assert summary == {"type": "summary", **whole["summary"]}


def test_text() -> None:
    lines = text_report.render(run(COPY, TANDEM, LEFT), Say("en")).splitlines()
    assert lines == [
        "b.md:1:1 duplicate-file identical to a.md, left as it is (9 chars)",
        'b.md:3:1 tandem removed, same as line 2 "四 五六" (3 chars)',
        "b.md: tidied: bom 1",
        "1 repeat kept (1 too short); --level standard removes 1",
        "  b.md:3 same as line 2: 3 characters, fewer than the 20 needed",
        "1 file: 1 changed, 1 repeat removed (3 chars), 1 error",
    ]


def test_text_in_chinese_with_reasons() -> None:
    lines = text_report.render(run(TANDEM, LEFT, preview=True), Say("zh"), verbose=True).splitlines()
    assert lines == [
        "b.md:3:1 tandem 将删除，与第 2 行相同 “四 五六”（3 字）：同一段文字紧接着又出现一次",
        "b.md:3:1 repeated-block 与第 2 行相同 “四 五六”（3 字）：保留：只有 3 字，不足所需的 20 字",
        "b.md: 将整理：bom 1",
        "保留了 1 处重复（太短 1 处）；--level standard 会删除 1 处",
        "1 个文件：1 个将改动，将删除 1 处重复（3 字），1 个错误，1.23 秒",
    ]


@pytest.mark.parametrize(
    ("level", "levels", "ending"),
    [
        (
            Level.SAFE,
            (Level.STANDARD, Level.AGGRESSIVE),
            "standard removes 1, --level aggressive removes 2",
        ),
        (Level.SAFE, (Level.AGGRESSIVE, None), "--level aggressive removes 1"),
        (
            Level.STANDARD,
            (Level.AGGRESSIVE, None),
            "2 repeats kept (2 too short); --level aggressive removes 1",
        ),
        (Level.STANDARD, (Level.STANDARD, None), "2 repeats kept (2 too short)"),
        (Level.AGGRESSIVE, (None, None), "2 repeats kept (2 too short)"),
    ],
)
def test_the_way_on(level: Level, levels: tuple[Level | None, ...], ending: str) -> None:
    left = [replace(LEFT, level=lowest) for lowest in levels]
    (line,) = text_report.closing_lines(run(*left, level=level), Say("en"))
    assert line.endswith(ending)


def test_what_stays_is_counted_by_reason_and_named() -> None:
    """A finding with several places is one, and a level removes all its copies but one."""
    differs = replace(LEFT, likeness="meaning", why=Reason("differs", ("激烈", "残酷", "word")), level=Level.AGGRESSIVE)
    many = replace(LEFT, why=Reason("other-place", ("恢复任务", "")), places=(Span(11, 15), Span(0, 3)))
    kinds = [replace(LEFT, why=Reason(code), level=None) for code in ("verse", "holds-mark")]
    lines = text_report.render(run(differs, many, *kinds, level=Level.SAFE), Say("en")).splitlines()
    assert lines[1:] == [
        "4 repeats kept (1 differing in meaning, 1 in another place, 1 of a kind that repeats on purpose, "
        "1 held by marks); --level standard removes 3, --level aggressive removes 4",
        "  b.md:3 like line 2: differs in 激烈 → 残酷 (word replaced)",
        "  b.md:3 same as line 2: stands under another heading: 恢复任务 / none",
        "  b.md:3 same as line 2: verse may repeat itself",
        "1 file: 1 changed, 0 repeats removed (0 chars), 1 error",
    ]


def test_one_file_is_not_named_again_and_nothing_to_change_is_said_of_nothing_found() -> None:
    differs = replace(LEFT, likeness="meaning", why=Reason("differs", ("激烈", "残酷", "word")), level=None)
    one = FileResult("b.md", Outcome(ORIGINAL, ORIGINAL, (), (differs,)), "utf-8")
    rendered = {language: text_report.render(Run(Level.SAFE, (one,)), Say(language)) for language in ("en", "zh")}
    assert rendered["en"].splitlines() == [
        "1 repeat kept (1 differing in meaning)",
        "  line 3 like line 2: differs in 激烈 → 残酷 (word replaced)",
        "1 file: nothing changed",
    ]
    assert rendered["zh"].splitlines() == [
        "保留了 1 处重复（含义有别 1 处）",
        "  第 3 行 与第 2 行相近：差别在 激烈 → 残酷（词语替换）",
        "1 个文件：没有改动",
    ]
    nothing = one._replace(outcome=Outcome(ORIGINAL, ORIGINAL))
    assert text_report.render(Run(Level.SAFE, (nothing,)), Say("en")) == "1 file: nothing to change\n"


def test_a_brief_outcome_is_told_as_the_whole_one() -> None:
    """What stays may be counted but for the first few: the report of it is the same, without the texts too."""
    near = replace(LEFT, likeness="meaning", why=Reason("differs", ("激烈", "残酷", "word")), level=Level.AGGRESSIVE)
    left = [near, LEFT, replace(LEFT, places=(Span(0, 3),)), replace(near, level=None), LEFT]
    whole = Outcome(ORIGINAL, "", EDITS, (TANDEM, *left))
    brief = whole.brief()
    assert (brief.removals, brief.left) == ((TANDEM, *left[:3]), ((None, 1), (Level.STANDARD, 1)))
    assert brief.brief() is brief
    short = FileResult("b.md", replace(brief, original=""), "utf-8", changed=True, glimpses=text_report.glimpses(brief))
    told = [
        text_report.render(Run(Level.SAFE, (result,)), Say("en"))
        for result in (FileResult("b.md", whole, "utf-8", changed=True), short)
    ]
    assert told[0] == told[1]
    assert "5 repeats kept (2 differing in meaning, 3 too short); --level standard removes 4" in told[0]


def test_likeness_and_all_places_are_told() -> None:
    noise = replace(TANDEM, rule="section", likeness="noise", score=0.98)
    many = replace(LEFT, places=(Span(0, 3), Span(11, 15)))
    lines = text_report.render(run(noise, many), Say("en"), verbose=True).splitlines()
    assert lines[0].startswith('b.md:3:1 section noise removed, same as line 2 "四 五六" (3 chars)')
    assert lines[1].startswith('b.md:3:1 repeated-block same as line 2, also lines 1, 3 "四 五六" (3 chars)')
    zh = text_report.render(run(replace(noise, likeness="contained")), Say("zh")).splitlines()
    assert zh[0].startswith("b.md:3:1 section 已被包含 已删除，与第 2 行相近（98%）")
    crowd = replace(LEFT, places=(Span(0, 3),) * 100)
    assert ", 1 and 88 more " in text_report.render(run(crowd), Say("en"), verbose=True)
    first, second = json.loads(json_report.render(run(noise, many)))["files"][0]["removals"]
    assert (first["likeness"], "places" in first) == ("noise", False)
    assert second["places"] == [
        {"start": 0, "end": 3, "line": 1, "column": 1},
        {"start": 11, "end": 15, "line": 3, "column": 1},
    ]


def test_sums_leave_out_nothing() -> None:
    total = summarise(run(TANDEM, LEFT, COPY))
    assert (total.files, total.changed, total.removals, total.reported, total.chars_removed, total.errors) == (
        2,
        1,
        1,
        2,
        3,
        1,
    )


def test_places_count_every_kind_of_line_end() -> None:
    places = Places("a\nb\r\nc\rd")
    assert [places.at(i) for i in (0, 2, 5, 7, 8)] == [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2)]


def test_excerpts() -> None:
    assert shorten("短句") == "短句"
    assert shorten("一  二\n三") == "一 二 三"
    assert width(shorten("很" * 100, 20)) <= 20
    assert shorten("头" + "中" * 10_000 + "尾", 12) == "头中中…中尾"
    assert escape("a\x00\u200b\U000e0001\x1b") == "a\\x00\\u200b\\U000e0001\\x1b"
    assert pad("中", 4) == "中  "


@pytest.mark.parametrize(
    ("text", "columns"),
    [("中", 2), ("Ａ", 2), ("\u1112\u1161\u11ab", 2), ("e\u0301", 1), ("葛\U000e0100", 2), ("☺\ufe0e", 1), ("", 0)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_excerpts_end_at_whole_characters() -> None:
    assert (head("中e\u0301文", 3), tail("中e\u0301文", 3)) == ("中e\u0301", "e\u0301文")
    assert tail("葛\U000e0100文", 3) == "文"  # not a mark that lost its character
    assert excerpt("前" + "很" * 100_000 + "后", 1, 100_001, 12) == "很很很…很很"
    assert excerpt("一二三四", 1, 3) == "二三"


@pytest.mark.parametrize("path", ["::error::x.md", "  ::x", "##[error]x"])
def test_names_are_no_commands(path: str) -> None:
    assert escape_name(path) == f"./{path}"
    assert escape_name(f"a{path}") == f"a{path}"


@pytest.mark.parametrize("length", [1, 40, 600, 5_000])
@pytest.mark.parametrize("columns", [None, 20, 60, 80, 200])
def test_glimpses_show_what_the_text_would(length: int, columns: int | None) -> None:
    """A short report without the texts is the same, whatever the width of the terminal."""
    text = "很长的 一句话，\n" * 700
    removals = (replace(TANDEM, span=Span(3, 3 + length)), LEFT, replace(TANDEM, span=Span(11, 15), score=0.98))
    outcome = Outcome(text, text, EDITS, removals)
    whole = FileResult("b.md", outcome, "utf-8", changed=True)
    short = whole._replace(outcome=Outcome("", "", EDITS, removals), glimpses=text_report.glimpses(outcome))
    for say in (Say("en"), Say("zh")):
        of_text, of_glimpses = (
            text_report.render(run()._replace(results=(result,)), say, columns=columns) for result in (whole, short)
        )
        assert of_text == of_glimpses
        assert "b.md:1:4 tandem" in of_text


def test_reasons_that_quote_the_text_are_escaped() -> None:
    quoting = replace(LEFT, why=Reason("differs", ("\x1b[31m三\u202e", "四\x9b", "number")))
    text = text_report.render(run(quoting), Say("en"), verbose=True)
    assert "kept: differs in \\x1b[31m三\\u202e → 四\\x9b (number)" in text
    assert not set("\x1b\x9b\u202e") & set(text)
