"""Go over the inputs: clean each, put the result where the mode says, and collect what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dedupe_cn.cli.console import Console, take_in
from dedupe_cn.cli.inputs import Input, Inputs
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.modes import Mode
from dedupe_cn.cli.work import BINARY, FailedError, Plan, clean_data, failure
from dedupe_cn.io import files
from dedupe_cn.library import CleanedBytes
from dedupe_cn.model import Document, FileResult
from dedupe_cn.report.excerpt import shorten
from dedupe_cn.report.places import Places

_ENGLISH = Say("en")


@dataclass(slots=True)
class Swept:
    """What came of the inputs: a result for each, the bytes for stdout, and whether one failed."""

    results: list[FileResult] = field(default_factory=list)
    data: bytes = b""
    failed: bool = False


def sweep(inputs: Inputs, mode: Mode, places: dict[str, Path], plan: Plan, console: Console) -> Swept:
    """Clean every input; one that fails is told on stderr and does not stop the others."""
    swept = Swept()
    for name, problem in inputs.failures:
        _fail(swept, name, problem, console)
    for item in inputs.items:
        try:
            result = _one(swept, item, mode, places.get(item.name), plan, console, inputs.several)
        except FailedError as problem:
            if problem.key == BINARY and not item.explicit:
                console.note(console.say("skipped", path=item.name, why=console.say("binary")))
            else:
                _fail(swept, item.name, problem, console)
        else:
            swept.results.append(result)
    return swept


def compared_nothing(results: list[FileResult]) -> bool:
    """Tell whether no input held a visible character."""
    return not any(result.outcome and result.outcome.original.strip() for result in results)


def _one(
    swept: Swept, item: Input, mode: Mode, place: Path | None, plan: Plan, console: Console, several: bool
) -> FileResult:
    """Clean one input. Raises FailedError."""
    data, stamp = _load(item)
    cleaned = clean_data(item.name, data, plan.kind or item.kind, plan)
    changed = cleaned.data != data
    decoded = cleaned.decoded
    if decoded.lossy and changed and not plan.allow_lossy and mode in (Mode.WRITE, Mode.OUTPUT, Mode.DIFF):
        raise FailedError("lossy-write", n=len(decoded.errors), encoding=decoded.encoding)
    written = False
    if mode is Mode.STDOUT:
        swept.data = cleaned.data
    elif place is not None:
        written = _write(place, cleaned.data, None, make_folder=several)
    elif mode is Mode.WRITE and changed and item.source is not None:
        written = _write(item.source.path, cleaned.data, stamp)
    _tell(item, cleaned, console)
    if plan.borderline:
        _show_borderline(item, cleaned, plan, console)
    notes = _conversion(cleaned, console)
    shown = (data, cleaned.data) if mode is Mode.DIFF and changed else None
    return FileResult(item.name, cleaned.outcome, decoded.encoding, None, changed, written, notes, shown)


def _load(item: Input) -> tuple[bytes, files.Stamp | None]:
    try:
        if item.source is None:
            return take_in(), None
        loaded = files.read(item.source.path)
    except OSError as problem:
        raise failure(problem, "unreadable") from problem
    return loaded.data, loaded.stamp


def _write(path: Path, data: bytes, stamp: files.Stamp | None, make_folder: bool = False) -> bool:
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, data, expected=stamp)
    except OSError as problem:
        raise failure(problem, "unwritable", path.as_posix() if stamp is None else "") from problem
    return True


def _fail(swept: Swept, name: str, problem: FailedError, console: Console) -> None:
    console.error(problem.words(console.say), path=name)
    swept.failed = True
    swept.results.append(FileResult(name, error=problem.words(_ENGLISH)))


def _conversion(cleaned: CleanedBytes, console: Console) -> tuple[str, ...]:
    """Say when the encoding of the file changes."""
    before, after = cleaned.decoded.encoding, cleaned.encoding
    return () if before == after else (console.say("converted", before=before, after=after),)


def _show_borderline(item: Input, cleaned: CleanedBytes, plan: Plan, console: Console) -> None:
    """Show on stderr the pairs nearest to the threshold, both copies of each."""
    from dedupe_cn.pipeline import borderline

    text = cleaned.outcome.original
    places = Places(text)
    for pair in borderline(Document(text, plan.kind or item.kind), plan.settings, plan.borderline):
        line, column = places.at(pair.span.start)
        values = {
            "line": line,
            "column": column,
            "score": f"{100 * pair.score:.1f}",
            "limit": f"{100 * plan.settings.threshold:.0f}",
            "kept": places.at(pair.kept.start)[0],
            "why": pair.why.words(console.say.language),
            "text": shorten(text[pair.span.start : pair.span.end]),
            "other": shorten(text[pair.kept.start : pair.kept.end]),
        }
        console.note(console.say("borderline", path=item.name, **values), "warning")


def _tell(item: Input, cleaned: CleanedBytes, console: Console) -> None:
    """Say on stderr what a person should know of how the bytes were read, and of suspicious text."""
    say, decoded = console.say, cleaned.decoded
    if decoded.lossy:
        text = say("lossy", path=item.name, encoding=decoded.encoding, n=len(decoded.errors))
        console.note(text, "warning")
        if decoded.mixed:
            shown = ", ".join(map(str, decoded.mixed[:8]))
            console.note(f"{item.name}: " + say("detect-mixed", lines=shown), "warning")
    elif console.verbose and decoded.encoding != "utf-8":
        console.note(say("read-as", path=item.name, encoding=decoded.encoding))
    if cleaned.outcome.warnings:
        places = Places(cleaned.outcome.original)
        for warning in cleaned.outcome.warnings:
            line, column = places.at(warning.start)
            values = {"line": line, "column": column, "rule": warning.rule, "n": warning.count}
            console.note(say("warning", path=item.name, **values), "warning")
