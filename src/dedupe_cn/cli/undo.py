"""``dedupe-cn undo``: put back what a run changed, list the runs, or show what would come back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from dedupe_cn.cli.cleaning import FailedError, failure
from dedupe_cn.cli.console import Console, is_terminal
from dedupe_cn.cli.group import Command
from dedupe_cn.cli.options import console_of, global_options, option
from dedupe_cn.cli.writing import Writer, tidy_folders
from dedupe_cn.errors import InputError, UsageError
from dedupe_cn.io import state
from dedupe_cn.io.discover import exists
from dedupe_cn.io.journal import Journal
from dedupe_cn.io.runs import DamagedError, JournalEntry, JournalRun, all_runs, former, hold, undone
from dedupe_cn.io.undo import CurrentFile, State, choose_entries, files_of, is_open, last_open, lies_in, look, put_back
from dedupe_cn.report.excerpt import escape, pad, width

#: The name that means the last run that can be undone.
LAST = "last"


@click.command(cls=Command, name="undo", help="cmd-undo")
@click.argument("run", required=False, metavar="[RUN|last]")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@option("--list", "listing", is_flag=True, help="opt-undo-list")
@option("--diff", is_flag=True, help="opt-undo-diff")
@option("--anywhere", is_flag=True, help="opt-undo-anywhere")
@option("--force", is_flag=True, help="opt-undo-force")
@option("--no-journal", is_flag=True, help="opt-no-journal")
@global_options
@click.pass_context
def command(
    context: click.Context,
    /,
    run: str | None,
    paths: tuple[str, ...],
    listing: bool,
    diff: bool,
    anywhere: bool,
    force: bool,
    no_journal: bool,
) -> int:
    """Do one of the three; exit 2 when a file cannot be put back."""
    console = console_of(context.meta)
    runs = all_runs(place.folder for place in state.found())
    ground = None if anywhere else [Path(os.path.realpath(path)) for path in paths] or _here()
    if listing:
        _put_list(runs, ground, console)
        return 0
    chosen = _choose(runs, run or LAST, ground, console)
    with hold(chosen) as ours:
        if not ours:
            raise InputError(console.say("undo-going-on", name=chosen.name))
        entries, failed = _entries(chosen, paths, console)
        if not paths and ground is not None:
            entries = _of_ground(chosen, entries, ground, console, asks=not diff)
        seen, stays = _look(chosen, entries, force, console)
        failed |= stays
        if diff:
            failed |= _put_diff(chosen, seen, console)
            return 2 if failed else 1 if any(s.state is not State.AS_BEFORE for s in seen) else 0
        journal = None if no_journal else Journal("undo", undoes=chosen.name)
        with Writer(console, journal) as writer:
            failed |= _put_back(chosen, seen, writer, console)
    return 2 if failed else 0


def _here() -> list[Path]:
    """Give the present folder; nothing when it is gone."""
    try:
        return [Path.cwd()]
    except OSError:
        return []


def _choose(runs: Sequence[JournalRun], name: str, ground: Sequence[Path] | None, console: Console) -> JournalRun:
    """Find the run that a name, the beginning of one, or ``last`` (in ``ground``) means. Raises UsageError."""
    say = console.say
    if name == LAST:
        last = last_open(runs, ground)
        if last is not None:
            return last
        other = None if ground is None else last_open(runs)
        if other is None:
            raise UsageError(say("undo-nothing"))
        path = next(entry.path for entry in files_of(other))
        raise UsageError(say("undo-nothing-here", name=other.name, path=path.as_posix()))
    hits = [run for run in runs if run.name.startswith(name)]
    if len(hits) == 1 or (hits and hits[0].name == name):
        return hits[0]
    if hits:
        raise UsageError(say("undo-ambiguous", name=name, n=len(hits), first=hits[0].name))
    raise UsageError(say("undo-is-path" if exists(Path(name)) else "undo-unknown", name=name))


def _entries(run: JournalRun, paths: Sequence[str], console: Console) -> tuple[list[JournalEntry], bool]:
    """Give the files of a run, or those that ``paths`` name; tell whether one of these names none."""
    if not paths:
        return list(files_of(run)), False
    entries, unknown = choose_entries(files_of(run), map(Path, paths))
    for path in unknown:
        console.error(console.say("undo-not-in", name=run.name), path=path.as_posix())
    return entries, bool(unknown)


def _of_ground(
    run: JournalRun, entries: Sequence[JournalEntry], ground: Sequence[Path], console: Console, asks: bool
) -> list[JournalEntry]:
    """Leave out the files outside of the present folder, unless somebody at a terminal says that they are meant.

    Raises UsageError when none is left.
    """
    say = console.say
    inside = [entry for entry in entries if lies_in(entry, ground)]
    outside = [entry for entry in entries if not lies_in(entry, ground)]
    touched = [entry for entry in outside if is_open(entry)]
    if touched and asks and is_terminal(sys.stdin) and is_terminal(sys.stderr):
        names = "".join(f"  {escape(entry.path.as_posix())}\n" for entry in touched)
        console.report(say("undo-outside-ask", n=len(touched), list=names), to_stderr=True)
        if sys.stdin.readline().strip().casefold() in ("y", "yes", "是"):
            return [*inside, *outside]
    if not inside:
        raise UsageError(say("undo-none-here", name=run.name, path=entries[0].path.as_posix()))
    if touched:
        console.note(say("undo-outside", n=len(touched)), "warning")
    return inside


def _look(
    run: JournalRun, entries: Sequence[JournalEntry], force: bool, console: Console
) -> tuple[list[CurrentFile], bool]:
    """See how the files stand; say which stay, and whether there is one that should not."""
    failed = False
    seen: list[CurrentFile] = []
    for entry in entries:
        try:
            one = look(entry)
        except OSError as problem:
            console.error(failure(problem, "unreadable").words(console.say), path=_shown(entry.path))
            failed = True
            continue
        if one.state is State.CHANGED and not force:
            console.error(console.say("undo-changed", name=run.name), path=_shown(entry.path))
            failed = True
        elif one.state is not State.MADE:
            seen.append(one)
    return seen, failed


def _put_back(run: JournalRun, seen: Sequence[CurrentFile], writer: Writer, console: Console) -> bool:
    """Put files back and say how many; tell whether one could not be."""
    say = console.say
    todo = [one for one in seen if one.state is not State.AS_BEFORE]
    tidy_folders(one.entry.path for one in todo)
    back, lines = 0, []
    for one in todo:
        try:
            put_back(run, one, writer.keep if writer.journal else None)
        except (OSError, FailedError) as problem:
            console.error(_why(problem, writer), path=_shown(one.entry.path))
            continue
        writer.done()
        back += 1
        lines.append(say("undo-back", path=escape(_shown(one.entry.path))))
    if back:
        whole = back == len(files_of(run))
        lines.append(say("undo-summary" if whole else "undo-partly", n=back, name=run.name))
    if len(todo) < len(seen):
        lines.append(say("undo-same", n=len(seen) - len(todo), name=run.name))
    if not console.quiet:
        console.report("".join(f"{line}\n" for line in lines), to_stderr=False)
    return back < len(todo)


def _why(problem: Exception, writer: Writer) -> str:
    """Say why a file was not put back. Raises InputError when the journal is broken, for then none may be."""
    say = writer.console.say
    if isinstance(problem, DamagedError):
        return say("undo-damaged")
    told = writer.problem(problem) if isinstance(problem, OSError) else problem
    if not isinstance(told, FailedError):
        raise told from problem
    return told.words(say)


def _put_diff(run: JournalRun, seen: Sequence[CurrentFile], console: Console) -> bool:
    """Show the changes from what is there to what would come back; tell whether something cannot."""
    from dedupe_cn.cli.differences import put_difference
    from dedupe_cn.encoding.decoding import decode

    say = console.say
    failed = False
    for one in seen:
        if one.state is State.AS_BEFORE:
            continue
        name = _shown(one.entry.path)
        try:
            data = former(run, one.entry)
        except OSError:
            console.error(say("undo-damaged"), path=name)
            failed = True
            continue
        after = decode(data)
        before = decode(one.loaded.data) if one.loaded else None
        old, new = (found.text if found and found.legible else "" for found in (before, after))
        if old != new:
            put_difference(name, old, new, console)
        if old == new or before is None or before.encoding != after.encoding:
            sizes = [
                say("undo-bytes", n=len(raw), encoding=found.encoding if found.legible else say("undo-unreadable"))
                if found
                else say("undo-gone")
                for found, raw in ((before, one.loaded.data if one.loaded else b""), (after, data))
            ]
            console.note(say("undo-would", path=name, before=sizes[0], after=sizes[1]))
    return failed


def _put_list(runs: Sequence[JournalRun], ground: Sequence[Path] | None, console: Console) -> None:
    """List the runs that changed a file of ``ground`` (None: any), and count the others."""
    own = [run for run in runs if ground is None or any(lies_in(entry, ground) for entry in run.entries)]
    console.report("".join(f"{line}\n" for line in _list(own, undone(runs), console)), to_stderr=False)
    if len(own) < len(runs):
        console.note(console.say("undo-elsewhere", n=len(runs) - len(own)))


def _list(runs: Sequence[JournalRun], back: Mapping[str, frozenset[Path]], console: Console) -> Iterator[str]:
    """Write a line a run, the newest last, as a person reads it at the end of a terminal."""
    say, paint = console.say, console.painter(to_stderr=False)
    if not runs:
        yield say("undo-empty")
        return
    counts = [say("undo-row", n=len(files_of(run))) for run in runs]
    sizes = [f"{max(1, run.size // 1000):,} kB" for run in runs]
    columns = max(map(width, counts)), max(map(width, sizes))
    for run, count, size in zip(runs, counts, sizes, strict=True):
        when = run.started.astimezone().strftime("%Y-%m-%d %H:%M")
        notes = [say("undo-row-of", name=run.undoes)] if run.undoes else []
        if gone := len(back[run.name]):
            notes.append(say("undo-row-undone" if gone == len(files_of(run)) else "undo-row-partly", n=gone))
        head = f"{paint('rule', run.name)}  {when}  {pad(count, columns[0])}  {size:>{columns[1]}}"
        yield f"{head}  {say('comma').join(notes)}".rstrip()
        if console.verbose:
            yield from (f"  {escape(_shown(entry.path))}" for entry in files_of(run))


def _shown(path: Path) -> str:
    """Show a path as short as it is from here."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()
