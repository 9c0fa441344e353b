"""Copies that directly follow one another: where each of them begins, and rows of equal lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from dedupe_cn import kernel
from dedupe_cn.copies.found import Copy, Range

if TYPE_CHECKING:
    from dedupe_cn.copies.aligned import Aligned
    from dedupe_cn.copies.reader import Reader

#: Copies of a row that are not equal, at most: what is left behind those that go is looked at again, and a longer row
#: that stays is a series.
_MOST = 32
#: Places at which a row of copies is cut on trial, and the similarity (0-1) down to which something is one of a row.
_CUTS, _ALIKE = 12, 0.5
#: Characters in which a sentence is looked for that may begin the second copy.
_SENTENCES = 400
#: Characters by which chance likeness moves the beginning of a copy.
_NEARBY = 64
#: Characters of a whole line that directly repeats, at least (a tandem of whole lines has 12 with 6 words; a person is
#: told of shorter ones too), and at most: a longer one shows in chains.
_LINE, _SHORT = 4, 44


def best_bounds(reader: Reader, aligned: Aligned) -> Sequence[int] | None:
    """Cut copies in a row at the best place, or nearby where they differ only half as much.

    Chance likeness of what stands before the first copy may have moved the beginning.
    """
    best, least = None, 0
    for at in _cuts(reader, aligned):
        begin, behind = aligned.back(at), aligned.across(at) if at <= aligned.kept[1] else None
        if begin is None or behind is None or not begin < at < behind or (best and abs(at - best[1]) > _NEARBY):
            continue
        ours, theirs = reader.folded[begin:at], reader.folded[at:behind]
        differs = _differs(ours, theirs)
        if best is None or 2 * differs <= least:
            best, least = (begin, at), differs
        if not differs:
            break
    return _bounds(aligned, *best) if best else None


def _differs(ours: str, theirs: str) -> int:
    """Count the characters in which two texts differ."""
    if ours == theirs:
        return 0
    from rapidfuzz.distance import Indel

    return Indel.distance(ours, theirs)


def _cuts(reader: Reader, aligned: Aligned) -> list[int]:
    """Give the places at which the second copy may begin, the best one first."""
    first, last = aligned.removed[0], max(aligned.removed[0], aligned.kept[1])
    last = min(last, first + first - aligned.kept[0])  # behind one period everything comes again
    low, high = bisect_left(reader.starts, first), bisect_right(reader.starts, last)
    edges = reader.starts[low : min(high, low + _CUTS)]
    both = [at for at in edges if (other := aligned.back(at)) is not None and reader.is_edge(other)]
    sentences = reader.sentences(first, min(last, first + _SENTENCES))
    begun = [at for at in sentences if (other := aligned.back(at)) is not None and reader.begins_sentence(other)]
    equal = [second for second in aligned.seconds[:_CUTS] if first <= second <= last] if last > first else []
    # Of a page several times each one begins where the text does, though no line may begin there.
    page = aligned.kept[0] == 0 and aligned.removed[1] == reader.size and reader.begins_sentence(first)
    return list(dict.fromkeys([*([first] if page else []), *both, *begun, first, last, *equal, *edges]))


def _bounds(aligned: Aligned, begin: int, at: int) -> Sequence[int]:
    """Give where each of the copies in a row begins and the last one ends, by the beginnings of the first two."""
    runs, last = [range(begin, at + 1, at - begin)], at
    while last <= aligned.kept[1]:
        following = aligned.across(last)
        if following is None or following <= last:
            break
        step = following - last
        run = range(following, max(following, aligned.goes_on(last) + step) + 1, step)
        runs.append(run)
        last = run[-1]
    if all(run.step == runs[0].step for run in runs):
        return range(begin, last + 1, runs[0].step)
    return tuple(chain.from_iterable(runs))


def _are_equal(exact: str, bounds: Sequence[int]) -> bool:
    """Tell whether all copies of a row are equal."""
    first, unit = bounds[0], bounds[1] - bounds[0]
    if not isinstance(bounds, range) and any(end - start != unit for start, end in pairwise(bounds)):
        return False
    return exact[first : bounds[-1] - unit] == exact[first + unit : bounds[-1]]


def in_a_row(reader: Reader, bounds: Sequence[int]) -> Iterator[Copy]:
    """Give the copies of a row: one where all are equal, else each later one against the first."""
    exact_form = reader.exact
    kept = bounds[0], bounds[1]
    lines = all(map(reader.is_edge, bounds))
    if _are_equal(exact_form, bounds):
        yield Copy(kept, (bounds[1], bounds[-1]), bounds, lines, True)
        return
    firsts = {exact_form[slice(*kept)]: kept}
    for start, end in pairwise(bounds[1 : _MOST + 1]):
        before = firsts.setdefault(exact_form[start:end], (start, end))
        exact = before != (start, end)
        if exact and before[1] != start:  # between them stands one that is not equal
            continue
        if before == kept or _are_alike(reader, kept, (start, end)):
            yield Copy(before if exact else kept, (start, end), bounds, lines, exact)
        else:
            return


def _are_alike(reader: Reader, kept: Range, removed: Range) -> bool:
    from rapidfuzz.distance import Indel

    ours, theirs = reader.folded[slice(*kept)], reader.folded[slice(*removed)]
    return Indel.normalized_similarity(ours, theirs, score_cutoff=_ALIKE) > 0


def equal_lines(reader: Reader) -> Iterator[Copy]:
    """Give the rows of equal lines that are too short for a seed."""
    edges = reader.starts
    row: list[int] = []
    for number in kernel.equal_neighbours(reader.codes, reader.text.edges):
        start, middle, end = edges[number : number + 3]
        if not _LINE <= middle - start < _SHORT or not reader.letters(start, middle):
            continue
        if row and row[-1] != middle:
            yield _row_of_lines(row)
            row = []
        row = row or [start, middle]
        row.append(end)
    if row:
        yield _row_of_lines(row)


def _row_of_lines(bounds: list[int]) -> Copy:
    return Copy((bounds[0], bounds[1]), (bounds[1], bounds[-1]), tuple(bounds), True, True)
