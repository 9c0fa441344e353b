"""What a run does with its results, and where they go."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path

from dedupe_cn.cli.inputs import Inputs
from dedupe_cn.cli.messages import Say
from dedupe_cn.errors import UsageError
from dedupe_cn.io.discover import exists, is_folder


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


def output_files(inputs: Inputs, output: Path, say: Say) -> dict[str, Path]:
    """Give every input its file: ``output`` itself for one, its place below ``output`` for several.

    Raises UsageError when that cannot be, before anything is written.
    """
    if not inputs.several:
        name = Path(inputs.items[0].name).name if inputs.items else "clean.txt"
        if is_folder(output):
            example = (output / (name if name != "-" else "clean.txt")).as_posix()
            raise UsageError(say("output-is-folder", path=output.as_posix(), example=example))
        return {item.name: output for item in inputs.items}
    if exists(output) and not is_folder(output):
        raise UsageError(say("output-is-file", path=output.as_posix()))
    root = Path(os.path.realpath(output))
    places: dict[str, Path] = {}
    taken: dict[Path, str] = {}
    for item in inputs.items:
        place = output / item.below
        if place in taken:
            raise UsageError(say("output-collides", first=taken[place], second=item.name, path=place.as_posix()))
        real = Path(os.path.realpath(place))
        if root not in real.parents:
            raise UsageError(say("output-escapes", path=place.as_posix()))
        places[item.name], taken[place] = place, item.name
    return places
