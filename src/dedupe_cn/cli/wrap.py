"""Break prose to lines of a width in columns."""

from __future__ import annotations

from collections.abc import Iterator

from dedupe_cn.report.excerpt import width


def wrap(text: str, indent: str = "", columns: int = 88) -> Iterator[str]:
    """Break a paragraph at blanks, or behind wide characters, to a width in columns."""
    line = ""
    for piece in _pieces(text):
        if line and width(indent + line + piece.rstrip()) > columns:
            yield indent + line.rstrip()
            line = ""
        line += piece
    if line:
        yield indent + line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Cut where a line may end: after a blank or a wide character, not before closing punctuation."""
    piece = ""
    for character, following in zip(text, text[1:] + " ", strict=True):
        piece += character
        if character == " " or (width(character) == 2 and following not in "，。；：、）”！？》"):
            yield piece
            piece = ""
    if piece:
        yield piece
