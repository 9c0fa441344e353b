"""Read files, and write them so that a reader sees the old bytes or the new ones, never half of them."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from the next: size, time of change (ns) and inode."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """The bytes of a file and the state it was in when they were read."""

    data: bytes
    stamp: Stamp


class ChangedMeanwhileError(OSError):
    """The file was changed by someone else between reading and writing; it is left as they made it."""


def read(path: Path) -> Loaded:
    """Read a whole file. Raises OSError."""
    with path.open("rb") as file:
        stamp = _stamp(os.fstat(file.fileno()))
        return Loaded(file.read(), stamp)


def write(path: Path, data: bytes, expected: Stamp | None = None) -> None:
    """Put ``data`` in the place of the file at once: all of it or none.

    The bytes go to a temporary file in the same folder, are forced to the disk and take the name in one
    step. A symbolic link stays one: its target is replaced. Mode and (where the system lets us) owner stay. A
    device or a named pipe is written to directly. With ``expected`` the file must still be in that state.

    Raises OSError; ChangedMeanwhileError when the state differs.
    """
    import tempfile  # with what it loads, as long as a fifth of click

    target = Path(os.path.realpath(path))
    try:
        old = target.stat()
    except FileNotFoundError:
        old = None
    if old is not None:
        if stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(21, "Is a directory", str(path))
        if not stat.S_ISREG(old.st_mode):
            if expected is not None:
                raise OSError(22, "Not a regular file", str(path))
            target.write_bytes(data)
            return
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied", str(path))
    if expected is not None and (old is None or _stamp(old) != expected):
        raise ChangedMeanwhileError(0, "changed while it was being cleaned", str(path))
    descriptor, name = tempfile.mkstemp(prefix=".dedupe-cn-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_rights(temporary, old)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _stamp(state: os.stat_result) -> Stamp:
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ino)


def _take_rights(temporary: Path, old: os.stat_result | None) -> None:
    """Give the new file the owner and mode of the old one, or those any new file would get."""
    if old is None:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        new = temporary.stat()
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            with suppress(OSError):  # only root may give files away; the group alone often works
                os.chown(temporary, -1, old.st_gid)
            with suppress(OSError):
                os.chown(temporary, old.st_uid, -1)
    temporary.chmod(stat.S_IMODE(old.st_mode))  # after chown, which clears the set-id bits


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk, where folders can be opened (not on Windows)."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
