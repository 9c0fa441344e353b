"""Widen copies to the lines they begin and end in, or narrow them to whole lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.copies.found import Copy, Range

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.copies.aligned import Aligned
    from dedupe_cn.copies.ends import Ends
    from dedupe_cn.copies.reader import Reader

#: Of a line that a copy begins or ends in, the rest may be half as long as what is alike in it: then it belongs to it.
_REST = 0.5
#: Share of a copy that is left of it where more than its whole lines is a little alike, and from which (0-1) lines are.
_CORE, _LINES_ALIKE = 0.5, 0.75
#: The places of an edge in both stretches of a copy, None where there is none.
Edges = tuple[int, int] | None
#: The edge behind the line in which both begin (or before the one in which they end), and the edge of the line itself.
Choice = tuple[Edges, Edges]
#: Letters in which two lines may happen to begin or end alike.
_FEW = 6


def whole_lines(aligned: Aligned, kept: Range, removed: Range, start: Choice, end: Choice) -> Copy:
    """Widen a copy to the lines it begins and ends in where it is most of them; else narrow it to whole lines.

    ``start`` and ``end`` are what :func:`widened` gives. It is open where too little of it would be left.
    """
    reader = aligned.reader
    found = _behind_sentence(aligned, kept) or _chosen(aligned, start, end=False)
    start_at = found or next(_alike_inside(aligned, end=False), None)
    end_at = _chosen(aligned, end, end=True) or next(_alike_inside(aligned, end=True), None)
    one, other = kept, removed
    if start_at is not None and end_at is not None:
        one, other = (start_at[0], end_at[0]), (start_at[1], end_at[1])
    whole = start_at is not None and end_at is not None and one[0] < one[1] <= other[0] < other[1]
    whole = whole and one[1] - one[0] >= _CORE * (kept[1] - kept[0])
    if not whole:
        one, other = kept, removed
    codes = reader.layout.codes
    exact = np.array_equal(codes[slice(*one)], codes[slice(*other)])
    bounds = (one[0], other[0], other[1]) if whole and one[1] == other[0] else ()
    return Copy(one, other, bounds, whole, exact, not whole, (kept, removed))


def _behind_sentence(aligned: Aligned, kept: Range) -> tuple[int, int] | None:
    """Give where copies of several lines begin of which the later one was pasted behind a whole sentence of its line.

    What stands before it there is no part of it, or the copy would be the fuller one for what it was glued to.
    """
    reader = aligned.reader
    at, (line, line_end) = kept[0], reader.line(kept[0])
    if line_end - at <= at - line and reader.letters(at, line_end) <= _FEW:
        at = line_end
    other = aligned.across(at) if at < kept[1] else None
    if other is None or reader.is_edge(other) or not reader.begins_sentence(other) or reader.line(other)[0] < kept[1]:
        return None
    return (at, other) if reader.is_edge(at) and len(list(reader.lines_in(at, kept[1]))) > 1 else None


def _chosen(aligned: Aligned, choice: Choice, *, end: bool) -> Edges:
    """Choose the inner edge where the lines there answer to each other, else that of the line itself."""
    inner, outer = choice
    if inner is None:
        return outer
    one, other = inner
    answers = aligned.across(one) == other if end else aligned.back(other) == one
    return inner if answers else outer


def _alike_inside(aligned: Aligned, *, end: bool) -> Iterator[tuple[int, int]]:
    """Give the places inside at which lines that are alike begin in both stretches (or end), the outermost first."""
    starts, (first, last) = aligned.reader.starts, aligned.kept if end else aligned.removed
    inside = starts[bisect_left(starts, first) : bisect_right(starts, last)]
    for at in reversed(inside) if end else inside:
        other = aligned.across(at) if end else aligned.back(at)
        if other is not None and aligned.reader.is_edge(other):
            edge = (at, other) if end else (other, at)
            if _line_is_alike(aligned.reader, *edge, end=end):
                yield edge


def _line_is_alike(reader: Reader, one: int, other: int, *, end: bool) -> bool:
    """Tell whether the lines that end (or begin) at two places are alike."""
    from rapidfuzz.distance import Indel

    ours, theirs = (reader.line(at - 1 if end else at) for at in (one, other))
    return Indel.normalized_similarity(reader.folded[slice(*ours)], reader.folded[slice(*theirs)]) >= _LINES_ALIKE


class Sides(NamedTuple):
    """Many stretches at their beginnings or ends: the edge of the line of each, or of the one before.

    It is that of the one before where too little of the line is alike (characters), of which a ``rest`` is not.
    """

    place: NDArray[np.int64]
    inner: NDArray[np.int64]
    rest: NDArray[np.int64]
    alike: NDArray[np.int64]
    whole: NDArray[np.bool_]
    open: NDArray[np.bool_]


class Served(NamedTuple):
    """The edges of many copies in the kept and in the removed stretch, and where they serve."""

    kept: NDArray[np.int64]
    removed: NDArray[np.int64]
    serves: NDArray[np.bool_]


def surely_open(reader: Reader, ends: Ends) -> NDArray[np.bool_]:
    """Tell of which copies that lie apart there are no whole lines: no edge that serves, and none inside."""
    some = reader.edges
    inside = some.searchsorted(ends.kept_end) > some.searchsorted(ends.kept, side="right")
    for one, other in ((ends.kept, ends.removed), (ends.kept_end, ends.removed_end)):
        inside |= (some.take(some.searchsorted(one)) == one) & (some.take(some.searchsorted(other)) == other)
    sides = (_served(reader, ends, end=end) for end in (False, True))
    (begin, line_begin), (behind, line_end) = sides
    result: NDArray[np.bool_] = ~inside & ~((begin.serves | line_begin.serves) & (behind.serves | line_end.serves))
    return result


def widened(reader: Reader, ends: Ends, *, end: bool) -> list[Choice]:
    """Give the edges that serve where both stretches of copies begin (or end).

    A line of which most is alike belongs to the copy; one of which only a little is alike does not, if the lines behind
    it (or before) answer to each other. Where one stretch ends with its line, the other may go on: then that lacks the
    rest.
    """
    return list(zip(*map(_pairs, _served(reader, ends, end=end)), strict=True))


def _pairs(served: Served) -> list[Edges]:
    columns = (column.tolist() for column in served)
    return [(kept, removed) if serves else None for kept, removed, serves in zip(*columns, strict=True)]


def _served(reader: Reader, ends: Ends, *, end: bool) -> tuple[Served, Served]:
    """Give the inner edges of copies, and those of the lines themselves."""
    one = _sides(reader, ends.kept, ends.kept_end, end=end)
    other = _sides(reader, ends.removed, ends.removed_end, end=end)
    outer = ~one.open & ~other.open | (one.open != other.open) & np.where(one.open, other.whole, one.whole)
    few, few_other = one.place == one.inner, other.place == other.inner
    # What happens to be alike in a line of the one is no more in that of the other.
    chance = (few != few_other) & (np.where(few, other.rest, one.rest) > 0)
    inner = chance | ~outer & (np.maximum(one.alike, other.alike) <= np.minimum(one.rest, other.rest))

    def inside(edge: NDArray[np.int64], edge_of_other: NDArray[np.int64]) -> NDArray[np.bool_]:
        if end:
            low = (ends.kept < edge) & (ends.removed < edge_of_other)
            return low & (edge <= np.maximum(ends.kept_end, one.place))
        return (edge < ends.kept_end) & (edge_of_other < ends.removed_end)

    return (
        Served(one.inner, other.inner, inner & inside(one.inner, other.inner)),
        Served(one.place, other.place, outer & inside(one.place, other.place)),
    )


def _sides(reader: Reader, start: NDArray[np.int64], stop: NDArray[np.int64], *, end: bool) -> Sides:
    some = reader.edges
    number = some.searchsorted(stop - 1 if end else start, side="right").clip(1, max(1, some.size - 1))
    low, high = some[number - 1], some[np.minimum(number, some.size - 1)]
    line, inner, at = (high, low, stop) if end else (low, high, start)
    rest = np.abs(line - at)
    first, last = np.maximum(low, start), np.minimum(high, stop)
    alike = last - first
    places = reader.bare.places
    letters = np.abs(places.searchsorted(line) - places.searchsorted(at))
    few = places.searchsorted(last) - places.searchsorted(first) <= np.minimum(_FEW, letters)
    few &= (rest > 0) & (start < inner) & (inner < stop)
    whole = (rest == 0) & (start <= low) & (high <= stop)
    return Sides(
        np.where(few, inner, line), inner, np.where(few, 0, rest), alike, few | whole, ~few & (rest > _REST * alike)
    )
