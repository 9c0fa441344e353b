"""Temporary files beside the file they become, and the removal of those that a killed process left behind."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dedupe_cn.io.locks import lock
from dedupe_cn.regex import regex

#: Nobody else makes names like these, and only such files are ever removed.
_NAME = regex(r"\.dedupe-cn-[0-9a-f]{16}\.tmp")
_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Temporary(NamedTuple):
    """An open temporary file: its lock says that somebody still works on it."""

    path: Path
    descriptor: int


def create(folder: Path) -> Temporary:
    """Make a temporary file for its owner only. Raises OSError.

    Between its making and its lock another process may take it for a stray one; then a second one is made.
    """
    while True:
        path = folder / f".dedupe-cn-{os.urandom(8).hex()}.tmp"
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | _FLAGS, 0o600)
        lock(descriptor)
        if os.name == "nt" or os.fstat(descriptor).st_nlink:
            return Temporary(path, descriptor)
        os.close(descriptor)


def remove_strays(folders: Iterable[Path]) -> int:
    """Remove temporary files that no process works on any more; give their number.

    A kill leaves them, at most one a process. What cannot be looked at or removed is left for another run.
    """
    removed = 0
    for folder in folders:
        with suppress(OSError):
            names = [entry.name for entry in os.scandir(folder) if _NAME.fullmatch(entry.name)]
            removed += sum(_remove(folder / name) for name in names)
    return removed


def _remove(path: Path) -> bool:
    """Remove one file if its lock is free and the name still means the file that was locked."""
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | _FLAGS)
    except OSError:
        return False
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode) or not lock(descriptor):
            return False
        if not os.path.samestat(state, path.lstat()):
            return False
        if os.name == "nt":  # an open file cannot be removed there
            os.close(descriptor)
            descriptor = -1
        path.unlink()
    except OSError:
        return False
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    return True
