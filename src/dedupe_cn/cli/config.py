"""``dedupe-cn config``: show what holds for a path, write a commented file, print the schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dedupe_cn.cli.cleaning import failure
from dedupe_cn.cli.configured import COMMAND_LINE, DEFAULT, Held, configure
from dedupe_cn.cli.console import Console, put_out
from dedupe_cn.cli.group import Command, Group
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.options import (
    complete_file,
    configuration_options,
    console_of,
    file_options,
    global_options,
    option,
    reading_options,
    settings_options,
)
from dedupe_cn.errors import ConfigurationError, InputError
from dedupe_cn.io import files
from dedupe_cn.io.configuration import OWN, SHARED, has_table, shown
from dedupe_cn.io.configuration_file import template, toml
from dedupe_cn.io.configuration_keys import BY_NAME
from dedupe_cn.io.configuration_schema import schema as schema_of
from dedupe_cn.report.excerpt import escape, pad, width
from dedupe_cn.report.wrap import wrap


@click.group(cls=Group, name="config", help="cmd-config", invoke_without_command=True)
@global_options
@click.pass_context
def command(context: click.Context, /) -> None:
    """Hold the commands about the configuration."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@command.command(cls=Command, name="show", help="cmd-config-show")
@click.argument("path", default=".", shell_complete=complete_file)
@option("--json", "as_json", is_flag=True, help="opt-config-json")
@settings_options
@reading_options
@file_options
@option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="opt-jobs")
@configuration_options
@global_options
@click.pass_context
def show(context: click.Context, /, path: str, as_json: bool, **values: Any) -> int:
    """Print every key's value for a path and its source."""
    console = console_of(context.meta)
    configured = configure(context, values, console.say)
    # For a folder: what holds for the files in it that no per-file table speaks of.
    place = str(Path(path) / "-") if Path(path).is_dir() else path
    configuration = configured.configurations.of_file(place)
    held = configured.held(place)
    if as_json:
        value = {
            "path": path,
            "file": shown(configuration.file) if configuration.file else None,
            "root": configuration.root,
            "values": {name: _json_value(item) for name, item in held.items()},
        }
        put_out((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace"))
    else:
        head = shown(configuration.file) if configuration.file else console.say("config-none")
        console.report("".join(f"{line}\n" for line in _rows(path, head, held, console)), to_stderr=False)
    return 0


@command.command(cls=Command, name="init", help="cmd-config-init")
@click.argument("path", default=".", shell_complete=complete_file)
@global_options
@click.pass_context
def init(context: click.Context, /, path: str) -> int:
    """Write the file; one that exists stays as it is."""
    console = console_of(context.meta)
    file = Path(path) if path.endswith(".toml") else Path(path) / OWN
    shared = file.with_name(SHARED)
    if file.exists() or file.is_symlink():
        raise ConfigurationError("config-exists", file.as_posix())
    if file.name == OWN and shared.is_file() and has_table(shared):
        raise ConfigurationError("config-shadows", file.as_posix(), other=shared.as_posix())
    try:
        files.write(file, template(console.say, wrap).encode())
    except OSError as problem:
        what = failure(problem, "unwritable").words(console.say)
        raise InputError(console.say("at", path=file.as_posix(), what=what)) from problem
    console.note(console.say("config-written", path=file.as_posix()))
    return 0


@command.command(cls=Command, name="schema", help="cmd-config-schema")
@global_options
@click.pass_context
def schema(context: click.Context, /) -> int:
    """Print the schema; its descriptions are in the language chosen, its keys are not."""
    value = schema_of(console_of(context.meta).say)
    put_out((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
    return 0


def _json_value(held: Held) -> dict[str, Any]:
    """Describe a value; ``source`` is ``file``, ``command line`` or ``default``."""
    if held.source in (COMMAND_LINE, DEFAULT):
        return {"value": held.value, "source": held.source, "file": None, "line": None}
    file, _, line = held.source.rpartition(":")
    if not (file and line.isdigit()):
        file, line = held.source, ""
    return {"value": held.value, "source": "file", "file": file, "line": int(line) if line else None}


def _rows(path: str, head: str, held: dict[str, Held], console: Console) -> Iterator[str]:
    paint = console.painter(to_stderr=False)
    yield paint("place", escape(console.say("at", path=path, what=head)))
    rows = [(name, escape(toml(item.value)) if item.value is not None else "-", item) for name, item in held.items()]
    names = max(map(len, BY_NAME)) + 2
    # A long list must not push the sources of all the others away.
    values = min(max(width(value) for _, value, _ in rows), 30) + 2
    for name, value, item in rows:
        yield f"  {paint('rule', pad(name, names))}{pad(value, values)}  {_source(item, console.say)}"


def _source(held: Held, say: Say) -> str:
    words = {COMMAND_LINE: "config-by-command-line", DEFAULT: "config-by-default"}
    return say(words[held.source]) if held.source in words else escape(held.source)
