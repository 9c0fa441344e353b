"""Find passages that follow themselves directly: runs of a period, at character level and of whole paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.repeats.chains import Matches, agreement, extend
from dedupe_cn.repeats.found import Range, Repeat
from dedupe_cn.repeats.seeds import LONG, PIECE
from dedupe_cn.text.characters import ends_sentence, letter_share, squash
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.characters import Codes

#: Shortest period looked for at character level; level aggressive deletes from here on.
SHORTEST = 15
#: Periods below this are looked for one by one, longer ones by seeds (``seeds.LONG`` is complete from 39 on).
SEEDED = 40
#: Length of the grams that show a period: the shortest period less seven, so that every eighth place is enough, and
#: that by which long matches are sampled, so that where both are looked for they are hashed once.
_GRAM = LONG.s
#: Shortest paragraph of which a row of copies is looked for.
SHORTEST_LINE = 12
#: Longest place in which parallel paragraphs differ, and the least they share behind it.
WORD = 4
#: Places of a cut that are compared with each other; the range is rarely wider than a sentence.
_MOST_PLACES = 400


class Run(NamedTuple):
    """An exact range in which every character equals the one ``period`` further on; at least two periods long."""

    start: int
    end: int
    period: int


def long_runs(matches: Matches) -> list[Run]:
    """Give the runs of period 40 and more among the matches."""
    return [Run(m.first, m.second + m.length, m.distance) for m in matches.chosen(are_long_runs(matches))]


def are_long_runs(matches: Matches) -> NDArray[np.bool_]:
    """Mark the matches that are runs of period 40 and more."""
    distance = matches.second - matches.first
    result: NDArray[np.bool_] = (distance >= SEEDED) & (distance <= matches.length)
    return result


def in_prose(layout: Layout, runs: Sequence[Run]) -> Iterator[Run]:
    """Give the runs in which any prose lies: the others are no tandems."""
    first = np.maximum(layout.starts.searchsorted([run.start for run in runs], side="right") - 1, 0)
    behind = layout.starts.searchsorted([run.end for run in runs])
    prose = np.append(0, np.cumsum(layout.prose))
    return compress(runs, (prose[behind] > prose[np.minimum(first, behind)]).tolist())


class ShortRuns:
    """Finds all runs whose primitive period is 15 to 39 by the 8-grams of a text, which it is shown piece by piece.

    A run of period p agrees with itself at p consecutive places, so it holds p - 7 consecutive 8-grams that stand
    again p further on, and as p - 7 >= 8, one of them at a multiple of 8. Looking only there for each period costs
    three comparisons a character.
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._places: list[NDArray[np.int64]] = []
        self._periods: list[NDArray[np.int64]] = []

    def look(self, begin: int, grams: NDArray[np.uint32]) -> None:
        """Note what may be a run in the piece of the text that begins there, by the hashes of its grams."""
        if begin + 2 * SHORTEST <= self._codes.size:
            places, periods = _period_seeds(grams)
            self._places.append(places + begin)
            self._periods.append(periods)

    def found(self) -> list[Run]:
        """Give the runs in what was shown, sorted."""
        codes = self._codes
        if not any(places.size for places in self._places):
            return []
        places, periods = np.concatenate(self._places), np.concatenate(self._periods)
        order = np.lexsort((places, periods))
        start, end, period = extend(codes, places[order], periods[order], _GRAM)
        end = end + period
        whole = end - start >= 2 * period
        if not whole.any():
            return []
        start, end, period = start[whole], end[whole], period[whole]
        whole = ~_has_shorter_period(codes, start, period)
        columns = (column[whole].tolist() for column in (start, end, period))
        return sorted(Run(*row) for row in zip(*columns, strict=True))


def _period_seeds(hashes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give place and period wherever an 8-gram of a piece at a multiple of 8 stands again, by the hashes of all.

    Of touching places of one period only the first is given.
    """
    count = (min(PIECE, hashes.size - SHORTEST) - 1) // _GRAM + 1  # the last one may end the text
    columns = count + SEEDED // _GRAM
    # Row r of the table holds the places r, r + 8, r + 16 …, so that all comparisons run along the memory; the places
    # behind the last gram hold the first one, and what looks equal there is left out in the end.
    table = np.full(columns * _GRAM, hashes[0], np.uint32)
    filled = min(hashes.size, table.size)
    table[:filled] = hashes[:filled]
    table = np.ascontiguousarray(table.reshape(columns, _GRAM).T)
    there = np.lib.stride_tricks.as_strided(
        table[:, 1:],
        (SEEDED // _GRAM - 1, _GRAM, count),
        (table.itemsize, columns * table.itemsize, table.itemsize),
        writeable=False,
    )
    equal = table[0, :count] == there
    equal[0, : SHORTEST - _GRAM] = False
    found = np.flatnonzero(equal)
    if found.size:
        found = found[np.append(True, (np.diff(found) > 1) | (found[1:] % count == 0))]
    rows, columns_found = np.divmod(found, count)
    places, periods = columns_found * _GRAM, rows + _GRAM
    inside = places + periods < hashes.size
    places, periods = places[inside], periods[inside]
    may = _may_run(hashes, places, periods) if places.size else inside[:0]
    return places[may], periods[may]


def _may_run(
    hashes: NDArray[np.uint32], places: NDArray[np.int64], periods: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Mark the places around which enough grams stand again for a run.

    The p - 7 grams of a run that do so hold four neighbours of any row of places a quarter of their number apart.
    """
    steps = (periods - _GRAM + 1) // 4
    around = places[:, None] + steps[:, None] * np.arange(-3, 4)
    last = hashes.size - 1 - periods[:, None]
    again = hashes[np.clip(around, 0, last)] == hashes[np.clip(around, 0, last) + periods[:, None]]
    again |= (around < 0) | (around > last)  # what lies outside of the piece is not known
    pairs = again[:, :-1] & again[:, 1:]
    result: NDArray[np.bool_] = (pairs[:, :-2] & pairs[:, 2:]).any(axis=1)
    return result


def _has_shorter_period(
    codes: Codes, starts: NDArray[np.int64], periods: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Mark the units that are themselves repeated shorter units."""
    result = np.zeros(starts.size, dtype=bool)
    parts = np.arange(1, SEEDED // 2 + 1)
    which, part = np.nonzero((periods[:, None] % parts[None, :] == 0) & (2 * parts[None, :] <= periods[:, None]))
    shorter, longer = parts[part], periods[which]
    wanted = longer - shorter
    result[which[agreement(codes, starts[which], shorter, wanted, 1) == wanted]] = True
    return result


def tandems(layout: Layout, runs: Sequence[Run]) -> Iterator[Repeat]:
    """Give the tandem repeats: the parts of runs that lie in one stretch of prose and hold two units there."""
    if not runs:
        return
    stretches = layout.stretches
    starts = [start for start, _ in stretches]
    for run in runs:
        if _joins_parallel_paragraphs(layout, run):
            continue
        at = max(0, bisect_right(starts, run.start) - 1)
        while at < len(stretches) and stretches[at][0] < run.end:
            start, end = max(run.start, stretches[at][0]), min(run.end, stretches[at][1])
            start = _behind_marks(layout, start, end)
            if end - start >= 2 * run.period:
                yield cut_run(layout, Run(start, end, run.period), "tandem")
            elif (
                end - start >= run.period + SEEDED
                and end - 2 * run.period >= run.start
                and _begins_in_verse(layout, run, start)
            ):
                yield cut_run(layout, Run(end - 2 * run.period, end, run.period), "tandem")
            at += 1


def _behind_marks(layout: Layout, start: int, end: int) -> int:
    """Leave out the marks at the end of the paragraph before, where a run begins with nothing else of it.

    `……。` and below it `甲。甲之间` hold `。甲` twice in a row, but what stands between the two 甲 is a full stop.
    """
    index = layout.block_at(start)
    stop = int(layout.ends[index])
    begins_inside = int(layout.starts[index]) < start
    return stop if begins_inside and stop < end and not letter_share(layout.slice(start, stop)) else start


def _joins_parallel_paragraphs(layout: Layout, run: Run) -> bool:
    """Tell a passage that was retyped from two parallel paragraphs whose neighbours happen to fit.

    `第三条X。第四条X。第四条Y。` holds `条X。第四` twice in a row, and the paragraphs 第三条X and 第四条X still say two
    things. Where paragraphs one period apart are alike but differ in meaning, the run is no accident.
    """
    starts = layout.starts
    first = max(0, layout.block_at(run.start))
    for index in range(first, int(starts.searchsorted(run.start + run.period, side="right"))):
        other = int(starts.searchsorted(starts[index] + run.period))
        if other >= starts.size or starts[other] != starts[index] + run.period:
            continue
        one, two = squash(layout.block_text(index)), squash(layout.block_text(other))
        if one != two and _differ_in_a_word(one, two):
            return True
    return False


def _differ_in_a_word(one: str, two: str) -> bool:
    """Tell whether two paragraphs differ in one short place with text before and behind it, and mean two things."""
    from rapidfuzz import distance

    head = distance.Prefix.similarity(one, two)
    tail = min(distance.Postfix.similarity(one, two), min(len(one), len(two)) - head)
    if max(len(one), len(two)) - head - tail > WORD or min(head, tail) < 1 or tail < WORD:
        return False
    from dedupe_cn.repeats.differences import compare

    return compare(two, one).verdict == "meaning"


def _begins_in_verse(layout: Layout, run: Run, start: int) -> bool:
    """Tell whether what a run has before a stretch of prose is verse, so that the later copy is all prose.

    A passage that begins in the last line of a poem and is retyped in the prose behind it leaves the poem alone.
    """
    before = layout.blocks_in(run.start, start) if run.start < start else range(0)
    return bool(before) and all(layout.kind_of(i) == "verse" for i in before)


def cut_run(layout: Layout, run: Run, rule: str) -> Repeat:
    """Choose which turn of a run is the copy that may go, the first unit staying.

    Every turn leaves the same characters. The best one begins where a paragraph begins (or where the kept unit
    begins one) and ends with one; else it begins behind a sentence; else it is the first.
    """
    copies = (run.end - run.start) // run.period
    surplus = (copies - 1) * run.period
    first, last = run.start + run.period, run.end - surplus
    starts, ends = layout.starts, layout.ends

    def among(values: NDArray[np.int64], shift: int) -> set[int]:
        low, high = values.searchsorted([first - shift, last - shift + 1])
        return set((values[low : min(high, low + _MOST_PLACES)] + shift).tolist())

    here, kept, behind = among(starts, 0), among(starts, run.period), among(ends, -surplus)
    places = {first, *here, *kept, *behind}
    if last - first < _MOST_PLACES:
        places.update(range(first, last + 1))

    def worth(place: int) -> tuple[int, int]:
        before = layout.text[layout.form.offset(place - 1)]
        return (
            4 * (place in here) + 4 * (place in behind) + 2 * (place in kept) + ends_sentence(before),
            -place,
        )

    best = max(places, key=worth)
    removed = (best, best + surplus)
    return Repeat(rule, (best - run.period, best), removed, run.period, copies, *whole_paragraphs(layout, removed))


def whole_paragraphs(layout: Layout, exact: Range) -> tuple[int, int]:
    """Count the paragraphs and blocks of a range that holds whole blocks only; (0, 0) for any other range."""
    start, end = exact
    first = layout.starts.searchsorted(start)
    last = layout.ends.searchsorted(end)
    if first >= layout.starts.size or layout.starts[first] != start or last >= layout.ends.size:
        return 0, 0
    if layout.ends[last] != end:
        return 0, 0
    return int(layout.prose[first : last + 1].sum()), int(last - first + 1)


def repeated_lines(layout: Layout, hashes: NDArray[np.uint64]) -> Iterator[Repeat]:
    """Give rows of equal short paragraphs that touch (12 to 39 characters; longer ones are runs of seeds)."""
    lengths = layout.ends - layout.starts
    fits = layout.prose & (lengths >= SHORTEST_LINE) & (lengths < SEEDED)
    same = np.flatnonzero(fits[1:] & fits[:-1] & (hashes[1:] == hashes[:-1]))
    rows: list[list[int]] = []
    for index in same.tolist():
        if rows and rows[-1][1] == index:
            rows[-1][1] = index + 1
        else:
            rows.append([index, index + 1])
    for first, last in rows:
        start, end, unit = int(layout.starts[first]), int(layout.ends[last]), int(lengths[first])
        if bool((layout.codes[start + unit : end] == layout.codes[start : end - unit]).all()):
            count = last - first + 1
            yield Repeat("tandem", (start, start + unit), (start + unit, end), unit, count, count - 1, count - 1)
