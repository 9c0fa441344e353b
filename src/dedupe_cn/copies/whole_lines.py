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
#: Letters in which two lines may happen to begin or end alike.
_FEW = 6


def whole_lines(aligned: Aligned, kept: Range, removed: Range) -> Copy:
    """Widen a copy to the lines it begins and ends in where it is most of them; else narrow it to whole lines.

    It is open where too little of it would be left.
    """
    reader = aligned.reader
    start, end = (
        _widened(aligned, kept, removed, end=end)
        or next((edge for edge in _edges_of_both(aligned, end=end) if _line_is_alike(reader, *edge, end=end)), None)
        for end in (False, True)
    )
    one, other = kept, removed
    if start is not None and end is not None:
        one, other = (start[0], end[0]), (start[1], end[1])
    whole = start is not None and end is not None and one[0] < one[1] <= other[0] < other[1]
    whole = whole and one[1] - one[0] >= _CORE * (kept[1] - kept[0])
    if not whole:
        one, other = kept, removed
    codes = reader.layout.codes
    exact = np.array_equal(codes[slice(*one)], codes[slice(*other)])
    bounds = (one[0], other[0], other[1]) if whole and one[1] == other[0] else ()
    return Copy(one, other, bounds, whole, exact, not whole, (kept, removed))


def _edges_of_both(aligned: Aligned, *, end: bool) -> Iterator[tuple[int, int]]:
    """Give the places inside of a copy at which a line of both stretches begins, or ends: the outermost first."""
    starts, (first, last) = aligned.reader.starts, aligned.kept if end else aligned.removed
    inside = starts[bisect_left(starts, first) : bisect_right(starts, last)]
    for at in reversed(inside) if end else inside:
        other = aligned.across(at) if end else aligned.back(at)
        if other is not None and aligned.reader.is_edge(other):
            yield (at, other) if end else (other, at)


def _line_is_alike(reader: Reader, one: int, other: int, *, end: bool) -> bool:
    """Tell whether the lines that end (or begin) at two places are alike."""
    from rapidfuzz.distance import Indel

    ours, theirs = (reader.line(at - 1 if end else at) for at in (one, other))
    return Indel.normalized_similarity(reader.folded[slice(*ours)], reader.folded[slice(*theirs)]) >= _LINES_ALIKE


def _widened(aligned: Aligned, kept: Range, removed: Range, *, end: bool) -> tuple[int, int] | None:
    """Give the edges of the lines in which both stretches begin (or end), None where the copy is open there.

    A line of which most is alike belongs to the copy; one of which only a little is alike does not, if the lines behind
    it (or before) answer to each other. Where one stretch ends with its line, the other may go on: then that lacks the
    rest.
    """
    one, other = (_edge(aligned.reader, stretch, end=end) for stretch in (kept, removed))
    outer = (not one.open and not other.open) or (one.open != other.open and (other if one.open else one).whole)
    few = [edge.place == edge.inner for edge in (one, other)]
    # What happens to be alike in a line of the one is no more in that of the other.
    chance = few[0] != few[1] and (other if few[0] else one).rest > 0
    if (chance or (not outer and max(one.alike, other.alike) <= min(one.rest, other.rest))) and _answer(
        aligned, one.inner, other.inner, end=end
    ):
        edges = one.inner, other.inner
    elif outer:
        edges = one.place, other.place
    else:
        return None
    inside = kept[0] < edges[0] <= max(kept[1], one.place) and removed[0] < edges[1] if end else edges[0] < kept[1]
    return edges if inside and (end or edges[1] < removed[1]) else None


def _answer(aligned: Aligned, one: int, other: int, *, end: bool) -> bool:
    """Tell whether two places at which lines begin (or end) answer to each other."""
    return aligned.across(one) == other if end else aligned.back(other) == one


class _Edge(NamedTuple):
    """Where a stretch begins or ends: the edge of its line, or of the one before where too little of that is alike."""

    place: int
    inner: int
    rest: int
    alike: int
    whole: bool
    open: bool


def _edge(reader: Reader, stretch: Range, *, end: bool) -> _Edge:
    at = int(end)
    line = reader.line(stretch[at] - 1 if end else stretch[at])
    rest = abs(line[at] - stretch[at])
    alike = min(line[1], stretch[1]) - max(line[0], stretch[0])
    inner = line[1 - at]
    few = reader.letters(max(line[0], stretch[0]), min(line[1], stretch[1])) <= min(
        _FEW, reader.letters(*sorted((line[at], stretch[at])))
    )
    if rest and few and stretch[0] < inner < stretch[1]:
        return _Edge(inner, inner, 0, alike, True, False)
    whole = rest == 0 and stretch[0] <= line[0] and line[1] <= stretch[1]
    return _Edge(line[at], inner, rest, alike, whole, rest > _REST * alike)


class _Edges(NamedTuple):
    """The same of many stretches."""

    place: NDArray[np.int64]
    inner: NDArray[np.int64]
    rest: NDArray[np.int64]
    alike: NDArray[np.int64]
    whole: NDArray[np.bool_]
    open: NDArray[np.bool_]


def surely_open(reader: Reader, ends: Ends) -> NDArray[np.bool_]:
    """Tell of which copies that lie apart there are no whole lines: no edge that serves, and none inside."""
    some = reader.edges
    inside = some.searchsorted(ends.kept_end) > some.searchsorted(ends.kept, side="right")
    for one, other in ((ends.kept, ends.removed), (ends.kept_end, ends.removed_end)):
        inside |= (some.take(some.searchsorted(one)) == one) & (some.take(some.searchsorted(other)) == other)
    result: NDArray[np.bool_] = ~inside & ~(_widen(reader, ends, end=False) & _widen(reader, ends, end=True))
    return result


def _widen(reader: Reader, ends: Ends, *, end: bool) -> NDArray[np.bool_]:
    """Tell which copies have an edge there, as :func:`_widened` does."""
    one = _edges(reader, ends.kept, ends.kept_end, end=end)
    other = _edges(reader, ends.removed, ends.removed_end, end=end)
    outer = ~one.open & ~other.open | (one.open != other.open) & np.where(one.open, other.whole, one.whole)
    inner = np.maximum(one.alike, other.alike) <= np.minimum(one.rest, other.rest)
    edge, edge_of_other = (np.where(outer, e.place, e.inner) for e in (one, other))
    if end:
        inside = (ends.kept < edge) & (edge <= np.maximum(ends.kept_end, one.place)) & (ends.removed < edge_of_other)
    else:
        inside = (edge < ends.kept_end) & (edge_of_other < ends.removed_end)
    result: NDArray[np.bool_] = (outer | inner) & inside
    return result


def _edges(reader: Reader, start: NDArray[np.int64], stop: NDArray[np.int64], *, end: bool) -> _Edges:
    """Give the edges of many stretches, as :func:`_edge` does."""
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
    return _Edges(
        np.where(few, inner, line), inner, np.where(few, 0, rest), alike, few | whole, ~few & (rest > _REST * alike)
    )
