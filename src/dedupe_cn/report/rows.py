"""Lay a removal out for a terminal: in one row where it fits, else in several, with a passage one can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.report.excerpt import COLUMNS, shorten, width
from dedupe_cn.report.wrap import wrap

#: Columns of a passage below which it gets a row of its own: six Han characters of either end tell which one it is.
READABLE = 24
#: Columns of a passage in a terminal that has no room for more: three of either end.
_LEAST = 12
#: What stands before all rows but the first.
INDENT = "  "
#: A piece of a row: the role that colours it, and its text.
Piece = tuple[str, str]


class Quote(NamedTuple):
    """A passage, and the words around it: ``words`` makes them of its ``text``."""

    passage: str
    words: Callable[..., str]

    def within(self, columns: int) -> str:
        """Quote it in so many columns, the words among them; it is cut to :data:`COLUMNS` in any case."""
        return self.words(text=shorten(self.passage, min(COLUMNS, max(_LEAST, columns - width(self.words(text=""))))))


def rows(
    pieces: Sequence[Piece], quote: Quote, reason: tuple[str, str], last: Sequence[Piece], columns: int | None
) -> list[list[Piece]]:
    """Put the pieces, the passage, the reason and the ``last`` pieces into rows of so many columns (None: into one).

    The passage stays in a row as long as it can be read there. The reason is worded twice: as it stands right behind
    the passage, and as it stands in the next row.
    """
    behind, alone = reason
    if columns is None:
        whole = quote.words(text=shorten(quote.passage, COLUMNS)) + behind
        return [[*pieces, ("", whole), *last]]
    result: list[list[Piece]] = [[]]

    def free() -> int:
        """Count the columns left in the last row, behind a blank."""
        return columns - len(INDENT) * (len(result) > 1) - sum(1 + width(text) for _, text in result[-1])

    def put(*more: Piece) -> bool:
        """Put pieces behind the others, or into the next row where there is no room for them; tell if one was."""
        parted = False
        for role, text in more:
            if result[-1] and free() < width(text):
                result.append([])
            first, *others = wrap(text, columns=max(free(), READABLE)) if width(text) > free() else [text]
            result[-1].append((role, first))
            result.extend([(role, part)] for part in others)
            parted = parted or bool(others)
        return parted

    parted = put(*pieces)
    whole = quote.within(columns)
    if parted or free() < min(width(whole), width(quote.words(text="")) + READABLE):
        result.append([])
    text = quote.within(free())
    fits = free() >= width(text + behind)
    result[-1].append(("", text + behind if fits else text))
    put(*(last if fits else [("", alone), *last]))
    return result


def broken(lines: Iterable[str], columns: int | None) -> Iterator[str]:
    """Break lines of words alone at so many columns, what follows indented: a terminal would break in mid-word."""
    for line in lines:
        parts = wrap(line, columns=columns - len(INDENT)) if columns is not None else [line]
        yield from (INDENT * bool(at) + part for at, part in enumerate(parts))
