"""Change decisions by what stands in files: accept all, decide on some, drop what is stale. Nothing is read here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from dedupe_cn.cli.baseline import entry_of_layout
from dedupe_cn.io.decisions import KEEP, Decisions, Entry
from dedupe_cn.model import FileResult, Outcome, Removal
from dedupe_cn.report.excerpt import shorten
from dedupe_cn.report.run import DUPLICATE_FILE


def record_verdict(before: Decisions, results: Iterable[FileResult], ids: Collection[str], verdict: str) -> Decisions:
    """Record one verdict on some ids, in every file of ``results`` that has them.

    It holds for the copies that are there: those a verdict kept already, and the open ones.
    """
    entries = {(e.path, e.id): e for e in before.entries}
    for result in results:
        outcome = result.outcome
        if outcome is None:
            continue
        path = before.path_of(result.path)
        settled = dict(outcome.settled)
        known = before.of_file(result.path)
        for removal in outcome.removals:
            if removal.id in ids:
                old = known.get(removal.id)
                kept = settled.get(removal.id, 0) if old is not None and old.verdict == KEEP else 0
                new = entry_of(path, removal, outcome, verdict, kept + removal.count)
                entries[path, removal.id] = replace(new, note=old.note if old else "")
        for id in ids & settled.keys() & known.keys():
            if (path, id) not in entries or entries[path, id].verdict != verdict:
                entries[path, id] = replace(known[id], path=path, verdict=verdict)
    return replace(before, entries=tuple(entries.values()))


def accept(before: Decisions, results: Iterable[FileResult]) -> Decisions:
    """Keep all that stands open in the files now, layout and encoding too; what was decided to go still goes."""
    after = before
    for result in results:
        if result.outcome is not None:
            known = before.of_file(result.path)
            gone = {id for id, entry in known.items() if entry.verdict != KEEP}
            after = record_verdict(after, [result], {r.id for r in result.outcome.removals} - gone, KEEP)
            after = _accept_layout(after, result, result.outcome)
    return after


def _accept_layout(before: Decisions, result: FileResult, outcome: Outcome) -> Decisions:
    """Keep the layout and the encoding of a file as they are."""
    path = before.path_of(result.path)
    entries = {(e.path, e.id): e for e in before.entries}
    known = before.layout_of(result.path, shorten(outcome.original))
    for rule, count in result.layout:
        new = entry_of_layout(path, rule, count, outcome.original, result.encoding)
        entries[path, rule] = replace(new, note=known[rule].note if rule in known else "")
    return replace(before, entries=tuple(entries.values()))


def prune(
    before: Decisions, results: Iterable[FileResult], stale: Iterable[Entry], gone: Iterable[Entry]
) -> Decisions:
    """Drop stale verdicts, lower counts to what is there, and write renamed files under their new names.

    What was said of files that are ``gone`` is dropped when the files that took it over have it.
    """
    dropped = {(e.path, e.id) for e in stale}
    entries = {(e.path, e.id): e for e in before.entries if (e.path, e.id) not in dropped}
    for result in results:
        outcome = result.outcome
        if outcome is None:
            continue
        path = before.path_of(result.path)
        layout = before.layout_of(result.path, shorten(outcome.original))
        for id, count in outcome.settled:
            entry = entries.get((path, id)) or before.of_file(result.path).get(id) or layout.get(id)
            if entry is None:
                continue
            if entry.verdict == KEEP:
                entry = replace(entry, count=min(entry.count, count))
            entries[path, id] = replace(entry, path=path)
    for entry in gone:
        entries.pop((entry.path, entry.id), None)
    return replace(before, entries=tuple(entries.values()))


def entry_of(path: str, removal: Removal, outcome: Outcome, verdict: str, count: int) -> Entry:
    """Write a verdict on a repeat, with excerpts of its passages."""
    text = shorten(outcome.original[removal.span.start : removal.span.end])
    kept = shorten(outcome.original[removal.kept.start : removal.kept.end]) if removal.differences else ""
    if removal.rule == DUPLICATE_FILE:
        text, kept = shorten(outcome.original), removal.kept_path or ""
    if removal.between is not None:
        text = shorten(removal.between.text)
        kept = shorten(removal.between.kept_text) if removal.differences else ""
    return Entry(path, removal.id, verdict, count, removal.rule, text, kept, chars=removal.lengths)
