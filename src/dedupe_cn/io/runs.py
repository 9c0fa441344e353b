"""The runs of a journal as they are read back: a folder each, with a record of lines and the former bytes.

``record.jsonl`` begins with a line about the run; every other line is one file. ``former`` holds the former bytes,
compressed, one piece behind the other. Both are only added to, and a line is written when its bytes are on the disk,
so a kill or a power cut takes at most the last line, whose file was not replaced yet.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dedupe_cn.io import files
from dedupe_cn.io.locks import lock
from dedupe_cn.settings import JOURNAL_BYTES, JOURNAL_RUNS

VERSION = 1
RECORD = "record.jsonl"
FORMER = "former"
FOLDER = "runs"
#: How a run is named while it is removed, so that one that is half gone is never taken for a run.
_GOING = "going-"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One file of a run: hashes of its former bytes (None: there was no file) and of what was written.

    ``offset`` and ``size`` say where in the store the former bytes lie, compressed.
    """

    path: Path
    old: str | None
    new: str
    mode: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class JournalRun:
    """One run: its name, its folder, the command, for ``undo`` the run that was undone, and the files."""

    name: str
    folder: Path
    started: datetime
    command: str
    undoes: str | None
    entries: tuple[JournalEntry, ...]

    @property
    def size(self) -> int:
        """Count the bytes its folder takes."""
        return _size(self.folder)


class DamagedError(OSError):
    """Former bytes that are cut off or are not what the record says."""


def all_runs(roots: Iterable[Path]) -> list[JournalRun]:
    """Read the runs below state folders, the oldest first; what is no run is passed over."""
    runs = [run for root in roots for folder in _folders(root) if (run := _read(folder))]
    return sorted(runs, key=lambda run: run.name)


def undone(runs: Iterable[JournalRun]) -> dict[str, frozenset[Path]]:
    """Tell for each run which of its files later runs have put back (and have not changed again)."""
    result: dict[str, frozenset[Path]] = {}
    #: What the next run after the present one found in a file.
    met: dict[Path, str | None] = {}
    for run in sorted(runs, key=lambda run: run.name, reverse=True):
        result.setdefault(run.name, frozenset())
        if run.undoes is not None:
            entries = run.entries if _came_to_its_end(run, met) else run.entries[:-1]
            back = {entry.path for entry in entries} - result[run.name]
            result[run.undoes] = result.get(run.undoes, frozenset()) | back
        met.update((entry.path, entry.old) for entry in reversed(run.entries))
    return result


def _came_to_its_end(run: JournalRun, met: Mapping[Path, str | None]) -> bool:
    """Tell whether the last file of a run was replaced: a kill may have come between its line and that."""
    if not run.entries:
        return True
    last = run.entries[-1]
    if last.path in met:
        return met[last.path] != last.old
    try:
        return files.read(last.path, regular=True).stamp.digest != last.old
    except FileNotFoundError:
        return last.old is not None
    except OSError:
        return True


def former(run: JournalRun, entry: JournalEntry) -> bytes:
    """Give the former bytes of a file. Raises DamagedError when they are not exactly those, OSError."""
    with (run.folder / FORMER).open("rb") as store:
        store.seek(entry.offset)
        packed = store.read(entry.size)
    try:
        data = zlib.decompress(packed)
    except zlib.error:
        data = None
    if data is None or files.digest(data) != entry.old:
        raise DamagedError(5, "damaged or cut off", str(run.folder / FORMER))
    return data


@contextmanager
def hold(run: JournalRun) -> Iterator[bool]:
    """Hold a run so that it is not pruned meanwhile; False when another process still works on it."""
    path = run.folder / RECORD
    # Network file systems lock only what may be written to.
    with path.open("rb+" if os.access(path, os.W_OK) else "rb") as record:
        yield lock(record.fileno()) is not False


@contextmanager
def guarded(root: Path, *, wait: bool = False) -> Iterator[bool]:
    """Keep others from making or pruning runs; False when another does, and where there are no locks."""
    with (root / "lock").open("ab") as guard:
        yield lock(guard.fileno(), wait=wait) is True


def prune(root: Path, newest: str) -> None:
    """Remove the oldest runs beyond the limits of number and size: never ``newest``, nor one that is still going on.

    What cannot be removed is left for another time.
    """
    with suppress(OSError), guarded(root) as ours:
        if not ours:
            return
        for folder in (root / FOLDER).glob(f"{_GOING}*"):
            shutil.rmtree(folder, ignore_errors=True)
        room = JOURNAL_BYTES
        for number, folder in enumerate(reversed(_folders(root)), start=1):
            room -= _size(folder)
            if folder.name != newest and (room < 0 or number > JOURNAL_RUNS):
                _remove(folder)


def remove(folder: Path) -> None:
    """Remove a run that nobody uses. Errors are passed over: it is then pruned later."""
    with suppress(OSError):
        going = folder.with_name(_GOING + folder.name)
        folder.rename(going)
        shutil.rmtree(going, ignore_errors=True)


def _remove(folder: Path) -> None:
    with suppress(OSError):
        try:
            record = (folder / RECORD).open("rb+")
        except FileNotFoundError:
            # A run that was killed at its very beginning, or has not got that far: only old ones go.
            if datetime.now(UTC).timestamp() - folder.stat().st_mtime > 3600:
                remove(folder)
            return
        with record:
            if lock(record.fileno()):
                remove(folder)


def _folders(root: Path) -> list[Path]:
    """List the folders of runs by name, which is by time."""
    with suppress(OSError):
        return sorted(path for path in (root / FOLDER).iterdir() if path.name[:1].isdigit())
    return []


def _size(folder: Path) -> int:
    with suppress(OSError):
        return sum(entry.stat().st_size for entry in os.scandir(folder))
    return 0


def _read(folder: Path) -> JournalRun | None:
    """Read a run; None when its record is not there or has no file in it."""
    try:
        lines = (folder / RECORD).read_bytes().split(b"\n")
    except OSError:
        return None
    rows = [row for line in lines if (row := _row(line))]
    entries = tuple(entry for row in rows if (entry := _entry(row)))
    if not rows or not entries:
        return None
    head = rows[0]
    undoes = head.get("undoes")
    return JournalRun(
        name=folder.name,
        folder=folder,
        started=_time(head.get("started")),
        command=str(head.get("command", "clean")),
        undoes=undoes if isinstance(undoes, str) else None,
        entries=entries,
    )


def _row(line: bytes) -> dict[str, Any] | None:
    """Read a line; None for one that was cut. A power cut may leave zeros behind the last one."""
    try:
        row = json.loads(line.rstrip(b"\0"))
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _entry(row: dict[str, Any]) -> JournalEntry | None:
    match row:
        case {
            "path": str(path),
            "old": str() | None as old,
            "new": str(new),
            "mode": int(mode),
            "offset": int(offset),
            "size": int(size),
        }:
            return JournalEntry(Path(path), old, new, mode, offset, size)
    return None


def _time(value: object) -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
