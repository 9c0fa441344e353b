"""Lines and columns of offsets."""

from __future__ import annotations

from dedupe_cn.report.excerpt import escape
from dedupe_cn.shape import Shape
from dedupe_cn.text.characters import with_line_feeds

#: Characters between places whose line is known: so many are looked through for an offset, which takes a microsecond.
_PIECE = 1 << 12


class Places:
    """Give the line and column (from 1, in code points) of offsets in one text.

    The text is gone through once, up to the last offset that was asked for; a few bytes for each piece are kept. In a
    text from a container its ``shape`` names places that a person finds there.
    """

    def __init__(self, text: str, shape: Shape | None = None) -> None:
        self._shape = shape
        self._text = with_line_feeds(text)
        # Of the line in which each piece begins, the number and the start.
        self._lines, self._starts = [1], [0]

    def at(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset.

        >>> Places("一\\n二三").at(3)
        (2, 2)
        """
        piece = offset // _PIECE
        while len(self._lines) <= piece:
            lines, start = self._ahead(len(self._lines) - 1, len(self._lines) * _PIECE)
            self._lines.append(lines)
            self._starts.append(start)
        line, start = self._ahead(piece, offset)
        return line, offset - start + 1

    def named(self, offset: int) -> str:
        """Name where an offset stands in a container, its chapter and paragraph or its cue; empty for other texts."""
        return escape(self._shape.place(offset)) if self._shape is not None else ""

    def spot(self, offset: int) -> str:
        """Tell where an offset stands: its line and column, or its place in a container."""
        return self.named(offset) or "{}:{}".format(*self.at(offset))

    def _ahead(self, piece: int, offset: int) -> tuple[int, int]:
        """Give number and start of the line at an offset in a piece or at its end."""
        begin = piece * _PIECE
        last = self._text.rfind("\n", begin, offset)
        if last < 0:
            return self._lines[piece], self._starts[piece]
        return self._lines[piece] + self._text.count("\n", begin, offset), last + 1
