"""Find chapter titles that stand twice in a row, with their number and without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.text.characters import is_han, to_text

if TYPE_CHECKING:
    from dedupe_cn.copies.reader import Reader

#: Characters of the longest line that is a chapter title, and Han characters of one without its number.
LONGEST, BARE = 40, 2
_SIGN = ord("第")
_NUMBER = re.compile(
    r"#{0,6}(第[一二三四五六七八九十百千零〇○两廿卅0-9０-９]{1,9}[章回][:：、.．]?)(?=([^，。！？；,;]*)[！？!?]?$)"
)


def titles_twice(reader: Reader) -> Iterator[Copy]:
    """Give lines that only say again what the chapter title before them says, or the title behind them.

    A line that stands before its title goes where that begins with it: the number alone. Of two equal ones the second.
    """
    codes, edges = reader.layout.codes, reader.edges
    if edges.size < 3:
        return
    lengths = np.diff(edges)
    first = codes.take(edges[:-1])
    may = (lengths <= LONGEST) & ((first == _SIGN) | (first == ord("#")))
    lines: list[Range] = [(int(edges[n]), int(edges[n + 1])) for n in np.flatnonzero(may).tolist()]
    behind = {int(start): int(end) for start, end in pairwise(edges.tolist())}
    for start, end in lines:
        number = _NUMBER.match(to_text(codes[start:end]))
        below = behind.get(end)
        if number is None or below is None or below - end > LONGEST:
            continue
        other = to_text(codes[end:below])
        at = start + number.start(1)
        title = to_text(codes[at:end])
        bare = number[2]
        if other == title:
            yield Copy((at, end), (end, below), exact=True, title=True)
        elif other == bare and sum(map(is_han, bare)) >= BARE:
            yield Copy((end - len(other), end), (end, below), exact=True, title=True)
        elif not bare and title == to_text(codes[start:end]) and _goes_on(other, title):
            yield Copy((end, end + len(title)), (start, end), exact=True, title=True)


def _goes_on(line: str, number: str) -> bool:
    """Tell whether a line is the title of that number, and not of a part of that chapter."""
    found = _NUMBER.match(line)
    rest = line.removeprefix(number)
    return found is not None and rest not in (line, "") and not rest.startswith("第")
