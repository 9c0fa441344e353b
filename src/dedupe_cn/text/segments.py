"""The layout of a text: its exact form, and where its blocks lie in it.

Offsets called *exact* count the characters of the exact form; all others are code points of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.model import Block, Kind, Span
from dedupe_cn.text.block_kinds import KINDS, PARAGRAPH, VERBATIM, Blocks, Columns
from dedupe_cn.text.exact import ExactForm, read_exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.characters import Codes

_IS_VERBATIM = np.array([kind in VERBATIM for kind in KINDS])


@dataclass(frozen=True)
class Layout:
    """One text with all that finding and judging repeats needs of it; parts are worked out when first asked for.

    ``known`` are the blocks where they are known beforehand, as columns only those that hold anything visible.
    """

    text: str
    kind: Kind
    form: ExactForm
    known: Blocks | Columns | None = None

    @property
    def codes(self) -> Codes:
        """Give the code points of the exact form (n, see :class:`ExactForm`)."""
        return self.form.codes

    @property
    def origin(self) -> NDArray[np.int64]:
        """Give the offset in the text of every character of the exact form (int64, n, rising); eight bytes each."""
        return self.form.offsets(np.arange(self.codes.size))

    @cached_property
    def table(self) -> Columns:
        """Give the blocks that hold anything visible."""
        if isinstance(self.known, Columns):
            return self.known
        return _columns(self.text, self.kind, self.form, self.known).visible()

    @property
    def blocks(self) -> Blocks:
        """Give the same in code points alone."""
        return Blocks(self.table.starts, self.table.ends, self.table.kinds, self.table.levels)

    @property
    def starts(self) -> NDArray[np.int64]:
        """Give the exact offset at which each block starts (rising)."""
        return self.table.low

    @property
    def ends(self) -> NDArray[np.int64]:
        """Give the exact offset behind each block."""
        return self.table.high

    @cached_property
    def prose(self) -> NDArray[np.bool_]:
        """Mark the blocks that are paragraphs of prose; the others are protected."""
        return np.equal(self.table.kinds, KINDS.index(PARAGRAPH))

    def kind_of(self, index: int) -> str:
        """Name the kind of a block."""
        return KINDS[self.table.kinds[index]]

    def level_of(self, index: int) -> int:
        """Give the level of a heading (1-6), 0 for other blocks."""
        return int(self.table.levels[index])

    def span(self, start: int, end: int) -> Span:
        """Give the code points from the first to the last character of an exact range that is not empty."""
        return Span(self.form.offset(start), self.form.offset(end - 1) + 1)

    def slice(self, start: int, end: int) -> str:
        """Give the text of an exact range, white space inside it included."""
        span = self.span(start, end) if end > start else Span(0, 0)
        return self.text[span.start : span.end]

    def block_at(self, exact: int) -> int:
        """Give the index of the block that holds an exact offset."""
        return int(self.starts.searchsorted(exact, side="right")) - 1

    def blocks_in(self, start: int, end: int) -> range:
        """Give the indexes of the blocks that an exact range touches."""
        return range(self.block_at(start), self.block_at(end - 1) + 1)

    def protected_spans(self, signs: Sequence[str] = ()) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Give the verbatim and all protected spans of the text, sorted and disjoint.

        With ``signs``, of those that are not verbatim only the ones that hold one of them: mostly a few of very many.
        """
        table = self.table
        verbatim = _IS_VERBATIM.take(table.kinds)
        protected = verbatim | ~self.prose & self._holding(signs) if signs else ~self.prose
        return _spans(table, verbatim), _spans(table, protected)

    def _holding(self, signs: Sequence[str]) -> NDArray[np.bool_]:
        """Mark the blocks in which one of some strings stands."""
        table = self.table
        marks = np.zeros(table.starts.size, dtype=bool)
        for sign in signs:
            place = self.text.find(sign)
            while place >= 0:
                index = int(table.starts.searchsorted(place, side="right")) - 1
                if index >= 0 and place < table.ends[index]:
                    marks[index] |= place + len(sign) <= table.ends[index]
                    place = self.text.find(sign, int(table.ends[index]))
                else:
                    place = self.text.find(sign, place + 1)
        return marks


def layout(text: str, kind: Kind, unseen: Sequence[Span] = (), known: Blocks | None = None) -> Layout:
    """Work out the exact form of a text; its blocks follow when they are asked for, if they are not ``known``.

    The ``unseen`` spans (sorted, disjoint) are no part of the exact form, as if they were white space.
    """
    form = read_exact(text)
    if unseen:
        form = form.without(np.array([(span.start, span.end) for span in unseen]).ravel())
    return Layout(text, kind, form, known)


def blocks(text: str, kind: Kind) -> list[Block]:
    """Split ``text`` into blocks in order; blank lines belong to none.

    Offsets are code points of ``text``; a block ends before the line break of its last line.

    >>> [b.kind for b in blocks("# 题\\n\\n正文。\\n- 一\\n- 二\\n", Kind.MARKDOWN)]
    ['heading', 'paragraph', 'list']
    """
    found = _columns(text, kind, read_exact(text))
    rows = zip(*(column.tolist() for column in (found.starts, found.ends, found.kinds, found.levels)), strict=True)
    return [Block(KINDS[number], start, end, level) for start, end, number, level in rows]


def protected_spans(text: str, kind: Kind) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Give the verbatim and all protected spans of a text, sorted and disjoint."""
    return layout(text, kind).protected_spans()


def _spans(table: Columns, which: NDArray[np.bool_]) -> tuple[Span, ...]:
    return tuple(map(Span, table.starts[which].tolist(), table.ends[which].tolist()))


def _columns(text: str, kind: Kind, form: ExactForm, known: Blocks | None = None) -> Columns:
    if known is not None:
        return form.columns(known)
    if kind is Kind.TEXT:
        from dedupe_cn.text.plain import text_table

        return text_table(text, form)
    from dedupe_cn.text.markdown import markdown_table

    return markdown_table(text, form)
