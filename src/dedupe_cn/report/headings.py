"""The headings above a place, for a person who has to know where two passages stand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from dedupe_cn.model import Kind
from dedupe_cn.regex import regex
from dedupe_cn.report.excerpt import reveal, shorten
from dedupe_cn.shape import Shape
from dedupe_cn.text.segments import layout
from dedupe_cn.text.tree import Tree, read_tree

#: Columns of each heading, and what stands between two.
_COLUMNS, _BETWEEN = 60, " › "
_TAG = regex(r"</?[A-Za-z][^<>]{0,200}>")


class Headings:
    """The headings of one text, which is read when somebody asks; of unknown ``kind`` it has none."""

    def __init__(self, text: str, kind: Kind | None, shape: Shape | None = None) -> None:
        self._text, self._kind, self._shape = text, kind, shape

    @cached_property
    def _tree(self) -> Tree | None:
        return read_tree(layout(self._text, self._kind, (), self._shape)) if self._kind is not None else None

    def of(self, at: int) -> str:
        """Give the headings above an offset on one line, the outermost first; empty where there are none."""
        above = self._tree.sections_above(at) if self._tree is not None else []
        return joined(section.heading for section in reversed(above))


def joined(headings: Iterable[str]) -> str:
    """Write headings on one line, without tags and the signs of Markdown at their ends."""
    titles = (_TAG.sub("", heading.partition("\n")[0]).strip("# \t\r") for heading in headings)
    return _BETWEEN.join(reveal(shorten(title, _COLUMNS)) for title in titles if title)
