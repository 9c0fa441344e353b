"""Where the reports of a run go, and their writing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dedupe_cn.cli.console import Console, put_out
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.work import failure
from dedupe_cn.errors import InputError, UsageError
from dedupe_cn.io import files
from dedupe_cn.report.run import Run

TEXT = "text"


def _json(run: Run) -> str:
    from dedupe_cn.report import json

    return json.render(run)


def _jsonl(run: Run) -> str:
    from dedupe_cn.report import jsonl

    return jsonl.render(run)


#: Machine formats by name. A new format is one renderer in ``report/`` and one line here.
MACHINE: dict[str, Callable[[Run], str]] = {"json": _json, "jsonl": _jsonl}


@dataclass(frozen=True, slots=True)
class Target:
    """One report: its format, and its file (None: the terminal)."""

    format: str
    file: Path | None = None


def plan_reports(specs: Sequence[str], last_file: str | None, data_on_stdout: str | None, say: Say) -> list[Target]:
    """Read ``--report`` and ``--report-file``; without one for the terminal, that is the text report.

    ``data_on_stdout`` is the key of the words for what stdout carries already. Raises UsageError.
    """
    targets: list[Target] = []
    for spec in specs:
        name, _, file = spec.partition(":")
        if name not in (TEXT, *MACHINE):
            raise UsageError(say("report-format", name=name, known=", ".join((TEXT, *MACHINE))))
        targets.append(Target(name, Path(file) if file else None))
    if last_file is not None:
        targets = targets or [Target(TEXT)]
        targets[-1] = replace(targets[-1], file=Path(last_file))
    here = [target for target in targets if target.file is None]
    if len(here) > 1:
        raise UsageError(say("report-twice"))
    if here and here[0].format != TEXT and data_on_stdout:
        raise UsageError(say("report-stdout", format=here[0].format, data=say(data_on_stdout)))
    return targets if here else [Target(TEXT), *targets]


def refuse_overwriting(targets: Sequence[Target], taken: Iterable[Path], say: Say) -> None:
    """Raise UsageError when a report would be written over an input or an output."""
    texts = {os.path.realpath(path) for path in taken}
    for target in targets:
        if target.file is not None and os.path.realpath(target.file) in texts:
            raise UsageError(say("report-over", path=target.file.as_posix()))


def write_reports(run: Run, targets: Sequence[Target], console: Console, beside_data: bool) -> None:
    """Render and write every report; text goes to stderr beside data. Raises InputError, OutputError."""
    for target in targets:
        if target.file is not None:
            text = MACHINE[target.format](run) if target.format in MACHINE else _text(run, console)
            try:
                files.write(target.file, text.encode("utf-8", "backslashreplace"))
            except OSError as problem:
                why = failure(problem, "unwritable").words(console.say)
                raise InputError(console.say("at", path=target.file.as_posix(), what=why)) from problem
        elif target.format in MACHINE:
            put_out(MACHINE[target.format](run).encode())
        elif not console.quiet and not (console.terse and not any(result.changed for result in run.results)):
            console.report(_text(run, console, beside_data), to_stderr=beside_data)


def _text(run: Run, console: Console, beside_data: bool | None = None) -> str:
    """Render the text report; for a file (``beside_data`` None) without colours."""
    from dedupe_cn.report import text

    paint = text.plain if beside_data is None else console.painter(to_stderr=beside_data)
    return text.render(run, console.say, verbose=console.verbose, paint=paint)
