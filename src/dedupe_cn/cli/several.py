"""Read and clean inputs one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dedupe_cn.cli.console import Console
from dedupe_cn.cli.inputs import Input
from dedupe_cn.cli.modes import Mode
from dedupe_cn.cli.one import Done, clean_taken, take
from dedupe_cn.cli.work import Plan


def clean_several(
    items: Sequence[Input],
    mode: Mode,
    plans: Mapping[str, Plan],
    console: Console,
    several: bool,
    brief: bool = False,
) -> Iterator[Done]:
    """Read and clean inputs, each by the plan of its name; give what came of each, in order.

    One of ``several`` lets go of texts that no report needs; the items may be a part of them. A ``brief`` report tells
    no passages but those that are removed, and counts those that stay.
    """
    for item in items:
        taken = take(item, mode, plans[item.name])
        yield taken if isinstance(taken, Done) else clean_taken(taken, mode, console, several, brief)
        del taken  # of a huge file nothing must stay when it is done
