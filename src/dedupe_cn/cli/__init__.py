"""The command line: commands are loaded when they are called, and errors are caught here, once."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

import click

from dedupe_cn.cli.console import DEBUG, open_streams
from dedupe_cn.cli.group import LazyGroup
from dedupe_cn.cli.options import console_of, global_option, global_options, show_version
from dedupe_cn.errors import ConfigurationError, DedupeError

INTERRUPTED = 130
#: The variable by which a shell asks for completions; ``dedupe-cn completion`` writes it into the scripts.
COMPLETE = "_DEDUPE_CN_COMPLETE"
#: When to look for unreachable cycles, of which there are next to none; after 700 objects it takes 1 % more.
_COLLECT = (20_000, 20, 20)
#: Nothing here multiplies matrices: the threads NumPy would start for that cost time, and forking wants none.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.group(cls=LazyGroup, name="dedupe-cn", invoke_without_command=True, help="cmd-main")
@global_options
# Not eager: -v and --lang, which are, have their say on it wherever they stand.
@global_option("--version", is_flag=True, expose_value=False, callback=show_version, help="opt-version")
@click.pass_context
def commands(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and leave with its exit code."""
    gc.set_threshold(*_COLLECT)
    open_streams()
    asked = os.environ.get(COMPLETE)
    if asked and arguments is None:
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(commands, {}, "dedupe-cn", COMPLETE, asked))
    status = run(arguments)
    if arguments is None:
        _leave(status)
    sys.exit(status)


def _leave(status: int) -> NoReturn:
    """End the process without taking apart all that was loaded: 25 ms, as long as a small file takes to be cleaned.

    What was registered for the end is done, and what was written goes out. Whoever traces the program, and threads that
    are still at work, get the long way.
    """
    if sys.gettrace() or sys.getprofile() or threading.active_count() > 1:
        sys.exit(status)
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(status)  # Python says what is wrong with it
    os._exit(status)


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
        from dedupe_cn.cli.refusals import refusal

        context_ = getattr(problem, "ctx", None)
        console = console_of(context_.meta if context_ else meta)
        command = context_.command_path if context_ else "dedupe-cn"
        console.error(refusal(problem, console.say), hint=f"{command} --help")
        return 2
    except ConfigurationError as problem:
        from dedupe_cn.cli.configured import words_of

        what, hint = words_of(problem, console_of(meta).say)
        console_of(meta).error(what, path=problem.place, hint=hint)
        return problem.exit_code
    except DedupeError as problem:
        what, hint = problem.words(console_of(meta).say.language)
        console_of(meta).error(what, hint=hint)
        return problem.exit_code
    except (KeyboardInterrupt, click.Abort) as stop:
        console_of(meta).error(str(stop) or console_of(meta).say("interrupted"))
        return INTERRUPTED
    except Exception as problem:
        if os.environ.get(DEBUG):
            raise
        say = console_of(meta).say
        console_of(meta).error(say("internal", what=f"{type(problem).__name__}: {problem}"))
        return 2
