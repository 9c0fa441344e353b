"""What git itself says of paths in a work tree: which it ignores, and the encoding that its attributes name.

Outside of a work tree nothing is said; nor is it without git, or where git refuses: then encodings that somebody named
are told to be unknown.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

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
        self._real: dict[str, str] = {}

    def lies_in(self, path: str) -> tuple[str | None, str]:
        """Give the work tree that a file lies in, and its name from there with forward slashes.

        What a link leads to is meant: that is the file which is read.
        """
        real = _real(path, self._real)
        tree = self.around(os.path.dirname(real))
        return tree, os.path.relpath(real, tree).replace(os.sep, "/") if tree is not None else ""

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


class Encodings(NamedTuple):
    """The ``working-tree-encoding`` of files that have one other than UTF-8, by their paths.

    ``untold`` are those of which git does not say it, though its files of attributes speak of such encodings; and why.
    """

    named: dict[str, str]
    untold: dict[str, str]


def working_encodings(paths: Iterable[str]) -> Encodings:
    """Ask for the encodings that git's attributes name; one process for each work tree.

    What a link leads to is asked for: that is the file which is read and replaced.
    """
    trees = WorkTrees()
    folders: dict[str, str] = {}
    asked: dict[str, dict[str, str]] = {}
    for path in paths:
        real = _real(path, folders)
        if (tree := trees.around(os.path.dirname(real))) is not None:
            asked.setdefault(tree, {})[path] = real
    found = Encodings({}, {})
    for tree, members in asked.items():
        values, problem = _attributes(tree, members.values())
        if problem:
            found.untold.update((path, problem) for path, real in members.items() if _speaks(tree, real))
        for path, value in zip(members, values, strict=False):
            if value not in ("unspecified", "set", "unset") and value.upper() not in ("UTF-8", "UTF8"):
                found.named[path] = value
    return found


def _real(path: str, folders: dict[str, str]) -> str:
    """Give the real path of a file; ``folders`` holds those of folders."""
    folder, name = os.path.split(os.path.abspath(path))
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    real = os.path.join(folders[folder], name)
    return os.path.realpath(real) if os.path.islink(real) else real


def _attributes(tree: str, files: Iterable[str]) -> tuple[list[str], str]:
    """Give the value for each file in a work tree, or why git does not tell them."""
    import subprocess

    ways = b"".join(os.fsencode(os.path.relpath(file, tree)) + b"\0" for file in files)
    command = ("git", "check-attr", "-z", "--stdin", "working-tree-encoding")
    try:
        done = subprocess.run(command, cwd=tree, env=_environment(), input=ways, capture_output=True, check=False)
    except OSError as problem:
        return [], f"git: {problem.strerror}"
    if done.returncode:
        return [], done.stderr.decode("utf-8", "replace").partition("\n")[0].removeprefix("fatal: ")
    return [value.decode("utf-8", "replace") for value in done.stdout.split(b"\0")[2::3]], ""


def _speaks(tree: str, file: str) -> bool:
    """Tell whether attributes on the way from a work tree to a file speak of encodings."""
    folder = os.path.dirname(file)
    places = [os.path.join(tree, ".git", "info", "attributes"), os.path.join(folder, ".gitattributes")]
    while folder != tree:
        folder = os.path.dirname(folder)
        places.append(os.path.join(folder, ".gitattributes"))
    for place in places:
        with suppress(OSError), open(place, "rb") as attributes:
            if b"working-tree-encoding" in attributes.read():
                return True
    return False


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OWN}


def _start(tree: str, *arguments: str) -> subprocess.Popen[bytes] | None:
    """Start git in a work tree; None when there is no git."""
    import subprocess

    try:
        return subprocess.Popen(
            ["git", *arguments],
            cwd=tree,
            env={**_environment(), "GIT_FLUSH": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None
