"""The command line: commands are loaded when they are called, and errors are caught here, once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from dedupe_cn.cli.console import DEBUG, open_streams
from dedupe_cn.cli.group import Group
from dedupe_cn.cli.options import console_of, global_options, option, show_version
from dedupe_cn.errors import DedupeError

INTERRUPTED = 130


@click.group(cls=Group, name="dedupe-cn", invoke_without_command=True, help="cmd-main")
@global_options
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=show_version, help="opt-version")
@click.pass_context
def commands(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and leave with its exit code."""
    open_streams()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code: 0, 1, 2 or 130."""
    meta: dict[str, object] = {}
    try:
        context = commands.make_context("dedupe-cn", list(sys.argv[1:] if arguments is None else arguments))
        meta = context.meta
        with context:
            status = commands.invoke(context)
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as problem:
        context_ = getattr(problem, "ctx", None)
        console = console_of(context_.meta if context_ else meta)
        console.error(problem.format_message(), hint=f"dedupe-cn{_command(context_)} --help")
        return 2
    except DedupeError as problem:
        console_of(meta).error(problem.message, hint=problem.hint)
        return problem.exit_code
    except (KeyboardInterrupt, click.Abort):
        console_of(meta).error(console_of(meta).say("interrupted"))
        return INTERRUPTED
    except Exception as problem:
        if os.environ.get(DEBUG):
            raise
        say = console_of(meta).say
        console_of(meta).error(say("internal", what=f"{type(problem).__name__}: {problem}"))
        return 2


def _command(context: click.Context | None) -> str:
    """Give the name of the command a usage error belongs to, with a blank in front."""
    return f" {context.info_name}" if context is not None and context.parent is not None else ""
