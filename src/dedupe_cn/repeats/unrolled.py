"""Take copies in a row one by one where a mark protects some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dedupe_cn.reasons import OFF
from dedupe_cn.repeats.found import Repeat
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from dedupe_cn.text.marked import Marked

_IN_A_ROW = frozenset({"tandem", "whole-document"})


def unrolled(layout: Layout, repeats: Iterable[Repeat], marked: Marked) -> Iterator[Repeat]:
    """Give the repeats, of three and more copies in a row that a mark touches each by itself.

    So the copies that nothing protects can go.
    """
    for repeat in repeats:
        start, end = repeat.removed
        copies, rest = divmod(end - start, repeat.unit)
        if (
            repeat.rule not in _IN_A_ROW
            or copies < 2
            or rest
            or marked.holds(layout, repeat.rule, repeat.removed) in (None, OFF)
        ):
            yield repeat
            continue
        for place in range(start, end, repeat.unit):
            yield repeat._replace(
                removed=(place, place + repeat.unit),
                paragraphs=repeat.paragraphs // copies,
                blocks=repeat.blocks // copies,
            )
