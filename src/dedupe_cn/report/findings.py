"""What a run has to say of each input, as a list: what annotations, Code Quality and SARIF are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from dedupe_cn.between import Between
from dedupe_cn.model import FileResult, Outcome, Removal
from dedupe_cn.report.between import sentence
from dedupe_cn.report.excerpt import escape, excerpt, shorten
from dedupe_cn.report.places import Places
from dedupe_cn.report.run import DUPLICATE_FILE, OF_SEVERAL, Run
from dedupe_cn.report.text import further, verdict
from dedupe_cn.report.words import Say, likeness
from dedupe_cn.text.characters import squash

#: The rule of an input that could not be cleaned, and of one that only changes its encoding.
ERROR, ENCODING = "error", "encoding"
#: Columns of a message that come from the text; differences and errors are cut to twice that.
_COLUMNS = 60


class Severity(IntEnum):
    """How much a finding asks for: NOTE nothing or layout, WARNING a removal or suspicious text, ERROR a person."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Region:
    """A passage: offsets in code points, lines and columns from 1; ``end_column`` is the one behind it."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one input.

    ``message`` is one escaped line. ``fingerprint`` comes from the rule and the passages, so that it is the same when
    lines are added above; an equal finding of the same file gets another one. ``region`` None is the whole file, and
    so is ``kept`` in ``kept_path``. ``places`` are the further places of a finding that stays, ``others`` the places of
    a copy between files, the kept one first.
    """

    path: str
    rule: str
    severity: Severity
    message: str
    fingerprint: str
    region: Region | None = None
    kept: Region | None = None
    kept_path: str | None = None
    removal: Removal | None = None
    places: tuple[Region, ...] = ()
    others: tuple[tuple[str, Region], ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """How a format writes the line of a place, and what it must escape in words that come from a text.

    Places are numbered: the kept passage is 1, further ones follow.
    """

    line: Callable[[object, int], object] = lambda line, number: line
    quote: Callable[[str], str] = lambda text: text


_PLAIN = Wording()


def findings(
    result: FileResult, run: Run, say: Say, *, verbose: bool = False, wording: Wording = _PLAIN
) -> Iterator[Finding]:
    """Go through one input: its error, or removals by place, tidy-ups and suspicious places.

    Repeats that were left come with ``verbose`` only, as in the text report: they fail no check.
    """
    seen: Counter[str] = Counter()
    for finding in _all(result, run, say, verbose, wording):
        seen[finding.fingerprint] += 1
        again = seen[finding.fingerprint]
        yield finding if again == 1 else replace(finding, fingerprint=fingerprint(finding.fingerprint, str(again)))


def fingerprint(*parts: str) -> str:
    """Hash words to 32 hexadecimal digits."""
    from hashlib import blake2b

    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _all(result: FileResult, run: Run, say: Say, verbose: bool, wording: Wording) -> Iterator[Finding]:
    path, outcome = result.path, result.outcome
    if result.error is not None:
        message = wording.quote(shorten(result.error, 4 * _COLUMNS))
        yield Finding(path, ERROR, Severity.ERROR, message, fingerprint(ERROR, result.error))
    if outcome is None:
        return
    shown = [r for r in outcome.removals if verbose or r.applied or r.rule in OF_SEVERAL]
    tidied = {rule: n for rule, n in outcome.edit_counts.items() if n}
    if not (shown or tidied or outcome.warnings or result.notes):
        return
    places = Places(outcome.original, outcome.shape)
    for removal in shown:
        yield _removal(path, outcome, removal, places, run.preview, say, wording)
    first: dict[str, Region] = {}
    for edit in sorted(outcome.edits):
        if edit.rule in tidied and edit.rule not in first:
            first[edit.rule] = region(places, edit.start, edit.end)
    key = "would-tidy" if run.preview else "tidied"
    for rule, count in tidied.items():
        message = say(key, list=f"{rule} {count:,}")
        yield Finding(path, rule, Severity.NOTE, message, fingerprint(rule), first[rule])
    for note in result.notes:
        yield Finding(path, ENCODING, Severity.NOTE, say(key, list=escape(note)), fingerprint(ENCODING))
    for warning in outcome.warnings:
        place = region(places, warning.start, warning.start + 1)
        if warning.why is not None:
            message = wording.quote(f"{warning.rule}: {warning.why.words(say.language)}")
        else:
            message = say("finding-suspicious", rule=warning.rule, n=warning.count)
        yield Finding(path, warning.rule, Severity.WARNING, message, fingerprint(warning.rule), place)


def _removal(
    path: str, outcome: Outcome, removal: Removal, places: Places, preview: bool, say: Say, wording: Wording
) -> Finding:
    if removal.rule == DUPLICATE_FILE:
        other = removal.kept_path or ""
        message = say("identical", path=wording.quote(shorten(other, 2 * _COLUMNS)), n=removal.chars)
        mark = fingerprint(removal.rule, other)
        return Finding(path, removal.rule, Severity.NOTE, message, mark, None, None, removal.kept_path, removal)
    if removal.between is not None:
        return _between(path, removal, removal.between, say, wording)
    here = region(places, removal.span.start, removal.span.end)
    kept = region(places, removal.kept.start, removal.kept.end)
    passage = wording.quote(excerpt(outcome.original, removal.span.start, removal.span.end, _COLUMNS))
    why = wording.quote(shorten(removal.why.words(say.language), 2 * _COLUMNS))
    named = wording.quote(places.named(removal.kept.start))
    said = verdict(removal, wording.line(kept.line, 1), preview, say, named)
    if how := likeness(removal, say):
        said = how + say("comma") + said
    if removal.places:
        said += say("comma") + further(removal, places, say, lambda line, at: wording.line(line, at + 2))
    message = f"{said} {say('passage', text=passage, n=removal.chars)}{say('because', why=why)}"
    if place := wording.quote(places.named(removal.span.start)):
        message = f"{place} {message}"
    one, other = (squash(outcome.original[span.start : span.end]) for span in (removal.span, removal.kept))
    severity = Severity.WARNING if removal.applied else Severity.NOTE
    more = tuple(region(places, place.start, place.end) for place in removal.places)
    mark = fingerprint(removal.rule, one, other)
    return Finding(path, removal.rule, severity, message, mark, here, kept, None, removal, more)


def _between(path: str, removal: Removal, between: Between, say: Say, wording: Wording) -> Finding:
    """Describe a copy between files: what differs in meaning misleads a reader, so it is a warning."""
    said = sentence(removal, say, wording.quote, wording.line)
    passage = wording.quote(excerpt(between.text, 0, len(between.text), _COLUMNS))
    if how := likeness(removal, say):
        said = how + say("comma") + said
    message = f"{said} {say('passage', text=passage, n=removal.chars)}"
    severity = Severity.WARNING if removal.likeness == "meaning" else Severity.NOTE
    mark = fingerprint(removal.rule, squash(between.text), squash(between.kept_text))
    others = tuple((place.path, Region(*place[1:7])) for place in (between.kept, *between.places))
    here = Region(*between.removed[1:7])
    return Finding(path, removal.rule, severity, message, mark, here, None, None, removal, others=others)


def region(places: Places, start: int, end: int) -> Region:
    """Give the place of a passage in lines and columns too."""
    return Region(start, end, *places.at(start), *places.at(end))
