"""Where the reports of a run go, and their writing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from dedupe_cn.cli.cleaning import failure
from dedupe_cn.cli.console import Console, columns_of, put_out
from dedupe_cn.cli.messages import Say
from dedupe_cn.errors import InputError, UsageError
from dedupe_cn.io import files
from dedupe_cn.regex import regex
from dedupe_cn.report.run import Run

TEXT = "text"


def _json(run: Run, console: Console) -> str:
    from dedupe_cn.report import json

    return json.render(run)


def _jsonl(run: Run, console: Console) -> str:
    from dedupe_cn.report import jsonl

    return jsonl.render(run)


def _github(run: Run, console: Console) -> str:
    from dedupe_cn.report import github

    return github.render(run, console.say, verbose=console.verbose)


def _gitlab(run: Run, console: Console) -> str:
    from dedupe_cn.report import gitlab

    return gitlab.render(run, console.say, verbose=console.verbose)


def _sarif(run: Run, console: Console) -> str:
    import dedupe_cn
    from dedupe_cn.report import sarif

    return sarif.render(run, console.say, dedupe_cn.__version__, verbose=console.verbose)


def _html(run: Run, console: Console) -> str:
    import dedupe_cn
    from dedupe_cn.report import html

    return html.render(run, console.say, dedupe_cn.__version__)


#: Machine formats by name. A new format is one renderer in ``report/`` and one line here.
MACHINE: dict[str, Callable[[Run, Console], str]] = {
    "json": _json,
    "jsonl": _jsonl,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "html": _html,
}
_COLON = regex("[:：]")


class Target(NamedTuple):
    """One report: its format, and its file (None: the terminal)."""

    format: str
    file: Path | None = None


def plan_reports(specs: Sequence[str], last_file: str | None, data_on_stdout: str | None, say: Say) -> list[Target]:
    """Read ``--report`` and ``--report-file``; without one for the terminal, that is the text report.

    ``data_on_stdout`` is the key of the words for what stdout carries already. Raises UsageError.
    """
    targets: list[Target] = []
    for spec in specs:
        name, *rest = _COLON.split(spec, maxsplit=1)
        if name not in (TEXT, *MACHINE):
            raise UsageError(say("report-format", name=name, known=", ".join((TEXT, *MACHINE))))
        targets.append(_target(name, rest[0] if rest else ""))
    if last_file is not None:
        targets = targets or [Target(TEXT)]
        targets[-1] = _target(targets[-1].format, last_file)
    taken: set[Path] = set()
    for target in targets:
        if target.file in taken:
            raise UsageError(say("report-same-file", path=target.file.as_posix()))
        taken |= {target.file} if target.file else set()
    here = [target for target in targets if target.file is None]
    if len(here) > 1:
        raise UsageError(say("report-twice"))
    if here and here[0].format != TEXT and data_on_stdout:
        raise UsageError(say("report-stdout", format=here[0].format, data=say(data_on_stdout)))
    return targets if here else [Target(TEXT), *targets]


def is_brief(targets: Sequence[Target], console: Console) -> bool:
    """Tell whether the reports show no passages but those that are removed: the one for people alone does so."""
    return not console.verbose and all(target.format == TEXT for target in targets)


def refuse_overwriting(targets: Sequence[Target], taken: Iterable[Path], say: Say) -> None:
    """Raise UsageError when a report would be written over an input or an output."""
    files = [target.file for target in targets if target.file is not None]
    texts = {os.path.realpath(path) for path in taken} if files else set()
    for file in files:
        if os.path.realpath(file) in texts:
            raise UsageError(say("report-over", path=file.as_posix()))


def _target(name: str, file: str) -> Target:
    """Give a target; no file and ``-`` are the terminal."""
    return Target(name, Path(file) if file not in ("", "-") else None)


def write_reports(run: Run, targets: Sequence[Target], console: Console, beside_data: bool) -> None:
    """Render and write every report; text goes to stderr beside data. Raises InputError, OutputError."""
    for target in targets:
        if target.file is not None:
            text = MACHINE[target.format](run, console) if target.format in MACHINE else _text(run, console)
            try:
                files.write(target.file, text.encode("utf-8", "backslashreplace"))
            except OSError as problem:
                why = failure(problem, "unwritable").words(console.say)
                raise InputError(console.say("at", path=target.file.as_posix(), what=why)) from problem
        elif target.format in MACHINE:
            put_out(MACHINE[target.format](run, console).encode())
        elif not console.quiet and not (console.terse and not any(result.changed for result in run.results)):
            console.report(_text(run, console, beside_data), to_stderr=beside_data)


def _text(run: Run, console: Console, beside_data: bool | None = None) -> str:
    """Render the text report; for a file (``beside_data`` None) without colours."""
    from dedupe_cn.report import text

    if beside_data is None:
        return text.render(run, console.say, verbose=console.verbose)
    paint = console.painter(to_stderr=beside_data)
    columns = columns_of(sys.stderr if beside_data else sys.stdout)
    return text.render(run, console.say, verbose=console.verbose, paint=paint, columns=columns)
