"""The inputs of a run: named files, folders and standard input, and what was passed over among them."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from dedupe_cn.cli.console import Console, is_terminal
from dedupe_cn.cli.work import FailedError
from dedupe_cn.errors import UsageError
from dedupe_cn.io.discover import Skipped, Source, discover, is_folder, kind_of
from dedupe_cn.model import Kind

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One text to clean: its name in reports, its kind by that name, and its file (None: standard input)."""

    name: str
    kind: Kind
    source: Source | None = None

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


@dataclass(frozen=True, slots=True)
class Inputs:
    """All inputs in order; ``several`` when a folder or more than one thing was named."""

    items: tuple[Input, ...]
    several: bool
    failures: tuple[tuple[str, FailedError], ...] = ()

    @property
    def has_stdin(self) -> bool:
        """Tell whether standard input is among them."""
        return any(item.source is None for item in self.items)


def piped(console: Console) -> tuple[str, ...]:
    """Take standard input when nothing is named and something is piped in. Raises UsageError."""
    if is_terminal(sys.stdin) or sys.stdin is None:
        raise UsageError(console.say("no-input"))
    return (STDIN,)


def gather(names: Sequence[str], stdin_name: str | None, console: Console) -> Inputs:
    """Find the inputs that the arguments name; say what is passed over."""
    paths = [Path(name) for name in names if name != STDIN]
    found = discover(paths)
    items = [Input(source.name, kind_of(source.name), source) for source in found.sources]
    if STDIN in names:
        name = stdin_name or STDIN
        items.insert(0, Input(name, kind_of(name)))
    _tell_skipped([skip for skip in found.skipped if not skip.error], console)
    failures = [(s.path, FailedError(s.code, detail=s.detail)) for s in found.skipped if s.error]
    several = len(set(names)) > 1 or any(is_folder(path) for path in paths)
    return Inputs(tuple(items), several, tuple(failures))


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
