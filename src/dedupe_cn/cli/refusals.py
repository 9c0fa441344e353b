"""What click refuses, in the words of a language; it speaks English alone."""

from __future__ import annotations

import re

import click

from dedupe_cn.cli.messages import Say


def refusal(problem: click.ClickException, say: Say) -> str:
    """Say what is wrong with a command line; what has no words here stays as click says it."""
    match problem:
        case click.NoSuchOption():
            near = say("comma").join(problem.possibilities or ())
            return say("no-option-near" if near else "no-option", name=problem.option_name, near=near)
        case click.BadOptionUsage() if "does not take" in problem.message:
            return say("option-takes-none", name=problem.option_name)
        case click.BadOptionUsage():
            return say("option-needs-value", name=problem.option_name)
        case click.MissingParameter():
            return say("missing-parameter", name=_name(problem))
        case click.BadParameter() if problem.param is not None:
            return say("bad-value", name=_name(problem), why=_why(problem, problem.param.type, say))
        case click.UsageError() if problem.message.startswith("No such command"):
            quoted = re.search(r"(['\"])(.*)\1", problem.message)
            return say("no-command", name=quoted[2]) if quoted else problem.format_message()
        case click.UsageError() if problem.message.startswith("Got unexpected extra"):
            return say("extra-argument", names=problem.message.partition("(")[2].rpartition(")")[0])
        case _:
            return problem.format_message()


def _name(problem: click.BadParameter) -> str:
    """Name the option or argument, the longest of its names."""
    return max(problem.param.opts, key=len) if problem.param is not None else ""


def _why(problem: click.BadParameter, kind: object, say: Say) -> str:
    match kind:
        case click.Choice():
            return say("value-choice", choices=say("comma").join(map(str, kind.choices)))
        case click.IntRange() | click.FloatRange() if kind.max is None:
            return say("value-least", least=str(kind.min))
        case click.IntRange() | click.FloatRange():
            return say("value-range", least=str(kind.min), most=str(kind.max))
        case click.types.IntParamType():
            return say("value-whole")
        case click.types.FloatParamType():
            return say("value-number")
        case _:
            return problem.message
