"""Options that commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

import click

from dedupe_cn.cli.console import COLOURS, Console
from dedupe_cn.cli.group import LANGUAGE, Option
from dedupe_cn.cli.messages import LANGUAGES, Say, choose_language
from dedupe_cn.library import OUTPUT_ENCODINGS
from dedupe_cn.model import Kind, Level
from dedupe_cn.settings import EOLS, KEEPS

F = TypeVar("F", bound=Callable[..., Any])
_SEPARATORS = re.compile(r"[,，、\s]+")

option = partial(click.option, cls=Option)


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep a global option where commands and errors find it, in front of or behind the command's name."""
    if value:
        context.meta[f"dedupe_cn.{parameter.name}"] = value


def console_of(meta: Mapping[str, Any]) -> Console:
    """Make the console from what was remembered."""
    return Console(
        Say(choose_language(meta.get(LANGUAGE))),
        verbose=bool(meta.get("dedupe_cn.verbose")),
        quiet=bool(meta.get("dedupe_cn.quiet")),
        colour=meta.get("dedupe_cn.colour", "auto"),
    )


def show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the version and leave."""
    if value:
        import dedupe_cn

        click.echo(f"dedupe-cn {dedupe_cn.__version__}")
        context.exit()


def comma_list(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Split lists by commas, full-width ones too.

    >>> comma_list(None, None, ("tandem，bom", "nfc"))  # doctest: +SKIP
    ('tandem', 'bom', 'nfc')
    """
    return tuple(name for value in values for name in _SEPARATORS.split(value) if name)


def _apply(function: F, *decorators: Callable[[F], F]) -> F:
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def global_options(function: F) -> F:
    """Add -q, -v, --color, --lang and -h."""
    remembered = partial(option, expose_value=False, is_eager=True, callback=_remember)
    return _apply(
        function,
        remembered("-q", "--quiet", "quiet", is_flag=True, help="opt-quiet"),
        remembered("-v", "--verbose", "verbose", is_flag=True, help="opt-verbose"),
        remembered("--color", "colour", type=click.Choice(COLOURS), help="opt-color"),
        remembered("--lang", "language", type=click.Choice(LANGUAGES), help="opt-lang"),
        click.help_option("-h", "--help", cls=Option, help="opt-help"),
    )


def settings_options(function: F) -> F:
    """Add what changes the outcome: level, thresholds, rules."""
    return _apply(
        function,
        option("--level", type=click.Choice([level.value for level in Level]), help="opt-level"),
        option("--threshold", type=float, metavar="N", help="opt-threshold"),
        option("--min-chars", type=int, metavar="N", help="opt-min-chars"),
        option("--keep", type=click.Choice(KEEPS), help="opt-keep"),
        option("--select", multiple=True, callback=comma_list, metavar="RULE,…", help="opt-select"),
        option("--disable", multiple=True, callback=comma_list, metavar="RULE,…", help="opt-disable"),
        option("--eol", type=click.Choice(EOLS), help="opt-eol"),
    )


def reading_options(function: F) -> F:
    """Add how bytes are read and written."""
    kinds = ["auto", *(kind.value for kind in Kind)]
    return _apply(
        function,
        option("--kind", type=click.Choice(kinds), default="auto", help="opt-kind"),
        option("--encoding", default="auto", metavar="auto|NAME", help="opt-encoding"),
        option(
            "--output-encoding",
            type=click.Choice(OUTPUT_ENCODINGS),
            default="utf-8",
            help="opt-output-encoding",
        ),
        option("--stdin-filename", metavar="NAME", help="opt-stdin-filename"),
    )


def decisions_option(function: F) -> F:
    """Add the decisions file."""
    return option("--decisions", metavar="FILE", help="opt-decisions")(function)


def report_options(function: F) -> F:
    """Add the reports."""
    return _apply(
        function,
        option("--report", "reports", multiple=True, metavar="FORMAT[:FILE]", help="opt-report"),
        option("--report-file", metavar="FILE", help="opt-report-file"),
    )
