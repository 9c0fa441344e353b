"""Put the parts of an archive together to one text with pieces, and find the elements to cut when some of these go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from dedupe_cn.containers.markup import Place
from dedupe_cn.shape import Piece, Shape

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
    """A block as a reader finds it; ``element`` is the number of its element. For the others see :class:`Piece`."""

    text: str
    element: int
    kind: str = "paragraph"
    level: int = 0
    group: int = -1
    held: str = ""
    seal: str = ""


class Part(NamedTuple):
    """A part of an archive: its name, its elements, which of them stay even when they are empty, and its blocks."""

    name: str
    elements: Sequence[Place]
    lasting: Collection[int]
    raws: Sequence[Raw]
    title: str = ""


class Whole(NamedTuple):
    """The text of an archive, its shape, and for each piece its part and the number of its block in that."""

    text: str
    shape: Shape
    places: Sequence[tuple[int, int]]


class Assembled:
    """An archive whose text was put together of its parts."""

    whole: Whole

    @property
    def text(self) -> str:
        """Give the text of all parts, a block a line."""
        return self.whole.text

    @property
    def shape(self) -> Shape:
        """Give its blocks."""
        return self.whole.shape


def assemble(form: str, parts: Sequence[Part]) -> Whole:
    """Give the text of all parts in order, a block a line."""
    pieces: list[Piece] = []
    places: list[tuple[int, int]] = []
    said: list[str] = []
    titles: list[str] = []
    at = groups = 0
    for number, part in enumerate(parts):
        chapter, counted = -1, 0
        if part.title and not any(0 < raw.level <= _CHAPTER for raw in part.raws[:1]):
            titles.append(part.title)
            chapter = len(titles) - 1
        for order, raw in enumerate(part.raws):
            text = raw.text.strip(_BLANK)
            if text and 0 < raw.level <= _CHAPTER:
                titles.append(text)
                chapter, counted = len(titles) - 1, 0
            counted += bool(text)
            begin = at + (len(raw.text) - len(raw.text.lstrip(_BLANK)) if text else 0)
            group = raw.group + groups if raw.group >= 0 else -1
            kept = raw.text if text else ""
            pieces.append(
                Piece(
                    begin, begin + len(text), raw.kind, raw.level, group, raw.held, raw.seal, number, chapter, counted
                )
            )
            places.append((number, order))
            said.append(kept)
            at += len(kept) + 1
        groups += len(part.elements)
    return Whole("".join(f"{text}\n" for text in said), Shape(form, tuple(pieces), tuple(titles)), places)


def cuts_of(part: Part, gone: Collection[int]) -> list[tuple[int, int]]:
    """Give the elements (bytes) that hold nothing but blocks of these numbers, the outermost ones, in order."""
    total: Counter[int] = Counter()
    lost: Counter[int] = Counter()
    for number, raw in enumerate(part.raws):
        if not raw.text.strip(_BLANK):
            continue
        here = raw.element
        while here >= 0:
            total[here] += 1
            lost[here] += number in gone
            here = part.elements[here].parent
    going = {element for element, count in lost.items() if count == total[element] and element not in part.lasting}
    going |= {
        part.raws[number].element for number in gone if not total[part.raws[number].element]
    } - set(part.lasting)
    cuts = [part.elements[element] for element in going if not _inside(part, element, going)]
    return sorted((place.start, place.end) for place in cuts)


def _inside(part: Part, element: int, going: Collection[int]) -> bool:
    above = part.elements[element].parent
    while above >= 0:
        if above in going:
            return True
        above = part.elements[above].parent
    return False
