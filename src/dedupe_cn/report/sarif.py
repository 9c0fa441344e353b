"""SARIF 2.1.0, the format of code scanning.

Offsets and columns count code points. Every region has lines and columns and, for those who have the decoded text, the
offsets; a fix deletes what the removal deletes. Messages are short: the text is in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from dedupe_cn.between import Standing
from dedupe_cn.model import FileResult
from dedupe_cn.regex import regex
from dedupe_cn.report.findings import ERROR, Finding, Severity, Wording, findings
from dedupe_cn.report.fixes import Fixes
from dedupe_cn.report.json import dump_for_pages
from dedupe_cn.report.run import Run
from dedupe_cn.report.sarif_rules import describe, known_rules
from dedupe_cn.report.words import Say

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: The folder of the run. Where it lies is for the reader to say: the report may be made on another machine.
BASE = "SRCROOT"
#: Key of our fingerprints; a change in how they are made gives another number.
FINGERPRINT = "dedupeCn/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
#: Names of the IANA registry for those of Python, where they differ by more than case and punctuation.
_ENCODINGS = {"big5hkscs": "Big5-HKSCS", "cp950": "Big5", "cp932": "Windows-31J", "cp1252": "windows-1252"}
#: How a log without results ends.
_NO_RESULTS = "[]}]}"
_DRIVE = regex(r"[A-Za-z]:/")
_LINK = regex(r"[\\\[\]]")
_PLACEHOLDER = regex(r"\{(\d+)\}")


def render(run: Run, say: Say, version: str, *, verbose: bool = False) -> str:
    """Write the run as one SARIF log.

    Results are written one by one, because as values a hundred thousand of them take a gigabyte.
    """
    wording = Wording(line=lambda line, number: f"[{line}]({number})", quote=_quote)
    artifacts: list[dict[str, Any]] = []
    results: list[str] = []
    problems: list[dict[str, Any]] = []
    rules = known_rules()
    for index, result in enumerate(run.results):
        artifacts.append(_artifact(result))
        fixes = Fixes(result)
        for finding in findings(result, run, say, verbose=verbose, wording=wording):
            if finding.rule == ERROR:
                problems.append(_notification(finding, index))
                continue
            number = rules.setdefault(finding.rule, len(rules))
            results.append(dump_for_pages({"ruleIndex": number, **_result(finding, index, fixes)}))
    log = dump_for_pages(_log(rules, problems, artifacts, say, version)).removesuffix(f"{_NO_RESULTS}\n")
    body = ",".join(map(str.rstrip, results))
    return f"{log}[{body}]{_NO_RESULTS[2:]}\n"


def _log(
    rules: Iterable[str], problems: list[dict[str, Any]], artifacts: list[dict[str, Any]], say: Say, version: str
) -> dict[str, Any]:
    """Give the log around its results, which are the last value in it."""
    language = "zh-CN" if say.language == "zh" else "en-US"
    driver = {
        "name": "dedupe-cn",
        "version": version,
        "semanticVersion": version,
        "language": language,
        "rules": [describe(name, say) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "dedupe-cn/"},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {BASE: {"description": {"text": "The folder dedupe-cn was run in."}}},
        "invocations": [{"executionSuccessful": not problems, "toolExecutionNotifications": problems}],
        "artifacts": artifacts,
        "results": [],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, index: int, fixes: Fixes) -> dict[str, Any]:
    """Describe one finding; ``index`` is that of its file among the artifacts."""
    value: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _physical(finding.path, finding.region, index)}],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.removal is not None:
        other = finding.kept_path
        kept = _physical(finding.path, finding.kept, index) if other is None else {"artifactLocation": _location(other)}
        related = [kept, *(_physical(finding.path, place, index) for place in finding.places)]
        if finding.others:
            related = [{"artifactLocation": _location(at.path), "region": _region(at)} for at in finding.others]
        value["relatedLocations"] = [{"id": n, "physicalLocation": place} for n, place in enumerate(related, 1)]
        value["properties"] = {
            "likeness": finding.removal.likeness,
            "applied": finding.removal.applied,
            "chars": finding.removal.chars,
            "score": round(finding.removal.score, 4),
        }
        cuts = [{"deletedRegion": _region(place)} for place in fixes.of(finding.removal)]
        if cuts:
            change = {"artifactLocation": _location(finding.path), "replacements": cuts}
            value["fixes"] = [{"artifactChanges": [change]}]
    return value


def _notification(finding: Finding, index: int) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": {**_location(finding.path), "index": index}}}],
    }


def _artifact(result: FileResult) -> dict[str, Any]:
    value: dict[str, Any] = {"location": _location(result.path), "roles": ["analysisTarget"]}
    if result.encoding:
        value["encoding"] = _ENCODINGS.get(result.encoding, result.encoding.replace("_", "-").upper())
    return value


def _physical(path: str, place: Standing | None, index: int) -> dict[str, Any]:
    """Give a place in a file of the run; for a whole file its first line, as code scanning wants a line."""
    return {
        "artifactLocation": {**_location(path), "index": index},
        "region": _region(place) if place else {"startLine": 1},
    }


def _region(place: Standing) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.start,
        "charLength": place.end - place.start,
    }


@lru_cache(maxsize=16)
def _location(path: str) -> dict[str, Any]:
    """Give a file by its URI: relative to the folder of the run where its name is."""
    # Bytes that are no UTF-8 are in the URI as they are on the disk.
    uri = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if _DRIVE.match(path):
        return {"uri": f"file:///{path[:2]}{uri.partition('%3A')[2]}"}
    return {"uri": uri, "uriBaseId": BASE}


def _quote(text: str) -> str:
    """Escape what a message would take for a link or a placeholder."""
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(lambda found: f"\\{found[0]}", text))
