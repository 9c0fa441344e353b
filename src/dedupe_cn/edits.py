"""Apply edits to a text and keep track of where its characters came from."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.model import Edit

#: Characters compared at a time: a copy of a whole text is memory that has to be got first.
_PIECE = 1 << 16
#: Characters that are put together at a time: few texts have more.
_HUGE = 1 << 20


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Carry out edits that are sorted by place and do not overlap.

    >>> apply("一二三", [Edit(1, 2, "")])
    '一三'
    """
    if not edits:
        return text
    result, batch, size = "", [], 0
    for piece in _pieces(text, edits, _HUGE):
        batch.append(piece)
        size += len(piece)
        if size >= _HUGE:
            result += "".join(batch)  # grows in place: all pieces at once would be a second copy of a huge text
            batch.clear()
            size = 0
    result += "".join(batch)
    return result


def _pieces(text: str, edits: Sequence[Edit], size: int) -> Iterator[str]:
    """Give what is left of a text and what is put in, in pieces of ``size`` characters at most."""
    position = 0
    for edit in edits:
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"edits overlap or are out of order at {edit.start}")
        for start in range(position, edit.start, size):
            yield text[start : min(start + size, edit.start)]
        yield edit.replacement
        position = edit.end
    for start in range(position, len(text), size):
        yield text[start : start + size]


def makes(before: str, edits: Sequence[Edit], after: str) -> bool:
    """Tell whether edits that are sorted by place make one text of another, without making it once more.

    >>> makes("一二三", [Edit(1, 2, "")], "一三")
    True
    """
    position = at = 0
    for edit in (*edits, Edit(len(before), len(before))):
        if edit.start < position or edit.end < edit.start:
            return False
        for start in range(position, edit.start, _PIECE):
            piece = before[start : min(start + _PIECE, edit.start)]
            if not after.startswith(piece, at):
                return False
            at += len(piece)
        if not after.startswith(edit.replacement, at):
            return False
        at += len(edit.replacement)
        position = edit.end
    return at == len(after)


class OffsetMap(NamedTuple):
    """A piecewise map from offsets of an edited text to offsets of the original.

    A piece is a stretch of the original, or what replaced one. From ``starts[i]`` on, the original offset is the
    current one plus ``shifts[i]``, but never beyond ``limits[i]``, where the stretch ends: a replacement may be longer
    or shorter than what it replaced. Memory grows with the number of edits, not with the text.
    """

    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)
    limits: tuple[int, ...] = (sys.maxsize,)

    def original(self, offset: int) -> int:
        """Give the original offset of the character at ``offset``.

        The start of a replacement maps to the start of what it replaced.
        """
        piece = bisect_right(self.starts, offset) - 1
        return min(offset + self.shifts[piece], self.limits[piece])

    def original_end(self, offset: int) -> int:
        """Give the original offset right behind the character before ``offset``.

        The end of a replacement maps to the end of what it replaced.
        """
        if not offset:
            return self.original(0)
        behind = bisect_right(self.starts, offset - 1)
        if behind < len(self.starts) and self.starts[behind] == offset:
            return self.limits[behind - 1]
        return min(offset + self.shifts[behind - 1], self.limits[behind - 1])

    def after(self, edits: Sequence[Edit]) -> OffsetMap:
        """Give the map of the text that ``edits`` (in current offsets, sorted) make."""
        if not edits:
            return self
        starts: list[int] = []
        shifts: list[int] = []
        limits: list[int] = []

        def begin(current: int, original: int, limit: int) -> None:
            if starts and starts[-1] == current:
                starts.pop()
                shifts.pop()
                limits.pop()
            starts.append(current)
            shifts.append(original - current)
            limits.append(limit)

        position = 0  # in the text before these edits
        moved = 0  # new offset minus old offset at `position`

        def copy(last: int) -> None:
            """Take over the pieces of the old map from ``position`` on, those before the piece ``last``."""
            first = bisect_right(self.starts, position)
            begin(position + moved, self.original(position), self.limits[first - 1])
            for i in range(first, last):
                begin(self.starts[i] + moved, self.starts[i] + self.shifts[i], self.limits[i])

        for edit in edits:
            if edit.start > position:
                copy(bisect_right(self.starts, edit.start - 1))
                limits[-1] = self.original_end(edit.start)
            if edit.replacement:
                start = self.original(edit.start)
                end = self.original_end(edit.end) if edit.end > edit.start else start
                begin(edit.start + moved, start, end)
            moved += len(edit.replacement) - (edit.end - edit.start)
            position = edit.end
        copy(len(self.starts))
        return OffsetMap(tuple(starts), tuple(shifts), tuple(limits))
