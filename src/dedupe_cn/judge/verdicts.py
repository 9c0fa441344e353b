"""Hold the copies of a text against what a person has decided on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.copies.find import is_near
from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.judge.case import Case, Page
from dedupe_cn.judge.identity import identity, name_of
from dedupe_cn.judge.keep import settled
from dedupe_cn.judge.shapes import shape
from dedupe_cn.judge.table import lowest_level
from dedupe_cn.model import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The rank of a copy that stays at every level: one more than that of the last level.
_STAYS = 3
#: More copies than any text has.
_MANY = 1 << 62


class _Piece(NamedTuple):
    """A part of a copy that is accepted or open by itself: both stretches, and the later of two equal places."""

    kept: Range
    removed: Range
    later: Range


class Book:
    """The verdicts on one text: where what was accepted stands in it, and what they leave open.

    A verdict holds for so many copies of a passage beside the first one, in whatever company they stand: alone, in a
    longer copy or in two halves. Which of equal copies is the new one nobody can tell. Those are accepted first that
    stay at most levels, and of these the first in place: what is left open is then what a level would remove, if any
    is. Passages that are not equal are decided on as a pair.
    """

    def __init__(self, verdicts: Mapping[str, Verdict]) -> None:
        self.verdicts = verdicts
        self._pairs: list[Case] = []
        #: How many copies each verdict kept.
        self.kept: Counter[str] = Counter()
        self._left = {name: verdict.count for name, verdict in verdicts.items() if verdict.keep}
        self._places: dict[str, list[Range]] = {}

    def look(self, page: Page, found: Sequence[Case]) -> None:
        """Look where in a text, of which these copies were ``found``, that stands what was accepted."""
        self._page, self._found = page, found
        self._accepted = np.zeros(page.layout.codes.size + 1, dtype=bool)
        if self._left:
            self._find()
            self._accept()

    def ordered(self, case: Case) -> bool:
        """Tell whether a copy is to go."""
        verdict = self.verdicts.get(identity(case))
        return verdict is not None and not verdict.keep

    def open(self, case: Case, is_told: Callable[[Case], bool]) -> Sequence[Case]:
        """Give what is open of a copy: all of it, some parts of it, or nothing.

        Of a copy that nobody would be told of no verdict was asked; it stays as it is.
        """
        if not self._left:
            return (case,)
        if not case.copy.exact and (name := identity(case)) in self._left:
            self.kept[name] += 1
            self._pairs.append(case)
            return ()
        if any(_lies_in(case, pair) for pair in self._pairs):
            return ()
        if not any(self._accepted[slice(*stretch)].any() for stretch in (case.removed, case.kept)):
            return () if case.copy.wider and any(_meet(case, pair) for pair in self._pairs) else (case,)
        if case.copy.wider:  # the row of which these are the lines is told of by itself
            return ()
        if not is_told(settled(case)):
            return (case,)
        parts = self._open_of_copy(case) if case.copy.exact else self._open_of_pair(case)
        for part in parts:
            part.part = part is not case
        return parts

    def _open_of_copy(self, case: Case) -> Sequence[Case]:
        """Give the parts of an exact copy of which one place is not accepted."""
        pieces = list(self._pieces(case))
        left = [piece for piece in pieces if not self._accepted[slice(*piece.later)].all()]
        return (case,) if len(left) == len(pieces) else [self._part(case, run) for run in _runs(left)]

    def _find(self) -> None:
        """Find all places of what was accepted: as lines anywhere, and as the copies that were found."""
        places: defaultdict[str, set[Range]] = defaultdict(set)
        lengths = {verdict.chars for verdict in self.verdicts.values() if verdict.keep and verdict.chars}
        for case in self._found:
            if case.copy.exact and (name := identity(case)) in self._left:
                units = [case.kept, *_units(case)]
                lengths.add(case.unit)
                places[name].update(units)
        for length in lengths:
            for name, stretch in self._lines_of(length):
                if name in self._left:
                    places[name].add(stretch)
        self._places = {name: _apart(stretches) for name, stretches in places.items()}

    def _lines_of(self, length: int) -> Iterator[tuple[str, Range]]:
        """Give the runs of whole lines of a length, each with its name."""
        edges = self._page.reader.edges
        at = edges.searchsorted(edges + length)
        fits = edges[np.minimum(at, edges.size - 1)] == edges + length
        for start in edges[fits].tolist():
            yield name_of(self._page, (start, start + length)), (start, start + length)

    def _accept(self) -> None:
        """Accept as many places of every passage as its verdict holds for, the longest passages first.

        What is not used up of a passage of several lines, since it stands in parts now, holds for its lines.
        """
        lent: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name in sorted(self._places, key=lambda name: (-_size(self._places[name]), name)):
            places = self._places[name]
            lines = list(self._page.reader.lines_in(*places[0]))
            over = self._left[name] - self._take(name, self._left[name], places)
            if over > 0 and len(lines) > 1:
                for line in lines:
                    lent[name_of(self._page, line)][name] += over
        known = {name_of(self._page, line): line[1] - line[0] for line in self._lines()} if lent else {}
        for length in {known[name] for name in lent if name in known}:
            here: defaultdict[str, list[Range]] = defaultdict(list)
            for name, stretch in self._lines_of(length):
                here[name].append(stretch)
            for name in here.keys() & lent.keys():
                places = _apart(here[name])
                for owner, count in lent[name].items():
                    used = self._take(name, count, places, spend=False)
                    self.kept[owner] = max(self.kept[owner], min(self._left[owner], used))

    def _lines(self) -> Iterator[Range]:
        yield from pairwise(self._page.reader.starts)

    def _take(self, name: str, count: int, places: Sequence[Range], spend: bool = True) -> int:
        """Accept so many places beside the first one; give how many copies there were for it."""
        others = places[1:]
        free = [place for place in others if not self._accepted[slice(*place)].all()]
        if len(free) > count:
            free = sorted(free, key=lambda place: (-self._rank(place), place))[:count]
        for place in free:
            self._accepted[slice(*place)] = True
        used = len(free) if not spend else min(count, len(others))
        if spend:
            self.kept[name] += used
        return used

    def _rank(self, place: Range) -> int:
        """Give the rank of the level at which the copy at a place goes, or one that holds it: the highest if none."""
        return int(self._ranks[slice(*place)].max())

    @cached_property
    def _ranks(self) -> NDArray[np.int8]:
        ranks = np.full(self._accepted.size, _STAYS, dtype=np.int8)
        for case in self._found:
            level = lowest_level(settled(case))
            if level is not None:
                first, last = min(case.kept, case.removed), max(case.kept, case.removed)
                start = first[0] + case.unit if case.copy.in_a_row else last[0]
                part = ranks[start : last[1]]
                np.minimum(part, level.rank, out=part)
        return ranks

    def _pieces(self, case: Case) -> Iterator[_Piece]:
        """Give an exact copy line by line, and one by one where several go at once."""
        step = case.unit if case.copy.in_a_row or case.copy.times > 2 else abs(case.removed[0] - case.kept[0])
        step = -step if case.kept[0] < case.removed[0] else step
        for start, end in _units(case):
            cuts = [start, *(edge for edge in self._edges(start, end) if start < edge < end), end]
            for low, high in pairwise(cuts):
                kept = (low + step, high + step)
                later = max(kept, (low, high))
                if case.rule == "running-line" and step > 0:  # the last one stays: this one stands for the next
                    later = self._next(case, (low, high)) or later
                yield _Piece(kept, (low, high), later)

    def _edges(self, start: int, end: int) -> list[int]:
        edges = self._page.reader.edges
        inside: list[int] = edges[edges.searchsorted(start) : edges.searchsorted(end)].tolist()
        return inside

    def _next(self, case: Case, place: Range) -> Range | None:
        places = self._places.get(identity(case), [])
        return next((other for other in places if other > place), None)

    def _part(self, case: Case, run: Sequence[_Piece]) -> Case:
        """Give the pieces of a copy that follow one another as one copy."""
        kept, removed = _reach([piece.kept for piece in run]), _reach([piece.removed for piece in run])
        size, unit = removed[1] - removed[0], case.unit
        lines = case.copy.lines or all(map(self._page.reader.is_edge, (*kept, *removed)))
        if case.copy.in_a_row and size % unit == 0:
            kept = (removed[0] - unit, removed[0]) if kept < removed else (removed[1], removed[1] + unit)
            first, last = min(kept[0], removed[0]), max(kept[1], removed[1])
            bounds = tuple(range(first, last + 1, unit))
            return Case(self._page, case.rule, case.copy._replace(kept=kept, removed=removed, bounds=bounds))
        return self._touching(Copy(kept, removed, lines=lines, exact=True))

    def _touching(self, copy: Copy) -> Case:
        """Give a copy as what it is; one that touches its original stands in a row with it."""
        (start, middle), (other, end) = sorted((copy.kept, copy.removed))
        bounds = (start, middle, end) if middle == other and copy.exact else ()
        return shape(self._page, copy._replace(bounds=bounds))

    def _open_of_pair(self, case: Case) -> Sequence[Case]:
        """Part two passages that are not equal at the equal lines in them that were accepted."""
        from difflib import SequenceMatcher

        reader, codes = self._page.reader, self._page.layout.codes
        ours, theirs = list(reader.lines_in(*case.kept)), list(reader.lines_in(*case.removed))
        one, two = ([codes[slice(*line)].tobytes() for line in lines] for lines in (ours, theirs))
        blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
        equal = [(ours[b.a + n], theirs[b.b + n]) for b in blocks for n in range(b.size)]
        accepted = [pair for pair in equal if self._accepted[slice(*max(pair))].all()]
        if not accepted:
            return (case,)
        known = set(accepted)
        left = [_Piece(*pair, max(pair)) for pair in equal if pair not in known]
        parts = [
            self._touching(Copy(_reach([p.kept for p in run]), _reach([p.removed for p in run]), (), True, True))
            for run in _runs(left)
        ]
        at, other = case.kept[0], case.removed[0]
        for kept, removed in [*equal, ((case.kept[1],) * 2, (case.removed[1],) * 2)]:
            if at < kept[0] and other < removed[0]:
                copy = Copy((at, kept[0]), (other, removed[0]), lines=case.copy.lines)
                if is_near(reader, copy):
                    parts.append(shape(self._page, copy))
            at, other = kept[1], removed[1]
        return parts


def count_copies(page: Page, found: Sequence[Case], told: Mapping[str, Case], book: Book | None) -> Counter[str]:
    """Count the open copies of passages that are told of, by id: those beside the first that no longer one holds."""
    known = book.verdicts if book is not None else {}
    every = {name: replace(verdict, count=_MANY) for name, verdict in known.items() if verdict.keep}
    every |= {name: Verdict(True, _MANY, case.unit if case.copy.exact else 0) for name, case in told.items()}
    counted = Book(every)
    counted.look(page, found)
    kept = book.kept if book is not None else Counter[str]()
    return Counter({name: max(1, counted.kept[name] - kept[name]) for name in told})


def _units(case: Case) -> list[Range]:
    """Give the copies that go, one by one."""
    copy, (start, end) = case.copy, case.removed
    if not copy.exact or copy.times == 2:
        return [case.removed]
    return [(at, min(at + copy.unit, end)) for at in range(start, end, copy.unit)]


def _runs(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Put together the pieces that follow one another in both stretches."""
    run: list[_Piece] = []
    for piece in pieces:
        if run and (run[-1].removed[1] != piece.removed[0] or run[-1].kept[1] != piece.kept[0]):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _reach(row: Sequence[Range]) -> Range:
    """Give what stretches that follow one another reach over."""
    return row[0][0], row[-1][1]


def _apart(stretches: set[Range] | Sequence[Range]) -> list[Range]:
    """Sort stretches, without those that overlap the one before."""
    result: list[Range] = []
    for stretch in sorted(stretches):
        if not result or result[-1][1] <= stretch[0]:
            result.append(stretch)
    return result


def _size(places: Sequence[Range]) -> int:
    return places[0][1] - places[0][0]


def _meet(case: Case, pair: Case) -> bool:
    """Tell whether what two copies remove has anything in common."""
    return case.removed[0] < pair.removed[1] and pair.removed[0] < case.removed[1]


def _lies_in(case: Case, pair: Case) -> bool:
    """Tell whether a copy lies in a pair that was accepted, at places of both."""
    ours, theirs = sorted((case.kept, case.removed)), sorted((pair.kept, pair.removed))
    return all(
        outer[0] <= inner[0] and inner[1] <= outer[1] for inner, outer in zip(ours, theirs, strict=True)
    )
