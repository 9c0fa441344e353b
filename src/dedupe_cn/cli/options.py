"""Options that commands share."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dedupe_cn.cli.console import COLOURS, HOOK, Console
from dedupe_cn.cli.group import LANGUAGE, Option, say_of
from dedupe_cn.cli.messages import LANGUAGES, Say, choose_language
from dedupe_cn.regex import regex

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])
_BYTES = regex(r"([0-9]{1,15})\s*([KMGT]?)I?B?")
_SEPARATORS = regex(r"[,，、\s]+")

option = partial(click.option, cls=Option)
#: Options by the sections of the help page.
output_option = partial(option, section="options-output")
removal_option = partial(option, section="options-removal")
reading_option = partial(option, section="options-reading")
files_option = partial(option, section="options-files")
report_option = partial(option, section="options-reports")
running_option = partial(option, section="options-running")
global_option = partial(option, section="options-global")


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
        hooked=bool(os.environ.get(HOOK)),
    )


def show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the version and leave; with -v also say which kernel is at work."""
    if value:
        import dedupe_cn

        click.echo(f"dedupe-cn {dedupe_cn.__version__}")
        console = console_of(context.meta)
        if console.verbose:
            from dedupe_cn import kernel

            click.echo(console.say(f"kernel-{kernel.NAME}"))
        context.exit()


def comma_list(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Split lists by commas, full-width ones too.

    >>> comma_list(None, None, ("tandem，bom", "nfc"))  # doctest: +SKIP
    ('tandem', 'bom', 'nfc')
    """
    return tuple(name for value in values for name in _SEPARATORS.split(value) if name)


def complete_file(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete names of files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def complete_rule(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete names of rules and groups, the last of a list."""
    from click.shell_completion import CompletionItem

    from dedupe_cn.settings import GROUPS, RULES

    before, comma, last = incomplete.rpartition(",")
    return [CompletionItem(f"{before}{comma}{name}") for name in (*GROUPS, *RULES) if name.startswith(last)]


def byte_count(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """Read a number of bytes, with K, M, G or T behind it for powers of 1024; full-width characters are accepted.

    >>> byte_count(None, None, "２g")  # doctest: +SKIP
    2147483648
    """
    match = _BYTES.fullmatch(unicodedata.normalize("NFKC", value).strip().upper())
    size = int(match[1]) << 10 * " KMGT".index(match[2] or " ") if match else 0
    if not size:
        raise click.BadParameter(say_of(context)("bad-size", value=value), context, parameter)
    return size


def backup_suffix(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check that a suffix makes the name of another file beside the first, and of none that a later run cleans."""
    if value is None:
        return None
    from pathlib import Path

    from dedupe_cn.io.suffixes import MARKDOWN, TEXT

    if not value or Path(f"a{value}").name != f"a{value}":
        raise click.BadParameter(say_of(context)("bad-suffix", value=value), context, parameter)
    if Path(f"a{value}").suffix.lower() in MARKDOWN | TEXT:
        raise click.BadParameter(say_of(context)("suffix-of-text", value=value), context, parameter)
    return value


def max_bytes_option(function: F) -> F:
    """Add the bound of each input."""
    from dedupe_cn.settings import MAX_BYTES

    default = f"{MAX_BYTES >> 20}M"
    return _apply(
        function,
        reading_option("--max-bytes", metavar="N[K|M|G]", default=default, callback=byte_count, help="opt-max-bytes"),
    )


def _apply(function: F, *decorators: Callable[[F], F]) -> F:
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def global_options(function: F) -> F:
    """Add -q, -v, --color, --lang and -h."""
    remembered = partial(global_option, expose_value=False, is_eager=True, callback=_remember)
    return _apply(
        function,
        remembered("-q", "--quiet", "quiet", is_flag=True, help="opt-quiet"),
        remembered("-v", "--verbose", "verbose", is_flag=True, help="opt-verbose"),
        remembered("--color", "colour", type=click.Choice(COLOURS), help="opt-color"),
        remembered("--lang", "language", type=click.Choice(LANGUAGES), help="opt-lang"),
        click.help_option("-h", "--help", cls=Option, section="options-global", help="opt-help"),
    )


def settings_options(function: F) -> F:
    """Add what changes the outcome: level, thresholds, rules."""
    from dedupe_cn.model import Level
    from dedupe_cn.settings import EOLS, KEEPS

    rules = partial(removal_option, multiple=True, callback=comma_list, metavar="RULE,…", shell_complete=complete_rule)
    return _apply(
        function,
        removal_option("--level", type=click.Choice([level.value for level in Level]), help="opt-level"),
        removal_option("--threshold", type=float, metavar="N", help="opt-threshold"),
        removal_option("--min-chars", type=int, metavar="N", help="opt-min-chars"),
        removal_option("--keep", type=click.Choice(KEEPS), help="opt-keep"),
        rules("--select", help="opt-select"),
        rules("--disable", help="opt-disable"),
        removal_option("--eol", type=click.Choice(EOLS), help="opt-eol"),
    )


def reading_options(function: F) -> F:
    """Add how bytes are read and written."""
    from dedupe_cn.library import OUTPUT_ENCODINGS
    from dedupe_cn.model import Kind

    kinds = ["auto", *(kind.value for kind in Kind)]
    return _apply(
        function,
        reading_option("--kind", type=click.Choice(kinds), default="auto", help="opt-kind"),
        reading_option("--encoding", default="auto", metavar="auto|per-line|NAME", help="opt-encoding"),
        reading_option(
            "--output-encoding",
            type=click.Choice(OUTPUT_ENCODINGS),
            default="utf-8",
            help="opt-output-encoding",
        ),
    )


def file_options(function: F) -> F:
    """Add which files are read."""
    return _apply(
        function,
        files_option("--include", multiple=True, metavar="GLOB", help="opt-include"),
        files_option("--exclude", multiple=True, metavar="GLOB", help="opt-exclude"),
        files_option("--force-exclude/--no-force-exclude", default=False, help="opt-force-exclude"),
        files_option("--gitignore/--no-gitignore", default=True, help="opt-gitignore"),
    )


def input_options(function: F) -> F:
    """Add what goes with the inputs: the name of standard input, and lists of files."""
    return _apply(
        function,
        reading_option("--stdin-filename", metavar="NAME", help="opt-stdin-filename"),
        max_bytes_option,
        files_option("--files-from", metavar="FILE|-", shell_complete=complete_file, help="opt-files-from"),
    )


def configuration_options(function: F) -> F:
    """Add where the configuration is."""
    return _apply(
        function,
        running_option("--config", metavar="FILE", shell_complete=complete_file, help="opt-config"),
        running_option("--isolated", is_flag=True, help="opt-isolated"),
    )


def writing_options(function: F) -> F:
    """Add how what is replaced can be had back."""
    return _apply(
        function,
        output_option("--backup", metavar="SUFFIX", callback=backup_suffix, help="opt-backup"),
        output_option("--journal/--no-journal", default=True, help="opt-journal"),
    )


def only_decided_option(function: F) -> F:
    """Add the wish that nothing goes that nobody has decided to remove."""
    return report_option("--only-decided", is_flag=True, help="opt-only-decided")(function)


def across_option(function: F) -> F:
    """Add the wish for copies between files."""
    return report_option("--across/--no-across", default=False, help="opt-across")(function)


def decisions_option(function: F) -> F:
    """Add the decisions file."""
    return report_option("--decisions", metavar="FILE", help="opt-decisions")(function)


def report_options(function: F) -> F:
    """Add the reports."""
    return _apply(
        function,
        report_option("--report", "reports", multiple=True, metavar="FORMAT[:FILE]", help="opt-report"),
        report_option("--report-file", metavar="FILE", shell_complete=complete_file, help="opt-report-file"),
    )
