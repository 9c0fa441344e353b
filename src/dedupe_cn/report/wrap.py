"""Break prose to lines of a width in columns."""

from __future__ import annotations

from collections.abc import Iterator

from dedupe_cn.report.excerpt import width

#: What must not end a line, and what must not begin one.
_OPENING, _CLOSING = "（“‘《「『【", "，。；：、）”’！？》」』】/.:,;)"
#: Columns of a last line that holds one Han character and its mark: nobody sets such a line.
_LONELY = 4


def wrap(text: str, indent: str = "", columns: int = 88) -> Iterator[str]:
    """Break a paragraph at blanks, or behind wide characters, to a width in columns."""
    lines: list[list[str]] = [[]]
    for piece in _pieces(text):
        if lines[-1] and width(indent + "".join(lines[-1]) + piece.rstrip()) > columns:
            lines.append([])
        lines[-1].append(piece)
    if len(lines) > 1 and len(lines[-2]) > 1 and width("".join(lines[-1]).rstrip()) <= _LONELY:
        lines[-1].insert(0, lines[-2].pop())
    for line in lines:
        if line:
            yield indent + "".join(line).rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Cut where a line may end: after a blank or a wide character, not between a mark and what it closes or opens."""
    piece = ""
    for character, following in zip(text, text[1:] + " ", strict=True):
        piece += character
        wide = width(character) == 2
        before = width(following) == 2 and following in _OPENING and character not in _OPENING
        if character == " " or before or (wide and character not in _OPENING and following not in _CLOSING):
            yield piece
            piece = ""
    if piece:
        yield piece
