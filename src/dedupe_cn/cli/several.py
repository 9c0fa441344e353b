"""Clean inputs one after the other; repeats are looked for in small ones together, which takes less time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_cn.cli.console import Console
from dedupe_cn.cli.inputs import Input
from dedupe_cn.cli.modes import Mode
from dedupe_cn.cli.one import Done, Taken, clean_taken, take
from dedupe_cn.cli.work import FailedError, Plan, begin_text, look_at_texts
from dedupe_cn.settings import TOGETHER

if TYPE_CHECKING:
    from dedupe_cn.work import Work

#: Code points of texts that wait for their turn: that of one from which much goes comes late.
_WAITING = 4 * TOGETHER


@dataclass(slots=True)
class _Waiting:
    """An input on its way, and the cleaning of it where somebody has begun that."""

    taken: Taken | Done
    work: Work | None = None

    @property
    def size(self) -> int:
        return len(self.taken.decoded.text) if isinstance(self.taken, Taken) else 0


def clean_several(
    items: Sequence[Input],
    mode: Mode,
    plans: Mapping[str, Plan],
    console: Console,
    several: bool,
    brief: bool = False,
) -> Iterator[Done]:
    """Read and clean inputs, each by the plan of its name; give what came of each, in order.

    So many are read ahead as are looked at together. One from which something goes is looked at again with those that
    come next. One of ``several`` lets go of texts that no report needs; the items may be a part of them. A ``brief``
    report tells no passages but those that are removed, and counts those that stay.
    """
    line = _Line()

    def cleaned(ready: Iterator[_Waiting]) -> Iterator[Done]:
        for one in ready:
            taken, begun = one.taken, one.work
            del one
            yield taken if isinstance(taken, Done) else clean_taken(taken, mode, console, several, brief, begun)
            del taken, begun

    for item in items:
        if _may_block(item):
            yield from cleaned(line.rest())
        one = _Waiting(take(item, mode, plans[item.name]))
        alone = one.size > TOGETHER
        if alone:
            yield from cleaned(line.rest())
        elif line.size + one.size > TOGETHER:
            line.look()
            yield from cleaned(line.ready())
        line.add(one)
        del one  # of a huge file nothing must stay when it is done
        if alone:
            yield from cleaned(line.rest())
    yield from cleaned(line.rest())


def _may_block(item: Input) -> bool:
    """Tell whether reading an input may wait for somebody: for a pipe or a device, which only a name can mean."""
    return item.source is None or (item.explicit and not item.source.path.is_file())


class _Line:
    """The inputs that wait, in order: the ``fresh`` ones behind, with their ``size``, before them those looked at."""

    def __init__(self) -> None:
        self.waiting: deque[_Waiting] = deque()
        self.fresh: list[_Waiting] = []
        self.size = 0
        self._again: list[Work] = []

    def add(self, one: _Waiting) -> None:
        """Have one more wait."""
        self.waiting.append(one)
        self.fresh.append(one)
        self.size += one.size

    def look(self) -> None:
        """Begin the fresh ones, and look at them and those that are to be looked at again."""
        for one in self.fresh:
            one.work = _begun(one.taken)
        works = [*self._again, *(one.work for one in self.fresh if one.work is not None)]
        self.fresh, self.size, self._again = [], 0, []
        try:
            self._again = look_at_texts(works)
        except FailedError:  # what goes wrong with one of them goes wrong with it alone too, and is told then
            for one in self.waiting:
                one.work = None

    def ready(self) -> Iterator[_Waiting]:
        """Give those in front that can be finished: all when many wait."""
        late = sum(one.size for one in self.waiting) > _WAITING
        unfinished = set(map(id, self._again))
        while self.waiting and (late or id(self.waiting[0].work) not in unfinished):
            yield self.waiting.popleft()
        if late:
            self._again = []

    def rest(self) -> Iterator[_Waiting]:
        """Look as often as there is something to look at together, and give all."""
        while self.fresh or len(self._again) > 1:
            self.look()
        self._again = []
        yield from self.ready()


def _begun(taken: Taken | Done) -> Work | None:
    """Begin to clean what was read; None where that fails, which whoever cleans it is told."""
    if isinstance(taken, Taken):
        with suppress(FailedError):
            return begin_text(taken.item.name, taken.decoded, taken.kind, taken.plan)
    return None
