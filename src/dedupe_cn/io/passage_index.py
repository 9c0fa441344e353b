"""The index of the passages of a repository: which contents hold a sampled gram, in a SQLite file.

It is keyed by the ids that git has for contents, so it knows nothing of names and never goes stale; what it holds of
contents that no file has any more does no harm, and it is made anew when that is most of it. All is written in one
transaction: another process sees all of it or nothing, and a killed one leaves what was there before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

#: Changes with what is sampled and how it is kept; an index of another version is made anew.
VERSION = 1
NAME = "passages.db"
#: Of so many sampled grams one is kept: whole passages are looked for, which hold many.
SHARE = 2
#: Seconds that another process is waited for: then the check goes on without.
_PATIENCE = 10.0
#: Grams that are asked for in one go.
_AT_ONCE = 500
_TABLES = """
    CREATE TABLE blob (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
    CREATE TABLE gram (hash INTEGER, blob INTEGER, PRIMARY KEY (hash, blob)) WITHOUT ROWID;
"""


class BusyError(Exception):
    """Another process is writing the index."""


class Grams(NamedTuple):
    """What is put into the index: the id of contents, and the hashes of its sampled grams (signed, 64 bits)."""

    id: str
    hashes: Iterable[int]


class PassageIndex:
    """An open index. Raises OSError where there can be none, BusyError where another process holds it too long."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / NAME
        try:
            self._base = self._open()
        except sqlite3.DatabaseError as problem:
            if _is_busy(problem):
                raise BusyError from problem
            self._remove()  # damaged, or no index at all
            self._base = self._again()

    def _again(self) -> sqlite3.Connection:
        try:
            return self._open()
        except sqlite3.Error as problem:
            raise OSError(f"{self._file}: {problem}") from problem

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
        try:
            version = base.execute("PRAGMA user_version").fetchone()[0]
            with suppress(sqlite3.OperationalError):  # where a disk knows no shared memory
                base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            base.execute("PRAGMA cache_size = -65536")
            if version != VERSION:
                base.execute("BEGIN IMMEDIATE")
                if base.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                    self._clear(base)
                base.execute("COMMIT")
            base.execute("SELECT count(*) FROM blob").fetchone()
        except BaseException:
            base.close()
            raise
        return base

    @staticmethod
    def _clear(base: sqlite3.Connection) -> None:
        """Make the tables anew, within a transaction."""
        names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            base.execute(f'DROP TABLE IF EXISTS "{name}"')
        for statement in filter(str.strip, _TABLES.split(";")):
            base.execute(statement)
        base.execute(f"PRAGMA user_version = {VERSION}")

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def known(self) -> dict[str, int]:
        """Give the contents that are in the index, with their numbers."""
        with self._asked():
            return dict(self._base.execute("SELECT id, number FROM blob"))

    def add(self, lacking: Callable[[Container[str]], Iterable[Grams]], anew: bool = False) -> None:
        """Put contents in, all or none: those that are ``lacking`` when nobody else writes any more.

        ``anew`` throws away what was there before.
        """
        with self._asked():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                if anew:
                    self._clear(self._base)
                self._put(lacking({row[0] for row in self._base.execute("SELECT id FROM blob")}))
                self._base.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._base.execute("ROLLBACK")
                raise

    def _put(self, some: Iterable[Grams]) -> None:
        rows: list[tuple[int, int]] = []
        for grams in some:
            made = self._base.execute("INSERT OR IGNORE INTO blob (id) VALUES (?)", (grams.id,))
            if made.rowcount == 1:
                number = made.lastrowid or 0
                rows += [(hash, number) for hash in grams.hashes]
        rows.sort()  # in the order of the tree, which is several times as fast
        self._base.executemany("INSERT OR IGNORE INTO gram VALUES (?, ?)", rows)

    def holders(self, hashes: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Give each gram with the number of each of the contents that hold it."""
        with self._asked():
            for first in range(0, len(hashes), _AT_ONCE):
                some = hashes[first : first + _AT_ONCE]
                marks = ",".join("?" * len(some))
                with closing(self._base.execute(f"SELECT hash, blob FROM gram WHERE hash IN ({marks})", some)) as rows:
                    yield from rows

    def _asked(self) -> _Asked:
        return _Asked(self)

    def discard(self) -> None:
        """Throw a damaged index away: the next run makes it anew."""
        self.close()
        with suppress(OSError):
            self._remove()


class _Asked:
    """Turns what SQLite says into BusyError, or into OSError with the damaged index thrown away."""

    def __init__(self, index: PassageIndex) -> None:
        self._index = index

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        if isinstance(problem, sqlite3.Error):
            if _is_busy(problem):
                raise BusyError from problem
            if isinstance(problem, sqlite3.DatabaseError) and not isinstance(problem, sqlite3.OperationalError):
                self._index.discard()
            raise OSError(str(problem)) from problem


def _is_busy(problem: BaseException) -> bool:
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
