"""Click's classes with help in both languages, and a group that imports a command only when it is called."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from dedupe_cn.cli.messages import ALL, LANGUAGES, Say, choose_language

#: command -> module of this package that holds it as ``command``. Help is ``cmd-NAME`` in the words.
COMMANDS = ("clean", "corpus", "detect", "rules", "decide", "undo", "config", "completion")
LANGUAGE = "dedupe_cn.language"

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def say_of(context: click.Context) -> Say:
    """Give the words in the language of a context."""
    return Say(choose_language(context.meta.get(LANGUAGE)))


class Context(click.Context):
    """What goes with a call of the command line."""

    def make_formatter(self) -> click.HelpFormatter:
        """Make what writes the help page, which a run without ``--help`` does not load."""
        from dedupe_cn.cli.help_page import HelpFormatter

        return HelpFormatter(width=self.terminal_width, max_width=self.max_content_width)


class Option(click.Option):
    """An option whose help is a key of the words, and so is the section of the help page in which it stands."""

    def __init__(self, *names: Any, section: str = "options", **settings: Any) -> None:
        """Keep the section; all else is click's."""
        super().__init__(*names, **settings)
        self.section = section

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Write the help in the reader's language; what click adds to it (`[x>=1]`) is in no language."""
        record = super().get_help_record(ctx)
        if record is None or self.help not in ALL:
            return record
        return record[0], say_of(ctx)(self.help)


class Command(click.Command):
    """A command whose help is a key of the words."""

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, whose options may have been typed in full width."""
        return super().parse_args(ctx, _typed(self, ctx, args))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage in the reader's language."""
        _format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by sections."""
        _format_options(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the reader's language."""
        _format_help(self.help, ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete an option."""
        return _in_words(super().shell_complete(ctx, incomplete), ctx)


class Group(click.Group):
    """A group whose help is a key of the words, and that of its commands too."""

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments in front of the command's name."""
        return super().parse_args(ctx, _typed(self, ctx, args))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage in the reader's language."""
        _format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, which people look for, in front of the options."""
        self.format_commands(ctx, formatter)
        _format_options(self, ctx, formatter)

    def words_of_commands(self, context: click.Context) -> dict[str, str]:
        """Give the commands with one line each, without loading one."""
        say = say_of(context)
        commands = {name: self.get_command(context, name) for name in self.list_commands(context)}
        return {name: _line(command.help, say) for name, command in commands.items() if command is not None}

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the reader's language."""
        _format_help(self.help, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their words."""
        with formatter.section(say_of(ctx)("commands")):
            formatter.write_dl(list(self.words_of_commands(ctx).items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a command, or an option."""
        from click.shell_completion import CompletionItem

        words = self.words_of_commands(ctx).items()
        names = [CompletionItem(name, help=line) for name, line in words if name.startswith(incomplete)]
        return names + _in_words(click.Command.shell_complete(self, ctx, incomplete), ctx)


class LazyGroup(Group):
    """Commands that are imported when they are called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Look for the language first, so that help and usage errors speak it wherever ``--lang`` stands."""
        for option, value in pairwise([*map(_half_width, args), ""]):
            name, _, joined = option.partition("=")
            if name == "--lang" and (joined or value) in LANGUAGES:
                ctx.meta[LANGUAGE] = joined or value
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands without loading one."""
        return list(COMMANDS)

    def words_of_commands(self, context: click.Context) -> dict[str, str]:
        """Give the commands with one line each, without loading one."""
        return {name: _line(f"cmd-{name}", say_of(context)) for name in COMMANDS}

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
        from pathlib import Path

        from dedupe_cn.io.discover import exists

        name = args[0] if args else ""
        if name not in COMMANDS and (name == "-" or exists(Path(name))):
            ctx.fail(say_of(ctx)("command-missing", path=name))
        return super().resolve_command(ctx, args)


def _typed(command: click.Command, context: click.Context, arguments: list[str]) -> list[str]:
    """Write options in half width; the names of files that are there stay as they are."""
    if all(map(str.isascii, arguments)):
        return arguments
    from dedupe_cn.cli.dashes import with_options

    return list(with_options(command, context, arguments))


def _half_width(argument: str) -> str:
    if argument.isascii():
        return argument
    from dedupe_cn.cli.dashes import half_width

    return half_width(argument)


def _line(key: str | None, say: Say) -> str:
    return say(key).partition("\n")[0] if key in ALL else key or ""


def _in_words(items: list[CompletionItem], context: click.Context) -> list[CompletionItem]:
    """Put the words in the place of their keys in what completes an option."""
    for item in items:
        item.help = _line(item.help, say_of(context)) if item.help else None
    return items


def _format_usage(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    usage = " ".join(command.collect_usage_pieces(context))
    formatter.write_usage(context.command_path, usage, say_of(context)("usage"))


def _format_options(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    from dedupe_cn.cli.help_page import HelpFormatter, Row

    assert isinstance(formatter, HelpFormatter)
    say = say_of(context)
    sections: dict[str, list[Row]] = {}
    for option in command.get_params(context):
        if isinstance(option, Option) and (record := option.get_help_record(context)):
            sections.setdefault(say(option.section), []).append(record)
    formatter.write_sections(sections)


def _format_help(key: str | None, context: click.Context, formatter: click.HelpFormatter) -> None:
    if key in ALL:
        with formatter.indentation():
            for paragraph in say_of(context)(key).split("\n\n"):
                formatter.write_paragraph()
                formatter.write_text(paragraph)
