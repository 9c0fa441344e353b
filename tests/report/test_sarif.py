"""SARIF that holds to the schema, points at the right characters, and whose fixes do what the program does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dedupe_cn import clean
from dedupe_cn.cli.messages import Say
from dedupe_cn.model import FileResult, Kind, Level, Outcome, Removal, Span, Warning
from dedupe_cn.reasons import Reason
from dedupe_cn.report import sarif
from dedupe_cn.report.json import file_value
from dedupe_cn.report.run import Run
from dedupe_cn.report.sarif_rules import OTHERS, WARNINGS
from dedupe_cn.settings import RULES
from dedupe_cn.tidy.suspicious import warnings

PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
TWICE = f"# 标题\r\n\r\n𠀀开头。{PASSAGE}{PASSAGE}抬头看见他。  \r\n"


@cache
def validator() -> Any:
    schema = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def run_of(*results: FileResult, preview: bool = True) -> Run:
    return Run(Level.STANDARD, results, 0.1, preview)


def log(run: Run, language: str = "en", verbose: bool = False) -> dict[str, Any]:
    """Render a run, hold it against the schema, and give its only run."""
    value = json.loads(sarif.render(run, Say(language), "1.2.3", verbose=verbose))
    validator().validate(value)
    (only,) = value["runs"]
    assert isinstance(only, dict)
    return only


def cleaned(text: str, path: str = "a.md", **options: Any) -> FileResult:
    outcome = clean(text, kind=Kind.MARKDOWN, **options)
    return FileResult(path, outcome, "utf-8", changed=outcome.changed)


def passage(text: str, region: dict[str, int]) -> str:
    """Cut a region out of a text by its lines and columns, as a reader does that knows no offsets."""
    lines = text.replace("\r\n", "\n").split("\n")
    first, last = region["startLine"] - 1, region["endLine"] - 1
    rows = lines[first : last + 1]
    rows[-1] = rows[-1][: region["endColumn"] - 1]
    rows[0] = rows[0][region["startColumn"] - 1 :]
    return "\n".join(rows)


def test_a_removal_points_at_both_passages() -> None:
    only = log(run_of(cleaned(TWICE)))
    (result,) = [r for r in only["results"] if r["ruleId"] == "tandem"]
    here = result["locations"][0]["physicalLocation"]
    (related,) = result["relatedLocations"]
    kept = related["physicalLocation"]
    for place in (here, kept):
        region = place["region"]
        assert TWICE[region["charOffset"] :][: region["charLength"]] == passage(TWICE, region)
        assert only["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"] == "a.md"
    assert passage(TWICE, here["region"]) == passage(TWICE, kept["region"]) == PASSAGE
    assert here["region"]["startColumn"] == 5 + len(PASSAGE)  # a character beyond the first plane is one column
    assert only["columnKind"] == "unicodeCodePoints"
    assert result["message"]["text"].startswith(f"would be removed, same as line [3]({related['id']}) ")
    assert result["level"] == "warning"
    assert result["properties"] == {"likeness": "exact", "applied": True, "chars": len(PASSAGE), "score": 1.0}
    assert only["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "tandem"


def test_every_place_of_a_finding_is_a_related_location() -> None:
    text = "一二三。\n" * 4
    spans = [Span(n * 5, n * 5 + 4) for n in range(4)]
    why = Reason("short", ("4", "20"))
    left = Removal("tandem", spans[1], spans[0], 4, why, False, likeness="noise", places=tuple(spans[2:]))
    only = log(run_of(FileResult("a.md", Outcome(text, text, (), (left,)))), verbose=True)
    (result,) = only["results"]
    lines = [(r["id"], r["physicalLocation"]["region"]["startLine"]) for r in result["relatedLocations"]]
    assert lines == [(1, 1), (2, 3), (3, 4)]
    assert result["message"]["text"].startswith("noise, same as line [1](1), also lines [3](2), [4](3) ")
    assert result["properties"]["likeness"] == "noise"


def test_a_clean_run_is_a_log_without_results() -> None:
    only = log(run_of(cleaned("甲。\n")))
    assert only["results"] == []
    assert only["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert only["artifacts"] == [
        {"location": {"uri": "a.md", "uriBaseId": "SRCROOT"}, "roles": ["analysisTarget"], "encoding": "UTF-8"}
    ]
    assert log(run_of())["artifacts"] == []


def test_errors_are_notifications_and_the_run_is_no_success() -> None:
    only = log(run_of(cleaned("甲\n"), FileResult("坏 了.md", error="cannot be [read](1): {0}")))
    (invocation,) = only["invocations"]
    (problem,) = invocation["toolExecutionNotifications"]
    assert not invocation["executionSuccessful"]
    assert problem["message"]["text"] == "cannot be \\[read\\](1): {{0}}"
    assert problem["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "%E5%9D%8F%20%E4%BA%86.md",
        "uriBaseId": "SRCROOT",
        "index": 1,
    }


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.md", "a/b.md"),
        ("100%#?.md", "100%25%23%3F.md"),
        ("c:d.md", "c%3Ad.md"),
        ("\udcff.md", "%FF.md"),
        ("a\nb\u202e.md", "a%0Ab%E2%80%AE.md"),
        ("/srv/文.md", "file:///srv/%E6%96%87.md"),
        ("C:/d e.md", "file:///C:/d%20e.md"),
    ],
)
def test_names_become_uris(path: str, uri: str) -> None:
    place = log(run_of(FileResult(path, error="x")))["artifacts"][0]["location"]
    assert place["uri"] == uri
    assert ("uriBaseId" in place) == (":/" not in uri)


def test_the_base_of_relative_names_is_named_without_a_place_on_this_machine() -> None:
    (base,) = log(run_of())["originalUriBaseIds"].items()
    assert base == ("SRCROOT", {"description": {"text": "The folder dedupe-cn was run in."}})


def fixed(text: str, results: Iterable[dict[str, Any]]) -> str:
    """Carry out the fixes of all results."""
    cuts = [
        (replacement["deletedRegion"], replacement.get("insertedContent", {}).get("text", ""))
        for result in results
        for fix in result.get("fixes", ())
        for change in fix["artifactChanges"]
        for replacement in change["replacements"]
    ]
    for region, words in sorted(cuts, key=lambda cut: -cut[0]["charOffset"]):
        start = region["charOffset"]
        text = text[:start] + words + text[start + region["charLength"] :]
    return text


def test_one_fix_alone_takes_out_its_passage_and_the_white_space_it_brought() -> None:
    result = cleaned(f"甲。\n\n{PASSAGE}去了。\n\n{PASSAGE}去了。\n\n乙。\n", disable=["tidy"])
    assert result.outcome is not None
    assert fixed(result.outcome.original, log(run_of(result))["results"]) == result.outcome.text
    assert result.outcome.text == f"甲。\n\n{PASSAGE}去了。\n\n乙。\n"


def test_what_was_written_needs_no_fix() -> None:
    result = cleaned(TWICE)
    written = FileResult("a.md", result.outcome, "utf-8", changed=True, written=True)
    assert "fixes" in log(run_of(result))["results"][0]
    assert "fixes" not in log(run_of(written, preview=False))["results"][0]


def fingerprints(text: str, rule: str = "tandem") -> list[str]:
    return [
        result["partialFingerprints"]["dedupeCn/v1"]
        for result in log(run_of(cleaned(text)))["results"]
        if result["ruleId"] == rule
    ]


def test_fingerprints_stay_when_lines_move_and_layout_changes() -> None:
    (one,) = fingerprints(TWICE)
    assert fingerprints("先来一段。\n\n\n\n" + TWICE) == [one]
    assert fingerprints(TWICE.replace("\r\n", "\n")) == [one]
    assert fingerprints(TWICE.replace("豆子", "菜")) != [one]


def test_equal_findings_of_a_file_have_fingerprints_of_their_own() -> None:
    said = f"{PASSAGE}她没有应声，只是把窗台上的灯往里挪了挪。"
    others = [
        "他下午又去了镇上的集市，买了两斤茶叶和一把新锄头，直到天黑才坐末班车回来。",
        "这座桥建于一九三五年，长一百二十米，是全城最老的桥。",
        "天亮以后水退了下去，渡口又热闹起来。",
    ]
    text = "\n\n".join([said, others[0], said, others[1], said, others[2]]) + "\n"
    found = fingerprints(text, "repeated-block")
    assert len(found) == len(set(found)) == 2
    assert fingerprints("前言。\n\n" + text, "repeated-block") == found


def test_repeats_that_were_left_come_with_verbose_only() -> None:
    text = "合同有效期三年，期满前一月双方协商是否续签。\n\n付款。\n\n合同有效期五年，期满前一月双方协商是否续签。\n"
    result = cleaned(text)
    assert log(run_of(result))["results"] == []
    (left,) = log(run_of(result), verbose=True)["results"]
    assert (left["ruleId"], left["level"], "fixes" in left) == ("repeated-block", "note", False)


def test_rules_are_described_in_the_language_of_the_reader() -> None:
    for language, word in (("en", "Risk"), ("zh", "风险")):
        driver = log(run_of(), language)["tool"]["driver"]
        assert driver["language"].startswith(language)
        assert [rule["id"] for rule in driver["rules"]] == [*RULES, *OTHERS]
        for rule in driver["rules"]:
            assert rule["shortDescription"]["text"]
            assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
            assert rule["id"] in OTHERS or word in rule["help"]["markdown"]
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in driver["rules"]}
    assert levels["tandem"] == levels["bidi"] == "warning"
    assert levels["duplicate-file"] == levels["blank-lines"] == levels["encoding"] == "note"


def test_suspicious_text_is_a_warning_of_a_rule_that_is_described() -> None:
    found = warnings("好\ufffd锟斤拷\ue000\u202e\n<<<<<<< a\n=======\n>>>>>>> b\n")
    about_marks = {"mojibake-text", "unused-mark", "unknown-mark", "shifted-mark"}
    in_texts = {"chapter-order", "misread-passages", "hard-blanks", "cut-characters"}  # each with a test of its own
    assert {warning.rule for warning in found} | about_marks | in_texts == set(WARNINGS)
    outcome = Outcome("好\ufffd\n", "好\ufffd\n", warnings=(Warning("replacement-char", 1, 1), Warning("new", 2, 0)))
    only = log(run_of(FileResult("a.md", outcome, "utf-8")))
    assert [result["message"]["text"] for result in only["results"]] == [
        "suspicious: replacement-char, 1 time",
        "suspicious: new, 2 times",
    ]
    assert only["tool"]["driver"]["rules"][-1]["id"] == "new"
    assert only["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] == 2


def test_the_same_removals_as_in_json() -> None:
    result = cleaned(TWICE)
    removals = file_value(result)["removals"]
    regions = [
        r["locations"][0]["physicalLocation"]["region"] for r in log(run_of(result))["results"] if "properties" in r
    ]
    assert [(r["start"], r["end"], r["line"], r["column"]) for r in removals] == [
        (r["charOffset"], r["charOffset"] + r["charLength"], r["startLine"], r["startColumn"]) for r in regions
    ]


def test_what_is_true_of_a_whole_file_has_its_first_line() -> None:
    copy = Removal("duplicate-file", Span(0, 9), Span(0, 9), 9, Reason("duplicate-file", ("乙.md",)), False)
    # The text of a file that nothing happens to may have been let go.
    outcome = Outcome("", "", removals=(replace(copy, kept_path="乙.md"),))
    (result, encoding) = log(run_of(FileResult("a.md", outcome, "gb18030", notes=("gb18030 to utf-8",))))["results"]
    for one in (result, encoding):
        assert one["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"] == {"artifactLocation": {"uri": "%E4%B9%99.md", "uriBaseId": "SRCROOT"}}
    assert result["message"]["text"] == "identical to 乙.md, left as it is (9 chars)"
