"""Hold the repeats of a text against what a person has decided on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dedupe_cn.model import Verdict
from dedupe_cn.repeats.found import Range, Repeat
from dedupe_cn.repeats.identity import BLOCK_DIGITS, block_ids, identity, times
from dedupe_cn.repeats.tandem import whole_paragraphs
from dedupe_cn.text.segments import Layout


@dataclass(frozen=True, slots=True)
class Settled:
    """Repeats split by verdicts: those still ``open`` in order, which of them are ``ordered`` to go, which are
    ``inside`` of a longer one, and how many copies each verdict (by id) ``kept``.
    """

    open: tuple[Repeat, ...]
    ordered: frozenset[tuple[Range, Range]]
    inside: frozenset[tuple[Range, Range]]
    kept: Mapping[str, int]


@dataclass(slots=True)
class _Allowance:
    """How many copies may still stay: of whole passages, and of single blocks with the verdicts they come from."""

    passages: dict[str, int]
    blocks: Counter[str] = field(default_factory=Counter)
    origins: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    kept: Counter[str] = field(default_factory=Counter)

    def take(self, verdict: str, copies: int, blocks: Sequence[str]) -> int:
        """Let up to so many copies of a passage stay; give how many."""
        taken = max(0, min(copies, self.passages[verdict]))
        if taken:
            self.passages[verdict] -= taken
            self.kept[verdict] += taken
            for block in blocks:  # one may stand in the passage twice
                self.blocks[block] -= taken
        return taken

    def take_block(self, block: str, copies: int) -> int:
        """Let up to so many copies of a block stay; give how many."""
        taken = max(0, min(copies, self.blocks[block]))
        if taken:
            self.blocks[block] -= taken
            for verdict in self.origins[block]:
                self.kept[verdict] += taken
        return taken


def settle(layout: Layout, repeats: Sequence[Repeat], verdicts: Mapping[str, Verdict]) -> Settled:
    """Take out the copies that are to stay, and mark the repeats that are to go.

    A verdict on a passage holds for so many copies of it; which of equal copies is the new one nobody can tell, so the
    first ones stay. A passage of several blocks also holds for them one by one: when a run of paragraphs is torn apart
    or joined to the next, what was decided is still decided, and only the rest is open. Similar passages are decided as
    a pair, however often one of them stands: its equal copies are repeats of their own.
    """
    found = list(_named(layout, repeats))
    ordered = frozenset(_place(r) for r, name in found if name in verdicts and not verdicts[name].keep)
    allowance = _allowance(verdicts)
    left = [times(repeat) for repeat, _ in found]
    inside = _inside([repeat for repeat, _ in found])
    # Whole runs first: what they take cannot be taken by a new copy of one of their paragraphs. Of equal ones those
    # inside of a longer one last: a survey does not count them, for they stay with it.
    for number in sorted(range(len(found)), key=lambda number: number in inside):
        repeat, name = found[number]
        if name not in verdicts or not verdicts[name].keep:
            continue
        if repeat.comparison is not None:
            allowance.kept[name] += 1
            left[number] = 0
        elif name in allowance.passages:
            left[number] -= allowance.take(name, left[number], verdicts[name].blocks)
    opened: dict[int, tuple[Repeat, ...]] = {}
    stays = np.zeros(layout.codes.size, dtype=bool)
    # Those inside of a longer one last: where that stays, they stay with it.
    for numbers in ([n for n in range(len(found)) if n not in inside], sorted(inside)):
        for number in numbers:
            repeat, name = found[number]
            if repeat.comparison is not None or _place(repeat) in ordered:
                continue
            if stays[slice(*repeat.removed)].all():
                left[number] = 0
            left[number] -= allowance.take_block(name[:BLOCK_DIGITS], left[number])
        for number in numbers:
            repeat, name = found[number]
            if left[number]:
                whole = _place(repeat) in ordered
                opened[number] = (repeat,) if whole else tuple(_open(layout, repeat, left[number], allowance))
            if repeat.comparison is None:
                stays[slice(*repeat.removed)] = True
                for part in opened.get(number, ()):
                    stays[slice(*part.removed)] = False
    return Settled(
        tuple(part for number in sorted(opened) for part in opened[number]),
        ordered,
        frozenset(_place(part) for number in inside for part in opened.get(number, ())),
        dict(allowance.kept),
    )


def _inside(repeats: Sequence[Repeat]) -> set[int]:
    """Give the numbers of the exact repeats whose copy lies in the longer copy of another one."""
    exact = [n for n, repeat in enumerate(repeats) if repeat.comparison is None]
    inside: set[int] = set()
    reach = 0
    for number in sorted(exact, key=lambda n: (repeats[n].removed[0], -repeats[n].removed[1], n)):
        end = repeats[number].removed[1]
        if end <= reach:
            inside.add(number)
        reach = max(reach, end)
    return inside


def _named(layout: Layout, repeats: Sequence[Repeat]) -> Iterator[tuple[Repeat, str]]:
    """Give every repeat with its id; a copy that two rules tell of counts once, for the first of them."""
    seen: set[tuple[Range, str]] = set()
    for repeat in repeats:
        name = identity(layout, repeat)
        if repeat.comparison is None:
            if (repeat.removed, name) in seen:
                continue
            seen.add((repeat.removed, name))
        yield repeat, name


def _allowance(verdicts: Mapping[str, Verdict]) -> _Allowance:
    allowance = _Allowance({})
    for name, verdict in verdicts.items():
        if not verdict.keep:
            continue
        if verdict.blocks:
            allowance.passages[name] = verdict.count
        for block in verdict.blocks or (name[:BLOCK_DIGITS],):
            allowance.blocks[block] += verdict.count
            allowance.origins[block].append(name)
    return allowance


def _open(layout: Layout, repeat: Repeat, copies: int, allowance: _Allowance) -> Iterator[Repeat]:
    """Give what is open of a repeat of which so many copies are."""
    if copies < times(repeat):
        yield _last_copies(layout, repeat, copies)
        return
    blocks = block_ids(layout, repeat)
    if not any(allowance.blocks[block] > 0 for block in blocks):
        yield repeat
    elif times(repeat) == 1 and repeat.rule != "whole-document":
        kept = [bool(allowance.take_block(block, 1)) for block in blocks]
        yield from _without(layout, repeat, kept)
    elif all(allowance.blocks[block] >= n * copies for block, n in Counter(blocks).items()):
        for block in blocks:
            allowance.take_block(block, copies)
    else:
        yield repeat


def _last_copies(layout: Layout, repeat: Repeat, copies: int) -> Repeat:
    """Give the part of a row of copies that holds the last ones; the copy in front of them is the kept one."""
    end = repeat.removed[1]
    start = end - copies * repeat.unit
    paragraphs, blocks = whole_paragraphs(layout, (start, end))
    return repeat._replace(
        kept=(start - repeat.unit, start),
        removed=(start, end),
        copies=copies + 1,
        paragraphs=paragraphs,
        blocks=blocks,
    )


def _without(layout: Layout, repeat: Repeat, kept: Sequence[bool]) -> Iterator[Repeat]:
    """Give the runs of a repeat that are left between the blocks that stay; they do not touch their copies."""
    if not any(kept):
        yield repeat
        return
    distance = repeat.removed[0] - repeat.kept[0]
    inside = layout.blocks_in(*repeat.removed)
    piece: list[int] = []
    for index, stays in [*zip(inside, kept, strict=True), (-1, True)]:
        if not stays:
            piece.append(index)
            continue
        while piece and layout.kind_of(piece[-1]) in ("heading", "rule"):
            piece.pop()  # it belongs to what follows
        prose = [i for i in piece if layout.prose[i]]
        if prose:
            start, end = int(layout.starts[piece[0]]), int(layout.ends[piece[-1]])
            yield repeat._replace(
                rule="repeated-block",
                kept=(start - distance, end - distance),
                removed=(start, end),
                unit=end - start,
                paragraphs=len(prose),
                blocks=len(piece),
                prose=sum(int(layout.ends[i] - layout.starts[i]) for i in prose),
            )
        piece = []


def _place(repeat: Repeat) -> tuple[Range, Range]:
    return repeat.kept, repeat.removed
