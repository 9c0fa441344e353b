"""Chain matches into copies: nearly equal diagonals, bounded gaps (the shape of minimap2, Li 2018).

A copy that is not to the letter is a row of matches, each a little shifted against the one before. All places here are
those of the bare form.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

#: Letters between two matches of a chain, and by how much the distance may change there: a sentence that one lacks.
GAP, DRIFT = 120, 90
#: Width of a row of diagonals that are looked through for a chain to go on with.
_ROW = DRIFT
#: Letters between two pieces that need no more than the pieces themselves.
_NEAR = 24
#: Letters by which the distance may change between two pieces however short they are.
_STEP = 8
#: Letters by which a match may begin before the last one of its chain has ended.
OVERLAP = 24
#: Chains that are looked at as what comes before one when far pieces are joined.
WINDOW = 24


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


def may_follow(pieces: Sequence[Piece]) -> list[bool]:
    """Mark the pieces, sorted by ``second``, that may stand in a chain with one of their neighbours (:func:`_cost`)."""
    marks = [False] * len(pieces)
    ended = Ended([piece.second + piece.size for piece in pieces])
    latest = 0
    for number, piece in enumerate(pieces):
        if number and piece.second - latest <= GAP:  # most stand far behind all that ended before
            for before in ended.before(number, piece.second):
                if _are_near(pieces[before], piece):
                    marks[number] = marks[before] = True
        latest = max(latest, piece.second + piece.size)
    return marks


def _are_near(last: Piece, piece: Piece) -> bool:
    ahead, behind = piece.first - last.first - last.size, piece.second - last.second - last.size
    near = max(ahead, behind) <= min(GAP, _NEAR + 2 * piece.size)
    near = near and abs(ahead - behind) <= min(DRIFT, _STEP + piece.size)
    return near and min(ahead, behind) >= -min(OVERLAP, piece.size // 2)


class Ended:
    """What stands before each of some stretches: the last ones in order, and those that ended last before it begins.

    Between the two parts of a long copy there may be any number of short ones.
    """

    def __init__(self, ends: Sequence[int]) -> None:
        self._order = sorted(range(len(ends)), key=ends.__getitem__)
        self._ends = sorted(ends)

    def before(self, number: int, start: int) -> Iterator[int]:
        """Give the numbers of those before a stretch; one may be given twice."""
        last = bisect_right(self._ends, start + OVERLAP)
        yield from (before for before in self._order[max(0, last - WINDOW) : last] if before < number)
        yield from range(max(0, number - WINDOW), number)


class _Link:
    """A piece with the best chain that ends in it: its letters, how it begins, and what comes before."""

    __slots__ = ("before", "begin", "piece", "size")

    def __init__(self, piece: Piece, before: _Link | None) -> None:
        self.piece: Piece = piece if before is None else behind(before.piece, piece)
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
    return row[-WINDOW:]


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
    if min(ahead, behind) < -min(OVERLAP, least // 2) or _folds(link.begin, piece, gap):
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


def behind(last: Piece, piece: Piece) -> Piece:
    """Take from a piece what the last one of its chain has already."""
    over = max(0, last.first + last.size - piece.first, last.second + last.size - piece.second)
    return Piece(piece.first + over, piece.second + over, piece.size - over)
