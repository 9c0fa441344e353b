"""Find lines that grow: each begins the next one and goes on, as a recogniser writes them while it listens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.text.characters import ends_sentence, is_han

if TYPE_CHECKING:
    from dedupe_cn.copies.reader import Reader

#: Lines of a run, with the one that stays: what people write grows by three or four (a province and its towns, a
#: glossary, a ladder of verse). Characters of the line that stays, at least and at most; how many of them are Han.
LINES, LEAST, MOST, HAN = 5, 12, 200, 8


def growing_lines(reader: Reader) -> Iterator[Copy]:
    """Give each line of a run with the beginning of the last one, which says the same."""
    starts, said = reader.starts, reader.exact
    run: list[Range] = []
    lines = zip(starts, starts[1:], starts[2:], strict=False)
    for begin, middle, end in lines:
        size = middle - begin
        grows = size < end - middle <= MOST and said[begin] == said[middle]
        if grows and said.startswith(said[begin:middle], middle):
            run = run or [(begin, middle)]
            run.append((middle, end))
        elif run:
            yield from _row(said, run)
            run = []
    if run:
        yield from _row(said, run)


def _row(said: str, lines: list[Range]) -> Iterator[Copy]:
    """Give the copies of a run, where the last line is one that somebody says, and those before it are broken off."""
    *above, last = [said[start:end] for start, end in lines]
    if len(lines) < LINES or len(last) < LEAST or sum(map(is_han, last)) < HAN or any(map(ends_sentence, above)):
        return
    begin = lines[-1][0]
    for start, stop in lines[:-1]:
        yield Copy((start, stop), (begin, begin + stop - start), exact=True, grows=True)
