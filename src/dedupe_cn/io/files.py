"""Read files, and write them so that a reader sees the old bytes or the new ones, never half of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dedupe_cn.io import temporary

_CHUNK, _SMALL_CHUNK = 1 << 20, 1 << 16
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Stamp(NamedTuple):
    """What tells one state of a file from the next: size, time of change (ns), inode, and the hash of its bytes.

    The hash is for changes that keep the size within one tick of the file system's clock.
    """

    size: int
    mtime_ns: int
    inode: int
    digest: str


class Loaded(NamedTuple):
    """The bytes of a file and the state it was in when they were read."""

    data: bytes
    state: os.stat_result

    @property
    def stamp(self) -> Stamp:
        """Give the state with the hash of the bytes, which only what is to be replaced needs."""
        return Stamp(self.state.st_size, self.state.st_mtime_ns, self.state.st_ino, digest(self.data))


class Change(NamedTuple):
    """A file that is about to be replaced: its bytes (None: there is no file yet), those to come, and its mode."""

    path: Path
    before: bytes | None
    after: bytes
    mode: int


#: Called when all but the last step is done. If it raises, the file stays.
Keep = Callable[[Change], None]


class ChangedMeanwhileError(OSError):
    """The file was changed by someone else between reading and writing; it is left as they made it."""


class TooLargeError(OSError):
    """More bytes than are allowed."""


class NotRegularError(OSError):
    """A pipe, a device or a socket where there should be a file."""


class NobodyWritesError(OSError):
    """A named pipe with no process at its other end: it would never give anything."""


def digest(data: bytes) -> str:
    """Give the hash by which states of files are told apart: SHA-256, so that ``sha256sum`` finds it too."""
    from hashlib import sha256  # loads OpenSSL, which a run that writes nothing does not need

    return sha256(data).hexdigest()


def read(path: Path | str, limit: int | None = None, *, regular: bool = False) -> Loaded:
    """Read a whole file of at most ``limit`` bytes, without ever waiting for one to be opened.

    With ``regular`` it must be a file and no link; otherwise a device or a pipe with a process at its other end is
    read to its end. Raises OSError: TooLargeError, NotRegularError, NobodyWritesError among others.
    """
    no_links = getattr(os, "O_NOFOLLOW", 0) if regular else 0
    descriptor = os.open(path, os.O_RDONLY | _NEVER_WAIT | _FLAGS | no_links)
    try:
        state = os.fstat(descriptor)
        if stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError(21, "Is a directory", str(path))
        if not stat.S_ISREG(state.st_mode):
            if regular or not (stat.S_ISFIFO(state.st_mode) or stat.S_ISCHR(state.st_mode)):
                raise NotRegularError(22, "Not a regular file", str(path))
            data = _from_stream(descriptor, limit, path)
        else:
            if limit is not None and state.st_size > limit:
                raise TooLargeError(27, "File too large", str(path))
            data = drain(descriptor, limit, str(path), state.st_size)
    finally:
        os.close(descriptor)
    return Loaded(data, state)


def drain(descriptor: int, limit: int | None = None, name: str = "-", likely: int | None = None) -> bytes:
    """Read to the end, but not beyond ``limit`` bytes. Raises OSError, TooLargeError when there is more.

    Of a file that is ``likely`` so many bytes long one more is asked for at first: a small one is read in less time
    than the memory for a whole chunk takes to get, and a large one need not be put together. That the one more does not
    come is its end.
    """
    parts: list[bytes] = []
    size = 0
    wanted = _CHUNK if likely is None else likely + 1
    while part := os.read(descriptor, wanted):
        parts.append(part)
        size += len(part)
        if limit is not None and size > limit:
            raise TooLargeError(27, "File too large", name)
        if size == likely and len(part) < wanted:
            break
        wanted = _CHUNK if likely is None else _SMALL_CHUNK
    return b"".join(parts)


def write(path: Path, data: bytes, expected: Stamp | None = None, keep: Keep | None = None) -> None:
    """Put ``data`` in the place of the file at once: all of it or none.

    The bytes go to a temporary file in the same folder, are forced to the disk and take the name in one
    step. A symbolic link stays one: its target is replaced. Mode and (where the system lets us) owner stay. A
    device or a named pipe is written to directly. With ``expected`` the file must still be in that state; ``keep`` is
    told of the change before a file that is there is replaced, with the very bytes it has then.

    Raises OSError; ChangedMeanwhileError when the state differs.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            _write_in_place(path, data, expected)
            return
    except FileNotFoundError:
        if expected is not None:
            raise _changed(path) from None
    target = Path(os.path.realpath(path))
    found = _look(target, expected, whole=keep is not None)
    new = temporary.create(target.parent)
    try:
        _fill(new, data)
        _take_rights(new.path, found.state if found else None)
        if found and keep:
            keep(Change(target, found.data, data, stat.S_IMODE(found.state.st_mode)))
        _still(target, found)
        _move(new, target)
    except BaseException:
        _discard(new)
        raise
    sync_folder(target.parent)


def create(path: Path, data: bytes, mode: int, keep: Keep | None = None) -> None:
    """Make a file that is not there yet, whole or not at all. Raises OSError, FileExistsError among others."""
    new = temporary.create(path.parent)
    try:
        _fill(new, data)
        new.path.chmod(mode & 0o777)
        if keep:
            keep(Change(path, None, data, mode))
        try:
            os.link(new.path, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if os.path.lexists(path):
                raise FileExistsError(17, "File exists", str(path)) from None
            _move(new, path)
        else:
            _discard(new)
    except BaseException:
        _discard(new)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force new names to the disk, where folders can be opened (not on Windows)."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class _Found(NamedTuple):
    """What stands in the place of the new file: its state, and its bytes where somebody wants them."""

    state: os.stat_result
    data: bytes | None


def _from_stream(descriptor: int, limit: int | None, path: Path | str) -> bytes:
    """Read a device or a pipe that was opened without waiting; only the reading itself may wait."""
    try:
        first = os.read(descriptor, _CHUNK)
    except BlockingIOError:  # somebody is there, and will write
        first = b""
    else:
        if not first and stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            raise NobodyWritesError(6, "Nobody writes to this pipe", str(path))
        if not first:
            return b""
    os.set_blocking(descriptor, True)
    room = None if limit is None else max(0, limit - len(first))
    return first + drain(descriptor, room, str(path))


def _write_in_place(path: Path, data: bytes, expected: Stamp | None) -> None:
    """Write to a device or a pipe. A pipe that nobody reads is an error: opening it would wait for ever."""
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    if expected is not None:
        raise NotRegularError(22, "Not a regular file", str(path))
    descriptor = os.open(path, os.O_WRONLY | _NEVER_WAIT | _FLAGS)
    try:
        if hasattr(os, "set_blocking"):
            os.set_blocking(descriptor, True)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _look(target: Path, expected: Stamp | None, whole: bool) -> _Found | None:
    """Look at the file that goes; None when there is none. Raises ChangedMeanwhileError, OSError."""
    try:
        state = target.stat()
        # A file that must not be written is not replaced either, though its folder would let us.
        os.close(os.open(target, os.O_WRONLY | _NEVER_WAIT | _FLAGS))
        loaded = read(target, regular=True) if whole or expected is not None else None
    except FileNotFoundError:
        if expected is not None:
            raise _changed(target) from None
        return None
    if loaded and expected is not None and loaded.stamp != expected:
        raise _changed(target)
    return _Found(state, loaded.data if loaded else None)


def _still(target: Path, found: _Found | None) -> None:
    """Check right before the last step that the file is the one that was looked at. Raises ChangedMeanwhileError."""
    try:
        state = target.lstat()
    except FileNotFoundError:
        if found is None:
            return
        raise _changed(target) from None
    if found is None:
        raise _changed(target)
    old = found.state
    if (state.st_size, state.st_mtime_ns, state.st_ino) != (old.st_size, old.st_mtime_ns, old.st_ino):
        raise _changed(target)


def _changed(path: Path) -> ChangedMeanwhileError:
    return ChangedMeanwhileError(0, "changed while it was being cleaned", str(path))


def _fill(new: temporary.Temporary, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(new.descriptor, rest) :]
    os.fsync(new.descriptor)


def _move(new: temporary.Temporary, target: Path) -> None:
    """Give the new file its name; its lock is held until then, where open files can be renamed."""
    if os.name == "nt":
        os.close(new.descriptor)
        new.path.replace(target)
    else:
        new.path.replace(target)
        os.close(new.descriptor)


def _discard(new: temporary.Temporary) -> None:
    with suppress(OSError):
        new.path.unlink(missing_ok=True)
    with suppress(OSError):
        os.close(new.descriptor)


def _take_rights(new: Path, old: os.stat_result | None) -> None:
    """Give the new file the owner and mode of the old one, or those any new file would get."""
    if old is None:
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        state = new.stat()
        if (state.st_uid, state.st_gid) != (old.st_uid, old.st_gid):
            with suppress(OSError):  # only root may give files away; the group alone often works
                os.chown(new, -1, old.st_gid)
            with suppress(OSError):
                os.chown(new, old.st_uid, -1)
    new.chmod(stat.S_IMODE(old.st_mode))  # after chown, which clears the set-id bits
