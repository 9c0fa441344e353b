"""The parts of the tree of blocks: leaves, containers, and lines from which they are read."""

from __future__ import annotations

from typing import NamedTuple

from dedupe_cn.regex import regex

#: Leaves that hold prose: of these alone ``Tree.prose_words`` counts the words.
PROSE = frozenset({"paragraph", "item", "quote", "heading", "verse"})
#: Leaves that go whole or stay whole.
WHOLE = frozenset({"code", "math", "front-matter", "html", "row", "record"})
#: Leaves in which no word counts and no mark pairs.
WORDLESS = frozenset({"code", "math", "front-matter", "tag", "directive", "rule", "link-definition"})


class Leaf(NamedTuple):
    """A smallest block: whole lines from the start of the first one, without the last line break.

    ``kind`` is one of paragraph, heading, item, row, record, code, quote, verse, html, tag (a line that only opens or
    closes a container), directive, rule, image, math, front-matter, link-definition. ``level`` is that of a heading
    (1-6) or the depth of a list item from 1, else 0. ``label`` marks a line that names what follows.
    """

    kind: str
    start: int
    end: int
    level: int
    label: bool


class Container(NamedTuple):
    """What an opener and a closer stand around; ``parent`` is an index into the containers, -1 at the top.

    ``kind`` is one of html, jsx, directive, template, comment, quote, item; ``name`` tells it from others. The opener
    is ``[start, inner)``, the closer ``[inner_end, end)``; where there is none it is empty.
    """

    kind: str
    name: str
    start: int
    inner: int
    inner_end: int
    end: int
    parent: int


class Token(NamedTuple):
    """An opener or closer: the key that pairs it, whether it closes, its range, and the name of its container.

    ``sure`` openers are such by their own words, as `start` in a comment; the others are where a closer follows.
    """

    kind: str
    key: str
    closes: bool
    sure: bool
    start: int
    end: int
    name: str


class Line(NamedTuple):
    """A line of the text: its start, where it begins behind the markers around it, and its end."""

    start: int
    inner: int
    stop: int


_VISIBLE = regex(r"\S")


def squashed(text: str) -> str:
    """Write white space as single blanks, none at the ends."""
    return " ".join(text.split())


def visible(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the range from the first to the last visible character of a range; an empty one where there is none."""
    first = _VISIBLE.search(text, start, end)
    if first is None:
        return end, end
    while text[end - 1].isspace():
        end -= 1
    return first.start(), end


def lines_of(text: str, flat: str, start: int, end: int) -> list[Line]:
    """Split a range into its lines, without their line ends; ``flat`` is the text with LF line ends."""
    lines = []
    while start <= end:
        stop = flat.find("\n", start, end)
        stop = end if stop < 0 else stop
        bare = stop - 1 if stop > start and text[stop - 1] == "\r" else stop
        lines.append(Line(start, start, bare))
        start = stop + 1
    return lines
