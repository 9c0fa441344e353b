"""Annotations for GitHub, Code Quality for GitLab."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from dedupe_cn.cli.messages import Say
from dedupe_cn.model import Edit, FileResult, Level, Outcome, Removal, Span, Warning
from dedupe_cn.reasons import Reason
from dedupe_cn.report import github, gitlab
from dedupe_cn.report.run import Run

ORIGINAL = "一二三。\n四五，六%。\n四五，六%。\n甲  \n\n\n\n乙\n"
REMOVAL = Removal("tandem", Span(12, 18), Span(5, 11), 6, Reason("tandem"), applied=True, level=Level.SAFE)
LEFT = replace(REMOVAL, rule="repeated-block", applied=False, why=Reason("short", ("6", "20")))
COPY = Removal("duplicate-file", Span(0, 30), Span(0, 30), 20, Reason("duplicate-file", ("a.md",)), False, None)
EDITS = (Edit(11, 18, "", "tandem"), Edit(20, 22, "", "trailing-space"), Edit(24, 26, "", "blank-lines"))


def result_of(*removals: Removal, path: str = "b,c: d.md", **more: Any) -> FileResult:
    outcome = Outcome(ORIGINAL, ORIGINAL[:11], EDITS, removals, more.pop("warnings", ()))
    return FileResult(path, outcome, "utf-8", changed=True, **more)


def run_of(*results: FileResult) -> Run:
    return Run(Level.STANDARD, results, 0.1, preview=True)


def test_github() -> None:
    good = result_of(REMOVAL, LEFT, warnings=(Warning("bidi", 2, 3),), notes=("gb18030 to utf-8",))
    bad = FileResult("坏.md", error="50% read:\nstopped")
    assert github.render(run_of(good, bad), Say("en")).splitlines() == [
        "::error file=坏.md,title=dedupe-cn%3A error::50%25 read: stopped",
        "::warning file=b%2Cc%3A d.md,line=3,endLine=3,col=1,endColumn=7,title=dedupe-cn%3A tandem::"
        'would be removed, same as line 2 "四五，六%25。" (6 chars): the same passage follows itself directly',
        "::warning file=b%2Cc%3A d.md,line=1,endLine=1,col=4,endColumn=5,title=dedupe-cn%3A bidi::"
        "suspicious: bidi, 2 times",
        "::notice file=b%2Cc%3A d.md,line=6,endLine=8,col=1,title=dedupe-cn%3A blank-lines::"
        "would be tidied: blank-lines 1",
        "::notice file=b%2Cc%3A d.md,line=4,endLine=4,col=2,endColumn=4,title=dedupe-cn%3A trailing-space::"
        "would be tidied: trailing-space 1",
        "::notice file=b%2Cc%3A d.md,title=dedupe-cn%3A encoding::would be tidied: gb18030 to utf-8",
        "1 repeat kept (1 too short)",
        "1 file: 1 would change, 1 repeat to remove (6 chars), 1 error",
    ]


def test_github_in_chinese_with_what_was_left() -> None:
    lines = github.render(run_of(result_of(LEFT, path="a.md")), Say("zh"), verbose=True).splitlines()
    assert lines[0] == (
        "::notice file=a.md,line=3,endLine=3,col=1,endColumn=7,title=dedupe-cn%3A repeated-block::"
        "与第 2 行相同 “四五，六%25。”（6 字）：保留：只有 6 字，不足所需的 20 字"
    )


def test_likeness_and_all_places_are_told() -> None:
    noise = replace(REMOVAL, likeness="noise")
    many = replace(LEFT, places=(Span(0, 4),))
    first, second = json.loads(gitlab.render(run_of(result_of(noise, many)), Say("en"), verbose=True))[:2]
    assert first["description"].startswith("noise, would be removed, same as line 2 ")
    assert second["description"].startswith("same as line 2, also line 1 ")
    assert "::无关文意，将删除，与第 2 行相同" in github.render(run_of(result_of(noise)), Say("zh"))


def test_github_says_what_it_will_not_show() -> None:
    errors = [FileResult(f"{i:03}.md", error="missing") for i in range(10)]
    warned = [result_of(REMOVAL, path=f"{i:03}.md") for i in range(25)]
    lines = github.render(run_of(*errors, *warned), Say("en")).splitlines()
    kinds = [match[1] for line in lines if (match := re.match(r"::(\w+) ", line))]
    assert kinds == ["error"] * 10 + ["warning"] * 26 + ["notice"] * 51
    assert [line.partition("::")[2].partition("::")[2] for line in lines if "title=dedupe-cn::" in line] == [
        "16 more of this kind stand in the log; GitHub shows 10 for each step",
        "41 more of this kind stand in the log; GitHub shows 10 for each step",
    ]
    # It is the tenth, the last one that is shown.
    assert "16 more" in [line for line in lines if line.startswith("::warning ")][9]


def test_gitlab() -> None:
    bad = FileResult("\udcff.md", error="missing")
    issues = json.loads(gitlab.render(run_of(result_of(REMOVAL, LEFT, path="目录/a.md"), bad), Say("en")))
    assert [{k: v for k, v in issue.items() if k != "fingerprint"} for issue in issues] == [
        {
            "description": 'would be removed, same as line 2 "四五，六%。" (6 chars): '
            "the same passage follows itself directly",
            "check_name": "tandem",
            "severity": "minor",
            "location": {"path": "目录/a.md", "lines": {"begin": 3, "end": 3}},
        },
        {
            "description": "would be tidied: blank-lines 1",
            "check_name": "blank-lines",
            "severity": "info",
            "location": {"path": "目录/a.md", "lines": {"begin": 6, "end": 8}},
        },
        {
            "description": "would be tidied: trailing-space 1",
            "check_name": "trailing-space",
            "severity": "info",
            "location": {"path": "目录/a.md", "lines": {"begin": 4, "end": 4}},
        },
        {
            "description": "missing",
            "check_name": "error",
            "severity": "critical",
            "location": {"path": "\ufffd.md", "lines": {"begin": 1}},
        },
    ]


def test_gitlab_fingerprints_tell_files_apart_but_not_lines() -> None:
    def marks(*results: FileResult) -> list[str]:
        return [issue["fingerprint"] for issue in json.loads(gitlab.render(run_of(*results), Say("en")))]

    one = result_of(REMOVAL, path="a.md")
    assert one.outcome is not None
    shift = 5
    moved = Outcome(
        "新的一行\n" + ORIGINAL,
        "",
        tuple(replace(edit, start=edit.start + shift, end=edit.end + shift) for edit in EDITS),
        (replace(REMOVAL, span=Span(12 + shift, 18 + shift), kept=Span(5 + shift, 11 + shift)),),
    )
    assert marks(one) == marks(one._replace(outcome=moved))
    assert not set(marks(one)) & set(marks(result_of(REMOVAL, path="b.md")))
    twice = marks(result_of(REMOVAL, REMOVAL, path="a.md"))
    assert len(set(twice)) == len(twice)
    assert marks(one)[0] == twice[0]
    assert json.loads(gitlab.render(run_of(one), Say("zh")))[0]["fingerprint"] == twice[0]


def test_nothing_found_is_an_empty_list() -> None:
    clean = FileResult("a.md", Outcome("甲\n", "甲\n"), "utf-8")
    assert gitlab.render(run_of(clean), Say("en")) == "[]\n"
    assert github.render(run_of(clean), Say("en")) == "1 file: nothing to change\n"
    failed = github.render(run_of(FileResult("gone.md", error="missing")), Say("en"))
    assert failed.splitlines()[1:] == ["1 error"]


def test_identical_files_are_a_note() -> None:
    copy = replace(COPY, kept_path="a[1].md")
    (issue, *_) = json.loads(gitlab.render(run_of(result_of(copy)), Say("en")))
    assert (issue["severity"], issue["check_name"]) == ("info", "duplicate-file")
    assert issue["description"] == "identical to a[1].md, left as it is (20 chars)"
