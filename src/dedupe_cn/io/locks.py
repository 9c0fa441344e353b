"""Locks on open files, which end with the process that holds them, however it ends."""

from __future__ import annotations

import os

if os.name == "nt":
    import msvcrt
else:
    import fcntl

#: Where Windows locks a byte: far behind anything that is read or written, for its locks keep readers out.
_BEYOND = 1 << 40


def lock(descriptor: int, *, wait: bool = False) -> bool | None:
    """Take the lock of an open file; tell whether it is ours, another process's (False), or cannot be known (None).

    The last is where the file system knows no locks. With ``wait`` it comes when the other lets go.
    """
    try:
        if os.name == "nt":
            os.lseek(descriptor, _BEYOND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True
