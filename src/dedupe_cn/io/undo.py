"""Put back what a run replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from dedupe_cn.io import files
from dedupe_cn.io.files import Keep, Loaded
from dedupe_cn.io.runs import Entry, Run, former, undone


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
class Seen:
    """A file of a run as it is now; ``loaded`` is None when it is gone."""

    entry: Entry
    state: State
    loaded: Loaded | None = None


def files_of(run: Run) -> tuple[Entry, ...]:
    """Give one entry a file: the first former bytes with the last that was written."""
    entries: dict[Path, Entry] = {}
    for entry in run.entries:
        first = entries.get(entry.path, entry)
        entries[entry.path] = replace(first, new=entry.new)
    return tuple(entries.values())


def look(entry: Entry) -> Seen:
    """See how a file stands. Raises OSError: NotRegularError for what is no file (any more)."""
    if entry.old is None:
        return Seen(entry, State.MADE)
    try:
        loaded = files.read(entry.path, regular=True)
    except FileNotFoundError:
        return Seen(entry, State.GONE)
    states = {entry.new: State.AS_WRITTEN, entry.old: State.AS_BEFORE}
    return Seen(entry, states.get(loaded.stamp.digest, State.CHANGED), loaded)


def put_back(run: Run, seen: Seen, keep: Keep | None) -> None:
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


def choose(entries: Iterable[Entry], paths: Iterable[Path]) -> tuple[list[Entry], list[Path]]:
    """Give the entries that paths name, folders with all below them, and the paths that name none."""
    every = list(entries)
    chosen: dict[Path, Entry] = {}
    unknown: list[Path] = []
    for path in paths:
        real = Path(os.path.realpath(path))
        hits = [entry for entry in every if entry.path == real or real in entry.path.parents]
        chosen.update((entry.path, entry) for entry in hits)
        if not hits:
            unknown.append(path)
    return list(chosen.values()), unknown


def last_open(runs: list[Run]) -> Run | None:
    """Find the newest run that cleaned files and was not undone: one of its files is not as it was before."""
    back = undone(runs)
    for run in reversed(runs):
        if run.undoes is None and any(_is_open(entry) for entry in files_of(run) if entry.path not in back[run.name]):
            return run
    return None


def _is_open(entry: Entry) -> bool:
    try:
        return look(entry).state not in (State.AS_BEFORE, State.MADE)
    except OSError:
        return True
