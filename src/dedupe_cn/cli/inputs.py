"""The inputs of a run: named files, folders and standard input, and what was passed over among them."""

from __future__ import annotations

import codecs
import os
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from dedupe_cn.cli.cleaning import FailedError, failure
from dedupe_cn.cli.console import Console, is_terminal, take_in
from dedupe_cn.errors import UsageError
from dedupe_cn.io import files
from dedupe_cn.io.discover import Choice, Skipped, Source, Told, discover, is_folder
from dedupe_cn.io.suffixes import kind_of, why_refused
from dedupe_cn.model import Kind
from dedupe_cn.regex import regex
from dedupe_cn.settings import MAX_BYTES

STDIN = "-"
_ESCAPE = regex(rb'\\([abtnvfr"\\]|[0-3][0-7]{2})')
_QUOTED = regex(rb'"(?:[^"\\]|' + _ESCAPE.pattern + rb')*"')
_ESCAPED = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


class Input(NamedTuple):
    """One text to clean: its name in reports, its kind by that name, and its file (None: standard input)."""

    name: str
    kind: Kind
    source: Source | None = None

    @property
    def place(self) -> str | None:
        """Give the path whose configuration holds: its own, or for unnamed standard input the working folder's."""
        return None if self.source is None and self.name == STDIN else self.name

    @property
    def explicit(self) -> bool:
        """Tell whether a person named it."""
        return self.source is None or self.source.explicit

    @property
    def below(self) -> PurePath:
        """Give its place below an output folder."""
        if self.source is not None and self.source.below is not None:
            return self.source.below
        return PurePath(PurePath(self.name).name if self.name != STDIN else "stdin.txt")


class Inputs(NamedTuple):
    """All inputs in order; ``several`` when a folder or more than one thing was named, ``folders`` for a folder."""

    items: tuple[Input, ...]
    several: bool
    failures: tuple[tuple[str, FailedError], ...] = ()
    folders: bool = False

    @property
    def paths(self) -> dict[str, Path]:
        """Give the paths of the files among them, by their names."""
        return {item.name: item.source.path for item in self.items if item.source}

    @property
    def has_stdin(self) -> bool:
        """Tell whether standard input is among them."""
        return any(item.source is None for item in self.items)


def gather(
    names: Sequence[str], values: Mapping[str, Any], console: Console, choice: Choice, told: Told
) -> Inputs:
    """Find the inputs that the arguments and ``--files-from`` name; say what is passed over. Raises UsageError.

    ``told`` says as what a file is to be read where not its name decides.
    """
    listed = values.get("files_from")
    if listed is not None:
        if STDIN in names and listed == STDIN:
            raise UsageError(console.say("files-from-twice"))
        names = (*names, *_listed(listed, console))
    elif not names:
        names = _piped(console)
    paths = [Path(name) for name in names if name != STDIN]
    found = discover(paths, choice, told)
    failures = [(s.path, FailedError(s.code, detail=s.detail)) for s in found.skipped if s.error]
    items = [Input(source.name, kind_of(source.name), source) for source in found.sources]
    if STDIN in names:
        name = values.get("stdin_filename") or STDIN
        code, what = why_refused(name, lambda: told(name))
        if code:
            failures.insert(0, (name, FailedError(code, detail=what)))
        else:
            items.insert(0, Input(name, kind_of(name)))
    _tell_skipped([skip for skip in found.skipped if not skip.error], console)
    folders = any(is_folder(path) for path in paths)
    several = listed is not None or len(set(names)) > 1 or folders
    return Inputs(tuple(items), several, tuple(failures), folders)


def _piped(console: Console) -> tuple[str, ...]:
    """Take standard input when nothing is named and something is piped in. Raises UsageError."""
    if is_terminal(sys.stdin) or sys.stdin is None:
        raise UsageError(console.say("no-input"))
    return (STDIN,)


def _listed(file: str, console: Console) -> list[str]:
    """Read a list of paths, one a line, or ended by NUL as git and find write them. Raises UsageError."""
    try:
        data = take_in(MAX_BYTES) if file == STDIN else files.read(Path(file)).data
    except OSError as problem:
        what = failure(problem).words(console.say)
        raise UsageError(console.say("at", path=f"--files-from {file}", what=what)) from problem
    data = data.removeprefix(codecs.BOM_UTF8)
    entries = data.split(b"\0") if b"\0" in data else [_unquoted(line.rstrip(b"\r")) for line in data.split(b"\n")]
    # A path named "-" in a list is a file, not standard input.
    return [os.fsdecode(b"./-" if entry == b"-" else entry) for entry in entries if entry]


def _unquoted(line: bytes) -> bytes:
    """Give the name that a line stands for: git puts one with bytes beyond ASCII in quotes, as C writes strings.

    >>> _unquoted(rb'"\346\226\207.md"').decode()
    '文.md'
    """
    if not _QUOTED.fullmatch(line) or os.path.lexists(line):
        return line
    return _ESCAPE.sub(lambda found: bytes([_ESCAPED.get(found[1][0]) or int(found[1], 8)]), line[1:-1])


def _tell_skipped(skipped: Sequence[Skipped], console: Console) -> None:
    """Note what was passed over: path by path with -v, else counted by reason when there are several."""
    say = console.say
    by_code: dict[str, list[Skipped]] = defaultdict(list)
    for skip in skipped:
        by_code[skip.code].append(skip)
    for code, group in by_code.items():
        if console.verbose or len(group) == 1 or code == "same-file":
            for skip in group:
                console.note(say("skipped", path=skip.path, why=say(code, detail=skip.detail)))
        else:
            console.note(say("skipped-many", n=len(group), why=say(code, detail="")))
