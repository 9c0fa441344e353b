"""The sections of a text: a heading and all beneath it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from dedupe_cn.regex import regex
from dedupe_cn.text.characters import squash
from dedupe_cn.text.labels import Label
from dedupe_cn.text.markers import markers_end
from dedupe_cn.text.numbering import bare_title
from dedupe_cn.text.tree_parts import Container, Leaf
from dedupe_cn.text.verbatim import Row

#: What a heading inside of another block cannot do without.
_INNER_HEADING = regex(r"#|<[hH][1-6]|^[ \t>]*+(?:=++|-++)[ \t]*+$", re.MULTILINE)


class Section(NamedTuple):
    """A heading and all beneath it: start of its line, start of what is beneath, end of its last leaf.

    ``heading`` is what stands in its lines behind the markers of quotes and items. ``parent`` is an index, -1 at the
    top.
    """

    start: int
    body: int
    end: int
    level: int
    heading: str
    parent: int

    @property
    def title(self) -> str:
        """Give its own title: without markup, number and white space at the ends."""
        return _title(self.heading)

    def names_the_same(self, other: Section) -> bool:
        """Tell whether two sections have one level and one title."""
        return self.level == other.level and bool(self.title) and compared(self.heading) == compared(other.heading)


_title = lru_cache(maxsize=1024)(bare_title)


def compared(heading: str) -> str:
    """Give the title of a heading as it is compared: without white space, and without a mark at its end."""
    return squash(_title(heading)).rstrip("？?。.：:")


def read_sections(
    flat: str, leaves: Sequence[Leaf], found: Sequence[Container], inside: Sequence[int], labels: Mapping[int, Label]
) -> list[Section]:
    """Give the sections; one that begins inside a container, and holds anything there, ends with it at the latest."""
    sections: list[tuple[int, int, int, str, int]] = []
    ends: list[int] = []
    stack: list[tuple[int, int, int]] = []  # section, its level, and the first leaf behind its container
    heads = {index: label.rank for index, label in labels.items() if label.section}
    heads.update((index, leaf.level) for index, leaf in enumerate(leaves) if leaf.kind == "heading")
    for index, level in [*sorted(heads.items()), (len(leaves), 0)]:
        at = 0  # the leaf before which the last one ended
        while stack:
            at = min(index, max(at, stack[-1][2]))
            if not (stack[-1][2] <= at < len(leaves) or stack[-1][1] >= level > 0):
                break
            ends[stack.pop()[0]] = leaves[at - 1].end
        if not level:
            break
        leaf, below = leaves[index], index + 1
        while below < len(leaves) and leaves[below].kind == "tag":
            below += 1
        around = inside[index]
        while around >= 0 and (below == len(leaves) or found[around].end <= leaves[below].start):
            around = found[around].parent
        body = leaves[index + 1].start if index + 1 < len(leaves) else leaf.end
        heading = heading_of(flat, leaf.start, leaf.end) if leaf.kind == "heading" else flat[leaf.start : leaf.end]
        behind = bisect_left(leaves, found[around].end, key=_start) if around >= 0 else len(leaves)
        stack.append((len(sections), level, behind))
        sections.append((leaf.start, body, level, heading, stack[-2][0] if len(stack) > 1 else -1))
        ends.append(leaves[-1].end)
    rows = zip(sections, ends, strict=True)
    return [Section(start, body, end, level, heading, above) for (start, body, level, heading, above), end in rows]


def heading_of(flat: str, start: int, end: int) -> str:
    """Give what stands in the lines of a heading behind the markers of quotes and items."""
    return flat[markers_end(flat, start, end) : end]


def _start(leaf: Leaf) -> int:
    return leaf.start


class BlockHeadings:
    """What may begin a section of a Markdown text, told by those of its blocks that may hold headings."""

    def __init__(self, flat: str, rows: Sequence[Row]) -> None:
        self._flat, self._rows = flat, rows
        self._starts, self._ends = [row[1] for row in rows], [row[2] for row in rows]
        self._known: dict[int, set[tuple[int, str]] | None] = {}

    def within(self, start: int, end: int) -> set[tuple[int, str]] | None:
        """Give level and compared title of each in a range; None where only the leaves of a block tell."""
        found: set[tuple[int, str]] = set()
        for index in range(bisect_right(self._ends, start), bisect_left(self._starts, end)):
            if index not in self._known:
                self._known[index] = self._read(*self._rows[index])
            here = self._known[index]
            if here is None:
                return None
            found |= here
        return found

    def _read(self, kind: str, start: int, end: int, level: int) -> set[tuple[int, str]] | None:
        if kind == "heading":
            return {(level, compared(heading_of(self._flat, start, end)))}
        return None if _INNER_HEADING.search(self._flat, start, end) else set()
