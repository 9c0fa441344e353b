"""Ask git what a working tree held at a revision: which files differ from it, and what they said there.

git tells a file of the working tree from its former self by its own rules: filters, line ends and encodings that
attributes name are applied, and what the index knows to be unchanged is not read.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.io.git import GitError, NoGitError, Repository, ask, command_of, environment
from dedupe_cn.regex import regex

if TYPE_CHECKING:
    import subprocess

#: A file in which a tree and the working tree differ, as ``git diff --raw -z`` writes it: its former mode and id, and
#: its name.
_DIFFERENCE = regex(rb":(\d+) \d+ ([0-9a-f]+) [0-9a-f]+ \w\d*\0([^\0]+)\0")
#: A file of a tree, as ``git ls-tree -r -z`` writes it: its id and name.
_ROW = regex(rb"\d+ \w+ ([0-9a-f]+)\t([^\0]+)\0")
#: What an object is called that is not there.
_NOTHING = regex(rb"0+")
#: Modes of what holds text: a file, and one that can be run. A link or a submodule holds none.
_FILES = (b"100644", b"100755", b"100664")
#: The revision that a repository without a commit does not have yet.
_HEAD = ("HEAD", "@")
_BETWEEN = "..."


class RevisionError(Exception):
    """A revision that cannot be had: a key of the words, and values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Former(NamedTuple):
    """What a file was: the top of the working tree, its name from there, and the id of its contents."""

    top: Path
    name: str
    id: str


class Changes(NamedTuple):
    """How a working tree differs from a revision, by names from its top.

    ``formers`` are the files that it had and that differ now or are gone. ``added`` are those it did not have and that
    git knows; ``held`` all that it had, with the ids of their contents. Files that are in none were never told to git.
    """

    formers: dict[str, Former]
    added: frozenset[str]
    held: dict[str, str]

    def differs(self, name: str) -> bool:
        """Tell whether a file that is there differs from the revision, or is new."""
        return name in self.formers or name in self.added or name not in self.held


def resolve(repository: Repository, revision: str) -> str | None:
    """Give the id of a commit, None where the repository has none yet; ``A...B`` is where A and B (HEAD) parted.

    Raises RevisionError.
    """
    try:
        if _BETWEEN in revision:
            first, _, second = revision.partition(_BETWEEN)
            ends = [_commit(repository, first or "HEAD"), _commit(repository, second or "HEAD")]
            said = ask(repository, "merge-base", *ends)
            return said.split()[0].decode()
        return _commit(repository, revision)
    except NoGitError as problem:
        raise RevisionError("since-no-git") from problem
    except (GitError, IndexError) as problem:
        if refused := _refusal(repository):
            raise RevisionError("since-git", detail=refused) from problem
        if revision in _HEAD and _is_unborn(repository):
            return None
        shallow = (repository.common / "shallow").exists()
        raise RevisionError("since-shallow" if shallow else "since-unknown", revision=revision) from problem


def _commit(repository: Repository, revision: str) -> str:
    if not revision or revision.startswith("-"):
        raise GitError("no revision begins so")
    return ask(repository, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()


def _refusal(repository: Repository) -> str:
    """Say why git does not speak of a repository at all; nothing where it does."""
    try:
        ask(repository, "rev-parse", "--git-dir")
    except GitError as problem:
        return str(problem)
    return ""


def _is_unborn(repository: Repository) -> bool:
    """Tell whether the branch that is checked out has no commit yet."""
    try:
        name = ask(repository, "symbolic-ref", "--quiet", "HEAD").decode().strip()
    except GitError:
        return False
    try:
        ask(repository, "show-ref", "--verify", "--quiet", name)
    except GitError:
        return True
    return False


def changes_since(repository: Repository, commit: str | None) -> Changes:
    """Compare the working tree with a commit, or with nothing. Raises GitError."""
    if commit is None:
        return Changes({}, frozenset(), {})
    said = ask(
        repository,
        *("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"),
        *(commit, "--"),
    )
    formers: dict[str, Former] = {}
    added: set[str] = set()
    for mode, id, name in _DIFFERENCE.findall(said):
        path = os.fsdecode(name)
        if _NOTHING.fullmatch(id) or mode not in _FILES:
            added.add(path)
        else:
            formers[path] = Former(repository.top, path, id.decode())
    rows = _ROW.findall(ask(repository, "ls-tree", "-r", "-z", "--full-tree", commit))
    held = {os.fsdecode(name): id.decode() for id, name in rows}
    return Changes(formers, frozenset(added - formers.keys()), held)


def ids_of(repository: Repository, names: Iterable[str]) -> dict[str, str]:
    """Give the ids that files of the working tree (names from its top) would have: filters and line ends are applied.

    Raises GitError, also when one cannot be read.
    """
    asked = list(names)
    lines = b"".join(_quoted(os.fsencode(name)) + b"\n" for name in asked)
    said = ask(repository, "hash-object", "--stdin-paths", handed=lines) if asked else b""
    return dict(zip(asked, said.decode().split(), strict=False))


def _quoted(name: bytes) -> bytes:
    """Write a name for a line of its own: in quotes, as C has them, where git would take it for one in quotes."""
    if not name.startswith(b'"') and b"\n" not in name:
        return name
    return b'"%s"' % name.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")


class FormerFiles:
    """Reads what files were, by one process of git that is started when it is first asked."""

    def __init__(self) -> None:
        self._top: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        # The size that git names is that before filters, which says nothing of where an answer ends. What cannot be
        # found ends it: a name that nobody can have foreseen.
        self._end = os.urandom(16).hex().encode()

    def __enter__(self) -> FormerFiles:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(OSError):
                process.communicate()

    def read(self, former: Former) -> bytes:
        """Give the bytes as a checkout would write them into the working tree. Raises GitError."""
        if self._process is None or self._top != former.top:
            self.close()
            self._process, self._top = _start(former.top), former.top
        # The name is asked for the attributes that hold there; one with a line end cannot be told.
        name = os.fsencode(former.name).replace(b"\n", b"_")
        try:
            answer = self._ask(self._process, b"%s %s\n" % (former.id.encode(), name))
        except OSError as problem:
            self.close()
            raise GitError(str(problem)) from problem
        head, _, data = answer.partition(b"\n")
        if not head.startswith(former.id.encode() + b" blob "):
            self.close()
            raise GitError(head.decode("utf-8", "replace") or f"cat-file {former.id}")
        return data

    def _ask(self, process: subprocess.Popen[bytes], line: bytes) -> bytes:
        """Give what git says to a line, nothing when it ends over it. Raises OSError."""
        asking, answering = process.stdin, process.stdout
        assert isinstance(asking, io.BufferedWriter)
        assert isinstance(answering, io.BufferedReader)
        asking.write(line + self._end + b" \n")
        asking.flush()
        end = b"\n%s missing\n" % self._end
        answer = bytearray()
        while not answer.endswith(end):
            more = answering.read1()
            if not more:
                return b""
            answer += more
        return bytes(answer[: -len(end)])


def _start(top: Path) -> subprocess.Popen[bytes]:
    import subprocess

    try:
        return subprocess.Popen(
            command_of("cat-file", "--batch", "--filters"),
            cwd=top,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as problem:
        raise GitError(str(problem)) from problem
