"""Chain matches into copies: nearly equal diagonals, bounded gaps (the shape of minimap2, Li 2018).

A copy that is not to the letter is a row of matches, each a little shifted against the one before. All places here are
those of the bare form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: Letters between two matches of a chain, and by how much the distance may change there: a sentence that one lacks.
GAP, DRIFT = 120, 90
#: Width of a row of diagonals that are looked through for a chain to go on with.
_ROW = DRIFT
#: Letters between two pieces that need no more than the pieces themselves.
_NEAR = 24
#: Letters by which the distance may change between two pieces however short they are.
_STEP = 8
#: Letters by which a match may begin before the last one of its chain has ended.
_OVERLAP = 24
#: Chains that are looked at as what comes before one when far pieces are joined.
_WINDOW = 24
#: Letters by which documents are moved apart, so that no stretch of one goes on in another: far more than two hold.
_APART = 1 << 24
#: Pieces and chains for which that is looked up in one go: a few MiB.
_PIECE = 1 << 13


def may_follow(first: Numbers, second: Numbers, size: Numbers, documents: Numbers) -> NDArray[np.bool_]:
    """Mark the pieces, sorted by ``second``, that may stand in a chain with one of their neighbours (:func:`_cost`).

    ``documents`` are where documents begin: a chain stands in one of them.
    """
    apart = documents.searchsorted(first, side="right") * _APART
    first, second = first + apart, second + apart
    marks = np.zeros(first.size, dtype=bool)
    first_end, second_end = first + size, second + size
    ended = _Ended(second_end)
    # Most stand far behind all that ended before.
    some = np.flatnonzero(second[1:] - np.maximum.accumulate(second_end)[:-1] <= GAP) + 1
    for begin in range(0, some.size, _PIECE):
        numbers = some[begin : begin + _PIECE, None]
        before = ended.before(numbers, second.take(numbers))
        own = size.take(numbers)
        ahead = first.take(numbers) - first_end.take(before, mode="clip")
        behind = second.take(numbers) - second_end.take(before, mode="clip")
        near = (before >= 0) & (np.maximum(ahead, behind) <= np.minimum(GAP, _NEAR + 2 * own))
        near &= np.abs(ahead - behind) <= np.minimum(DRIFT, _STEP + own)
        near &= np.minimum(ahead, behind) >= -np.minimum(_OVERLAP, own // 2)
        marks[numbers[near.any(axis=1), 0]] = True
        marks[before[near]] = True
    return marks


class _Ended:
    """What stands before each of some stretches: the last ones in order, and those that ended last before it begins.

    Between the two parts of a long copy there may be any number of short ones.
    """

    def __init__(self, ends: Numbers) -> None:
        self._order = np.argsort(ends, kind="stable")
        self._ends = ends.take(self._order)

    def before(self, numbers: Numbers, starts: Numbers) -> Numbers:
        """Give for stretches (a column) the numbers of those before, in rows; negative ones stand for none."""
        lags = np.arange(_WINDOW, 0, -1)
        last = self._ends.searchsorted(starts + _OVERLAP, side="right") - lags
        ended = np.where(last >= 0, self._order.take(last, mode="clip"), -1)
        return np.concatenate((np.where(ended < numbers, ended, -1), numbers - lags), axis=1)


class Piece(NamedTuple):
    """A stretch that says the same at two places: ``size`` letters from ``first`` and from ``second`` on."""

    first: int
    second: int
    size: int


class Chain(NamedTuple):
    """Pieces that rise on both sides and do not overlap."""

    pieces: tuple[Piece, ...]

    @property
    def first(self) -> int:
        """Give where the earlier stretch begins."""
        return self.pieces[0].first

    @property
    def first_end(self) -> int:
        """Give where the earlier stretch ends."""
        last = self.pieces[-1]
        return last.first + last.size

    @property
    def second(self) -> int:
        """Give where the later stretch begins."""
        return self.pieces[0].second

    @property
    def second_end(self) -> int:
        """Give where the later stretch ends."""
        last = self.pieces[-1]
        return last.second + last.size

    @property
    def size(self) -> int:
        """Count the letters of the pieces."""
        return sum(piece.size for piece in self.pieces)


class _Link:
    """A piece with the best chain that ends in it: its letters, how it begins, and what comes before."""

    __slots__ = ("before", "begin", "piece", "size")

    def __init__(self, piece: Piece, before: _Link | None) -> None:
        self.piece: Piece = piece if before is None else _behind(before.piece, piece)
        self.before = before
        self.begin: Piece = before.begin if before is not None else piece
        self.size: int = self.piece.size + (before.size if before else 0)


def chain(pieces: Iterable[Piece]) -> list[Chain]:
    """Chain pieces that are sorted by ``second``: each behind the one with which the most letters are chained.

    Chains are then read off from their ends, the longest first, each piece for one chain (Li 2018, section 2.1).
    """
    rows: dict[int, list[_Link]] = {}
    links: list[_Link] = []
    for piece in pieces:
        row = (piece.second - piece.first) // _ROW
        before: _Link | None = None
        most = 0
        for number in (row - 1, row, row + 1):
            for link in _still_open(rows.get(number), piece.second):
                if link.size > most and (gain := link.size - _cost(link, piece)) > most:
                    before, most = link, gain
        link = _Link(piece, before)
        links.append(link)
        rows.setdefault(row, []).append(link)
    return list(_read_off(links))


def _read_off(links: list[_Link]) -> Iterator[Chain]:
    """Give the chains, the longest first; a piece that is taken already begins none and ends none."""
    taken: set[int] = set()
    for end in sorted(links, key=lambda link: -link.size):
        row: list[Piece] = []
        link: _Link | None = end
        while link is not None and id(link) not in taken:
            taken.add(id(link))
            row.append(link.piece)
            link = link.before
        yield from _trimmed(row[::-1])


def _trimmed(row: list[Piece]) -> Iterator[Chain]:
    """Give a chain without short pieces at its ends, beyond a longer passage in the place of which another one stands:
    these are chance, and chains for themselves.
    """
    while len(row) > 1 and row[0].size < _replaced(*row[:2]):
        yield Chain((row.pop(0),))
    while len(row) > 1 and row[-1].size < _replaced(*row[-2:]):
        yield Chain((row.pop(),))
    if row:
        yield Chain(tuple(row))


def _replaced(last: Piece, piece: Piece) -> int:
    """Count the letters between two pieces that stand in both copies and are not the same."""
    return min(piece.first - last.first - last.size, piece.second - last.second - last.size)


def _still_open(row: list[_Link] | None, place: int) -> Sequence[_Link]:
    """Give the last chains of a row that a piece at a place may go on with; those that end before are let go."""
    if not row:
        return ()
    if row[0].piece.second + row[0].piece.size + GAP < place:
        row[:] = [link for link in row if link.piece.second + link.piece.size + GAP >= place]
    return row[-_WINDOW:]


def _cost(link: _Link, piece: Piece) -> int:
    """Tell in letters what it costs that a piece follows another one: more than there are where it cannot.

    A gap is bridged by what is equal on both sides of it: short pieces far apart are chance.
    """
    last = link.piece
    ahead, behind = piece.first - last.first - last.size, piece.second - last.second - last.size
    gap, shift = max(ahead, behind, 0), abs(ahead - behind)
    least = min(link.size, piece.size)
    if gap > min(GAP, _NEAR + link.size, _NEAR + 2 * piece.size) or shift > min(DRIFT, _STEP + least):
        return link.size
    if min(ahead, behind) < -min(_OVERLAP, least // 2) or _folds(link.begin, piece, gap):
        return link.size
    return gap // 8 + shift // 4


def _folds(begin: Piece, piece: Piece, gap: int) -> bool:
    """Tell whether a chain would lie over its own copy without being a row of copies.

    Copies in a row have one period, give or take what noise shifts, and nothing between them; doubled sentences have a
    period each, and a passage that stands three times at one distance has other text between.
    """
    over = piece.first + piece.size > begin.second
    distance, period = piece.second - piece.first, begin.second - begin.first
    return over and (abs(distance - period) > period // 32 or gap > max(_STEP, period // 4))


def _behind(last: Piece, piece: Piece) -> Piece:
    """Take from a piece what the last one of its chain has already."""
    over = max(0, last.first + last.size - piece.first, last.second + last.size - piece.second)
    return Piece(piece.first + over, piece.second + over, piece.size - over)


def joined(chains: Sequence[Chain], documents: Numbers) -> Iterator[Chain]:
    """Join chains between which one copy lacks a longer passage, or has another one in its place.

    What lies between may be half as long as what is equal around it. Only what is joined is given, of each of the
    ``documents`` that begin at these places.
    """
    order = sorted(chains, key=lambda one: (one.second, one.first))
    before: dict[int, int] = {}
    taken: set[int] = set()
    for number, some in groupby(_far_gaps(order, documents), key=itemgetter(0)):
        free = [(gap, earlier) for _, earlier, gap in some if earlier not in taken]
        if free:
            before[number] = min(free)[1]
            taken.add(before[number])
    for number in before:
        if number in taken:
            continue
        row = [number]
        while row[-1] in before:
            row.append(before[row[-1]])
        yield Chain(tuple(_rising(piece for part in reversed(row) for piece in order[part].pieces)))


def _rising(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Take from each piece what the one before has already."""
    last: Piece | None = None
    for piece in pieces:
        fresh = _behind(last, piece) if last else piece
        if fresh.size > 0:
            yield fresh
            last = fresh


def _far_gaps(order: Sequence[Chain], documents: Numbers) -> Iterator[tuple[int, int, int]]:
    """Give the numbers of two chains of which the first goes on behind the second, and the longer gap between them."""
    rows = [(row.first, row.first_end, row.second, row.second_end, row.size) for row in order]
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    columns[:4] += documents.searchsorted(columns[0], side="right") * _APART
    ended = _Ended(columns[3])
    for begin in range(0, len(order), _PIECE):
        numbers = np.arange(begin, min(begin + _PIECE, len(order)))[:, None]
        earlier = ended.before(numbers, columns[2].take(numbers))
        first, _, second, _, size = (column.take(numbers) for column in columns)
        _, first_end, second_before, second_end, size_before = (column.take(earlier, mode="clip") for column in columns)
        ahead, behind = first - first_end, second - second_end
        gap, both, least = np.maximum(ahead, behind), size + size_before, np.minimum(size, size_before)
        near = (earlier >= 0) & (np.minimum(ahead, behind) >= -_OVERLAP) & (gap <= 4 * least)
        near &= columns[1].take(numbers) <= second_before + _OVERLAP  # or it would lie over its own copy
        near &= (gap <= both // 2) & (np.abs(ahead - behind) <= both // 3)
        here, lag = np.nonzero(near)
        found = (here + begin, earlier[here, lag], gap[here, lag])
        yield from zip(*(column.tolist() for column in found), strict=True)
