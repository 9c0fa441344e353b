"""Find the copies of a text: seeds, chains, and how far they reach."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.copies.aligned import Aligned
from dedupe_cn.copies.chains import Chain, Piece, chain, joined, may_follow
from dedupe_cn.copies.doubled import doubled_sentences
from dedupe_cn.copies.ends import Crowd, Ends, equal_ends, find_ends
from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.copies.growing import growing_lines
from dedupe_cn.copies.in_a_row import best_bounds, equal_lines, in_a_row
from dedupe_cn.copies.matches import SEED, Matches, find_matches
from dedupe_cn.copies.titles import titles_twice
from dedupe_cn.copies.whole_lines import Choice, surely_open, whole_lines, widened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.copies.reader import Reader

#: Letters between two copies that still may touch.
_TOUCHING = 4
#: Letters of a heading, a line and a stretch that directly repeats from which on it is told.
TOLD_HEADING, TOLD_LINE, TOLD_ROW = 2, 4, 12
#: Words of a part of a line that is told where the copies nearly touch, and elsewhere (design section 4, principle 5).
TOLD, PART = 20, 64
#: Letters of a copy that nearly touches the other one, and odd characters between.
_NEAR, _ODD = 30, 6
#: Share of the shorter stretch that stands in the other one, and of the longer one where a line goes on.
_MOSTLY, _NEARLY = 0.75, 0.9
#: Chains that are gone over in one go: bounds the memory of a step to a few MiB.
_STEP = 1 << 11


def find_copies(reader: Reader) -> list[Copy]:
    """Find the copies within each document of a text that may be worth something, in order of place."""
    doubled = list(doubled_sentences(reader))
    lines = (copy for copy in equal_lines(reader) if _is_worth(reader, copy))
    known = [*doubled, *growing_lines(reader), *titles_twice(reader)]
    found = [*known, *_apart_from(doubled, [*lines, *_chained(reader, _rows(reader))])]
    unique = {(copy.kept, copy.removed): copy for copy in reversed(found)}
    return sorted(unique.values(), key=lambda copy: (copy.removed, copy.kept))


def _rows(reader: Reader) -> list[Chain]:
    """Give the chains of each document."""
    documents = reader.letters_before
    pieces, rows = _pieces(reader, find_matches(reader.bare.codes, SEED, documents if documents.size > 1 else None))
    bounds = [bisect_left(pieces, int(at), key=attrgetter("second")) for at in documents]
    for begin, end in pairwise([*bounds, len(pieces)]):
        if begin < end:
            rows += [row for row in chain(pieces[begin:end]) if _says_enough(reader, row)]
    return [*rows, *joined(rows, documents), *_equal_rows(rows)]


def _chained(reader: Reader, rows: Sequence[Chain]) -> Iterator[Copy]:
    """Give the copies that chains show, and what is equal in chains that chance has put together."""
    parts: list[Chain] = []
    for row, copies in _copies(reader, rows):
        near = [copy for copy in copies if _is_worth(reader, copy) and (copy.exact or is_near(reader, copy))]
        yield from near
        # Else chance has put together what lies in one order.
        if not near and len(row.pieces) > 1 and not any(copy.exact or is_near(reader, copy) for copy in copies):
            parts += [Chain((piece,)) for piece in row.pieces]
    alone = list(_told_alone(reader, [row for row in parts if _says_enough(reader, row)]))
    for _, copies in _copies(reader, alone):
        yield from (copy for copy in copies if copy.exact and _is_worth(reader, copy))


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
    number = bisect_right(reader.low, copy.kept[0]) - 1
    if 4 * copy.unit >= reader.high[number] - reader.low[number]:  # it may be a page
        return True
    if copy.lines:
        return bool(reader.count_words(*copy.removed) >= reader.least[number])
    return copy.exact and reader.count_words(*copy.removed) >= least_part(reader, copy, reader.letters(*copy.removed))


def least_part(reader: Reader, copy: Copy, letters: int) -> int:
    """Give the words from which on a part of a line is told: fewer where the copies nearly touch, or hold sentences."""
    if reader.holds_sentences(*(np.array([at]) for at in copy.removed))[0]:
        return TOLD
    gap = copy.removed[0] - copy.kept[1]
    near = 0 <= gap <= max(_ODD, copy.unit // 2 if letters >= _NEAR else 0)
    return TOLD if near else PART


def _pieces(reader: Reader, matches: Matches) -> tuple[list[Piece], list[Chain]]:
    """Give the matches that may be chained, in the order of their later places, and those that are chains alone."""
    order = np.lexsort((matches.first, matches.second))
    first, second, length = (column[order] for column in (matches.first, matches.second, matches.length))
    words, documents = reader.words, reader.letters_before
    least = reader.least.take(documents.searchsorted(first, side="right") - 1)
    enough = (words[second + length] - words[second] >= least) | (second - first <= length + _TOUCHING)
    chained = may_follow(first, second, length, documents)
    some, alone = (
        list(map(Piece, *(column[which].tolist() for column in (first, second, length))))
        for which in (chained, enough & ~chained)
    )
    return some, [Chain((piece,)) for piece in alone]


def _says_enough(reader: Reader, row: Chain) -> bool:
    """Tell whether a chain is long enough to be told of, or touches itself."""
    if row.second <= row.first_end + _TOUCHING:
        return True
    words, number = reader.words, bisect_right(reader.letters_before, row.second) - 1
    return bool(words[row.second_end] - words[row.second] >= reader.least[number])


def _equal_rows(rows: Iterable[Chain]) -> Iterator[Chain]:
    """Give the pieces of longer chains that touch their own copy: equal ones in a row with others that are not."""
    for row in rows:
        if len(row.pieces) > 1:
            yield from (Chain((piece,)) for piece in row.pieces if piece.size >= piece.second - piece.first)


def _told_alone(reader: Reader, parts: Sequence[Chain]) -> Iterator[Chain]:
    """Give the chains of which somebody is told, as far as they reach to the letter."""
    for begin in range(0, len(parts), _STEP):
        some = parts[begin : begin + _STEP]
        yield from compress(some, (~_is_only_part(reader, equal_ends(reader, some))).tolist())


def _copies(reader: Reader, rows: Sequence[Chain]) -> Iterator[tuple[Chain, list[Copy]]]:
    """Give the copies that each chain shows, but for chains that no rule is about and nobody is told of."""
    crowd = Crowd(reader)
    rows = sorted(rows, key=lambda row: -row.size)
    for begin in range(0, len(rows), _STEP):
        shown: list[tuple[Chain, list[Copy]]] = []
        wide: list[_Stretches] = []
        for aligned in _aligned(reader, rows[begin : begin + _STEP], crowd):
            copies: list[Copy] = []
            shown.append((aligned.row, copies))
            wide += _stretches(aligned, copies)
        for stretches, start, end in zip(wide, *_edges(reader, wide), strict=True):
            copy = whole_lines(stretches.aligned, stretches.kept, stretches.removed, start, end)
            if not stretches.wider:
                stretches.copies.append(copy)
            elif copy.lines:  # one line holds the other and goes on
                stretches.copies.append(copy._replace(wider=True))
        yield from shown


def _aligned(reader: Reader, rows: Sequence[Chain], crowd: Crowd) -> Iterator[Aligned]:
    """Align chains, but for those that no rule is about and nobody is told of."""
    ends, looked_at = find_ends(reader, rows, crowd)
    worth = np.flatnonzero(looked_at & ~_is_only_part(reader, ends))
    columns = (column.take(worth).tolist() for column in ends)
    for number, kept, kept_end, removed, removed_end in zip(worth.tolist(), *columns, strict=True):
        yield Aligned(reader, rows[number], (kept, kept_end), (removed, removed_end))


def _is_only_part(reader: Reader, ends: Ends) -> NDArray[np.bool_]:
    """Tell which copies lie apart, are no page, and are parts of lines that are too short or not the same."""
    unit, places = ends.kept_end - ends.kept, reader.bare.places
    low, high = places.searchsorted(ends.removed), places.searchsorted(ends.removed_end)
    words = reader.words[high] - reader.words[low]
    words = np.where(reader.holds_sentences(ends.removed, ends.removed_end), PART, words)
    gap = ends.removed - ends.kept_end
    apart = gap > np.maximum(_ODD, np.where(high - low >= _NEAR, unit // 2, 0))
    part = (words < PART) | (unit != ends.removed_end - ends.removed)
    document = reader.document_of(ends.kept)
    small = 4 * unit < (reader.high - reader.low).take(document)  # or it may be a page
    result: NDArray[np.bool_] = apart & part & small & surely_open(reader, ends)
    return result


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


def _edges(reader: Reader, wide: Sequence[_Stretches]) -> tuple[Sequence[Choice], Sequence[Choice]]:
    """Give the edges of the lines in which stretches begin, and in which they end."""
    if not wide:
        return (), ()
    ends = Ends(*np.array([(*stretches.kept, *stretches.removed) for stretches in wide], np.int64).T)
    return widened(reader, ends, end=False), widened(reader, ends, end=True)


def is_near(reader: Reader, copy: Copy) -> bool:
    """Tell whether two stretches that are not equal are alike enough to be held for copies.

    Most of the shorter one stands in the longer one; where a line goes on they are nearly equal, or it is chance.
    """
    from rapidfuzz.distance import Indel

    ours, theirs = reader.folded[slice(*copy.kept)], reader.folded[slice(*copy.removed)]
    equal = (len(ours) + len(theirs) - Indel.distance(ours, theirs)) / 2
    return equal >= (_NEARLY if copy.open else _MOSTLY) * (max if copy.open else min)(len(ours), len(theirs))
