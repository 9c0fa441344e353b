"""Put back what a run replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from dedupe_cn.io import files
from dedupe_cn.io.files import Keep, Loaded
from dedupe_cn.io.runs import JournalEntry, JournalRun, former, undone


class State(Enum):
    """How a file stands to what a run did to it."""

    #: It holds what the run wrote.
    AS_WRITTEN = "as-written"
    #: It holds what it held before the run: undone already, or the run was stopped before it came to it.
    AS_BEFORE = "as-before"
    #: Somebody has removed it since.
    GONE = "gone"
    #: Somebody has changed it since.
    CHANGED = "changed"
    #: The run made it: there are no former bytes.
    MADE = "made"


@dataclass(frozen=True, slots=True)
class CurrentFile:
    """A file of a run as it is now; ``loaded`` is None when it is gone."""

    entry: JournalEntry
    state: State
    loaded: Loaded | None = None


def files_of(run: JournalRun) -> tuple[JournalEntry, ...]:
    """Give one entry a file: the first former bytes with the last that was written."""
    entries: dict[Path, JournalEntry] = {}
    for entry in run.entries:
        first = entries.get(entry.path, entry)
        entries[entry.path] = replace(first, new=entry.new)
    return tuple(entries.values())


def look(entry: JournalEntry) -> CurrentFile:
    """See how a file stands. Raises OSError: NotRegularError for what is no file (any more)."""
    if entry.old is None:
        return CurrentFile(entry, State.MADE)
    try:
        loaded = files.read(entry.path, regular=True)
    except FileNotFoundError:
        return CurrentFile(entry, State.GONE)
    states = {entry.new: State.AS_WRITTEN, entry.old: State.AS_BEFORE}
    return CurrentFile(entry, states.get(loaded.stamp.digest, State.CHANGED), loaded)


def put_back(run: JournalRun, seen: CurrentFile, keep: Keep | None) -> None:
    """Give a file its former bytes, at once; one that is gone is made again with its former mode.

    Raises OSError: DamagedError when the journal does not hold them, ChangedMeanwhileError when the file is not what
    was seen any more.
    """
    data = former(run, seen.entry)
    path = seen.entry.path
    if seen.loaded is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.create(path, data, seen.entry.mode, keep)
    else:
        files.write(path, data, expected=seen.loaded.stamp, keep=keep)


def choose_entries(entries: Iterable[JournalEntry], paths: Iterable[Path]) -> tuple[list[JournalEntry], list[Path]]:
    """Give the entries that paths name, folders with all below them, and the paths that name none."""
    every = list(entries)
    chosen: dict[Path, JournalEntry] = {}
    unknown: list[Path] = []
    for path in paths:
        real = [Path(os.path.realpath(path))]
        hits = [entry for entry in every if lies_in(entry, real)]
        chosen.update((entry.path, entry) for entry in hits)
        if not hits:
            unknown.append(path)
    return list(chosen.values()), unknown


def lies_in(entry: JournalEntry, ground: Iterable[Path]) -> bool:
    """Tell whether a file is one of the real paths of ``ground``, or lies below one."""
    return any(entry.path == path or path in entry.path.parents for path in ground)


def last_open(runs: Iterable[JournalRun], ground: Sequence[Path] | None = None) -> JournalRun | None:
    """Find the newest run that cleaned files of ``ground`` (None: any) and was not undone.

    One of these files is not as it was before.
    """
    every = list(runs)
    back = undone(every)
    for run in reversed(every):
        left = (entry for entry in files_of(run) if entry.path not in back[run.name])
        if run.undoes is None and any(is_open(entry) for entry in left if ground is None or lies_in(entry, ground)):
            return run
    return None


def is_open(entry: JournalEntry) -> bool:
    """Tell whether a file is not as it was before the run; one that cannot be looked at counts as such."""
    try:
        return look(entry).state not in (State.AS_BEFORE, State.MADE)
    except OSError:
        return True
