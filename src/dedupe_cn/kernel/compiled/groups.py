"""The groups of lines of Markdown, by groups.c; see ``reference/groups.py``."""

from __future__ import annotations

from dedupe_cn.kernel.compiled.numbers import numbers
from dedupe_cn.kernel.library import call
from dedupe_cn.kernel.texts import Groups, Lines


def find_groups(lines: Lines) -> Groups:
    """Find the groups of lines between blank ones."""
    room = len(lines.leads) // 2 + 1
    starts, stops, sorts = numbers("i", room), numbers("i", room), numbers("B", room)
    count = call("find_groups", lines.leads, lines.starts, lines.stops, starts, stops, sorts)
    return Groups(starts[:count], stops[:count], bytes(sorts[:count]))
