"""Widen copies to the lines they begin and end in, or narrow them to whole lines."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dedupe_cn import kernel
from dedupe_cn.copies.found import Copy, Range

if TYPE_CHECKING:
    from dedupe_cn.copies.aligned import Aligned
    from dedupe_cn.copies.reader import Reader

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
    exact = reader.exact[slice(*one)] == reader.exact[slice(*other)]
    bounds = (one[0], other[0], other[1]) if whole and one[1] == other[0] else ()
    return Copy(one, other, bounds, whole, exact, not whole, (kept, removed))


def _behind_sentence(aligned: Aligned, kept: Range) -> tuple[int, int] | None:
    """Give where copies of several lines begin, where the later one was pasted behind a whole sentence of its line.

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


def widened(reader: Reader, copies: Sequence[tuple[int, int, int, int]]) -> list[tuple[Choice, Choice]]:
    """Give the edges that serve where both stretches of copies begin, and where they end.

    Of each copy the beginning and end of its earlier stretch are given, then those of its later one.
    """
    served = kernel.widen(reader.text, memoryview(array("q", (number for copy in copies for number in copy))))
    pairs = [None if kept < 0 else (kept, removed) for kept, removed in zip(served[::2], served[1::2], strict=True)]
    choices = list(zip(pairs[::2], pairs[1::2], strict=True))
    return list(zip(choices[::2], choices[1::2], strict=True))
