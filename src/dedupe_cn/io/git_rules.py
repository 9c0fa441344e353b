"""What git itself says of paths in a work tree: which it ignores, and the encoding that its attributes name.

Without git, outside of a work tree, or where git refuses, nothing is said.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

#: Bytes of paths asked in one go: less than a pipe holds, so that neither side waits for the other.
_ASKED = 32_000
#: Fields of an answer of ``git check-ignore -v -z``: file, line, pattern, path.
_FIELDS = 4
#: What a hook is told of its repository, which would be taken for that of any other path; and how paths are read.
_OWN = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "INDEX_FILE", "PREFIX", "COMMON_DIR", "OBJECT_DIRECTORY"),
        *("LITERAL_PATHSPECS", "GLOB_PATHSPECS", "NOGLOB_PATHSPECS", "ICASE_PATHSPECS"),
    )
)


class WorkTrees:
    """The work trees around folders, each looked for once."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def around(self, folder: str) -> str | None:
        """Give the work tree that an absolute folder lies in, None outside of any."""
        if folder not in self._known:
            above = os.path.dirname(folder)
            if os.path.exists(os.path.join(folder, ".git")):
                self._known[folder] = folder
            else:
                self._known[folder] = self.around(above) if above != folder else None
        return self._known[folder]


class IgnoreQueries:
    """Questions to ``git check-ignore``, one process for each work tree, started when it is first asked."""

    def __init__(self) -> None:
        self._trees = WorkTrees()
        self._processes: dict[str, subprocess.Popen[bytes] | None] = {}

    def ask(self, folder: str, names: Sequence[str]) -> list[bool] | None:
        """Tell which names in an absolute folder are ignored, None when git does not say.

        What is listed counts, also where it is tracked all the same: a hook is handed nothing but what is tracked, and
        leaves alone what a repository generates and commits. A folder that only a link leads to is none of git's.
        """
        tree = self._trees.around(folder)
        if tree is None or not names:
            return None
        way = folder[len(tree) :].strip(os.sep)
        process = self._process(tree)
        if process is None or os.path.realpath(folder) != os.path.join(os.path.realpath(tree), way).rstrip(os.sep):
            return None
        answers: list[bool] = []
        for part in _parts([b"./" + os.fsencode(os.path.join(way, name)) + b"\0" for name in names]):
            try:
                answers += _ask(process, part)
            except (OSError, ValueError):
                self._end(tree)
                return None
        return answers

    def close(self) -> None:
        """End the processes; whoever asks again starts them again."""
        for tree in list(self._processes):
            if self._processes[tree] is not None:
                self._end(tree)
                del self._processes[tree]

    def _process(self, tree: str) -> subprocess.Popen[bytes] | None:
        if tree not in self._processes:
            self._processes[tree] = _start(tree, "check-ignore", "--no-index", "-z", "-v", "-n", "--stdin")
        return self._processes[tree]

    def _end(self, tree: str) -> None:
        process, self._processes[tree] = self._processes[tree], None
        if process is not None:
            with suppress(OSError):
                process.communicate()


def _parts(paths: Iterable[bytes]) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    size = 0
    for path in paths:
        if part and size + len(path) > _ASKED:
            yield part
            part, size = [], 0
        part.append(path)
        size += len(path)
    if part:
        yield part


def _ask(process: subprocess.Popen[bytes], paths: list[bytes]) -> list[bool]:
    """Ask of some paths. Raises OSError, ValueError when the process has ended."""
    asking, answering = process.stdin, process.stdout
    assert isinstance(asking, io.BufferedWriter)
    assert isinstance(answering, io.BufferedReader)
    asking.write(b"".join(paths))
    asking.flush()
    answer = b""
    while answer.count(b"\0") < _FIELDS * len(paths):
        more = answering.read1()
        if not more:
            raise ValueError("git has ended")
        answer += more
    # A pattern that takes a path out again is told as well.
    return [pattern != b"" and not pattern.startswith(b"!") for pattern in answer.split(b"\0")[2::_FIELDS]]


def working_encodings(paths: Iterable[str]) -> Mapping[str, str]:
    """Give the ``working-tree-encoding`` of the files that have one other than UTF-8, by their paths.

    One process for each work tree.
    """
    trees = WorkTrees()
    asked: dict[str, list[str]] = {}
    for path in paths:
        folder = os.path.dirname(os.path.abspath(path))
        if (tree := trees.around(folder)) is not None:
            asked.setdefault(tree, []).append(path)
    found: dict[str, str] = {}
    for tree, members in asked.items():
        ways = [os.fsencode(os.path.relpath(path, tree)) + b"\0" for path in members]
        process = _start(tree, "check-attr", "-z", "--stdin", "working-tree-encoding")
        if process is None:
            continue
        answer = process.communicate(b"".join(ways))[0].split(b"\0")
        values = [value.decode("utf-8", "replace") for value in answer[2::3]]
        for path, value in zip(members, values, strict=False):
            if value not in ("unspecified", "set", "unset") and value.upper() not in ("UTF-8", "UTF8"):
                found[path] = value
    return found


def _start(tree: str, *arguments: str) -> subprocess.Popen[bytes] | None:
    """Start git in a work tree; None when there is no git."""
    import subprocess

    environment = {name: value for name, value in os.environ.items() if name not in _OWN}
    try:
        return subprocess.Popen(
            ["git", *arguments],
            cwd=tree,
            env={**environment, "GIT_FLUSH": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None
