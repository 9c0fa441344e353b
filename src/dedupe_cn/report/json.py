"""The machine-readable report: stable keys, version 1, offsets in code points of the decoded original."""

from __future__ import annotations

import json
import re
from typing import Any

from dedupe_cn.between import Between, Standing
from dedupe_cn.model import Edit, FileResult, Outcome, Removal, Span
from dedupe_cn.regex import regex
from dedupe_cn.report.places import Places
from dedupe_cn.report.run import DUPLICATE_FILE, Run, measure, summarise
from dedupe_cn.report.text import FURNITURE

VERSION = 1
# Valid in a JSON string, but not for a terminal or a reader by lines.
_UNSAFE = regex(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# What a page might take for markup.
_MARKUP = regex(r"[<>&]")
_line = json.JSONEncoder(ensure_ascii=False).encode


def render(run: Run) -> str:
    """Write the whole run as one JSON document."""
    value = {
        "version": VERSION,
        "tool": "dedupe-cn",
        "level": run.level.value,
        "files": [file_value(result) for result in run.results],
        "summary": summary_value(run),
    }
    return lay_out(value)


def dump(value: dict[str, Any]) -> str:
    """Write JSON and a newline: Chinese as it is, what a terminal might obey escaped."""
    return _UNSAFE.sub(_escaped, _line(value)) + "\n"


def lay_out(value: dict[str, Any]) -> str:
    """Write the same in indented lines."""
    return _UNSAFE.sub(_escaped, _indented(value, "\n")) + "\n"


def _indented(value: object, margin: str) -> str:
    """Write JSON as the library does with an indent of 2, in a quarter of its time; ``margin`` begins a line."""
    inner = f"{margin}  "
    if value and isinstance(value, dict):
        rows = [f"{_line(key)}: {_indented(part, inner)}" for key, part in value.items()]
        return f"{{{inner}{f',{inner}'.join(rows)}{margin}}}"
    if value and isinstance(value, list | tuple):
        return f"[{inner}{f',{inner}'.join([_indented(part, inner) for part in value])}{margin}]"
    return _line(value)


def dump_for_pages(value: Any) -> str:
    """Write JSON that stays harmless when a page or an XML file takes it in as it is; one line, however large."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _MARKUP.sub(_escaped, _UNSAFE.sub(_escaped, text)) + "\n"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def file_value(result: FileResult) -> dict[str, Any]:
    """Describe one file: every key is always there, but for ``taken``, lines that went without a copy that stays."""
    outcome = result.outcome
    value: dict[str, Any] = {
        "path": result.path,
        "encoding": result.encoding or None,
        "changed": result.changed,
        "chars_before": 0,
        "chars_after": 0,
        "error": result.error,
        "edits": {},
        "removals": [],
    }
    if outcome is not None:
        size = result.size or measure(outcome)
        places = Places(outcome.original, outcome.shape)
        value["chars_before"] = size.before
        value["chars_after"] = size.after
        value["edits"] = dict(outcome.edit_counts)
        if taken := [edit for edit in sorted(outcome.edits) if edit.rule == FURNITURE]:
            value["taken"] = [{**_place(edit, places), "text": _said(outcome, edit)} for edit in taken]
        value["removals"] = [removal_value(removal, outcome, places) for removal in outcome.removals]
    return value


def removal_value(removal: Removal, outcome: Outcome, places: Places) -> dict[str, Any]:
    """Describe one removal; ``places`` is there only where a finding stands in more places than two.

    In a container ``place`` names both passages, as a person finds them there.
    """
    if removal.between is not None:
        return _between_value(removal, removal.between)
    line, column = places.at(removal.span.start)
    # A passage of another file is that whole file; nobody needs it in the report once more.
    elsewhere = removal.kept_path is not None
    kept_line, kept_column = (1, 1) if elsewhere else places.at(removal.kept.start)
    kept: dict[str, Any] = {
        "start": removal.kept.start,
        "end": removal.kept.end,
        "line": kept_line,
        "column": kept_column,
    }
    here = places.named(removal.span.start)
    if here and not elsewhere:
        kept["place"] = places.named(removal.kept.start)
    if removal.rule == DUPLICATE_FILE:
        kept["path"] = removal.kept_path
    value: dict[str, Any] = {
        "rule": removal.rule,
        "likeness": removal.likeness,
        "start": removal.span.start,
        "end": removal.span.end,
        "line": line,
        "column": column,
        "text": "" if elsewhere else outcome.original[removal.span.start : removal.span.end],
        "chars": removal.chars,
        "kept": kept,
        "score": round(removal.score, 4),
        "differences": _differences(removal),
        "applied": removal.applied,
        "reason": removal.reason,
        "id": removal.id,
        "count": removal.count,
    }
    if here:
        value["place"] = here
    if removal.places:
        value["places"] = [_place(place, places) for place in removal.places]
    return value


def _between_value(removal: Removal, between: Between) -> dict[str, Any]:
    """Describe a copy between files: ``kept`` and ``places`` name their files; ``drift`` is there where it is one."""
    here = _standing(between.removed)
    del here["path"]
    value: dict[str, Any] = {
        "rule": removal.rule,
        "unit": between.unit,
        "likeness": removal.likeness,
        **here,
        "text": between.text,
        "chars": removal.chars,
        "kept": _standing(between.kept),
        "score": round(removal.score, 4),
        "differences": _differences(removal),
        "applied": False,
        "reason": removal.reason,
        "id": removal.id,
        "count": removal.count,
        "files": between.files,
        "places": [_standing(place) for place in between.places],
    }
    if removal.likeness == "meaning":
        value["drift"] = True
    return value


def _standing(place: Standing) -> dict[str, Any]:
    value = {
        "path": place.path,
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
    }
    return {**value, "place": place.named} if place.named else value


def _differences(removal: Removal) -> list[dict[str, str]]:
    return [{"removed": d.removed, "kept": d.kept, "class": d.kind} for d in removal.differences]


def _said(outcome: Outcome, edit: Edit) -> str:
    return outcome.original[edit.start : edit.end].strip()


def _place(span: Span | Edit, places: Places) -> dict[str, int]:
    line, column = places.at(span.start)
    return {"start": span.start, "end": span.end, "line": line, "column": column}


def summary_value(run: Run) -> dict[str, Any]:
    """Describe the sums of a run."""
    total = summarise(run)
    return {
        "files": total.files,
        "changed": total.changed,
        "removals": total.removals,
        "reported": total.reported,
        "chars_removed": total.chars_removed,
        "errors": total.errors,
        "elapsed_s": round(run.elapsed_s, 3),
    }
