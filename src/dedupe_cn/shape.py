"""What a text from a container is made of: pieces that go whole or stay whole, and where a person finds each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

#: Formats by the suffix of their files: timed text, whose files are text themselves, and archives of parts.
TIMED = frozenset({"srt", "vtt", "ass"})
ARCHIVES = frozenset({"docx", "epub"})
#: What stands in the text for an image, a field or the like: Unicode's sign for an object (U+FFFC).
OBJECT = "\ufffc"
#: Columns of a chapter's title in a place.
_TITLE = 24


class Piece(NamedTuple):
    """A paragraph, a row of a table, or a line of a cue: from its first to its last visible character.

    ``kind`` and ``level`` are those of a block. Pieces of one table, list or cue have one ``group`` (-1 for none).
    ``held`` is the code of the reason why it never goes, empty where it may. ``seal`` stands for the part of it that
    no text shows: only a piece with the same seal is a copy. ``part`` is the file in the archive, ``chapter`` an index
    into the titles of the shape, ``number`` counts paragraphs in the chapter, or is that of the cue. ``times`` are
    milliseconds, both -1 where there are none.
    """

    start: int
    end: int
    kind: str = "paragraph"
    level: int = 0
    group: int = -1
    held: str = ""
    seal: str = ""
    part: int = 0
    chapter: int = -1
    number: int = 0
    times: tuple[int, int] = (-1, -1)

    @property
    def is_empty(self) -> bool:
        """Tell whether it holds nothing visible; it is the line break at its place then."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Shape:
    """The pieces of a text in order; ``form`` is the suffix of the file without its dot."""

    form: str
    pieces: tuple[Piece, ...]
    titles: tuple[str, ...] = ()

    @property
    def timed(self) -> bool:
        """Tell whether it is timed text."""
        return self.form in TIMED

    def within(self, start: int, end: int) -> range:
        """Give the numbers of the pieces that have a visible character in a range of code points."""
        first = bisect_right(self.pieces, start, key=_end)
        return range(first, bisect_left(self.pieces, end, lo=first, key=_start))

    def place(self, offset: int) -> str:
        """Name where an offset stands, so that a person finds it in the program that shows the file.

        >>> Shape("srt", (Piece(0, 2, number=7, times=(61_500, 63_000)),)).place(1)
        '#7 00:01:01'
        >>> Shape("epub", (Piece(0, 2, chapter=0, number=3),), ("第一章 雨夜",)).place(0)
        '第一章 雨夜 ¶3'
        """
        at = min(max(0, bisect_right(self.pieces, offset, key=_start) - 1), len(self.pieces) - 1)
        if at < 0:
            return ""
        piece = self.pieces[at]
        if self.timed:
            seconds = piece.times[0] // 1000
            return f"#{piece.number} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        title = " ".join(self.titles[piece.chapter].split()) if piece.chapter >= 0 else ""
        title = title[: _TITLE - 1] + "…" if len(title) > _TITLE else title
        return f"{title} ¶{piece.number}".strip()

    def gone(self, cuts: Sequence[tuple[int, int]]) -> tuple[frozenset[int], bool]:
        """Number the pieces that some ranges (sorted, disjoint) take whole; tell whether one takes a part of another.

        A piece that holds nothing goes with its line break.
        """
        gone: set[int] = set()
        torn, at = False, 0
        for number, piece in enumerate(self.pieces):
            while at < len(cuts) and cuts[at][1] <= piece.start:
                at += 1
            if at == len(cuts):
                break
            start, end = cuts[at]
            if start <= piece.start and max(piece.end, piece.start + 1) <= end:
                gone.add(number)
            elif start < piece.end and piece.start < end:
                torn = True
        return frozenset(gone), torn

    def after(self, cuts: Sequence[tuple[int, int]]) -> Shape:
        """Give the shape of the text without some ranges (sorted, disjoint)."""
        gone, _ = self.gone(cuts)
        left: list[Piece] = []
        at = moved = 0
        for number, piece in enumerate(self.pieces):
            while at < len(cuts) and cuts[at][1] <= piece.start:
                moved += cuts[at][1] - cuts[at][0]
                at += 1
            if number not in gone:
                left.append(piece._replace(start=piece.start - moved, end=piece.end - moved))
        return Shape(self.form, tuple(left), self.titles)


class Container(Protocol):
    """A file whose text and pieces a reader has taken out of it, and which is written by cutting alone."""

    @property
    def shape(self) -> Shape: ...

    @property
    def text(self) -> str: ...

    def write(self, gone: Collection[int], times: Mapping[int, tuple[int, int]]) -> bytes:
        """Give the bytes of the file without the pieces of these numbers.

        ``times`` are the new times of pieces that stay, in milliseconds. Everything else stays byte for byte.
        """
        ...

    def again(self, data: bytes) -> str:
        """Read the text of the same file anew from the bytes to be written."""
        ...


def _start(piece: Piece) -> int:
    return piece.start


def _end(piece: Piece) -> int:
    return piece.end
