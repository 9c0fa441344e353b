"""Find lines that grow: each begins the next one and goes on, as a recogniser writes them while it listens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.copies.found import Copy
from dedupe_cn.text.characters import ends_sentence, is_han, to_text

if TYPE_CHECKING:
    from dedupe_cn.copies.reader import Reader

#: Lines of a run, with the one that stays: what people write grows by three or four (a province and its towns, a
#: glossary, a ladder of verse). Characters of the line that stays, at least and at most; how many of them are Han.
LINES, LEAST, MOST, HAN = 5, 12, 200, 8


def growing_lines(reader: Reader) -> Iterator[Copy]:
    """Give each line of a run as a copy of the beginning of the last one."""
    codes, edges = reader.layout.codes, reader.edges
    if edges.size <= LINES:
        return
    lengths, first = np.diff(edges), codes.take(edges[:-1])
    may = (lengths[1:] > lengths[:-1]) & (first[1:] == first[:-1]) & (lengths[1:] <= MOST)
    steps = np.flatnonzero(may)
    if steps.size < LINES - 1:
        return
    bounds = np.split(steps, np.flatnonzero(np.diff(steps) > 1) + 1)
    for run in (part.tolist() for part in bounds if part.size >= LINES - 1):
        lines = [(int(edges[number]), int(edges[number + 1])) for number in [*run, run[-1] + 1]]
        at = 0
        while at < len(lines):
            end = at + 1
            while end < len(lines) and _begins(reader, lines[end - 1], lines[end]):
                end += 1
            if end - at >= LINES and _is_said(reader, lines[at:end]):
                begin = lines[end - 1][0]
                for start, stop in lines[at : end - 1]:
                    yield Copy((begin, begin + stop - start), (start, stop), exact=True, grows=True)
            at = end


def _begins(reader: Reader, line: tuple[int, int], below: tuple[int, int]) -> bool:
    codes = reader.layout.codes
    return bool(np.array_equal(codes[slice(*line)], codes[below[0] : below[0] + line[1] - line[0]]))


def _is_said(reader: Reader, lines: list[tuple[int, int]]) -> bool:
    """Tell whether the last line is one that somebody says, and those before it are broken off."""
    *above, last = [to_text(reader.layout.codes[start:end]) for start, end in lines]
    said = len(last) >= LEAST and sum(map(is_han, last)) >= HAN
    return said and not any(ends_sentence(line) for line in above)
