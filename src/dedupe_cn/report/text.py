"""The report for people: one line a removal, one line of tidy-ups a file, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from dedupe_cn.model import FileResult, Glimpse, Level, Outcome, Removal
from dedupe_cn.report.excerpt import COLUMNS, ends, escape, escape_name, shorten, width
from dedupe_cn.report.places import Places
from dedupe_cn.report.run import DUPLICATE_FILE, Run, summarise

#: Digits of an id that people see; a beginning that is nobody else's will do where one is asked for.
SHOWN = 8
#: Columns of a passage that still tell which one it is.
_LEAST = 12


class Say(Protocol):
    """Give the words of a key in the reader's language."""

    @property
    def language(self) -> str: ...

    def __call__(self, key: str, **values: object) -> str: ...


class Paint(Protocol):
    """Colour a piece of a line by its role: ``place``, ``rule``, ``dim``, ``good``."""

    def __call__(self, role: str, text: str) -> str: ...


def plain(role: str, text: str) -> str:
    """Leave a piece without colour."""
    return text


def render(
    run: Run, say: Say, *, verbose: bool = False, paint: Paint = plain, columns: int | None = None
) -> str:
    """Write the report; passages that were left are listed with ``verbose`` and counted otherwise.

    In a terminal of so many ``columns`` the passages are cut shorter, so that a line fits where it can.
    """
    lines: list[str] = []
    for result in run.results:
        if result.outcome is not None:
            lines += _removal_lines(result, result.outcome, run.preview, say, verbose, paint, columns)
            lines += _tidy_lines(result, result.outcome, run.preview, say, paint)
    lines += closing_lines(run, say)
    if any(result.error is None for result in run.results):
        lines.append(summary_line(run, say, verbose))
    return "".join(f"{line}\n" for line in lines)


def _removal_lines(
    result: FileResult,
    outcome: Outcome,
    preview: bool,
    say: Say,
    verbose: bool,
    paint: Paint,
    columns: int | None,
) -> Iterator[str]:
    shown = [r for r in outcome.removals if verbose or r.applied or r.rule == DUPLICATE_FILE]
    if not shown:
        return
    places, kept = Places(outcome.original), iter(result.glimpses)
    name = escape_name(result.path)
    for removal in shown:
        known = next(kept, None) if removal.applied else None
        seen = known or _glimpse(outcome, removal, places)
        place = f"{name}:{seen.line}:{seen.column}"
        head = paint("place", place) + " " + paint("rule", removal.rule)
        id = " " + paint("dim", f"[{removal.id[:SHOWN]}]") if verbose and removal.id else ""
        if removal.rule == DUPLICATE_FILE:
            yield f"{head} {say('identical', path=escape(removal.kept_path or ''), n=removal.chars)}{id}"
            continue
        words = verdict(removal, seen.kept_line, preview, say)
        why = say("because", why=escape(removal.why.words(say.language))) if verbose else ""
        room = COLUMNS
        if columns is not None:
            rest = f"{place} {removal.rule} {words} {say('passage', text='', n=removal.chars)}{why}"
            rest += f" [{removal.id[:SHOWN]}]" if id else ""
            room = min(COLUMNS, max(_LEAST, columns - width(rest)))
        text = shorten(seen.passage, room)
        yield f"{head} {words} {say('passage', text=text, n=removal.chars)}{why}{id}"


def glimpses(outcome: Outcome) -> tuple[Glimpse, ...]:
    """Give what this report shows of each applied removal, unless it is a verbose one: then no text is needed."""
    places = Places(outcome.original)
    return tuple(_glimpse(outcome, removal, places) for removal in outcome.applied)


def _glimpse(outcome: Outcome, removal: Removal, places: Places) -> Glimpse:
    line, column = places.at(removal.span.start)
    passage = ends(outcome.original, removal.span.start, removal.span.end)
    return Glimpse(line, column, places.at(removal.kept.start)[0], passage)


def verdict(removal: Removal, line: object, preview: bool, say: Say) -> str:
    """Say what became of a repeat and where the kept passage stands."""
    key = ("would-remove" if preview else "removed") if removal.applied else "same"
    if removal.score == 1 and not removal.differences:
        return say(key, line=line)
    key = "similar" if key == "same" else f"similar-{key}"
    return say(key, line=line, score=int(removal.score * 100))


def _tidy_lines(result: FileResult, outcome: Outcome, preview: bool, say: Say, paint: Paint) -> Iterator[str]:
    done = [f"{rule} {count:,}" for rule, count in outcome.edit_counts.items()]
    done += result.notes
    if done:
        words = say("would-tidy" if preview else "tidied", list=say("comma").join(done))
        yield f"{paint('place', escape_name(result.path))}: {words}"


def closing_lines(run: Run, say: Say) -> list[str]:
    """Count the repeats that were left, and name the levels that would take some of them."""
    left: Counter[Level | None] = Counter()
    for outcome in (result.outcome for result in run.results if result.outcome):
        left.update(removal.level for removal in outcome.reported if removal.rule != DUPLICATE_FILE)
        left.update(dict(outcome.left))
    if not left:
        return []
    pieces = [say("kept", n=left.total())]
    before = 0
    offers: list[str] = []
    for level in Level:
        if level.rank <= run.level.rank:
            continue
        count = sum(n for goes, n in left.items() if goes is not None and run.level.rank < goes.rank <= level.rank)
        if count > before:
            offers.append(say("level-removes", level=level.value, n=count))
            before = count
    if offers:
        pieces.append(say("comma").join(offers))
    return [say("semicolon").join(pieces)]


def summary_line(run: Run, say: Say, verbose: bool = False) -> str:
    """Add up the run in one line."""
    total = summarise(run)
    if total.changed or total.removals:
        key = "summary-would" if run.preview else "summary"
        pieces = [
            say(
                key,
                files=total.files,
                changed=total.changed,
                removals=total.removals,
                chars=total.chars_removed,
            )
        ]
    else:
        pieces = [say("summary-clean", files=total.files)]
    if total.errors:
        pieces.append(say("summary-errors", n=total.errors))
    if verbose:
        pieces.append(say("summary-time", seconds=f"{run.elapsed_s:.2f}"))
    return say("comma").join(pieces)
