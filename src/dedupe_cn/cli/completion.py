"""``dedupe-cn completion``: the completion script of a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from dedupe_cn.cli.console import put_out
from dedupe_cn.cli.group import Command
from dedupe_cn.cli.options import console_of, global_options

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command, name="completion", help="cmd-completion")
@click.argument("shell", type=click.Choice(SHELLS))
@global_options
@click.pass_context
def command(context: click.Context, /, shell: str) -> int:
    """Print the script."""
    from dedupe_cn.cli import COMPLETE, commands

    completion = get_completion_class(shell)
    assert completion is not None
    complete = completion(commands, {}, "dedupe-cn", COMPLETE)
    # Not complete.source(): for bash that looks at the bash of this machine, and the script may be for another.
    script = complete.source_template % complete.source_vars()
    said = console_of(context.meta).say(f"completion-{shell}")
    first, _, rest = script.partition("\n")
    # zsh looks for #compdef in the first line of a file in $fpath.
    lines = (first, said, rest) if first.startswith("#compdef") else (said, script)
    put_out(("\n".join(lines).rstrip("\n") + "\n").encode())
    return 0
