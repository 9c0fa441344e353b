"""Find the copies of a text: its chains, as far as they reach, and what is found without them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice
from typing import NamedTuple

from dedupe_cn import kernel
from dedupe_cn.copies.aligned import Aligned, align
from dedupe_cn.copies.doubled import doubled_sentences
from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.copies.growing import growing_lines
from dedupe_cn.copies.in_a_row import best_bounds, equal_lines, in_a_row
from dedupe_cn.copies.reader import Reader
from dedupe_cn.copies.running import may_run
from dedupe_cn.copies.titles import titles_twice
from dedupe_cn.copies.whole_lines import Choice, whole_lines, widened
from dedupe_cn.kernel.texts import Chains
from dedupe_cn.text.segments import Layout

#: Letters of a heading, a line and a stretch that directly repeats from which on it is told.
TOLD_HEADING, TOLD_LINE, TOLD_ROW = 2, 4, 12
#: Words of a part of a line that is told where the copies nearly touch, and elsewhere;
#: the kernel knows the latter too (is_only_part).
TOLD, PART = 20, 64
#: Letters of a copy that nearly touches the other one, and odd characters between.
_NEAR, _ODD = 30, 6
#: Share of the shorter stretch that stands in the other one, and of the longer one where a line goes on.
_MOSTLY, _NEARLY = 0.75, 0.9
#: Similarity (0-1) from which two in a row that differ are one copy, of which no piece is offered.
_ONE = 0.85
#: Words of whole lines that stand in a series of others and are asked for by themselves.
_SERIES = 30
#: Chains that are widened to lines in one go: bounds the memory of a step to a few MiB.
_STEP = 1 << 10


class Seen(NamedTuple):
    """What was found in a text: what reads it, and its copies."""

    reader: Reader
    copies: list[Copy]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to decide on, neither copies nor lines that may run."""
        return not self.copies and not may_run(self.reader)


def look_at(layout: Layout) -> Seen:
    """Look for the copies of a text."""
    reader = Reader(layout)
    return Seen(reader, find_copies(reader))


def find_copies(reader: Reader) -> list[Copy]:
    """Find the copies within a text that may be worth something, in order of place."""
    if not reader.size:
        return []
    doubled = list(doubled_sentences(reader))
    lines = (copy for copy in equal_lines(reader) if _is_worth(reader, copy))
    known = [*doubled, *growing_lines(reader), *titles_twice(reader)]
    found = [*known, *_apart_from(doubled, [*lines, *chained(reader)])]
    unique = {(copy.kept, copy.removed): copy for copy in reversed(found)}
    return sorted(unique.values(), key=lambda copy: (copy.removed, copy.kept))


def chained(reader: Reader) -> Iterator[Copy]:
    """Give the copies that chains show, and what is equal in chains that chance has put together."""
    chains = kernel.find_chains(reader.text)
    parts, series = array("q"), array("q")
    for number, copies in _copies(reader, chains):
        near = [copy for copy in copies if _is_worth(reader, copy) and (copy.exact or is_near(reader, copy))]
        yield from near
        first, behind = chains.starts[number], chains.starts[number + 1]
        # Else chance has put together what lies in one order; or one passage stands between others that differ.
        apart = not near and not any(copy.exact or is_near(reader, copy) for copy in copies)
        if behind - first > 1 and (apart or all(_is_series(reader, copy) for copy in near)):
            (parts if apart else series).extend(chains.pieces[3 * first : 3 * behind])
    yield from _equal_pieces(reader, parts)
    # Shorter lines are told with the two in a row (judge/decide.py).
    whole = (copy for copy in _equal_pieces(reader, series) if copy.lines)
    yield from (copy for copy in whole if reader.count_words(*copy.removed) >= _SERIES)


def _equal_pieces(reader: Reader, parts: array[int]) -> Iterator[Copy]:
    """Give what is equal in chains, each piece by itself."""
    for _, copies in _copies(reader, _alone(reader, parts)):
        yield from (copy for copy in copies if copy.exact and _is_worth(reader, copy))


def _alone(reader: Reader, parts: array[int]) -> Chains:
    """Make pieces chains of their own, if somebody is told of them: the longest first."""
    pieces = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    told = sorted(compress(pieces, kernel.tell_alone(reader.text, memoryview(parts))), key=lambda piece: -piece[2])
    numbers = array("q", (number for piece in told for number in piece))
    return Chains(memoryview(numbers), memoryview(array("q", range(len(told) + 1))))


def _apart_from(doubled: Sequence[Copy], found: Iterable[Copy]) -> Iterator[Copy]:
    """Leave out the rows that are one of a run of doubled sentences, cut at another place of its period."""
    ends = [copy.removed[1] for copy in doubled]
    for copy in found:
        number = bisect_right(ends, copy.kept[0])
        same = (run.unit == copy.unit and run.kept[0] < copy.removed[1] for run in doubled[number : number + 2])
        if not copy.in_a_row or not any(same):
            yield copy


def _is_worth(reader: Reader, copy: Copy) -> bool:
    """Tell whether any rule may be about a copy, or a person may be told of it; ask without reading the blocks.

    The words counted here are as many as those of the blocks or more.
    """
    if copy.in_a_row:
        return copy.doubled or reader.letters(*copy.removed) >= (TOLD_HEADING if copy.lines else TOLD_ROW)
    if 4 * copy.unit >= reader.size:  # it may be a page
        return True
    if copy.lines:
        return reader.count_words(*copy.removed) >= reader.text.least
    return copy.exact and reader.count_words(*copy.removed) >= least_part(reader, copy, reader.letters(*copy.removed))


def least_part(reader: Reader, copy: Copy, letters: int) -> int:
    """Give the words from which on a part of a line is told: fewer where the copies nearly touch, or hold sentences."""
    if reader.holds_sentences(*copy.removed):
        return TOLD
    gap = copy.removed[0] - copy.kept[1]
    near = 0 <= gap <= max(_ODD, copy.unit // 2 if letters >= _NEAR else 0)
    return TOLD if near else PART


def _copies(reader: Reader, chains: Chains) -> Iterator[tuple[int, list[Copy]]]:
    """Give the copies that each chain shows, but for chains that no rule is about and nobody is told of."""
    rows = align(reader, chains)
    while some := list(islice(rows, _STEP)):
        shown: list[tuple[int, list[Copy]]] = []
        wide: list[_Stretches] = []
        for aligned in some:
            copies: list[Copy] = []
            shown.append((aligned.number, copies))
            wide += _stretches(aligned, copies)
        for stretches, (start, end) in zip(wide, _edges(reader, wide), strict=True):
            copy = whole_lines(stretches.aligned, stretches.kept, stretches.removed, start, end)
            if not stretches.wider:
                stretches.copies.append(copy)
            elif copy.lines:  # one line holds the other and goes on
                stretches.copies.append(copy._replace(wider=True))
        yield from shown


class _Stretches(NamedTuple):
    """Two stretches that are to be widened or narrowed to lines, and the copies of their chain."""

    aligned: Aligned
    kept: Range
    removed: Range
    wider: bool
    copies: list[Copy]


def _stretches(aligned: Aligned, copies: list[Copy]) -> Iterator[_Stretches]:
    """Add the copies in a row that one chain shows, and give what of it is a matter of lines."""
    reader, kept, removed = aligned.reader, aligned.kept, aligned.removed
    gap = reader.letters(kept[1], removed[0]) if removed[0] > kept[1] else 0
    if removed[0] > kept[1] and not gap and removed[0] - kept[1] <= 2:
        kept = kept[0], removed[0]  # what stands between are marks: they end the first copy
    bounds = best_bounds(reader, aligned) if removed[0] <= kept[1] else None
    if bounds is not None:
        copies += in_a_row(reader, bounds)
        if len(bounds) == 3 and not all(map(reader.is_edge, bounds)):
            yield _Stretches(aligned, (bounds[0], bounds[1]), (bounds[1], bounds[2]), True, copies)
    elif kept[1] <= removed[0]:
        # Inside of a line, the marks between are others than those behind; few words a sentence takes up from another.
        apart = not reader.is_edge(removed[0]) and reader.letters(*removed) >= _NEAR
        yield _Stretches(aligned, aligned.kept if apart else kept, removed, False, copies)


def _edges(reader: Reader, wide: Sequence[_Stretches]) -> list[tuple[Choice, Choice]]:
    """Give the edges of the lines in which stretches begin, and in which they end."""
    return widened(reader, [(*stretches.kept, *stretches.removed) for stretches in wide])


def _is_series(reader: Reader, copy: Copy) -> bool:
    """Tell whether two in a row are too different for one copy: then what is equal in them is asked for by itself."""
    from rapidfuzz.distance import Indel

    ours, theirs = (reader.folded[slice(*stretch)] for stretch in (copy.kept, copy.removed))
    return copy.in_a_row and not copy.exact and Indel.normalized_similarity(ours, theirs) < _ONE


def is_near(reader: Reader, copy: Copy) -> bool:
    """Tell whether two stretches that are not equal are alike enough to be held for copies.

    Most of the shorter one stands in the longer one; where a line goes on they are nearly equal, or it is chance.
    """
    from rapidfuzz.distance import Indel

    ours, theirs = reader.folded[slice(*copy.kept)], reader.folded[slice(*copy.removed)]
    equal = (len(ours) + len(theirs) - Indel.distance(ours, theirs)) / 2
    return equal >= (_NEARLY if copy.open else _MOSTLY) * (max if copy.open else min)(len(ours), len(theirs))
