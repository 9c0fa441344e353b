"""The repeats of the inputs that nobody has decided on: find them, choose among them by id, and show them."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dedupe_cn.cli.baseline import changes_of
from dedupe_cn.cli.between import Copies
from dedupe_cn.cli.cleaning import BINARY, FailedError, Plan, decode_data
from dedupe_cn.cli.console import Console, columns_of
from dedupe_cn.cli.decisions import settle_file
from dedupe_cn.cli.inputs import Inputs
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.one import load
from dedupe_cn.cli.sampling import sample_file
from dedupe_cn.cli.sweep import First, is_first, mark_duplicate
from dedupe_cn.encoding.writing import begin
from dedupe_cn.errors import UsageError
from dedupe_cn.io.decisions import KEEP, Decisions
from dedupe_cn.io.suffixes import form_of
from dedupe_cn.model import Document, FileResult, Outcome, Removal
from dedupe_cn.report.between import sentence
from dedupe_cn.report.excerpt import COLUMNS, ends, escape, shorten
from dedupe_cn.report.json import VERSION, lay_out, removal_value
from dedupe_cn.report.places import Places
from dedupe_cn.report.rows import INDENT, Quote, broken, rows
from dedupe_cn.report.run import ACROSS, DUPLICATE_FILE, Run, measure
from dedupe_cn.report.text import SHOWN
from dedupe_cn.settings import REPEAT_RULES, Settings

if TYPE_CHECKING:
    from dedupe_cn.encoding.decoding import Decoded

#: Least digits of an id that are taken for one: fewer would soon be somebody else's.
_LEAST = 4


def look_at(
    inputs: Inputs, plans: Mapping[str, Plan], console: Console, deep: bool = False
) -> tuple[list[FileResult], bool]:
    """Find the open repeats of every input; tell whether one could not be read (said on stderr).

    A ``deep`` look finds those too that a removal brings about, as ``clean`` reports them, or reported them before
    there were verdicts.
    """
    results: list[FileResult] = []
    seen: First = {}
    copies: Copies | None = None
    failed = bool(inputs.failures)
    for name, problem in inputs.failures:
        console.error(problem.words(console.say), path=name)
    for item in inputs.items:
        assert item.source is not None
        plan = plans[item.name]
        try:
            data, _ = load(item, plan.max_bytes)
            decoded = decode_data(data, plan, form_of(item.name))
            document = Document(decoded.text, plan.kind or item.kind, shape=decoded.shape)
            result = _with_layout(_survey(item.name, document, plan, deep), document, decoded, plan)
            result = mark_duplicate(result, seen, told=DUPLICATE_FILE in plan.settings.rules)
            results.append(settle_file(result, plan.decisions))
            samples = sample_file(document, plan, result.outcome) if plan.across else None
            if samples is not None and is_first(result, seen):
                copies = copies or Copies(plans)
                copies.add(item, samples)
        except FailedError as problem:
            if problem.key == BINARY and not item.explicit:
                console.note(console.say("skipped", path=item.name, why=console.say("binary")))
                continue
            console.error(problem.words(console.say), path=item.name)
            failed = True
    return list(copies.told(results, None, console)) if copies is not None else results, failed


def _survey(name: str, document: Document, plan: Plan, deep: bool) -> FileResult:
    from dedupe_cn import pipeline

    verdicts = plan.decisions.verdicts(name) if plan.decisions else {}
    outcome = pipeline.survey(document, plan.settings, verdicts)
    if deep:
        known = {removal.id for removal in outcome.removals} | verdicts.keys()
        later = pipeline.clean(document, plan.settings, verdicts).removals
        before = pipeline.clean(document, plan.settings).removals if verdicts else ()
        brought = {r.id: r for r in (*before, *later) if r.id not in known}
        outcome = replace(outcome, removals=(*outcome.removals, *brought.values()))
    return FileResult(name, outcome, size=measure(outcome))


def _with_layout(result: FileResult, document: Document, decoded: Decoded, plan: Plan) -> FileResult:
    """Add what would be changed of layout and encoding, and what of it was accepted."""
    outcome, decisions = result.outcome, plan.decisions
    assert outcome is not None
    converts = plan.output_encoding != "keep"
    layout = changes_of(_edit_counts(document, plan.settings, outcome), decoded, converts)
    # With the encoding goes its mark; where that is accepted, and none need be written, the mark is left over.
    if decoded.bom and "bom" in plan.settings.rules - outcome.ignored and not begin(decoded.encoding, mark=False):
        layout["bom"] = layout.get("bom", 0) + 1
    entries = decisions.layout_of(result.path, shorten(outcome.original)) if decisions else {}
    held = [(rule, min(count, entries[rule].count)) for rule, count in layout.items() if rule in entries]
    settled = tuple(sorted([*outcome.settled, *held]))
    outcome = replace(outcome, settled=settled)
    return result._replace(outcome=outcome, encoding=decoded.encoding, layout=tuple(sorted(layout.items())))


def _edit_counts(document: Document, settings: Settings, outcome: Outcome) -> dict[str, int]:
    """Count what would be tidied, by rule; also what a rule finds only where those are accepted that found something.

    White space before a control that stays is at no end of a line, and a line of nothing but controls is not blank.
    """
    from dedupe_cn import pipeline

    found = more = dict(outcome.edit_counts)
    while more and document.shape is None:
        rest = settings.rules.difference(REPEAT_RULES, found)
        more = dict(pipeline.survey(document, settings.with_options(rules=rest, eol="keep")).edit_counts)
        found |= more
    return found


def open_ones(result: FileResult, decisions: Decisions) -> Iterator[tuple[Outcome, Removal]]:
    """Go through the repeats of a file on which there is no verdict, or one for fewer copies."""
    if result.outcome is None:
        return
    entries = decisions.of_file(result.path)
    settled = dict(result.outcome.settled)
    for removal in result.outcome.removals:
        entry = entries.get(removal.id)
        copies = settled.get(removal.id, 0) + removal.count
        if entry is None or (entry.verdict == KEEP and entry.count < copies):
            yield result.outcome, removal


def choose_ids(prefixes: Sequence[str], results: Iterable[FileResult], decisions: Decisions, say: Say) -> set[str]:
    """Find the ids that a person means by their beginnings. Raises UsageError."""
    known: set[str] = set()
    for result in results if prefixes else ():
        known |= decisions.of_file(result.path).keys()
        known |= {removal.id for removal in result.outcome.removals} if result.outcome else set()
    chosen: set[str] = set()
    for prefix in prefixes:
        wanted = unicodedata.normalize("NFKC", prefix).lower().strip("[]")
        found = sorted(id for id in known if id.startswith(wanted)) if len(wanted) >= _LEAST else []
        if not found:
            raise UsageError(say("id-unknown", id=prefix))
        if len(found) > 1:
            raise UsageError(say("id-many", id=prefix, list=", ".join(found[:5])))
        chosen.add(found[0])
    return chosen


def refuse_files(ids: set[str], results: Iterable[FileResult], say: Say) -> None:
    """Refuse to remove whole files. Raises UsageError."""
    for result in results if ids else ():
        for removal in result.outcome.removals if result.outcome else ():
            if removal.rule == ACROSS and removal.id in ids:
                raise UsageError(say("id-across", id=removal.id[:SHOWN]))
            if removal.rule == DUPLICATE_FILE and removal.id in ids:
                raise UsageError(say("id-file", id=removal.id[:SHOWN], path=result.path))


def list_open(run: Run, decisions: Decisions, console: Console) -> str:
    """Write the open repeats, a line each where it fits (two when the passages differ), and a summary."""
    say, paint, columns = console.say, console.painter(to_stderr=False), columns_of(sys.stdout)
    found = [(r.path, *pair) for r in run.results for pair in open_ones(r, decisions)]
    lines: list[str] = []
    digits = _digits([removal.id for _, _, removal in found])
    places: dict[str, Places] = {}
    for path, outcome, removal in found:
        here = places.setdefault(path, Places(outcome.original, outcome.shape))
        spot = here.named(removal.span.start) or "{}:{}".format(*here.at(removal.span.start))
        if removal.between is not None:
            spot = escape(removal.between.removed.exact_spot)
        name = ("dim", removal.id[:digits])
        head = [("place", f"{escape(path)}:{spot}"), name, ("rule", removal.rule)]
        if removal.rule == DUPLICATE_FILE:
            words = say("identical", path=escape(removal.kept_path or ""), n=removal.chars)
            lines.append(" ".join(paint(role, text) for role, text in [*head, ("", words)]))
            continue
        words, passage, why = _said(removal, outcome, here, say)
        quote = Quote(passage, partial(say, "passage", n=removal.chars))
        reason = (say("because", why=why), why) if why else ("", "")
        for at, row in enumerate(rows([*head, ("", words)], quote, reason, (), columns)):
            lines.append(INDENT * bool(at) + " ".join(paint(role, text) for role, text in row))
        if removal.differences and removal.between is None:
            lines.append(paint("dim", _other(removal, outcome, here, say, columns)))
    closing = [say("open-none")]
    if found:
        going = sum(removal.applied for _, _, removal in found)
        closing = [say("open-summary", n=len(found), going=going, level=run.level.value), say("open-how")]
    lines += broken(closing, columns)
    return "".join(f"{line}\n" for line in lines)


def _said(removal: Removal, outcome: Outcome, here: Places, say: Say) -> tuple[str, str, str]:
    """Say what would become of a repeat and where its other copy stands; and give its passage, and why."""
    if removal.between is not None:
        text = removal.between.text
        return sentence(removal, say), ends(text, 0, len(text)), ""
    what = [say("open-goes" if removal.applied else "open-stays")]
    named = here.named(removal.kept.start)
    there = say("there", place=named) if named else say("line", line=str(here.at(removal.kept.start)[0]))
    if removal.score == 1 and not removal.differences:
        what.append(say("same", there=there))
    else:
        what.append(say("similar", there=there, score=int(removal.score * 100)))
    if removal.count > 1:
        what.append(say("open-copies", n=removal.count + 1))
    passage = ends(outcome.original, removal.span.start, removal.span.end)
    return say("comma").join(what), passage, removal.why.briefly(say.language)


def _other(removal: Removal, outcome: Outcome, here: Places, say: Say, columns: int | None) -> str:
    """Quote the other copy of a repeat in a row of its own."""
    words = partial(say, "open-kept", line=str(here.at(removal.kept.start)[0]))
    return Quote(ends(outcome.original, removal.kept.start, removal.kept.end), words).within(columns or 4 * COLUMNS)


def _digits(ids: Sequence[str]) -> int:
    """Give how many digits tell all ids apart, 8 at least."""
    different = set(ids)
    digits = SHOWN
    while len({id[:digits] for id in different}) < len(different):
        digits += 1
    return digits


def open_json(run: Run, decisions: Decisions) -> str:
    """Write the open repeats with the keys of the JSON report; ``applied`` tells whether clean would remove one."""
    rows: list[dict[str, Any]] = []
    for result in run.results:
        places = Places(result.outcome.original, result.outcome.shape) if result.outcome else None
        for outcome, removal in open_ones(result, decisions):
            assert places is not None
            value = removal_value(removal, outcome, places)
            kept = outcome.original[removal.kept.start : removal.kept.end]
            value["kept"]["text"] = kept if removal.between is None else removal.between.kept_text
            rows.append({"path": result.path, **value})
    head = {"version": VERSION, "tool": "dedupe-cn", "level": run.level.value}
    return lay_out({**head, "decisions": decisions.file.as_posix(), "open": rows})
