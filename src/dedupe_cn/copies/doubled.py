"""Find runs of sentences that each stand twice: as they may be shorter than a sampled gram, they are compared whole."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dedupe_cn import kernel
from dedupe_cn.copies.found import Copy
from dedupe_cn.text.characters import CLOSING_BRACKETS, CLOSING_QUOTES, SENTENCE_END, ends_sentence, is_han

if TYPE_CHECKING:
    from dedupe_cn.copies.reader import Reader

#: Characters of the sentences with which a run begins and ends, at least: shorter ones are said twice on purpose
#: (a loop has a unit of 7: docs/how-it-decides.md).
_SENTENCE = 7
#: Characters of the mark of a quote or an item in a quote, at most.
_MARKER = 3
#: Copies of a sentence that are a loop by themselves.
_LOOP = 5
#: What ends a sentence, with the closing quotes and brackets behind it, and these alone (code points, rising).
_MARKS, _CLOSERS = (
    memoryview(array("I", sorted(map(ord, set(signs)))))
    for signs in (SENTENCE_END + CLOSING_QUOTES + CLOSING_BRACKETS, CLOSING_QUOTES + CLOSING_BRACKETS)
)


def doubled_sentences(reader: Reader) -> Iterator[Copy]:
    """Give the sentences of each run of two and more in which every sentence stands directly behind itself once more.

    The first may begin behind a sign in its line: the mark of a quote or an item, or a colon.
    """
    edges = kernel.find_sentence_ends(reader.codes, _MARKS, _CLOSERS, reader.text.edges)
    run: list[list[int]] = []  # of each sentence where its copies begin and the last one ends
    behind = -1
    for number in _few(kernel.equal_neighbours(reader.codes, edges)):
        start, middle, end = edges[number : number + 3]
        said = reader.exact[start:middle]
        if not ends_sentence(said) or not any(map(is_han, said)):
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


def _few(numbers: Iterable[int]) -> Iterator[int]:
    """Give the numbers but for so many in a row that they are a loop by themselves."""
    for _, row in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        some = [number for _, number in row]
        if len(some) < _LOOP - 1:
            yield from some


def _led_in(reader: Reader, edges: Sequence[int], number: int) -> list[list[int]]:
    """Give the sentence before a run that stands twice too, first at the end of a longer one; or none."""
    if number < 2:
        return []
    start, middle, end = edges[number - 2 : number + 1]
    begin, exact = middle - (end - middle), reader.exact
    if begin <= start or exact[begin - 1].isalnum() or exact[begin:middle] != exact[middle:end]:
        return []
    return [[begin, middle, end]]


def _copies(reader: Reader, run: list[list[int]]) -> Iterator[Copy]:
    long = [number for number, bounds in enumerate(run) if bounds[1] - bounds[0] >= _SENTENCE]
    if len(long) > 1:
        for bounds in run[long[0] : long[-1] + 1]:
            kept, removed = (bounds[0], bounds[1]), (bounds[1], bounds[-1])
            yield Copy(kept, removed, tuple(bounds), all(map(reader.is_edge, bounds)), True, doubled=True)
