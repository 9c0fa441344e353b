"""Find where in a text that stands what a person has accepted, and how much of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from dedupe_cn.copies.found import Range
from dedupe_cn.judge.case import Case, Page, lines_in_both
from dedupe_cn.judge.identity import digest_passage, identity, name_of, pair_of
from dedupe_cn.judge.keep import settled
from dedupe_cn.judge.table import lowest_level
from dedupe_cn.model import Level, Verdict

#: Pairs of passages of the lengths in question that are compared in one text: a fifth of a second of work.
_PAIRS = 100_000
#: Characters by which it is told that nothing else begins like a line.
_HEAD = 8
#: More copies than any text has: what is kept whatever it is counts for no more than it is.
MANY = 1 << 62
#: The rank of a copy that stays at every level: one more than that of the last level.
_STAYS = len(Level)


class Accepted:
    """The places of one text that verdicts accept: copies beside the first of equal passages, and pairs of others.

    ``places`` are those of every accepted passage, by its id; ``pairs`` the two stretches of unequal ones, the earlier
    first; ``kept`` how many copies each verdict kept.
    """

    def __init__(self, page: Page, verdicts: Mapping[str, Verdict], found: Sequence[Case]) -> None:
        self._page, self._found = page, found
        self._left = {name: verdict.count for name, verdict in verdicts.items() if verdict.keep}
        self._marks = bytearray(page.reader.size + 1)  # 1 where something is accepted
        self.kept: Counter[str] = Counter()
        self.places: dict[str, list[Range]] = {}
        self.pairs: set[tuple[Range, Range]] = set()
        chars = {verdict.chars for verdict in verdicts.values() if verdict.keep and verdict.chars}
        if self._left:
            self._find_pairs()
            names = {name for name in self._left if name not in self.kept}
            self._look_for_pairs({verdicts[name].chars for name in names if len(verdicts[name].chars) > 1})
            self._find_equal({length[0] for length in chars if len(length) == 1})
            self._accept()

    def holds(self, stretch: Range) -> bool:
        """Tell whether all of a stretch is accepted."""
        return self._marks.find(0, *stretch) < 0

    def touches(self, stretch: Range) -> bool:
        """Tell whether any of it is."""
        return self._marks.find(1, *stretch) >= 0

    def _find_pairs(self) -> None:
        """Find the pairs of unequal passages among the copies that were found."""
        for case in self._found:
            if not case.copy.exact and (name := identity(case)) in self._left:
                self._add_pair(name, case.kept, case.removed)

    def _look_for_pairs(self, lengths: set[tuple[int, ...]]) -> None:
        """Find those that are no copies by themselves any more, as lines anywhere, as long as that is little work."""
        left = _PAIRS
        for one, other in sorted(lengths):
            ours, theirs = (
                [(digest_passage(self._page, stretch), stretch) for stretch in self._lines_of(size)]
                for size in (one, other)
            )
            left -= len(ours) * len(theirs)
            if left < 0:
                return
            for said, stretch in ours:
                for told, place in theirs:
                    if said != told and (name := pair_of(said, told)) in self._left:
                        self._add_pair(name, stretch, place)

    def _add_pair(self, name: str, one: Range, other: Range) -> None:
        """Accept two passages, and with them the lines that stand in both."""
        self.kept[name] = 1
        first, second = sorted((one, other))
        self.pairs.add((first, second))
        for _, line in lines_in_both(self._page, first, second):
            self._marks[slice(*line)] = b"\1" * (line[1] - line[0])

    def _find_equal(self, lengths: set[int]) -> None:
        """Find all places of equal passages: as lines anywhere, and as the copies that were found."""
        places: defaultdict[str, set[Range]] = defaultdict(set)
        known: set[str] = set()
        for case in self._found:
            if case.copy.exact and (name := identity(case)) in self._left:
                lengths.add(case.unit)
                known.add(self._page.layout.exact[slice(*case.kept)])
                places[name].update((case.kept, *single_copies(case)))
        for length in lengths:
            for stretches in self._told(length, known):
                if (name := name_of(self._page, stretches[0])) in self._left:
                    places[name].update(stretches)
        self.places = {name: _apart(stretches) for name, stretches in places.items()}

    def _told(self, length: int, known: Container[str]) -> Iterable[list[Range]]:
        """Give the runs of whole lines of a length, equal ones together.

        Nearly all lines stand once, and a name takes ten times as long as a look: left out are runs in which nothing
        may stand again, for these are accepted only where they are ``known``.
        """
        exact, doubled = self._page.layout.exact, self._doubled
        equal: defaultdict[str, list[Range]] = defaultdict(list)
        for start, end in self._lines_of(length):
            at, said = bisect_left(doubled, start), exact[start:end]
            if (at < len(doubled) and doubled[at] < end) or said in known:
                equal[said].append((start, end))
        return equal.values()

    @cached_property
    def _doubled(self) -> list[int]:
        """Give where the lines begin of which runs may stand more than once: several begin alike, or are short."""
        exact, starts = self._page.layout.exact, self._page.reader.starts
        heads = [exact[start : start + _HEAD] for start in starts]
        times = Counter(heads)
        lines = zip(pairwise(starts), heads, strict=False)
        return [start for (start, end), head in lines if times[head] > 1 or end - start < _HEAD]

    @cached_property
    def _edges(self) -> frozenset[int]:
        return frozenset(self._page.reader.starts)

    def _lines_of(self, length: int) -> Iterator[Range]:
        """Give the runs of whole lines of a length."""
        edges = self._edges
        return ((start, start + length) for start in self._page.reader.starts if start + length in edges)

    def _accept(self) -> None:
        """Accept as many places of every passage as its verdict holds for, the longest passages first.

        What is not used up of a passage of several lines, since it stands in parts now, holds for its lines.
        """
        exact = self._page.layout.exact
        lent: defaultdict[str, Counter[str]] = defaultdict(Counter)
        lengths: set[int] = set()
        for name in sorted(self.places, key=lambda name: (-_size(self.places[name]), name)):
            places, count = self.places[name], self._left[name]
            self._take(count - len([place for place in places[1:] if self.holds(place)]), places)
            if len(places) > 1:
                self.kept[name] = min(count, len(places) - 1)
            lines = list(self._page.reader.lines_in(*places[0]))
            spare = len(places) - 1 < count < MANY and len(lines) > 1
            for line in lines if spare else ():
                lent[exact[slice(*line)]][name] += count - len(places) + 1
                lengths.add(line[1] - line[0])
        for length in lengths:
            here: defaultdict[str, list[Range]] = defaultdict(list)
            for stretch in self._lines_of(length):
                if (said := exact[slice(*stretch)]) in lent:
                    here[said].append(stretch)
            for said, stretches in here.items():
                places = _apart(stretches)
                for owner, count in lent[said].items():
                    self._take(count, places)
                    if held := len([place for place in places[1:] if self.holds(place)]):
                        self.kept[owner] = max(self.kept[owner], min(self._left[owner], held))

    def _take(self, count: int, places: Sequence[Range]) -> None:
        """Accept so many places beside the first one and those that are accepted already."""
        free = [place for place in places[1:] if not self.holds(place)]
        if len(free) > count:
            free = sorted(free, key=lambda place: (-self._rank(place), place))[: max(0, count)]
        for place in free:
            self._marks[slice(*place)] = b"\1" * (place[1] - place[0])

    def _rank(self, place: Range) -> int:
        """Give the rank of the level at which the copy at a place goes, or one that holds it: the highest if none."""
        return max(self._ranks[slice(*place)])

    @cached_property
    def _ranks(self) -> bytearray:
        """Give at each place the lowest rank of a level at which a copy goes there."""
        ranks = bytearray([_STAYS]) * len(self._marks)
        for case in self._found:
            level = lowest_level(settled(case))
            if level is not None:
                first, last = sorted((case.kept, case.removed))
                part = slice(first[0] + case.unit if case.copy.in_a_row else last[0], last[1])
                ranks[part] = ranks[part].translate(bytes(min(rank, level.rank) for rank in range(256)))
        return ranks


def single_copies(case: Case) -> list[Range]:
    """Give the copies that go, one by one."""
    copy, (start, end) = case.copy, case.removed
    if not copy.exact or copy.times == 2:
        return [case.removed]
    return [(at, min(at + copy.unit, end)) for at in range(start, end, copy.unit)]


def _apart(stretches: set[Range] | Sequence[Range]) -> list[Range]:
    """Sort stretches, without those that overlap the one before."""
    result: list[Range] = []
    for stretch in sorted(stretches):
        if not result or result[-1][1] <= stretch[0]:
            result.append(stretch)
    return result


def _size(places: Sequence[Range]) -> int:
    return places[0][1] - places[0][0]
