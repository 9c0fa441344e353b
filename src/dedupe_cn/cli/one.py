"""Clean one input and say what came of it, in this process or in a worker: nothing is written or printed here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.cli.cleaning import FailedError, Plan, clean_text, decode_data, failure
from dedupe_cn.cli.console import Console, take_in
from dedupe_cn.cli.inputs import Input
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.modes import Mode
from dedupe_cn.cli.sampling import sampled_of, sampler
from dedupe_cn.encoding.encodings import PER_LINE
from dedupe_cn.io import files
from dedupe_cn.io.suffixes import form_of
from dedupe_cn.library import CleanedBytes
from dedupe_cn.model import Document, FileResult, Kind, Outcome, Removal
from dedupe_cn.report.excerpt import shorten
from dedupe_cn.report.places import Places
from dedupe_cn.report.run import measure
from dedupe_cn.report.text import FURNITURE, glimpses
from dedupe_cn.report.warnings_text import WARNINGS
from dedupe_cn.shape import ARCHIVES, OBJECT

if TYPE_CHECKING:
    from dedupe_cn.across.samples import Samples
    from dedupe_cn.encoding.decoding import Decoded
    from dedupe_cn.encoding.lines import Part
    from dedupe_cn.io.git_history import FormerFiles
    from dedupe_cn.work import Look

#: Passages of a file read line by line that are told.
_PARTS = 12
#: Bytes up to which what was read is kept beside its text, which saves encoding it again; more is memory that counts.
_SMALL = 1_000_000


class Notebook(Console):
    """A console that keeps notes (text, role) for another one to print, and otherwise speaks as that does."""

    def __init__(self, other: Console) -> None:
        super().__init__(other.say, other.verbose, other.quiet, other.colour)
        self.notes: list[tuple[str, str]] = []

    def note(self, text: str, role: str = "dim") -> None:
        """Keep a note."""
        self.notes.append((text, role))


class Done(NamedTuple):
    """What came of one input: its result, or the problem that stopped it.

    ``data`` is what the mode writes or puts out, None when it needs nothing. ``stamp`` is the state of the file when it
    was read. ``read`` counts bytes. ``samples`` are there where copies between files are looked for. ``before`` is the
    digest of what the file said at a revision.
    """

    result: FileResult | None = None
    problem: FailedError | None = None
    data: bytes | None = None
    stamp: files.Stamp | None = None
    notes: tuple[tuple[str, str], ...] = ()
    read: int = 0
    samples: Samples | None = None
    before: bytes = b""


class Taken(NamedTuple):
    """An input that was read and decoded.

    ``data`` are its bytes, None where only the text is kept, which gives them again. ``read`` counts them. ``stamp`` is
    there for what may be replaced.
    """

    item: Input
    plan: Plan
    decoded: Decoded
    data: bytes | None
    stamp: files.Stamp | None
    read: int

    @property
    def kind(self) -> Kind:
        """Tell how it is read: by its plan, else by its name."""
        return self.plan.kind or self.item.kind


def take(item: Input, mode: Mode, plan: Plan, formers: FormerFiles | None) -> Taken | Done:
    """Read and decode an input, and what it was where that counts, or say what stopped that."""
    read = 0
    try:
        data, stamp = load(item, plan.max_bytes, stamped=mode is Mode.WRITE)
        read = len(data)
        decoded = decode_data(data, plan, form_of(item.name))
        if plan.former is not None and formers is not None:
            from dedupe_cn.cli.before import look_back

            plan = look_back(item.name, plan.kind or item.kind, plan, formers)
    except FailedError as problem:
        return Done(problem=problem, read=read)
    # Of a huge file the bytes are as much as its text.
    kept = data if read <= _SMALL or mode is Mode.DIFF or not decoded.reversible else None
    return Taken(item, plan, decoded, kept, stamp, read)


def clean_taken(taken: Taken, mode: Mode, console: Console, several: bool, brief: bool = False) -> Done:
    """Clean what was read, and give what of it the mode and the reports need; whatever goes wrong is the ``problem``.

    One of ``several`` lets go of texts that no report needs, and is measured before; a ``brief`` report tells no
    passages but those that are removed, and counts those that stay.
    """
    item, plan = taken.item, taken.plan
    sampled: list[Samples | None] = []
    try:
        cleaned, changed = _cleaned(taken, mode, brief, sampler(plan, sampled))
    except FailedError as problem:
        return Done(problem=problem, read=taken.read)
    book = Notebook(console)
    _tell(item, cleaned, plan, book)
    pairs = _show_borderline(taken, cleaned, book) if plan.borderline else ()
    listed = any(edit.rule == FURNITURE for edit in cleaned.outcome.edits)  # each line by its words
    glimpsed = several and brief and not (pairs or listed) and mode is not Mode.DIFF
    result = FileResult(
        item.name,
        let_go(cleaned.outcome, bool(pairs) or listed, mode is Mode.DIFF, glimpsed) if several else cleaned.outcome,
        taken.decoded.encoding,
        None,
        changed,
        notes=_conversion(cleaned, book),
        size=measure(cleaned.outcome) if several else None,
        data=_shown(taken.data, cleaned, plan) if mode is Mode.DIFF and changed else None,
        borderline=pairs,
        glimpses=glimpses(cleaned.outcome) if glimpsed and cleaned.outcome.removals else (),
        kind=Kind.TEXT if taken.decoded.shape is not None else taken.kind,
    )
    replaces = mode is Mode.WRITE and changed
    return Done(
        result,
        data=_put_out(cleaned, plan) if replaces or mode in (Mode.STDOUT, Mode.OUTPUT) else None,
        stamp=taken.stamp,
        notes=tuple(book.notes),
        read=taken.read,
        samples=sampled_of(taken, sampled, cleaned.outcome),
        before=plan.before.digest if plan.before else b"",
    )


def _cleaned(taken: Taken, mode: Mode, brief: bool, look: Look | None) -> tuple[CleanedBytes, bool]:
    """Clean what was read, and tell whether that changes it. Raises FailedError."""
    plan, decoded = taken.plan, taken.decoded
    told = mode in (Mode.CHECK, Mode.PREVIEW)
    cleaned = clean_text(taken.item.name, decoded, taken.kind, plan, taken.data, told, look)
    if plan.before is not None:
        from dedupe_cn.cli.before import only_new

        cleaned = only_new(cleaned, plan.before, taken.data)
    if brief and plan.decisions is None:  # verdicts are held against each copy
        cleaned = replace(cleaned, outcome=cleaned.outcome.brief())
    by_text = taken.data is None or (told and decoded.reversible) or decoded.container is not None
    changed = cleaned.outcome.changed if by_text else cleaned.data != taken.data
    if decoded.lossy and changed and not plan.allow_lossy and mode in (Mode.WRITE, Mode.OUTPUT, Mode.DIFF):
        raise FailedError("lossy-write", n=len(decoded.errors), encoding=decoded.encoding)
    return cleaned, changed


def _put_out(cleaned: CleanedBytes, plan: Plan) -> bytes:
    """Give what is written or put out: the bytes, or the text of a container where that is asked for."""
    container = cleaned.decoded.container
    if container is None or not plan.to_text:
        return cleaned.data
    return cleaned.outcome.text.replace(OBJECT, "").encode()


def _shown(data: bytes | None, cleaned: CleanedBytes, plan: Plan) -> tuple[bytes, bytes] | None:
    """Give the bytes before and after that a diff is made of: git compares a file with its own encoding as UTF-8."""
    if data is None:
        return None
    form = cleaned.decoded.shape.form if cleaned.decoded.shape else ""
    if form in ARCHIVES or (plan.is_gits and cleaned.decoded.encoding != "utf-8"):
        return cleaned.outcome.original.encode(), cleaned.outcome.text.encode()
    return data, cleaned.data


def let_go(outcome: Outcome, whole: bool = False, compared: bool = False, glimpsed: bool = False) -> Outcome:
    """Drop the texts of an outcome that no report looks into, so that a folder may be larger than memory.

    The original is asked for the passages and places of what is told; ``whole`` says that it is in any case. The text
    that came of it is shown only where the two are ``compared``. What is ``glimpsed`` already needs neither.
    """
    if glimpsed:  # by the constructor, in a third of the time of ``replace``
        edits, removals, warnings = outcome.edits, outcome.removals, outcome.warnings
        counts = outcome.settled, outcome.left, outcome.whys
        return Outcome("", "", edits, removals, warnings, outcome.ignored, *counts)
    if outcome.changed:
        return outcome if compared else replace(outcome, text="")
    if whole or outcome.edits or outcome.removals or outcome.warnings:
        return outcome
    settled, left, whys = outcome.settled, outcome.left, outcome.whys
    return Outcome("", "", ignored=outcome.ignored, settled=settled, left=left, whys=whys)


def load(item: Input, most: int, stamped: bool = False) -> tuple[bytes, files.Stamp | None]:
    """Read an input; ``stamped`` says that its file may be replaced. Raises FailedError."""
    try:
        if item.source is None:
            return take_in(most), None
        loaded = files.read(item.source.file, most, regular=not item.explicit)
    except OSError as problem:
        raise failure(problem, "unreadable") from problem
    return loaded.data, loaded.stamp if stamped else None


def _conversion(cleaned: CleanedBytes, console: Console) -> tuple[str, ...]:
    """Say when the encoding of the file changes."""
    before, after = cleaned.decoded.encoding, cleaned.encoding
    return () if before == after else (console.say("converted", before=before, after=after),)


def _show_borderline(taken: Taken, cleaned: CleanedBytes, console: Console) -> tuple[Removal, ...]:
    """Show on stderr the pairs nearest to the threshold, both copies of each, and give them."""
    from dedupe_cn.pipeline import borderline

    text, plan = cleaned.outcome.original, taken.plan
    places = Places(text, taken.decoded.shape)
    pairs = borderline(Document(text, taken.kind, shape=taken.decoded.shape), plan.settings, plan.borderline)
    for pair in pairs:
        named, kept = places.named(pair.kept.start), places.at(pair.kept.start)[0]
        values = {
            "place": places.spot(pair.span.start),
            "score": f"{100 * pair.score:.1f}",
            "limit": f"{100 * plan.settings.threshold:.0f}",
            "kept": console.say("there", place=named) if named else console.say("line", line=kept),
            "why": pair.why.words(console.say.language),
            "text": shorten(text[pair.span.start : pair.span.end]),
            "other": shorten(text[pair.kept.start : pair.kept.end]),
        }
        console.note(console.say("borderline", path=taken.item.name, **values), "warning")
    return pairs


def _tell(item: Input, cleaned: CleanedBytes, plan: Plan, console: Console) -> None:
    """Say on stderr what a person should know of how the bytes were read, and of suspicious text."""
    say, decoded = console.say, cleaned.decoded
    if decoded.lossy:
        text = say("lossy", path=item.name, encoding=decoded.encoding, n=len(decoded.errors))
        console.note(text, "warning")
    elif decoded.parts:
        console.note(say("read-by-line", path=item.name, list=_by_line(decoded.parts, say)))
    elif console.verbose and decoded.encoding != "utf-8":
        console.note(say("read-as", path=item.name, encoding=decoded.encoding))
        if plan.is_gits:
            named = plan.working_encoding
            console.note(say("keeps-encoding", path=item.name, encoding=decoded.encoding, name=named))
    if plan.attributes_untold and decoded.encoding not in ("utf-8", PER_LINE):
        why = plan.attributes_untold
        console.note(say("keeps-untold", path=item.name, encoding=decoded.encoding, why=why), "warning")
    if cleaned.outcome.warnings:
        places = Places(cleaned.outcome.original, cleaned.outcome.shape)
        for warning in cleaned.outcome.warnings:
            values = {"place": places.spot(warning.start), "rule": warning.rule}
            if warning.why is None:
                text = say("warning", path=item.name, n=warning.count, **values)
            else:
                text = say("warning-why", path=item.name, why=warning.why.words(say.language), **values)
            console.note(text, "warning")
            if warning.why is None:
                console.note(explain(warning.rule, say))


def explain(warning: str, say: Say) -> str:
    """Say what a warning means and what to do about it."""
    text = WARNINGS[warning]
    what, hint = (pair[say.language == "zh"] for pair in text)
    return say("warning-explained", what=what, hint=hint)


def _by_line(parts: tuple[Part, ...], say: Say) -> str:
    """Say which lines were read in which encoding."""
    told = [
        say("read-line" if part.first == part.last else "read-lines", **part._asdict()) for part in parts[:_PARTS]
    ]
    if len(parts) > _PARTS:
        told.append(say("read-more", n=len(parts) - _PARTS))
    return say("comma").join(told)
