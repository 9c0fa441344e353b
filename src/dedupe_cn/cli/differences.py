"""Show differences: to a person with what changed marked, to a program as an exact diff."""

from __future__ import annotations

import sys

from dedupe_cn.cli.console import Console, columns_of, is_terminal, put_out
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

    put_out(b"".join(diff.render(run)))


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
    put_out(b"".join(diff.patch(path, old, new)))


def _is_for_a_person(console: Console) -> bool:
    return is_terminal(sys.stdout) or console.colour == "always"
