"""Put the parts of an archive together to one text with pieces, and find the elements to cut when some of these go."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from dedupe_cn.containers.markup import without
from dedupe_cn.containers.zips import Zip
from dedupe_cn.shape import Piece, Pieces, Shape

#: White space, and characters of no width, which are no part of a piece at its ends.
_BLANK = " \t\r\n\f\v\u00a0\u3000\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u2002\u2003\u2009\u202f"
#: A heading of this level or a higher one begins a chapter.
_CHAPTER = 2


def names(listed: str) -> frozenset[str]:
    """Give the names in a list of words.

    >>> sorted(names("w:p w:r"))
    ['w:p', 'w:r']
    """
    return frozenset(listed.split())


class Raw(NamedTuple):
    """A block as a reader finds it; ``element`` is the number of its element. For the others see :class:`Kin`."""

    text: str
    element: int
    kind: str = "paragraph"
    level: int = 0
    group: int = -1
    held: str = ""
    seal: str = ""


class Place(NamedTuple):
    """Where an element stands in its part (bytes), and the number of the one around it, -1 for none."""

    start: int
    end: int
    parent: int


class Read(NamedTuple):
    """What was read of a part: its elements, which of them stay even when they are empty, and its blocks.

    ``title`` names its chapter where no heading does.
    """

    places: Sequence[Place]
    lasting: Collection[int]
    raws: Sequence[Raw]
    title: str = ""

    @property
    def text(self) -> str:
        """Give its blocks, one a line."""
        return "".join(f"{raw.text}\n" if raw.text.strip(_BLANK) else "\n" for raw in self.raws)


class Part:
    """What is kept of a part to cut it: where its text begins and ends, its first piece, and its elements in columns.

    For each block there is the number of its element, and whether it holds anything.
    """

    def __init__(self, name: str, read: Read, start: int, first: int) -> None:
        self.name, self.start, self.first, self.lasting = name, start, first, frozenset(read.lasting)
        self._starts, self._ends, self._parents = array("q"), array("q"), array("q")
        for place in read.places:
            self._starts.append(place.start)
            self._ends.append(place.end)
            self._parents.append(place.parent)
        self._elements = array("q", (raw.element for raw in read.raws))
        self._filled = bytes(bool(raw.text.strip(_BLANK)) for raw in read.raws)
        self.end = start

    def cuts(self, gone: Collection[int]) -> list[tuple[int, int]]:
        """Give the elements (bytes) that hold nothing but blocks of these numbers, the outermost ones, in order."""
        total, lost = ([0] * len(self._parents) for _ in range(2))
        for number, element in enumerate(self._elements):
            if self._filled[number]:
                total[element] += 1
                lost[element] += number in gone
        for element, above in reversed(list(enumerate(self._parents))):  # what stands in an element is numbered behind
            if above >= 0:
                total[above] += total[element]
                lost[above] += lost[element]
        going = {element for element, count in enumerate(lost) if count and count == total[element]}
        going |= {self._elements[number] for number in gone if not total[self._elements[number]]}
        going -= self.lasting
        taken: set[int] = set()  # those that go, and what stands in them
        cuts: list[tuple[int, int]] = []
        for element, above in enumerate(self._parents):
            if above in taken:
                taken.add(element)
            elif element in going:
                taken.add(element)
                cuts.append((self._starts[element], self._ends[element]))
        return cuts


class Assembled:
    """An archive whose text was put together of its parts, each of which is let go of before the next one is read."""

    def __init__(self, archive: Zip, form: str) -> None:
        self._zip = archive
        self._form = form

    def _read_part(self, archive: Zip, name: str) -> Read:
        """Read a part. Raises InputError."""
        raise NotImplementedError

    def _assemble(self, names: Sequence[str]) -> None:
        """Put the text of all parts together in order, a block a line."""
        self._parts: list[Part] = []
        text, pieces, groups = "", Pieces(), 0
        titles: list[str] = []
        for index, name in enumerate(names):
            read = self._read_part(self._zip, name)
            part = Part(name, read, len(text), len(pieces))
            pieces.extend(_pieces(read, index, len(text), groups, titles))
            text += read.text  # grows in place: all parts at once would be a second copy
            part.end = len(text)
            groups += len(read.places)
            self._parts.append(part)
        self.text, self.shape = text, Shape(self._form, pieces, tuple(titles))

    def write(self, gone: Collection[int], times: Mapping[int, tuple[int, int]]) -> bytes:
        """Cut the elements of pieces out of their parts."""
        blocks: defaultdict[int, set[int]] = defaultdict(set)
        for piece in gone:
            index = self.shape.pieces.kin[piece].part
            blocks[index].add(piece - self._parts[index].first)
        changes: dict[str, bytes] = {}
        for index, going in blocks.items():
            part = self._parts[index]
            changes[part.name] = without(self._zip.read(part.name), part.cuts(going))
        return self._zip.replace(changes)

    def again(self, data: bytes) -> str:
        """Read the text anew from bytes to be written: of the parts those that changed."""
        archive = self._zip.beside(data)
        return "".join(
            self.text[part.start : part.end]
            if archive.packed(part.name) == self._zip.packed(part.name)
            else self._read_part(archive, part.name).text
            for part in self._parts
        )


def _pieces(read: Read, index: int, at: int, groups: int, titles: list[str]) -> Iterator[Piece]:
    """Give the pieces of a part whose text begins at a place; titles of its chapters are added to the others."""
    chapter, counted = -1, 0
    if read.title and not any(0 < raw.level <= _CHAPTER for raw in read.raws[:1]):
        titles.append(read.title)
        chapter = len(titles) - 1
    for raw in read.raws:
        text = raw.text.strip(_BLANK)
        if text and 0 < raw.level <= _CHAPTER:
            titles.append(text)
            chapter, counted = len(titles) - 1, 0
        counted += bool(text)
        begin = at + (len(raw.text) - len(raw.text.lstrip(_BLANK)) if text else 0)
        group = raw.group + groups if raw.group >= 0 else -1
        about = raw.kind, raw.level, group, raw.held, raw.seal, index, chapter
        yield Piece(begin, begin + len(text), counted, *about)
        at += (len(raw.text) if text else 0) + 1
