"""Hold the copies of a text against what a person has decided on them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from dedupe_cn.copies.find import is_near
from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.judge.accepted import MANY, Accepted, single_copies
from dedupe_cn.judge.case import Case, Page
from dedupe_cn.judge.identity import identity
from dedupe_cn.judge.keep import kept_at, settled
from dedupe_cn.judge.shapes import shape
from dedupe_cn.model import Verdict

#: Characters of a stretch for which copies that were accepted are noted.
_STRETCH = 512


class _Piece(NamedTuple):
    """A part of a copy that is accepted or open by itself: both stretches, and the later of two equal places."""

    kept: Range
    removed: Range
    later: Range


class Book:
    """The verdicts on one text, and what they leave open.

    A verdict holds for so many copies of a passage beside the first one, in whatever company they stand: alone, in a
    longer copy or in two halves. Which of equal copies is the new one nobody can tell. Those are accepted first that
    stay at most levels, and of these the first in place: what is left open is then what a level would remove, if any
    is. Passages that are not equal are decided on as a pair.
    """

    def __init__(self, verdicts: Mapping[str, Verdict]) -> None:
        self.verdicts = verdicts

    def look(self, page: Page, found: Sequence[Case]) -> None:
        """Look where in a text the accepted passages stand; ``found`` are the copies that the text holds."""
        self._page = page
        self._accepted = Accepted(page, self.verdicts, found)
        exact = [case for case in found if case.copy.exact and self._accepted.touches(case.removed)]
        kept = [case for case in exact if not self._left_of(case)]
        self._both: defaultdict[int, list[tuple[Range, Range]]] = defaultdict(list)
        self._paired = bytearray(page.reader.size + 1)
        for first, second in self._accepted.pairs:
            self._note(first, second)
            for start, end in (first, second):
                self._paired[start:end] = b"\1" * (end - start)
        for case in kept:
            self._note(*sorted((case.kept, case.removed)))

    def _note(self, first: Range, second: Range) -> None:
        """Note both stretches of a copy that was accepted, where the second one reaches over."""
        for row in range(second[0] // _STRETCH, second[1] // _STRETCH + 1):
            self._both[row].append((first, second))

    @property
    def kept(self) -> Counter[str]:
        """Give how many copies each verdict kept."""
        return self._accepted.kept

    def ordered(self, case: Case) -> bool:
        """Tell whether a copy is to go."""
        verdict = self.verdicts.get(identity(case))
        return verdict is not None and not verdict.keep

    def chosen(self, case: Case) -> Case | None:
        """Let that copy stay which a person has named, if it can, else the one that is better."""
        stays = self.verdicts[identity(case)].stays
        return kept_at(case, stays) if stays else settled(case)

    def open(self, case: Case, is_told: Callable[[Case], bool]) -> Sequence[Case]:
        """Give what is open of a copy: all of it, some parts of it, or nothing.

        Of a copy that nobody would be told of no verdict was asked; it stays as it is.
        """
        accepted = self._accepted
        if self._is_paired(case):
            return ()
        touched = any(map(accepted.touches, (case.removed, case.kept)))
        if case.copy.wider:  # these are lines of a row that is told of by itself
            return () if touched or self._paired.find(1, *case.removed) >= 0 else (case,)
        if not touched and not accepted.pairs:
            return (case,)
        if not is_told(settled(case)):
            return (case,)
        parts = self._open_of_copy(case) if case.copy.exact else self._open_of_pair(case)
        if parts == [case]:
            return (self._spared(case),)
        parts = [part for part in parts if not self._is_paired(part)]
        for part in parts:
            part.part = True
        return parts

    def _is_paired(self, case: Case) -> bool:
        """Tell whether a copy was accepted, or lies in one that was at places of both."""
        ours = sorted((case.kept, case.removed))
        rows = self._both.get(ours[1][0] // _STRETCH, ())
        return any(_lies_in(ours[0], both[0]) and _lies_in(ours[1], both[1]) for both in rows)

    def _spared(self, case: Case) -> Case:
        """Let that copy go which is no part of a pair that was accepted."""
        copy = case.copy
        removed, kept = (self._paired.find(0, *stretch) < 0 for stretch in (case.removed, case.kept))
        turns = copy.exact and copy.times == 2 and case.shown == case.removed and case.rule != "running-line"
        return Case(self._page, case.rule, copy.turned()) if turns and removed and not kept else case

    def _open_of_copy(self, case: Case) -> list[Case]:
        """Give the parts of an exact copy that hold a place nobody accepted."""
        left = self._left_of(case)
        whole = sum(piece.removed[1] - piece.removed[0] for piece in left) == case.removed[1] - case.removed[0]
        return [case] if whole else [self._part(case, run) for run in _runs(left)]

    def _left_of(self, case: Case) -> list[_Piece]:
        """Give the pieces of an exact copy that are not accepted."""
        return [piece for piece in self._pieces(case) if not self._accepted.holds(piece.later)]

    def _pieces(self, case: Case) -> Iterator[_Piece]:
        """Give an exact copy line by line, and one by one where several go at once."""
        step = case.unit if case.copy.in_a_row or case.copy.times > 2 else abs(case.removed[0] - case.kept[0])
        step = -step if case.kept[0] < case.removed[0] else step
        for start, end in single_copies(case):
            cuts = [start, *(edge for edge in self._edges(start, end) if start < edge < end), end]
            for low, high in pairwise(cuts):
                kept = (low + step, high + step)
                later = max(kept, (low, high))
                if case.rule == "running-line" and step > 0:  # the last one stays: this one stands for the next
                    later = self._next(case, (low, high)) or later
                yield _Piece(kept, (low, high), later)

    def _edges(self, start: int, end: int) -> list[int]:
        edges = self._page.reader.starts
        return list(edges[bisect_left(edges, start) : bisect_left(edges, end)])

    def _next(self, case: Case, place: Range) -> Range | None:
        places = self._accepted.places.get(identity(case), [])
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

    def _open_of_pair(self, case: Case) -> list[Case]:
        """Part two passages that are not equal at the equal lines in them that were accepted."""
        from difflib import SequenceMatcher

        reader, exact = self._page.reader, self._page.layout.exact
        ours, theirs = list(reader.lines_in(*case.kept)), list(reader.lines_in(*case.removed))
        one, two = ([exact[slice(*line)] for line in lines] for lines in (ours, theirs))
        blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
        equal = [(ours[b.a + n], theirs[b.b + n]) for b in blocks for n in range(b.size)]
        accepted = [pair for pair in equal if self._accepted.holds(max(pair))]
        if not accepted:
            return [case]
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


def lengths(case: Case) -> tuple[int, ...]:
    """Give the characters of equal passages, or those of both."""
    (kept, kept_end), (start, end) = case.kept, case.removed
    return (case.unit,) if case.copy.exact else (kept_end - kept, end - start)


def count_copies(page: Page, found: Sequence[Case], told: Mapping[str, Case], book: Book | None) -> Counter[str]:
    """Count the open copies of passages that are told of, by id: those beside the first that no longer one holds."""
    known = book.verdicts if book is not None else {}
    every = {name: replace(verdict, count=MANY) for name, verdict in known.items() if verdict.keep}
    every |= {name: Verdict(True, MANY, lengths(case)) for name, case in told.items()}
    counted = Book(every)
    counted.look(page, found)
    kept = book.kept if book is not None else Counter[str]()
    return Counter({name: max(1, counted.kept[name] - kept[name]) for name in told})


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


def _lies_in(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
