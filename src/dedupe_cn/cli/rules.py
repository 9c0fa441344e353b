"""``dedupe-cn rules``: list the rules, or explain one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches

import click

from dedupe_cn.cli.console import Console, columns_of
from dedupe_cn.cli.group import Command
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.options import complete_rule, console_of, global_options
from dedupe_cn.errors import UsageError
from dedupe_cn.model import Level
from dedupe_cn.report.excerpt import escape, pad
from dedupe_cn.report.warnings_text import WARNINGS, WarningText
from dedupe_cn.report.wrap import wrap
from dedupe_cn.rule import RuleText
from dedupe_cn.rules_text import TEXTS
from dedupe_cn.settings import REPEAT_RULES, RULES, TIDY_DEFAULT, TIDY_ON_REQUEST

#: Columns of the list where there is no terminal, and the fewest for what a rule does.
_PAGE, _NARROWEST = 120, 20


@click.command(cls=Command, name="rules", help="cmd-rules")
@click.argument("rule", required=False, shell_complete=complete_rule)
@global_options
@click.pass_context
def command(context: click.Context, /, rule: str | None) -> int:
    """Print the list or one explanation."""
    console = console_of(context.meta)
    if rule is not None and rule not in TEXTS and rule not in WARNINGS:
        near = get_close_matches(rule, [*RULES, *WARNINGS], n=1)
        hint = console.say("did-you-mean", name=near[0]) if near else console.say("see-rules")
        raise UsageError(console.say("rules-unknown", name=rule), hint)
    if rule is None:
        lines = _list(console)
    elif rule in WARNINGS:
        lines = _explain_warning(rule, WARNINGS[rule], console)
    else:
        lines = _explain(rule, TEXTS[rule], console)
    console.report("".join(f"{line}\n" for line in lines), to_stderr=False)
    return 0


def _list(console: Console) -> Iterator[str]:
    say, paint = console.say, console.painter(to_stderr=False)
    names = max(map(len, RULES)) + 2
    room = max((columns_of(sys.stdout) or _PAGE) - names - 2, _NARROWEST)
    yield say("rules-head")
    groups = (
        ("rules-repeats", REPEAT_RULES),
        ("rules-tidy", TIDY_DEFAULT),
        ("rules-request", TIDY_ON_REQUEST),
    )
    for head, rules in groups:
        yield ""
        yield paint("place", say(head))
        if head == "rules-repeats":
            yield "  " + " " * names + _row([level.value for level in Level])
        for rule in rules:
            text = TEXTS[rule]
            if text.levels:
                lines = [_row([say(level) for level in text.levels])]
            else:
                lines = list(wrap(_pick(text.what, say), columns=room))
            yield f"  {paint('rule', pad(rule, names))}{lines[0]}"
            yield from (" " * (2 + names) + line for line in lines[1:])
    yield ""
    yield paint("place", say("rules-warnings"))
    for name, warning in WARNINGS.items():
        lines = list(wrap(_pick(warning.what, say), columns=room))
        yield f"  {paint('rule', pad(name, names))}{lines[0]}"
        yield from (" " * (2 + names) + line for line in lines[1:])


def _row(cells: list[str]) -> str:
    return "".join(pad(cell, 12) for cell in cells).rstrip()


def _explain(rule: str, text: RuleText, console: Console) -> Iterator[str]:
    say, paint = console.say, console.painter(to_stderr=False)
    yield paint("rule", rule)
    yield ""
    yield from wrap(_pick(text.what, say))
    if text.levels:
        states = [f"{level.value}: {say(state)}" for level, state in zip(Level, text.levels, strict=True)]
        yield ""
        yield f"{paint('place', say('rules-levels'))}  {say('comma').join(states)}"
    if text.before:
        yield ""
        yield paint("place", say("rules-example"))
        for key, role, sample in (
            ("rules-before", "taken", text.before),
            ("rules-after", "added", text.after),
        ):
            yield f"  {say(key)}"
            for line in sample.removesuffix("\n").split("\n"):
                yield f"    {paint(role, escape(line))}".rstrip()
    yield ""
    yield paint("place", say("rules-risk"))
    yield from wrap(_pick(text.risk, say), "  ")


def _explain_warning(name: str, text: WarningText, console: Console) -> Iterator[str]:
    say, paint = console.say, console.painter(to_stderr=False)
    yield paint("rule", name)
    yield ""
    yield from wrap(_pick(text.what, say))
    yield ""
    yield paint("place", say("rules-what-to-do"))
    yield from wrap(_pick(text.hint, say), "  ")


def _pick(pair: tuple[str, str], say: Say) -> str:
    return pair[1] if say.language == "zh" else pair[0]
