"""Find runs of sentences of which each stands twice: they may be shorter than a seed, and are compared as they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.copies.found import Copy
from dedupe_cn.copies.in_a_row import alike_neighbours
from dedupe_cn.text.characters import (
    CLOSING_BRACKETS,
    CLOSING_QUOTES,
    SENTENCE_END,
    ends_sentence,
    is_han,
    to_codes,
    to_text,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.copies.reader import Reader

#: Characters of the sentences with which a run begins and ends, at least: shorter ones are said twice on purpose
#: (design section 4, loop: a unit of 7).
_SENTENCE = 7
#: Characters of the mark of a quote or an item in a quote, at most.
_MARKER = 3
#: Copies of a sentence that are a loop by themselves (design section 4).
_LOOP = 5
_CLOSERS = CLOSING_QUOTES + CLOSING_BRACKETS


def doubled_sentences(reader: Reader) -> Iterator[Copy]:
    """Give the sentences of each run of two and more of which each stands twice, directly behind itself.

    The first may begin behind a sign in its line: the mark of a quote or an item, or a colon.
    """
    codes, edges = reader.layout.codes, _edges(reader)
    if edges.size < 5:
        return
    run: list[list[int]] = []  # of each sentence where its copies begin and the last one ends
    behind = -1
    for number in _few(alike_neighbours(codes, edges)).tolist():
        start, middle, end = edges[number : number + 3].tolist()
        said = to_text(codes[start:middle])
        if said != to_text(codes[middle:end]) or not ends_sentence(said) or not any(map(is_han, said)):
            continue
        if behind == number:
            run[-1].append(end)
        else:
            led = _led_in(reader, edges, number) if behind != number - 1 else []
            if behind != number - 1 and not (led and run and follows(reader, run[-1][-1], led[0][0])):
                yield from _copies(reader, run)
                run = []
            run += [*led, [start, middle, end]]
        behind = number + 1
    yield from _copies(reader, run)


def follows(reader: Reader, end: int, start: int) -> bool:
    """Tell whether nothing but the mark of a quote or an item stands between two places."""
    return 0 <= start - end <= _MARKER and not reader.letters(end, start)


def _few(marks: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give the numbers of those that are marked, but for so many in a row that they are a loop by themselves."""
    turns = np.flatnonzero(np.diff(marks, prepend=False, append=False))
    sizes = np.repeat(turns[1::2] - turns[::2], turns[1::2] - turns[::2])
    return np.flatnonzero(marks)[sizes < _LOOP - 1]


def _edges(reader: Reader) -> NDArray[np.int64]:
    """Give where sentences and lines begin (exact offsets, rising), and the end of the text."""
    codes = reader.layout.codes
    marks = np.flatnonzero(_table().take(codes, mode="clip"))  # all else is of no account, and there is much of it
    here, behind = codes.take(marks), codes.take(marks + 1, mode="clip")
    ends = ~np.isin(here, to_codes(_CLOSERS)) & ((here != ord(".")) | (behind > ord("9")))
    touching = np.diff(marks, prepend=-2) == 1
    for _ in range(2):  # a quote in brackets, at most
        ends[1:] |= touching[1:] & ends[:-1]
    ends[:-1] &= ~touching[1:]
    return np.union1d(marks[ends] + 1, reader.edges)


@cache
def _table() -> NDArray[np.bool_]:
    """Mark the code points of the BMP with which sentences end."""
    table = np.zeros(1 << 16, bool)
    table[to_codes(SENTENCE_END + _CLOSERS)] = True
    return table


def _led_in(reader: Reader, edges: NDArray[np.int64], number: int) -> list[list[int]]:
    """Give the sentence before a run that stands twice too, first at the end of a longer one; or none."""
    if number < 2:
        return []
    start, middle, end = edges[number - 2 : number + 1].tolist()
    begin = middle - (end - middle)
    codes = reader.layout.codes
    if begin <= start or chr(codes[begin - 1]).isalnum() or not np.array_equal(codes[begin:middle], codes[middle:end]):
        return []
    return [[begin, middle, end]]


def _copies(reader: Reader, run: list[list[int]]) -> Iterator[Copy]:
    long = [number for number, bounds in enumerate(run) if bounds[1] - bounds[0] >= _SENTENCE]
    if len(long) > 1:
        for bounds in run[long[0] : long[-1] + 1]:
            kept, removed = (bounds[0], bounds[1]), (bounds[1], bounds[-1])
            yield Copy(kept, removed, tuple(bounds), all(map(reader.is_edge, bounds)), True, doubled=True)
