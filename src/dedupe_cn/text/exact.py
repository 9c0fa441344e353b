"""The exact form of a text, its lines, and the way between offsets of the exact form and those of the text."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dedupe_cn import kernel
from dedupe_cn.kernel.texts import Lines, Read, Signs
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import SPACES, invisible_ranges
from dedupe_cn.text.verse import MAX_LINE

#: First visible characters of lines of plain text that may be more than a paragraph.
SPECIAL = "<|-*+•●○◆■□▪·"
_VISIBLE = regex(r"\S")


def _row(characters: str) -> memoryview:
    return memoryview(array("I", sorted(map(ord, set(characters)))))


_SORTED = Signs(_row(SPACES + "\r\n"), _row(SPECIAL), MAX_LINE)


class ExactForm(NamedTuple):
    """The exact form of a text: its code points, what is no part of it, and its lines.

    ``codes`` are uint32; ``gaps`` are the offsets of the other characters (rising), ``places`` where they lie in the
    exact form. ``lines`` are the lines of the text.
    """

    codes: memoryview
    gaps: memoryview
    places: memoryview
    lines: Lines

    def exact(self, offset: int) -> int:
        """Give how many characters of the exact form stand before an offset of the text."""
        return offset - bisect_left(self.gaps, offset)

    def offset(self, exact: int) -> int:
        """Give the offset in the text of an exact offset."""
        return exact + bisect_right(self.places, exact)


def read_exact(text: str, unseen: Sequence[tuple[int, int]] = ()) -> ExactForm:
    """Work out the exact form of a text; what lies in ``unseen`` spans (rising, disjoint) is no part of it.

    >>> form = read_exact("一 二")
    >>> list(form.codes), list(form.gaps), form.offset(1)
    ([19968, 20108], [1], 2)
    """
    read = _read(text)
    if not unseen:
        return ExactForm(*read)
    parts, at = [], 0
    for start, end in unseen:
        parts += [text[at:start], _VISIBLE.sub(" ", text[start:end])]
        at = end
    blanked = _read("".join([*parts, text[at:]]))
    lines = blanked.lines._replace(leads=read.lines.leads)  # what a line is says what stands in it
    return ExactForm(blanked.exact, blanked.gaps, blanked.places, lines)


def _read(text: str) -> Read:
    return kernel.read_text(text.encode("utf-32-le", "surrogatepass"), invisible_ranges(), _SORTED)
