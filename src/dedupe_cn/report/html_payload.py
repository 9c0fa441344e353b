"""What the review page is given: documents, repeats with their passages, the decisions file, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest
from typing import Any

from dedupe_cn.model import FileResult, Level, Removal
from dedupe_cn.reasons import GROUPS
from dedupe_cn.reasons import WORDS as REASONS
from dedupe_cn.report.dot_plot import CELLS, GRAM, dot_plot
from dedupe_cn.report.excerpt import reveal, shorten
from dedupe_cn.report.headings import Headings
from dedupe_cn.report.html_repeat import repeat_value, surroundings_across
from dedupe_cn.report.html_words import KINDS, PAGE
from dedupe_cn.report.passages import DIFFERING, WHOLE
from dedupe_cn.report.places import Places
from dedupe_cn.report.run import DUPLICATE_FILE, Run, summarise
from dedupe_cn.report.strip import PARTS, strip
from dedupe_cn.report.surroundings import Surroundings

#: Repeats in one page, the most doubtful ones; more are counted. 5,000 make a page of about 7 MB.
MOST_REPEATS = 5_000
#: Documents in one page that hold no repeat but failed or were tidied; more are counted.
MOST_OTHERS = 500
#: Columns of an error.
_ERROR = 240

#: The first number of what stays.
_REPORTED = 4
#: Where a repeat stands among others: what a person should look at first has the least numbers.
Doubt = tuple[float, ...]
#: A repeat by the numbers of its document and of itself in it; pairs around the threshold count from -1 downwards.
Key = tuple[int, int]


def payload(run: Run, language: str, version: str) -> dict[str, Any]:
    """Give all the page needs as one value."""
    chosen, more, more_reported = _choose(run)
    documents: list[dict[str, Any]] = []
    repeats: list[tuple[Doubt, dict[str, Any]]] = []
    headings: dict[str, int] = {}
    others = left_out = 0
    for number, result in enumerate(run.results):
        wanted = chosen.get(number, {})
        if not wanted:
            if not _worth_a_line(result):
                continue
            others += 1
            if others > MOST_OTHERS:
                left_out += 1
                continue
        document = _document(result, bool(wanted))
        rows = run.ledger.rows_of(result) if run.ledger is not None and wanted else {}
        if rows:
            document["name"] = next(iter(rows.values()))["path"]
        if wanted:
            found = _repeats(result, wanted, document, rows, _others(run, result))
            for doubt, value in found:
                value["d"] = len(documents)
                value["under"] = [headings.setdefault(name, len(headings)) for name in value["under"]]
                repeats.append((doubt, value))
        documents.append(document)
    shown = [repeat for _, repeat in sorted(repeats, key=lambda pair: pair[0])]
    total = summarise(run)
    return {
        "version": version,
        "language": language,
        "level": run.level.value,
        "preview": run.preview,
        "written": any(result.written for result in run.results),
        "summary": {**total._asdict(), "files": total.read},
        "more": more,
        "more_reported": more_reported,
        "left_out": left_out,
        "parts": PARTS,
        "cells": CELLS,
        "gram": GRAM,
        "documents": documents,
        "repeats": shown,
        "headings": list(headings),
        "ledger": _ledger(run),
        "words": {name: [english, chinese] for name, (english, chinese) in PAGE.items()},
        **_why_words(shown),
        "kinds": {name: list(kind) for name, kind in KINDS.items()},
        "limits": [WHOLE, DIFFERING],
    }


def _why_words(repeats: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Give the words of the reasons that the repeats have, and of their groups."""
    left = {repeat["left"] for repeat in repeats if "left" in repeat}
    return {
        "reasons": {code: list(REASONS[code]) for code in sorted({repeat["why"][0] for repeat in repeats})},
        "left": {group: list(words) for group, words in GROUPS.items() if group in left},
    }


def _ledger(run: Run) -> dict[str, Any] | None:
    """Describe the decisions file, None where no verdict can be recorded."""
    if run.ledger is None:
        return None
    return {"name": reveal(run.ledger.name), "version": run.ledger.version, "rows": list(run.ledger.rows())}


def _choose(run: Run) -> tuple[dict[int, dict[int, Doubt]], int, int]:
    """Choose the repeats of the page, by document; and count the others, and those of them that stay."""
    count = reported = 0

    def found() -> Iterator[tuple[Doubt, Key]]:
        nonlocal count, reported
        for number, result in enumerate(run.results):
            for index, doubt in _doubts(result, run.level, number, _others(run, result)):
                count += 1
                reported += doubt[0] >= _REPORTED
                yield doubt, (number, index)

    chosen: dict[int, dict[int, Doubt]] = {}
    shown = 0
    for doubt, (number, index) in nsmallest(MOST_REPEATS, found()):
        chosen.setdefault(number, {})[index] = doubt
        shown += doubt[0] >= _REPORTED
    return chosen, max(0, count - MOST_REPEATS), reported - shown


def _others(run: Run, result: FileResult) -> list[Removal]:
    """Give the pairs that are no findings of the run: borderline ones that were asked for, then those still open.

    Open is what the run does not come to since something else goes before.
    """
    outcome, borderline = result.outcome, list(result.borderline)
    if outcome is None or run.ledger is None:
        return borderline
    known = {removal.id for removal in (*outcome.removals, *borderline)}
    still = [removal for removal in run.ledger.open_of(result) if removal.id not in known]
    return [*borderline, *(replace(removal, applied=False) for removal in still)]


def _doubts(
    result: FileResult, level: Level, number: int, others: Sequence[Removal]
) -> Iterator[tuple[int, Doubt]]:
    """Give for every repeat of a document how soon a person should look at it.

    Pairs that were asked for as borderline come first, as near to the threshold as they are; then what goes: similar
    passages, the least similar ones first, what the level decides on, what goes at every level. What stays comes last.
    """
    outcome = result.outcome
    if outcome is None:
        return
    found = {(r.span, r.kept): index for index, r in enumerate(outcome.removals)}
    asked: dict[int, int] = {}
    for place, pair in enumerate(others[: len(result.borderline)]):
        asked[found.get((pair.span, pair.kept), -1 - place)] = place
    for index, place in asked.items():
        if index < 0:
            yield index, (0, place, number, 0)
    for place in range(len(result.borderline), len(others)):
        removal = others[place]
        yield -1 - place, (_doubt(removal, level), removal.score, number, removal.span.start)
    for index, removal in enumerate(outcome.removals):
        if index in asked:
            yield index, (0, asked[index], number, 0)
        elif removal.rule == DUPLICATE_FILE:
            yield index, (_REPORTED + 3, 0, number, 0)
        else:
            yield index, (_doubt(removal, level), removal.score, number, removal.span.start)


def _doubt(removal: Removal, level: Level) -> int:
    if removal.applied:
        return 1 if not removal.exact else 2 if removal.level is level and level is not Level.SAFE else 3
    return _REPORTED + (0 if not removal.exact else 2 if removal.level is None else 1)


def _worth_a_line(result: FileResult) -> bool:
    outcome = result.outcome
    return bool(
        result.error is not None
        or result.notes
        or result.changed
        or (outcome is not None and (outcome.edit_counts or outcome.warnings or outcome.removals))
    )


def _document(result: FileResult, plotted: bool) -> dict[str, Any]:
    """Describe a document; ``plotted`` says whether it has repeats in the page."""
    value: dict[str, Any] = {"path": reveal(result.path)}
    if result.error is not None:
        value["error"] = [reveal(shorten(words, _ERROR)) for words in result.errors or (result.error,) * 2]
    outcome = result.outcome
    if outcome is None:
        return value
    value["length"] = result.size.length if result.size else len(outcome.original)
    if tidied := dict(outcome.edit_counts):
        value["tidied"] = tidied
    if result.notes:  # which say in one language that it is written in another encoding
        value["converted"] = result.encoding
    if outcome.warnings or plotted:
        places = Places(outcome.original, outcome.shape)
        value["lines"] = places.at(len(outcome.original))[0]
        if outcome.warnings:
            value["warnings"] = [[w.rule, w.count, places.at(w.start)[0]] for w in outcome.warnings]
    if plotted and outcome.original:
        value["strip"] = strip(len(outcome.original), outcome.removals)
        value["dots"] = dot_plot(outcome.original)
    value["counts"] = [len(outcome.applied), len(outcome.reported), sum(r.chars for r in outcome.applied)]
    return value


def _repeats(
    result: FileResult,
    wanted: Mapping[int, Doubt],
    document: dict[str, Any],
    rows: Mapping[str, Mapping[str, Any]],
    others: Sequence[Removal],
) -> Iterator[tuple[Doubt, dict[str, Any]]]:
    outcome = result.outcome
    assert outcome is not None
    places = Places(outcome.original, outcome.shape)
    surroundings = Surroundings(outcome.original, places)
    headings = Headings(outcome.original, result.kind, outcome.shape)
    document["surroundings"] = surroundings.lines
    told: set[str] = set()
    for index, doubt in wanted.items():
        removal = outcome.removals[index] if index >= 0 else others[-1 - index]
        value = repeat_value(removal, outcome, places)
        value["under"] = []
        if removal.between is not None:
            value.update(surroundings_across(removal.between))
        elif "at" in value:
            value["under"] = [headings.of(removal.kept.start), headings.of(removal.span.start)]
            value["where"] = [surroundings.of(removal.kept), surroundings.of(removal.span)]
        if doubt[0] == 0:
            value["near"] = True
        if -len(result.borderline) <= index < 0:
            value["pair"] = True
        elif removal.id in rows:
            value["id"] = removal.id
            if removal.id not in told:
                told.add(removal.id)
                value["row"] = {k: v for k, v in rows[removal.id].items() if k != "path"}
        yield doubt, value
