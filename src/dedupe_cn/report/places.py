"""Lines and columns of offsets."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, count
from operator import add

from dedupe_cn.text.characters import with_line_feeds


class Places:
    """Give the line and column (from 1, in code points) of offsets in one text, its lines counted once."""

    def __init__(self, text: str) -> None:
        lengths = map(len, with_line_feeds(text).split("\n"))
        self._starts = [0, *map(add, accumulate(lengths), count(1))]
        self._starts.pop()  # the text ends there, and no line begins

    def at(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset.

        >>> Places("一\\n二三").at(3)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
