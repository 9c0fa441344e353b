"""The report for people: one line a removal, one line of tidy-ups a file, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from dedupe_cn.model import NAMED, FileResult, Glimpse, Level, Outcome, Removal
from dedupe_cn.reasons import GROUPS, Reason
from dedupe_cn.report.between import across, between_line
from dedupe_cn.report.between import lines as lines_across
from dedupe_cn.report.excerpt import COLUMNS, ends, escape, escape_name, shorten, width
from dedupe_cn.report.places import Places
from dedupe_cn.report.rows import INDENT, Quote, broken, rows
from dedupe_cn.report.run import ACROSS, DUPLICATE_FILE, OF_SEVERAL, Run, summarise
from dedupe_cn.report.words import Paint, Say, likeness, plain
from dedupe_cn.report.wrap import wrap

#: Digits of an id that people see; a beginning that is nobody else's will do where one is asked for.
SHOWN = 8
#: Further places of a finding that are listed; more are counted.
FURTHER = 12
#: Files whose layout alone changes are listed one by one up to so many: what one takes in at a glance.
_LISTED = 5
#: The rule that takes lines and leaves no copy of them.
FURNITURE = "furniture"
#: Columns in which a reason is named at least; with fewer it has a row of its own.
_LEAST = 24


def render(
    run: Run, say: Say, *, verbose: bool = False, paint: Paint = plain, columns: int | None = None
) -> str:
    """Write the report; passages that were left are listed with ``verbose`` and counted otherwise.

    The first few of those are named with their reason. Files with repeats come first; those whose layout alone changes
    are counted by rule where they are many, unless ``verbose``. In a terminal of so many ``columns`` the
    passages are cut shorter, so that a line fits where it can.
    """
    lines: list[str] = []
    layout: list[str] = []
    rules: Counter[str] = Counter()
    for result in run.results:
        if result.outcome is not None:
            repeats = list(_removal_lines(result, result.outcome, run.preview, say, verbose, paint, columns))
            tidied = list(_tidy_lines(result, result.outcome, run.preview, say, paint, columns))
            taken = list(_taken_lines(result, result.outcome, run.preview, say, paint))
            if repeats or taken:
                lines += repeats + taken + tidied
            elif tidied:
                layout += tidied
                rules.update([*result.outcome.edit_counts, *result.notes])
    if verbose or len(layout) <= _LISTED:
        lines += layout
    else:
        lines += [say("layout-files", n=n, rule=rule) for rule, n in sorted(rules.items(), key=_most_first)]
    lines += lines_across(across(run.results), say, verbose, paint, columns)
    lines += broken(closing_lines(run, say), columns)
    if not verbose:
        lines += _named_lines(run, say, paint, columns)
    if run.compared and any(result.error is None for result in run.results):
        lines += broken([summary_line(run, say, verbose)], columns)
    return "".join(f"{line}\n" for line in lines)


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _removal_lines(
    result: FileResult,
    outcome: Outcome,
    preview: bool,
    say: Say,
    verbose: bool,
    paint: Paint,
    columns: int | None,
) -> Iterator[str]:
    shown = _shown(outcome, verbose)
    if not shown:
        return
    places, kept = Places(outcome.original, outcome.shape), iter(result.glimpses)
    name = escape_name(result.path)
    for removal in shown:
        known = next(kept, None) if removal.applied else None
        seen = known or _glimpse(outcome, removal, places)
        shape = " ".join(filter(None, (removal.rule, likeness(removal, say))))
        pieces = [("place", f"{name}:{seen.place or f'{seen.line}:{seen.column}'}"), ("rule", shape)]
        id = [("dim", f"[{removal.id[:SHOWN]}]")] if verbose and removal.id else []
        if removal.rule == DUPLICATE_FILE:
            words = say("identical", path=escape(removal.kept_path or ""), n=removal.chars)
            yield " ".join(paint(role, text) for role, text in [*pieces, ("", words), *id])
            continue
        words = verdict(removal, seen.kept_line, preview, say, seen.kept_place)
        if verbose and removal.places:
            words += say("comma") + further(removal, places, say)
        why = escape(removal.why.words(say.language)) if verbose else ""
        quote = Quote(seen.passage, partial(say, "passage", n=removal.chars))
        reason = (say("because", why=why), why) if why else ("", "")
        for at, row in enumerate(rows([*pieces, ("", words)], quote, reason, id, columns)):
            yield INDENT * bool(at) + " ".join(paint(role, text) for role, text in row)


def _shown(outcome: Outcome, verbose: bool) -> list[Removal]:
    """Give the repeats that stand in the report beside their file."""
    listed = (r for r in outcome.removals if r.rule != ACROSS)
    return [r for r in listed if verbose or r.applied or r.rule == DUPLICATE_FILE]


def glimpses(outcome: Outcome) -> tuple[Glimpse, ...]:
    """Give what this report shows of each applied removal, and of those that stay as far as it names them.

    A verbose report shows more: it needs the text.
    """
    places = Places(outcome.original, outcome.shape)
    return tuple(_glimpse(outcome, removal, places) for removal in (*outcome.applied, *_first_left(outcome)))


def _first_left(outcome: Outcome) -> list[Removal]:
    """Give the first repeats of an outcome that stay, as many as are named."""
    left = (removal for removal in outcome.removals if not removal.applied and removal.rule not in OF_SEVERAL)
    return list(islice(left, NAMED))


def _glimpse(outcome: Outcome, removal: Removal, places: Places) -> Glimpse:
    line, column = places.at(removal.span.start)
    passage = ends(outcome.original, removal.span.start, removal.span.end)
    named, kept = places.named(removal.span.start), places.named(removal.kept.start)
    return Glimpse(line, column, places.at(removal.kept.start)[0], passage, named, kept)


def verdict(removal: Removal, line: object, preview: bool, say: Say, place: str = "") -> str:
    """Say what became of a repeat and where the kept passage stands: its line, or its ``place`` in a container."""
    key = ("would-remove" if preview else "removed") if removal.applied else "same"
    there = say("there", place=place) if place else say("line", line=str(line))
    if removal.exact or removal.likeness == "noise":
        return say(key, there=there)
    key = "similar" if key == "same" else f"similar-{key}"
    return say(key, there=there, score=int(removal.score * 100))


def further(removal: Removal, places: Places, say: Say, line: Callable[[int, int], object] | None = None) -> str:
    """List the lines of the further places of a finding, up to :data:`FURTHER`.

    ``line`` writes one of them, from its number and that of the place among them.
    """
    shown = removal.places[:FURTHER]
    lines: list[object] = [places.named(place.start) or places.at(place.start)[0] for place in shown]
    written = [str(line(int(str(n)), at) if line and isinstance(n, int) else n) for at, n in enumerate(lines)]
    words = say("further", n=len(removal.places), list=say("comma").join(written))
    more = len(removal.places) - len(lines)
    return words + (say("further-more", n=more) if more else "")


def _taken_lines(result: FileResult, outcome: Outcome, preview: bool, say: Say, paint: Paint) -> Iterator[str]:
    """Tell each line that went without a copy that stays."""
    places = Places(outcome.original, outcome.shape)
    for edit in sorted(outcome.edits):
        if edit.rule == FURNITURE and outcome.original:
            text = outcome.original[edit.start : edit.end]
            spot = places.named(edit.end - len(text.lstrip())) or f"{places.at(edit.start)[0]}:1"
            line, text = paint("place", f"{escape_name(result.path)}:{spot}"), shorten(text)
            yield f"{line} {paint('rule', FURNITURE)} {say('would-take' if preview else 'taken', text=text)}"


def _tidy_lines(
    result: FileResult, outcome: Outcome, preview: bool, say: Say, paint: Paint, columns: int | None
) -> Iterator[str]:
    done = [f"{rule} {count:,}" for rule, count in outcome.edit_counts.items()]
    done += result.notes
    if done:
        words = say("would-tidy" if preview else "tidied", list=say("comma").join(done))
        name = escape_name(result.path)
        fits = columns is None or width(f"{name}: {words}") <= columns
        yield f"{paint('place', name)}:" + (f" {words}" if fits else "")
        if columns is not None and not fits:
            yield from wrap(words, INDENT, columns)


def closing_lines(run: Run, say: Say) -> list[str]:
    """Count the repeats that were left by reason, and name the levels that would take some, and how many they would."""
    findings, goes = _count(run)
    between = between_line(run.results, say)
    if not findings:
        return between
    kept = say("kept", n=findings.total())
    if None not in findings:
        column = say.language == "zh"
        groups = [say("kept-why", n=findings[name], why=GROUPS[name][column]) for name in GROUPS if findings[name]]
        kept += say("kept-whys", list=say("comma").join(groups))
    before = 0
    offers: list[str] = []
    for level in Level:
        if level.rank <= run.level.rank:
            continue
        count = sum(n for lowest, n in goes.items() if run.level.rank < lowest.rank <= level.rank)
        if count > before:
            offers.append(say("level-removes", level=level.value, n=count))
            before = count
    return [*between, say("semicolon").join([kept, say("comma").join(offers)] if offers else [kept])]


def _count(run: Run) -> tuple[Counter[str | None], Counter[Level]]:
    """Count the findings that were left by group of reasons (None: not known), and the copies that a level takes."""
    findings: Counter[str | None] = Counter()
    goes: Counter[Level] = Counter()
    for outcome in (result.outcome for result in run.results if result.outcome):
        for removal in outcome.removals:
            if not removal.applied and removal.rule not in OF_SEVERAL:
                findings[removal.why.group] += 1
                if removal.level is not None:
                    goes[removal.level] += removal.copies
        for code, n in outcome.whys:
            findings[Reason(code).group] += n
        for level, n in outcome.left:
            if level is not None:
                goes[level] += n
            if not outcome.whys:
                findings[None] += n
    return findings, goes


def _named_lines(run: Run, say: Say, paint: Paint, columns: int | None) -> Iterator[str]:
    """Name the first findings of a run that were left, each with its reason."""
    named = 0
    for result in run.results:
        outcome = result.outcome
        left = _first_left(outcome)[: NAMED - named] if outcome and len(outcome.applied) < len(outcome.removals) else []
        if outcome is None or not left:
            continue
        named += len(left)
        places = Places(outcome.original, outcome.shape)
        known = result.glimpses[len(outcome.applied) :]
        for at, removal in enumerate(left):
            seen = known[at] if known else _glimpse(outcome, removal, places)
            here = seen.place or say("line", line=str(seen.line))
            if len(run.results) > 1:
                here = f"{escape_name(result.path)}:{seen.place or seen.line}"
            same = removal.exact or removal.likeness == "noise"
            there = say("there", place=seen.kept_place) if seen.kept_place else say("line", line=str(seen.kept_line))
            like = say("same" if same else "like", there=there)
            head, why = f"  {here} {like}", removal.why.briefly(say.language)
            room = 4 * COLUMNS if columns is None else columns - width(head + say("because", why=""))
            shown = head.replace(here, paint("place", here), 1)
            if columns is None or width(why) <= room or room >= _LEAST:
                yield shown + say("because", why=shorten(why, min(4 * COLUMNS, room)))
            else:
                yield from (shown, 2 * INDENT + shorten(why, columns - 2 * len(INDENT)))
        if named == NAMED:
            return


def summary_line(run: Run, say: Say, verbose: bool = False) -> str:
    """Add up the run in one line."""
    total = summarise(run)
    if total.changed or total.removals:
        key = "summary-would" if run.preview else "summary"
        pieces = [
            say(
                key,
                files=total.read,
                changed=total.changed,
                removals=total.removals,
                chars=total.chars_removed,
            )
        ]
    elif total.read or not total.errors:
        pieces = [say("summary-left" if total.reported else "summary-clean", files=total.read)]
    else:
        pieces = []
    if total.errors:
        pieces.append(say("summary-errors", n=total.errors))
    if verbose:
        pieces.append(say("summary-time", seconds=f"{run.elapsed_s:.2f}"))
    return say("comma").join(pieces)
