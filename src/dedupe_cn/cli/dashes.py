"""Options as a Chinese input method types them: ``——check``, ``－－level＝safe``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dedupe_cn.io.discover import exists
from dedupe_cn.regex import regex

#: Dashes, the name of an option, and what is joined to it; nothing but dashes is ``-`` or ``--``.
_OPTION = regex(r"([-－—―–−]{1,4})(?:([A-Za-zＡ-Ｚａ-ｚ？?][\w—―–−－-]*)([=＝].*)?)?", re.DOTALL)
_DASHES = str.maketrans(dict.fromkeys("—―–−", "-"))


def half_width(argument: str) -> str:
    """Give what was typed as an option in half width; a value joined to it, and all else, as it is.

    A dash of words alone stands for one hyphen before a letter and for two before a name, which programs that mend
    what is typed make one dash of.

    >>> [half_width(each) for each in ("——level＝ｓ", "－ｗ", "—check", "—w", "——草稿.md")]
    ['--level=ｓ', '-w', '--check', '-w', '——草稿.md']
    """
    found = None if argument.isascii() else _OPTION.fullmatch(argument)
    if found is None:
        return argument
    dashes, name, value = found.groups(default="")
    two = len(dashes) > 1 or (len(name) > 1 and dashes not in "-－−")
    named = unicodedata.normalize("NFKC", name).translate(_DASHES)
    return ("--" if two else "-") + named + ("=" + value[1:] if value else "")


def with_options(command: click.Command, context: click.Context, arguments: Sequence[str]) -> Iterator[str]:
    """Write in half width what stands where an option may stand, unless it is the name of a file that is there."""
    valued = {
        name
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option) and not (parameter.is_flag or parameter.count)
        for name in parameter.opts
    }
    value = over = False
    for argument in arguments:
        read = argument if value or over else half_width(argument)
        if read != argument and exists(Path(argument)):
            read = argument
        over |= not value and (read == "--" or not (read.startswith("-") or context.allow_interspersed_args))
        value = not value and not over and read in valued
        yield read
