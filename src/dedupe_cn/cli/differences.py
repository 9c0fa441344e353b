"""Show differences: to a person with what changed marked, to a program as an exact diff."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from dedupe_cn.cli.console import Console, columns_of, is_terminal, put_out
from dedupe_cn.io.git import repository_of
from dedupe_cn.report.run import Run


def put_differences(run: Run, console: Console) -> None:
    """Write the differences to stdout.

    A diff that is piped is exact whatever FORCE_COLOR says: a continuous-integration job that sets it must be able to
    apply it. Only ``--color always`` asks for the view of a person, for a pager.
    """
    if _is_for_a_person(console):
        from dedupe_cn.report import diff_view

        columns = columns_of(sys.stdout) or diff_view.COLUMNS
        lines = diff_view.render(run, console.say, console.painter(to_stderr=False), columns)
        console.report("".join(lines), to_stderr=False)
        return
    from dedupe_cn.report import diff

    put_out(b"".join(diff.render(run, partial(_name, _top()))))


def put_difference(path: str, before: str, after: str, console: Console) -> None:
    """Write the differences of one text to stdout, a piped one as UTF-8."""
    if _is_for_a_person(console):
        from dedupe_cn.report import diff_view

        columns = columns_of(sys.stdout) or diff_view.COLUMNS
        lines = diff_view.view(path, before, after, console.painter(to_stderr=False), columns)
        console.report("".join(lines), to_stderr=False)
        return
    from dedupe_cn.report import diff

    old, new = (text.encode("utf-8", "surrogateescape") for text in (before, after))
    put_out(b"".join(diff.patch(_name(_top(), path), old, new)))


def _is_for_a_person(console: Console) -> bool:
    return is_terminal(sys.stdout) or console.colour == "always"


def _top() -> Path | None:
    """Give the top of the repository around the present folder."""
    try:
        repository = repository_of(Path.cwd())
    except OSError:  # the folder is gone
        return None
    return repository.top if repository else None


def _name(top: Path | None, path: str) -> str:
    """Name a file as ``git diff`` does, from the top of the repository.

    ``git apply`` takes the names of such a diff from there, wherever in the repository it is run, and passes over in
    silence what does not lie below the folder it is run in. Outside of a repository names are those of the run.
    """
    if top is None or path == "-":
        return path
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays one
    for place in (whole, Path(os.path.realpath(whole.parent)) / whole.name):
        if place.is_relative_to(top):
            return place.relative_to(top).as_posix()
    return path
