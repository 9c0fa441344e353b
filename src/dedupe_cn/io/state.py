"""Where the program keeps what outlives a run: the platform's state folder, or a stated other one."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: The variable that names the state folder.
VARIABLE = "DEDUPE_CN_STATE_DIR"


@dataclass(frozen=True, slots=True)
class StateFolder:
    """A folder for state; ``fallback`` when it is not the usual one because that cannot be had."""

    folder: Path
    fallback: bool = False


class NoPlaceError(OSError):
    """No folder for state: ``filename`` is the one that was wanted, ``strerror`` what stood in the way."""


def places() -> Iterator[StateFolder]:
    """Give the folders in which state may be, the best first.

    The one that DEDUPE_CN_STATE_DIR names, and no other; else that of the platform and one below the folder for
    temporary files. Without HOME and without a name for the user (containers) the first does not exist.
    """
    named = os.environ.get(VARIABLE)
    if named:
        yield StateFolder(Path(named).absolute())
        return
    import platformdirs

    usual = Path(platformdirs.user_state_path("dedupe-cn", appauthor=False))
    if usual.is_absolute():  # it is not where "~" means nothing
        yield StateFolder(usual)
    yield StateFolder(_temporary(), fallback=True)


def found() -> Iterator[StateFolder]:
    """Give the folders that are there and are safe to read."""
    for place in places():
        try:
            if place.folder.is_dir() and (not place.fallback or _is_ours(place.folder)):
                yield place
        except OSError:
            continue


def writable() -> StateFolder:
    """Make the state folder, for its owner only, and give it. Raises NoPlaceError.

    The fallback is taken only when the usual folder cannot be made or written to for want of rights or of a home; a
    full disk is an error.
    """
    problem: OSError | None = None
    for place in places():
        try:
            place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if place.fallback and not _is_ours(place.folder):
                raise PermissionError(13, "belongs to somebody else or is open to others", str(place.folder))
            if not os.access(place.folder, os.W_OK | os.X_OK):
                raise PermissionError(13, "Permission denied", str(place.folder))
            return place
        except (PermissionError, FileNotFoundError, NotADirectoryError, FileExistsError) as error:
            problem = problem or error
        except OSError as error:
            if error.errno != _READ_ONLY:
                problem = error
                break
            problem = problem or error
    assert problem is not None
    raise NoPlaceError(problem.errno, problem.strerror or str(problem), str(problem.filename)) from problem


#: EROFS, "Read-only file system".
_READ_ONLY = 30


def _temporary() -> Path:
    """Give the folder below the one for temporary files; the number of the user keeps users apart."""
    owner = str(os.getuid()) if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"dedupe-cn-{owner}"


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder where everybody may make one is really ours: no link, our own, closed to others."""
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode):
        return False
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o077)
