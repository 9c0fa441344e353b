"""Find the copies of a text: seeds, chains, and how far they reach."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.copies.aligned import Aligned
from dedupe_cn.copies.chains import Chain, Piece, chain, joined, may_follow
from dedupe_cn.copies.doubled import doubled_sentences
from dedupe_cn.copies.ends import Ends, find_ends
from dedupe_cn.copies.found import Copy
from dedupe_cn.copies.in_a_row import best_bounds, equal_lines, in_a_row
from dedupe_cn.copies.matches import SEED, Matches, find_matches
from dedupe_cn.copies.whole_lines import surely_open, whole_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.copies.reader import Reader

#: Letters between two copies that still may touch.
_TOUCHING = 4
#: Words of a part of a line further on that is told; letters of one that nearly touches, and odd characters between.
PART, NEAR, ODD = 64, 30, 6
#: Share of the shorter stretch that stands in the other one, and of the longer one where a line goes on.
_MOSTLY, _NEARLY = 0.75, 0.9


def find_copies(reader: Reader, matches: Matches | None = None) -> list[Copy]:
    """Find the copies of a text, in order of place; ``matches`` are those of its bare form where they are known."""
    if matches is None:
        matches = find_matches(reader.bare.codes, SEED)
    pieces, rows = _pieces(reader, matches)
    rows += [row for row in chain(pieces) if _says_enough(reader, row)]
    rows += [*joined(rows), *_equal_rows(rows)]
    found: list[Copy] = list(equal_lines(reader))
    parts: list[Chain] = []
    for aligned in _aligned(reader, rows):
        near = [copy for copy in _copies_of(aligned) if copy.exact or is_near(reader, copy)]
        found += near
        if not near:  # chance has put together what lies in one order: what is equal in it stands for itself
            parts += [Chain((piece,)) for piece in aligned.row.pieces]
    parts = [row for row in parts if _says_enough(reader, row)]
    found += [copy for aligned in _aligned(reader, parts) for copy in _copies_of(aligned) if copy.exact]
    doubled = list(doubled_sentences(reader))
    found = [*doubled, *_apart_from(doubled, found)]
    unique = {(copy.kept, copy.removed): copy for copy in reversed(found)}
    return sorted(unique.values(), key=lambda copy: (copy.removed, copy.kept))


def _apart_from(doubled: Sequence[Copy], found: Iterable[Copy]) -> Iterator[Copy]:
    """Leave out the rows that are one of a run of doubled sentences, cut at another place of its period."""
    ends = [copy.removed[1] for copy in doubled]
    for copy in found:
        number = bisect_right(ends, copy.kept[0])
        same = (run.unit == copy.unit and run.kept[0] < copy.removed[1] for run in doubled[number : number + 2])
        if not copy.in_a_row or not any(same):
            yield copy


def _pieces(reader: Reader, matches: Matches) -> tuple[list[Piece], list[Chain]]:
    """Give the matches that may be chained, in the order of their later places, and those that are chains alone."""
    order = np.lexsort((matches.first, matches.second))
    first, second, length = (column[order] for column in (matches.first, matches.second, matches.length))
    words = reader.words
    enough = (words[second + length] - words[second] >= reader.least) | (second - first <= length + _TOUCHING)
    chained = may_follow(first, second, length)
    some, alone = (
        list(map(Piece, *(column[which].tolist() for column in (first, second, length))))
        for which in (chained, enough & ~chained)
    )
    return some, [Chain((piece,)) for piece in alone]


def _says_enough(reader: Reader, row: Chain) -> bool:
    """Tell whether a chain is long enough to be told of, or touches itself."""
    if row.second <= row.first_end + _TOUCHING:
        return True
    words = reader.words
    return bool(words[row.second_end] - words[row.second] >= reader.least)


def _equal_rows(rows: Iterable[Chain]) -> Iterator[Chain]:
    """Give the pieces of longer chains that touch their own copy: equal ones in a row with others that are not."""
    for row in rows:
        if len(row.pieces) > 1:
            yield from (Chain((piece,)) for piece in row.pieces if piece.size >= piece.second - piece.first)


def _aligned(reader: Reader, rows: Sequence[Chain]) -> Iterator[Aligned]:
    """Align chains, but for those that no rule is about and nobody is told of."""
    if not rows:
        return
    ends = find_ends(reader, rows)
    worth = np.flatnonzero(~_is_only_part(reader, ends))
    columns = (column.take(worth).tolist() for column in ends)
    for number, kept, kept_end, removed, removed_end in zip(worth.tolist(), *columns, strict=True):
        yield Aligned(reader, rows[number], (kept, kept_end), (removed, removed_end))


def _is_only_part(reader: Reader, ends: Ends) -> NDArray[np.bool_]:
    """Tell which copies lie apart, are no page, and are parts of lines that are too short or not the same."""
    unit, places = ends.kept_end - ends.kept, reader.bare.places
    low, high = places.searchsorted(ends.removed), places.searchsorted(ends.removed_end)
    words = reader.words[high] - reader.words[low]
    gap = ends.removed - ends.kept_end
    apart = gap > np.maximum(ODD, np.where(high - low >= NEAR, unit // 2, 0))
    part = (words < PART) | (unit != ends.removed_end - ends.removed)
    result: NDArray[np.bool_] = apart & part & (4 * unit < reader.size) & surely_open(reader, ends)
    return result


def _copies_of(aligned: Aligned) -> Iterator[Copy]:
    """Give the copies that one chain shows: one, or more where three and more follow one another."""
    reader, kept, removed = aligned.reader, aligned.kept, aligned.removed
    gap = reader.letters(kept[1], removed[0]) if removed[0] > kept[1] else 0
    if removed[0] > kept[1] and not gap and removed[0] - kept[1] <= 2:
        kept = kept[0], removed[0]  # what stands between are marks: they end the first copy
    if removed[0] > kept[1]:
        yield whole_lines(aligned, kept, removed)
        return
    bounds = best_bounds(reader, aligned)
    if bounds is not None:
        yield from in_a_row(reader, bounds)
        if len(bounds) == 3 and not all(map(reader.is_edge, bounds)):
            wider = whole_lines(aligned, (bounds[0], bounds[1]), (bounds[1], bounds[2]))
            if wider.lines:  # one line holds the other and goes on
                yield wider._replace(wider=True)
    elif kept[1] <= removed[0]:
        # Inside of a line, the marks between are others than those behind; few words a sentence takes up from another.
        apart = not reader.is_edge(removed[0]) and reader.letters(*removed) >= NEAR
        yield whole_lines(aligned, aligned.kept if apart else kept, removed)


def is_near(reader: Reader, copy: Copy) -> bool:
    """Tell whether two stretches that are not equal are alike enough to be held for copies.

    Most of the shorter one stands in the longer one; where a line goes on they are nearly equal, or it is chance.
    """
    from rapidfuzz.distance import Indel

    ours, theirs = reader.folded[slice(*copy.kept)], reader.folded[slice(*copy.removed)]
    equal = (len(ours) + len(theirs) - Indel.distance(ours, theirs)) / 2
    return equal >= (_NEARLY if copy.open else _MOSTLY) * (max if copy.open else min)(len(ours), len(theirs))
