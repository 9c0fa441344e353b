"""The lines in which copies begin and end: which edges serve, and which copies have no whole lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dedupe_cn.kernel.reference.ends import Ends
    from dedupe_cn.kernel.texts import Text

#: Of a line that a copy begins or ends in, the rest may be half as long as what is alike in it: then it belongs to it.
_REST = 0.5
#: Letters in which two lines may happen to begin or end alike.
_FEW = 6
#: Words of a part of a line that is told (see copies/find.py), letters of a copy that nearly touches the other one, and
#: odd characters between.
_PART, _NEAR, _ODD = 64, 30, 6
#: The places of an edge in both stretches of a copy, -1 where there is none.
Edge = tuple[int, int]
_NONE = (-1, -1)


class _Side(NamedTuple):
    """A stretch at its beginning or end: the edge of its line, or the one before where too little of it is alike.

    Of the line ``alike`` characters are alike, of which a ``rest`` is not.
    """

    place: int
    inner: int
    rest: int
    alike: int
    whole: bool
    open: bool


def served(text: Text, ends: Ends, *, end: bool) -> tuple[Edge, Edge]:
    """Give the edges that serve where both stretches of a copy begin (or end): the inner one, and that of the line.

    A line that is mostly alike belongs to the copy; one that is alike only a little does not, if the lines behind it
    (or before) answer to each other. Where one stretch ends with its line, the other may go on: then that lacks the
    rest.
    """
    one = _side(text, ends.kept, ends.kept_end, end=end)
    other = _side(text, ends.removed, ends.removed_end, end=end)
    outer = not one.open and not other.open
    if one.open != other.open:
        outer = other.whole if one.open else one.whole
    few, few_other = one.place == one.inner, other.place == other.inner
    # What happens to be alike in a line of the one is no more in that of the other.
    chance = few != few_other and (other.rest if few else one.rest) > 0
    inner = chance or (not outer and max(one.alike, other.alike) <= min(one.rest, other.rest))

    def inside(edge: int, edge_of_other: int) -> bool:
        if end:
            low = ends.kept < edge and ends.removed < edge_of_other
            return low and edge <= max(ends.kept_end, one.place)
        return edge < ends.kept_end and edge_of_other < ends.removed_end

    return (
        (one.inner, other.inner) if inner and inside(one.inner, other.inner) else _NONE,
        (one.place, other.place) if outer and inside(one.place, other.place) else _NONE,
    )


def _side(text: Text, start: int, stop: int, *, end: bool) -> _Side:
    edges, places = text.edges, text.forms.places
    number = bisect_right(edges, stop - 1 if end else start)
    number = min(max(number, 1), max(1, len(edges) - 1))
    low, high = edges[number - 1], edges[min(number, len(edges) - 1)]
    line, inner, at = (high, low, stop) if end else (low, high, start)
    rest = abs(line - at)
    first, last = max(low, start), min(high, stop)
    letters = abs(bisect_left(places, line) - bisect_left(places, at))
    few = bisect_left(places, last) - bisect_left(places, first) <= min(_FEW, letters)
    few = few and rest > 0 and start < inner < stop
    whole = rest == 0 and start <= low and high <= stop
    is_open = not few and rest > _REST * (last - first)
    return _Side(inner if few else line, inner, 0 if few else rest, last - first, few or whole, is_open)


def is_only_part(text: Text, ends: Ends) -> bool:
    """Tell whether a copy lies apart, is no page, and is a part of a line that is too short or not the same."""
    unit, (places, words) = ends.kept_end - ends.kept, text.forms[2:]
    low, high = bisect_left(places, ends.removed), bisect_left(places, ends.removed_end)
    if ends.removed - ends.kept_end <= max(_ODD, unit // 2 if high - low >= _NEAR else 0):
        return False
    if 4 * unit >= len(text.forms.folded):  # it may be a page
        return False
    part = unit != ends.removed_end - ends.removed
    if not part and not _holds_sentences(text, ends.removed, ends.removed_end):
        part = words[high] - words[low] < _PART
    return part and not _may_have_lines(text, ends)


def _holds_sentences(text: Text, start: int, end: int) -> bool:
    """Tell whether whole sentences stand in a range that are told wherever they stand again."""
    some, (places, words) = text.sentences, text.forms[2:]
    first = some[min(bisect_left(some, start), len(some) - 1)]
    last = some[max(bisect_right(some, end) - 1, 0)]
    return words[bisect_left(places, last)] - words[bisect_left(places, first)] >= text.least_sentences


def _may_have_lines(text: Text, ends: Ends) -> bool:
    """Tell whether there may be whole lines of a copy: edges that serve at both ends, and not just the one inside.

    Where both stretches are not equal, an edge at either end of both may be one inside too.
    """
    edges, folded = text.edges, text.forms.folded
    inside = edges[bisect_right(edges, ends.kept) : bisect_left(edges, ends.kept_end)]
    pairs = (ends.kept, ends.removed), (ends.kept_end, ends.removed_end)
    at_edges = [all(edges[bisect_left(edges, at)] == at for at in pair) for pair in pairs]
    equal = folded[ends.kept : ends.kept_end] == folded[ends.removed : ends.removed_end]
    if len(inside) > 1 or (not equal and (len(inside) or any(at_edges))):
        return True
    serves = [served(text, ends, end=end) for end in (False, True)]
    if len(inside):
        return any(at_edges) or any(one[0] not in (-1, inside[0]) for choice in serves for one in choice)
    return all(edge or serve != (_NONE, _NONE) for edge, serve in zip(at_edges, serves, strict=True))
