"""Apply edits to a text and keep track of where its characters came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dedupe_cn.model import Edit


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Carry out edits that are sorted by place and do not overlap.

    >>> apply("一二三", [Edit(1, 2, "")])
    '一三'
    """
    if not edits:
        return text
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"edits overlap or are out of order at {edit.start}")
        pieces += (text[position : edit.start], edit.replacement)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """A piecewise map from offsets of an edited text to offsets of the original.

    From ``starts[i]`` on, the original offset is the current one plus ``shifts[i]``. Memory grows with the number of
    edits, not with the text.
    """

    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def original(self, offset: int) -> int:
        """Give the original offset of the character at ``offset``.

        The start of a replacement maps to the start of what it replaced.
        """
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]

    def original_end(self, offset: int) -> int:
        """Give the original offset right behind the character before ``offset``."""
        return self.original(offset - 1) + 1 if offset else self.original(0)

    def after(self, edits: Sequence[Edit]) -> OffsetMap:
        """Give the map of the text that ``edits`` (in current offsets, sorted) make."""
        if not edits:
            return self
        starts: list[int] = []
        shifts: list[int] = []

        def begin(current: int, original: int) -> None:
            if starts and starts[-1] == current:
                starts.pop()
                shifts.pop()
            starts.append(current)
            shifts.append(original - current)

        position = 0  # in the text before these edits
        moved = 0  # new offset minus old offset at `position`

        def copy_until(end: int) -> None:
            """Take over the pieces of the old map in [position, end)."""
            begin(position + moved, self.original(position))
            first = bisect_right(self.starts, position)
            for i in range(first, bisect_right(self.starts, end - 1)):
                begin(self.starts[i] + moved, self.starts[i] + self.shifts[i])

        for edit in edits:
            if edit.start > position:
                copy_until(edit.start)
            if edit.replacement:
                begin(edit.start + moved, self.original(edit.start))
            moved += len(edit.replacement) - (edit.end - edit.start)
            position = edit.end
        begin(position + moved, self.original(position))
        first = bisect_right(self.starts, position)
        for i in range(first, len(self.starts)):
            begin(self.starts[i] + moved, self.starts[i] + self.shifts[i])
        return OffsetMap(tuple(starts), tuple(shifts))
