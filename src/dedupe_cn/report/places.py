"""Lines and columns of offsets."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, count
from operator import add

from dedupe_cn.text.characters import with_line_feeds

#: Offsets for which the lines before them are counted one by one: that takes no memory, and a list of lines does.
_FEW = 4


class Places:
    """Give the line and column (from 1, in code points) of offsets in one text.

    Its lines are counted up to each of the first few offsets, and for more of them once and for all.
    """

    def __init__(self, text: str) -> None:
        self._text = with_line_feeds(text)
        self._asked = 0

    @cached_property
    def _starts(self) -> list[int]:
        lengths = map(len, self._text.split("\n"))
        starts = [0, *map(add, accumulate(lengths), count(1))]
        starts.pop()  # the text ends there, and no line begins
        return starts

    def at(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset.

        >>> Places("一\\n二三").at(3)
        (2, 2)
        """
        self._asked += 1
        if self._asked <= _FEW:
            line_start = self._text.rfind("\n", 0, offset) + 1
            return self._text.count("\n", 0, line_start) + 1, offset - line_start + 1
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
