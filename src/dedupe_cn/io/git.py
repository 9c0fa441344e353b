"""Ask git about the files of a working tree: nothing of the repository is changed, and no filter or hook of it runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dedupe_cn.regex import regex

#: Seconds after which git is taken not to answer (a lock, a network disk): it needs milliseconds.
_PATIENCE = 60
#: Where these point to another repository they would answer for that one. The index that a commit is made from stays.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_NAMESPACE")
_OBJECT = regex(rb"[0-9a-f]{40,64}")
_DIFFERENCE = regex(rb":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) \w+\0([^\0]+)\0")


class GitError(Exception):
    """git is not there, or does not answer as it should: what it says of that."""


class NoGitError(GitError):
    """There is no git to be asked."""


class Repository(NamedTuple):
    """A working tree: its top, its git folder, and the one that it shares with further working trees."""

    top: Path
    folder: Path
    common: Path


def repository_of(folder: Path) -> Repository | None:
    """Find the working tree that a folder (a real path) lies in; None when it lies in none."""
    for top in (folder, *folder.parents):
        found = _git_folder(top / ".git")
        if found is not None:
            return Repository(top, found, _common(found))
    return None


def holds(path: Path, data: bytes) -> bool:
    """Tell whether the index or the last commit has exactly these bytes under this name (a real path).

    No filter is asked: where one makes other bytes of them for git, git does not hold these.
    """
    repository = repository_of(path.parent)
    if repository is None:
        return False
    name = path.relative_to(repository.top).as_posix()
    for question in (("ls-files", "--stage", "-z"), ("ls-tree", "-z", "HEAD")):
        try:
            said = ask(repository, *question, "--", name)
        except GitError:  # also where there is no commit yet
            continue
        objects = {found.decode() for found in _OBJECT.findall(said.partition(b"\t")[0])}
        if any(object_id(data, len(known)) == known for known in objects):
            return True
    return False


def object_id(data: bytes, digits: int) -> str:
    """Give the id git has for bytes, of 40 hexadecimal digits (SHA-1) or of 64 (SHA-256).

    >>> object_id(b"", 40)
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    from hashlib import new  # loads OpenSSL, which a run that writes nothing does not need

    kind = "sha1" if digits == 40 else "sha256"
    return new(kind, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def ask(repository: Repository, *arguments: str, handed: bytes = b"") -> bytes:
    """Put a question to git at the top of a working tree, with what is handed to it; paths are literal.

    Raises GitError.
    """
    import subprocess  # only hooks need it

    try:
        done = subprocess.run(
            command_of(*arguments),
            cwd=repository.top,
            env=environment(),
            input=handed,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except FileNotFoundError as problem:
        raise NoGitError(str(problem)) from problem
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.decode("utf-8", "replace").partition("\n")[0].removeprefix("fatal: ")
        raise GitError(said or str(problem)) from problem
    except (OSError, subprocess.SubprocessError) as problem:
        raise GitError(str(problem)) from problem
    return done.stdout


def command_of(*arguments: str) -> tuple[str, ...]:
    """Give the command by which git is asked: without its monitor of files, a program that the repository names."""
    return ("git", "--literal-pathspecs", "--no-pager", "-c", "core.fsmonitor=false", *arguments)


def environment() -> dict[str, str]:
    """Give the environment in which git answers for the repository it stands in, in English, and locks nothing."""
    own = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return own | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def differences(repository: Repository, old: str, new: str) -> Iterator[tuple[str, str]]:
    """Give the names (from the top) of the files in which two trees differ, with the ids of the new ones.

    The id of a file that is gone is all zeros. Raises GitError.
    """
    said = ask(repository, "diff-tree", "-r", "-z", "--no-renames", old, new)
    for id, name in _DIFFERENCE.findall(said):
        yield os.fsdecode(name), id.decode()


def _git_folder(place: Path) -> Path | None:
    """Give the git folder that ``.git`` is, or that it names as linked working trees and submodules do."""
    try:
        if place.is_dir():
            return place if (place / "HEAD").is_file() or (place / "HEAD").is_symlink() else None
        said = place.read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    if not said.startswith("gitdir:"):
        return None
    return Path(os.path.normpath(place.parent / said.removeprefix("gitdir:").strip()))


def _common(folder: Path) -> Path:
    try:
        said = (folder / "commondir").read_text("utf-8", "surrogateescape").strip()
    except OSError:
        return folder
    return Path(os.path.normpath(folder / said))
