"""Find the files whose edits a runner of hooks has put aside, to lay them over whatever a hook writes.

lefthook and lint-staged take the edits that are not staged out of the working tree while hooks run, and put them back
as a patch without context. A copy that a person took out by hand and one that a hook takes out are then two copies, and
the text is gone (seen with lefthook 2.2, lint-staged 16 and 17). Both keep the edits in a stash of their own and in a
patch below the git folder. pre-commit and prek need no such care: they notice that the two collide, and drop what the
hook did.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dedupe_cn.io.git import GitError, Repository, ask, differences, object_id, repository_of

#: The words in the subject of a runner's stash, by which it is told from one of a person.
SUBJECTS = {"lefthook auto backup": "lefthook", "lint-staged automatic backup": "lint-staged"}
#: Where the patches lie: below the shared git folder (lefthook), below that of the working tree (lint-staged up to 16,
#: and from 17 on).
_SHARED = {"info/lefthook-unstaged*.patch": "lefthook"}
_OWN = {"lint-staged_unstaged.patch": "lint-staged", "lint-staged/*/unstaged.patch": "lint-staged"}


class Hidden(NamedTuple):
    """Edits that are put aside: by which runner, and where they lie (a path, or ``git stash``)."""

    runner: str
    place: str


class HiddenEdits:
    """What runners have put aside, looked up once for each working tree."""

    def __init__(self) -> None:
        self._known: dict[Path, _Aside] = {}

    def of(self, path: Path) -> Hidden | None:
        """Tell whether edits of a file are put aside. What cannot be known counts as put aside."""
        real = Path(os.path.realpath(path))
        repository = repository_of(real.parent)
        if repository is None:
            return None
        if repository.top not in self._known:
            self._known[repository.top] = _look(repository)
        aside = self._known[repository.top]
        name = real.relative_to(repository.top).as_posix()
        if name in aside.stashed:
            id, hidden = aside.stashed[name]
            return None if _is(real, id) else hidden
        return aside.patched.get(name) or aside.all


class _Aside(NamedTuple):
    """By name from the top: files in stashes with the id of their edited bytes, and files in patches.

    ``all`` stands for every file, where a runner is at work and git does not tell which.
    """

    stashed: dict[str, tuple[str, Hidden]]
    patched: dict[str, Hidden]
    all: Hidden | None = None


def _look(repository: Repository) -> _Aside:
    """See what is put aside in a working tree. git is asked only where there is a sign of it."""
    stashed: dict[str, tuple[str, Hidden]] = {}
    patched: dict[str, Hidden] = {}
    unknown: Hidden | None = None
    for patch, hidden in _patches(repository):
        try:
            patched.update(dict.fromkeys(_names(repository, patch), hidden))
        except GitError:
            unknown = hidden
    signs, runner = _stashing(repository)
    try:
        for commit, index, hidden in _stashes(repository) if signs else ():
            for name, id in differences(repository, index, commit):
                stashed.setdefault(name, (id, hidden))  # the newest is the one that is at work
    except GitError:
        unknown = unknown or (Hidden(runner, "git stash") if runner else None)
    return _Aside(stashed, patched, unknown)


def _patches(repository: Repository) -> Iterator[tuple[Path, Hidden]]:
    for folder, patterns in ((repository.common, _SHARED), (repository.folder, _OWN)):
        for pattern, runner in patterns.items():
            yield from ((patch, Hidden(runner, patch.as_posix())) for patch in sorted(folder.glob(pattern)))


def _names(repository: Repository, patch: Path) -> list[str]:
    """Give the names in a patch, as git reads them. Raises GitError."""
    if not patch.stat().st_size:
        return []
    rows = ask(repository, "apply", "--numstat", "-z", str(patch)).split(b"\0")
    return [os.fsdecode(row.split(b"\t", 2)[2]) for row in rows if row.count(b"\t") >= 2]


def _stashing(repository: Repository) -> tuple[bool, str | None]:
    """Tell whether a runner may have a stash, and which runner that is where the list of stashes says so.

    That list is read without git. A repository that keeps its references in tables has none: then git must tell.
    """
    try:
        said = (repository.common / "logs" / "refs" / "stash").read_bytes()
    except OSError:
        return (repository.common / "reftable").is_dir(), None
    runner = next((runner for subject, runner in SUBJECTS.items() if subject.encode() in said), None)
    return runner is not None, runner


def _stashes(repository: Repository) -> Iterator[tuple[str, str, Hidden]]:
    """Give each stash of a runner that is at work on the present commit: its commit, and that of its index.

    One that hangs on another commit was left by a run that is over. Raises GitError.
    """
    head = ask(repository, "rev-parse", "HEAD").decode().strip()
    for row in ask(repository, "stash", "list", "-z", "--format=%H %P%n%gs").split(b"\0"):
        ids, _, subject = row.decode("utf-8", "replace").partition("\n")
        runner = next((name for words, name in SUBJECTS.items() if words in subject), None)
        commit, *parents = ids.split() or [""]
        if runner and len(parents) >= 2 and parents[0] == head:
            yield commit, parents[1], Hidden(runner, f"git stash ({commit[:8]})")


def _is(path: Path, id: str) -> bool:
    """Tell whether a file holds the edited bytes themselves: then they are not hidden."""
    try:
        return object_id(path.read_bytes(), len(id)) == id
    except OSError:
        return False
