"""What a file held at a revision, as verdicts and counts: what it has beyond them is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedupe_cn.cli.cleaning import FailedError, Plan, clean_text, decode_data
from dedupe_cn.cli.decisions import decisions_file
from dedupe_cn.cli.record import accept
from dedupe_cn.cli.tidied import Mark, marks_of, new_edits
from dedupe_cn.edits import apply
from dedupe_cn.io.decisions import ENCODING, Decisions
from dedupe_cn.io.git import GitError
from dedupe_cn.io.suffixes import form_of
from dedupe_cn.model import Document, FileResult, Kind, Removal, Warning
from dedupe_cn.report.run import measure

if TYPE_CHECKING:
    from dedupe_cn.io.git_history import FormerFiles
    from dedupe_cn.library import CleanedBytes


@dataclass(frozen=True, slots=True)
class Before:
    """What was known of a file at a revision.

    ``tidied`` are its tidy-ups, ``warned`` counts its warnings; ``digest`` is that of its exact form.
    """

    tidied: tuple[Mark, ...]
    warned: Counter[tuple[str, str]]
    digest: bytes


def look_back(name: str, kind: Kind, plan: Plan, formers: FormerFiles) -> Plan:
    """Give the plan of an input by which only what is new since a revision is found. Raises FailedError.

    What the file said then is judged as it would be today, and all of it counts as accepted. A file that could not be
    read then has no findings.
    """
    if plan.former is None:
        return plan
    try:
        data = formers.read(plan.former)
    except GitError as problem:
        raise FailedError("since-unreadable", path=plan.former.name, detail=problem) from problem
    known = plan.decisions or Decisions(decisions_file(None))
    repeats = replace(known, entries=tuple(entry for entry in known.entries if not entry.on_layout))
    then = plan._replace(decisions=repeats)
    try:
        decoded = decode_data(data, then, form_of(name))
        cleaned = clean_text(name, decoded, kind, then, data, told=True)
        removals = _open(name, Document(decoded.text, kind, shape=decoded.shape), then, cleaned)
    except FailedError:
        return plan
    layout = ((ENCODING, 1),) if plan.output_encoding != "keep" and decoded.encoding != "utf-8" else ()
    outcome = replace(cleaned.outcome, removals=removals)
    decisions = accept(known, [FileResult(name, outcome, decoded.encoding, layout=layout)])
    before = Before(marks_of(cleaned.outcome), _warned(cleaned.outcome.warnings), measure(outcome).digest)
    return plan._replace(decisions=decisions, before=before)


def _open(name: str, document: Document, plan: Plan, cleaned: CleanedBytes) -> tuple[Removal, ...]:
    """Give the repeats that stand in a text, and those that cleaning it brings about: each id once with its count."""
    from dedupe_cn import pipeline

    verdicts = plan.decisions.verdicts(name) if plan.decisions else {}
    found = {removal.id: removal for removal in pipeline.survey(document, plan.settings, verdicts).removals}
    brought: dict[str, Removal] = {}
    for removal in cleaned.outcome.removals:
        if removal.id not in found:
            before = brought.get(removal.id)
            brought[removal.id] = replace(removal, count=removal.count + (before.count if before else 0))
    return (*found.values(), *brought.values())


def only_new(cleaned: CleanedBytes, before: Before, data: bytes | None) -> CleanedBytes:
    """Leave of what came of ``data``, with verdicts on known repeats, only the tidy-ups and warnings that are new.

    The text is made by the tidy-ups that are left; where some of these lie within others that are known, all stay.
    """
    outcome = replace(cleaned.outcome, warnings=_new_warnings(cleaned.outcome.warnings, before.warned))
    edits = new_edits(outcome, before.tidied)
    if len(edits) == len(outcome.edits):
        return replace(cleaned, outcome=outcome)
    from dedupe_cn.encoding.writing import CannotHoldError, encode

    bom = any(edit.rule == "bom" for edit in edits)
    try:
        text = apply(outcome.original, edits)
        if text == outcome.original and not bom and cleaned.encoding == cleaned.decoded.encoding:
            made = data or b""
        else:
            made = encode(text, cleaned.encoding, mark=cleaned.decoded.bom and not bom)
    except (ValueError, CannotHoldError):
        return replace(cleaned, outcome=outcome)
    return replace(cleaned, data=made, outcome=replace(outcome, edits=tuple(edits), text=text))


def _new_warnings(warnings: Iterable[Warning], warned: Counter[tuple[str, str]]) -> tuple[Warning, ...]:
    """Give the warnings of which there are more than before, each with how many more."""
    known, told = Counter(warned), []
    for warning in warnings:
        before = min(known[_name(warning)], warning.count)
        known[_name(warning)] -= before
        if warning.count > before:
            told.append(replace(warning, count=warning.count - before))
    return tuple(told)


def _warned(warnings: Iterable[Warning]) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for warning in warnings:
        counted[_name(warning)] += warning.count
    return counted


def _name(warning: Warning) -> tuple[str, str]:
    return warning.rule, warning.why.words("en") if warning.why else ""
