"""What a run does with its results, and where they go."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from dedupe_cn.cli.console import is_terminal
from dedupe_cn.cli.inputs import Inputs
from dedupe_cn.cli.messages import Say
from dedupe_cn.errors import UsageError
from dedupe_cn.io.discover import exists, is_folder
from dedupe_cn.io.suffixes import form_of, suffix_of
from dedupe_cn.shape import ARCHIVES


class Mode(Enum):
    """The ways of ``clean``. PREVIEW is what several files get when nothing else is asked for."""

    STDOUT = "stdout"
    PREVIEW = "preview"
    CHECK = "check"
    DIFF = "diff"
    WRITE = "write"
    OUTPUT = "output"

    @property
    def preview(self) -> bool:
        """Tell whether nothing is written and a change is worth exit code 1."""
        return self in (Mode.PREVIEW, Mode.CHECK, Mode.DIFF)

    @property
    def in_place(self) -> bool:
        """Tell whether the files themselves are changed, or would be."""
        return self.preview or self is Mode.WRITE

    @property
    def data_on_stdout(self) -> str | None:
        """Give the key of the words for what stdout carries, None when it is free for a report."""
        return {Mode.STDOUT: "data-text", Mode.DIFF: "data-diff"}.get(self)


def choose_mode(inputs: Inputs, write: bool, output: str | None, check: bool, diff: bool, say: Say) -> Mode:
    """Work out the mode from the options and the inputs. Raises UsageError for what cannot go together."""
    given = [
        name
        for name, on in (("--write", write), ("-o", output is not None), ("--check", check), ("--diff", diff))
        if on
    ]
    if len(given) > 1 and given != ["--check", "--diff"]:
        raise UsageError(say("exclusive", first=given[0], second=given[1]))
    if write and inputs.has_stdin:
        raise UsageError(say("write-stdin"))
    if write:
        return Mode.WRITE
    if output is not None:
        return Mode.STDOUT if output == "-" and not inputs.several else Mode.OUTPUT
    if diff:
        return Mode.DIFF
    if check:
        return Mode.CHECK
    return Mode.PREVIEW if inputs.several else Mode.STDOUT


def refuse_forms(inputs: Inputs, mode: Mode, values: Mapping[str, Any], say: Say) -> None:
    """Refuse to replace a container by its text, and to put an archive out on a terminal. Raises UsageError."""
    if values["to"] and mode is Mode.WRITE:
        raise UsageError(say("to-write"))
    if mode is Mode.STDOUT and not values["to"] and is_terminal(sys.stdout):
        for item in inputs.items:
            if form_of(item.name) in ARCHIVES:
                raise UsageError(say("bytes-to-terminal", path=item.name))


def output_files(inputs: Inputs, output: Path, say: Say, to: str | None = None) -> dict[str, Path]:
    """Give every input its file: ``output`` itself for one, its place below ``output`` for several.

    The text of a container (``to``) gets a suffix of its own there. Raises UsageError when that cannot be, before
    anything is written.
    """
    if not inputs.several:
        name = Path(inputs.items[0].name).name if inputs.items else "clean.txt"
        if is_folder(output):
            example = (output / (name if name != "-" else "clean.txt")).as_posix()
            raise UsageError(say("output-is-folder", path=output.as_posix(), example=example))
        for item in inputs.items:
            form = form_of(item.name)
            if form and not to and suffix_of(output.name) not in (f".{form}", ""):
                raise UsageError(say("output-other-form", path=output.as_posix(), form=f".{form}"))
        return {item.name: output for item in inputs.items}
    if exists(output) and not is_folder(output):
        raise UsageError(say("output-is-file", path=output.as_posix()))
    root = Path(os.path.realpath(output))
    places: dict[str, Path] = {}
    taken: dict[Path, str] = {}
    for item in inputs.items:
        place = output / item.below
        if to and form_of(item.name):
            place = place.with_name(f"{place.name}.txt")
        if place in taken:
            raise UsageError(say("output-collides", first=taken[place], second=item.name, path=place.as_posix()))
        real = Path(os.path.realpath(place))
        if root not in real.parents:
            raise UsageError(say("output-escapes", path=place.as_posix()))
        places[item.name], taken[place] = place, item.name
    return places
