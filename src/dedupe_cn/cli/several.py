"""Clean inputs one after the other; repeats are looked for in small ones together, which takes less time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from dedupe_cn.cli.console import Console
from dedupe_cn.cli.inputs import Input
from dedupe_cn.cli.modes import Mode
from dedupe_cn.cli.one import Done, Taken, clean_taken, take
from dedupe_cn.cli.work import FailedError, Plan, begin_text, look_at_texts
from dedupe_cn.settings import TOGETHER

if TYPE_CHECKING:
    from dedupe_cn.work import Work


def clean_several(
    items: Sequence[Input],
    mode: Mode,
    plans: Mapping[str, Plan],
    console: Console,
    several: bool,
    brief: bool = False,
) -> Iterator[Done]:
    """Read and clean inputs, each by the plan of its name; give what came of each, in order.

    So many are read ahead as are looked at together. One of ``several`` lets go of texts that no report needs; the
    items may be a part of them. A ``brief`` report tells no passages but those that are removed.
    """
    waiting: list[Taken | Done] = []
    size = 0
    for item in items:
        if waiting and _may_block(item):
            yield from _cleaned(waiting, mode, console, several, brief)
            size = 0
        taken = take(item, mode, plans[item.name])
        length = len(taken.decoded.text) if isinstance(taken, Taken) else 0
        if waiting and size + length > TOGETHER:
            yield from _cleaned(waiting, mode, console, several, brief)
            size = 0
        waiting.append(taken)
        size += length
        del taken  # of a huge file nothing must stay when it is done
    yield from _cleaned(waiting, mode, console, several, brief)


def _may_block(item: Input) -> bool:
    """Tell whether reading an input may wait for somebody: for a pipe or a device, which only a name can mean."""
    return item.source is None or (item.explicit and not item.source.path.is_file())


def _cleaned(
    waiting: list[Taken | Done], mode: Mode, console: Console, several: bool, brief: bool
) -> Iterator[Done]:
    """Clean what waits, which is empty then."""
    works = [_begun(taken) for taken in waiting] if len(waiting) > 1 else [None]
    with suppress(FailedError):  # what goes wrong with one of them goes wrong with it alone too, and is told then
        look_at_texts(work for work in works if work is not None)
    waiting.reverse()
    works.reverse()
    while waiting:
        taken, begun = waiting.pop(), works.pop()
        yield taken if isinstance(taken, Done) else clean_taken(taken, mode, console, several, brief, begun)
        del taken, begun


def _begun(taken: Taken | Done) -> Work | None:
    """Begin to clean what was read; None where that fails, which whoever cleans it is told."""
    if isinstance(taken, Taken):
        with suppress(FailedError):
            return begin_text(taken.item.name, taken.decoded, taken.kind, taken.plan)
    return None
