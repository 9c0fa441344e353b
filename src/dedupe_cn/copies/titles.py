"""Find chapter titles that stand twice in a row, with their number and without it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import is_han

if TYPE_CHECKING:
    from dedupe_cn.copies.reader import Reader

#: Characters of the longest line that is a chapter title, and Han characters of one without its number.
LONGEST, BARE = 40, 2
_SIGN = "第"
#: Signs of the deepest heading of Markdown.
_MARKS = 6
_NUMBER = regex(
    r"#{0,6}(第[一二三四五六七八九十百千零〇○两廿卅0-9０-９]{1,9}[章回][:：、.．]?)(?=([^，。！？；,;]*)[！？!?]?$)"
)


def titles_twice(reader: Reader) -> Iterator[Copy]:
    """Give lines that only say again what the chapter title before them says, or the title behind them.

    Before a title that is a line with its number alone; then the copy is the beginning of the title. Of two equal lines
    the copy is the second.
    """
    said = reader.exact
    for (start, end), below in _pairs(reader):
        number = _NUMBER.match(said[start:end])
        if number is None:
            continue
        other, bare = said[end:below], number[2]
        at = start + number.start(1)
        title = said[at:end]
        if other == title:
            yield Copy((at, end), (end, below), exact=True, title=True)
        elif other == bare and sum(map(is_han, bare)) >= BARE:
            yield Copy((end - len(other), end), (end, below), exact=True, title=True)
        elif not bare and at == start and _goes_on(other, title):
            yield Copy((start, end), (end, end + len(title)), exact=True, title=True)


def _pairs(reader: Reader) -> Iterator[tuple[Range, int]]:
    """Give the short lines that begin with 第, and where the line behind each ends."""
    said, starts = reader.exact, reader.starts
    place = said.find(_SIGN)
    while place >= 0:
        begin = place
        while begin and said[begin - 1] == "#" and place - begin < _MARKS:
            begin -= 1
        line = bisect_left(starts, begin)
        if line + 2 < len(starts) and starts[line] == begin:
            end, below = starts[line + 1], starts[line + 2]
            if max(end - begin, below - end) <= LONGEST:
                yield (begin, end), below
        place = said.find(_SIGN, place + 1)


def _goes_on(line: str, number: str) -> bool:
    """Tell whether a line is the title of that number, and not of a part of that chapter."""
    found = _NUMBER.match(line)
    rest = line.removeprefix(number)
    return found is not None and rest not in (line, "") and not rest.startswith("第")
