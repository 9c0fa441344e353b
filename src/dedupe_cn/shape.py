"""What a text from a container is made of: pieces that go whole or stay whole, and where a person finds each."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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

    ``number`` counts paragraphs in the chapter, or is that of the cue. For the other fields see :class:`Kin`.
    """

    start: int
    end: int
    number: int = 0
    kind: str = "paragraph"
    level: int = 0
    group: int = -1
    held: str = ""
    seal: str = ""
    part: int = 0
    chapter: int = -1
    times: tuple[int, int] = (-1, -1)

    @property
    def is_empty(self) -> bool:
        """Tell whether it holds nothing visible; it is the line break at its place then."""
        return self.start == self.end


class Kin(NamedTuple):
    """What a piece shares with many others.

    ``kind`` and ``level`` are those of a block. Pieces of one table, list or cue have one ``group`` (-1 for none).
    ``held`` is the code of the reason for which it never goes, empty where it may. ``seal`` stands for what of it no
    text shows: only a piece with the same seal is a copy. ``part`` is the file in the archive, ``chapter`` an index
    into the titles of the shape. ``times`` are milliseconds, both -1 where there are none.
    """

    kind: str
    level: int
    group: int
    held: str
    seal: str
    part: int
    chapter: int
    times: tuple[int, int]


class Pieces:
    """Pieces in order, in columns: a book has a hundred thousand, and what they share is held once."""

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        self.starts, self.ends, self.numbers = array("q"), array("q"), array("q")
        self.kin: list[Kin] = []
        self.extend(pieces)

    def extend(self, pieces: Iterable[Piece]) -> None:
        """Add pieces behind the others; what those of one call share is held once."""
        known: dict[Kin, Kin] = {}
        for piece in pieces:
            kin = Kin(*piece[3:])
            self._add(piece.start, piece.end, piece.number, known.setdefault(kin, kin))

    def _add(self, start: int, end: int, number: int, kin: Kin) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.numbers.append(number)
        self.kin.append(kin)

    def __len__(self) -> int:
        return len(self.kin)

    def __getitem__(self, number: int) -> Piece:
        return Piece(self.starts[number], self.ends[number], self.numbers[number], *self.kin[number])

    def __iter__(self) -> Iterator[Piece]:
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pieces) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def filled(self) -> Counter[int]:
        """Count the pieces of each part that hold anything visible."""
        return Counter(
            kin.part for start, end, kin in zip(self.starts, self.ends, self.kin, strict=True) if start < end
        )

    def within(self, start: int, end: int) -> range:
        """Number the pieces of which a range of code points holds any visible character."""
        first = bisect_right(self.ends, start)
        return range(first, bisect_left(self.starts, end, lo=first))

    def without(self, cuts: Sequence[tuple[int, int]], gone: Collection[int]) -> Pieces:
        """Give the pieces that are left without some ranges (sorted, disjoint), in which those of a number go."""
        left = Pieces()
        at = moved = 0
        for number, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            while at < len(cuts) and cuts[at][1] <= start:
                moved += cuts[at][1] - cuts[at][0]
                at += 1
            if number not in gone:
                left._add(start - moved, end - moved, self.numbers[number], self.kin[number])
        return left


@dataclass(frozen=True, slots=True)
class Shape:
    """The pieces of a text in order; ``form`` is the suffix of the file without its dot."""

    form: str
    pieces: Pieces
    titles: tuple[str, ...] = ()

    @property
    def timed(self) -> bool:
        """Tell whether it is timed text."""
        return self.form in TIMED

    def within(self, start: int, end: int) -> range:
        """Number the pieces of which a range of code points holds any visible character."""
        return self.pieces.within(start, end)

    def place(self, offset: int) -> str:
        """Name where an offset stands, so that a person finds it in the program that shows the file.

        >>> Shape("srt", Pieces([Piece(0, 2, 7, times=(61_500, 63_000))])).place(1)
        '#7 00:01:01'
        >>> Shape("epub", Pieces([Piece(0, 2, 3, chapter=0)]), ("第一章 雨夜",)).place(0)
        '第一章 雨夜 ¶3'
        """
        at = min(max(0, bisect_right(self.pieces.starts, offset) - 1), len(self.pieces) - 1)
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
        pieces = self.pieces
        gone: set[int] = set()
        torn = False
        for start, end in cuts:
            for number in range(bisect_left(pieces.ends, start), bisect_left(pieces.starts, end)):
                first, behind = pieces.starts[number], pieces.ends[number]
                if start <= first and max(behind, first + 1) <= end:
                    gone.add(number)
                elif start < behind and first < end:
                    torn = True
        return frozenset(gone), torn

    def after(self, cuts: Sequence[tuple[int, int]]) -> Shape:
        """Give the shape of the text without some ranges (sorted, disjoint)."""
        return Shape(self.form, self.pieces.without(cuts, self.gone(cuts)[0]), self.titles)


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
