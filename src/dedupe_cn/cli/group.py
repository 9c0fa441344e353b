"""Click's classes with help in both languages, and a group that imports a command only when it is called."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from pathlib import Path

import click

from dedupe_cn.cli.messages import ALL, LANGUAGES, Say, choose_language

#: command -> module of this package that holds it as ``command``. Help is ``cmd-NAME`` in the words.
COMMANDS = ("clean", "corpus", "detect", "rules")
LANGUAGE = "dedupe_cn.language"


def say_of(context: click.Context) -> Say:
    """Give the words in the language of a context."""
    return Say(choose_language(context.meta.get(LANGUAGE)))


class Option(click.Option):
    """An option whose help is a key of the words."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Write the help in the reader's language."""
        record = super().get_help_record(ctx)
        if record is None or self.help not in ALL:
            return record
        return record[0], record[1].replace(self.help, say_of(ctx)(self.help), 1)


class Command(click.Command):
    """A command whose help is a key of the words."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the reader's language."""
        _format_help(self.help, ctx, formatter)


class Group(click.Group):
    """Commands that are imported when they are called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Look for the language first, so that help and usage errors speak it wherever ``--lang`` stands."""
        for option, value in pairwise([*args, ""]):
            name, _, joined = option.partition("=")
            if name == "--lang" and (joined or value) in LANGUAGES:
                ctx.meta[LANGUAGE] = joined or value
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands without loading one."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"dedupe_cn.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a path in its place gets a hint."""
        name = args[0] if args else ""
        if name not in COMMANDS and (name == "-" or Path(name).exists()):
            ctx.fail(say_of(ctx)("command-missing", path=name))
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the reader's language."""
        _format_help(self.help, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their words, without loading one."""
        say = say_of(ctx)
        with formatter.section(say("commands")):
            formatter.write_dl([(name, say(f"cmd-{name}").partition("\n")[0]) for name in COMMANDS])


def _format_help(key: str | None, context: click.Context, formatter: click.HelpFormatter) -> None:
    if key in ALL:
        with formatter.indentation():
            for paragraph in say_of(context)(key).split("\n\n"):
                formatter.write_paragraph()
                formatter.write_text(paragraph)
