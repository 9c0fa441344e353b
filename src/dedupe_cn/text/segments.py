"""The layout of a text: its exact form, and where its blocks lie in it.

Offsets called *exact* count the characters of the exact form; all others are code points of the text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from dedupe_cn import kernel
from dedupe_cn.model import Block, Kind, Span
from dedupe_cn.shape import Shape
from dedupe_cn.text.block_kinds import KINDS, NUMBERS, PARAGRAPH, VERBATIM, Blocks
from dedupe_cn.text.exact import ExactForm, read_exact

_PROSE = NUMBERS[PARAGRAPH]
_VERBATIM = frozenset(NUMBERS[kind] for kind in VERBATIM)


@dataclass(frozen=True)
class Layout:
    """One text with all that finding and judging repeats needs of it; parts are worked out when first asked for.

    ``shape`` is there for a text from a container, whose blocks its pieces are.
    """

    text: str
    kind: Kind
    form: ExactForm
    shape: Shape | None = None

    @property
    def codes(self) -> memoryview:
        """Give the code points of the exact form (uint32, n)."""
        return self.form.codes

    @cached_property
    def exact(self) -> str:
        """Give the exact form."""
        return str(self.form.codes, "utf-32-le", "surrogatepass")

    @cached_property
    def table(self) -> Blocks:
        """Give the blocks that hold anything visible."""
        found = _blocks(self.text, self.kind, self.form, self.shape)
        low, high = (kernel.exact_places(self.form.gaps, column) for column in (found.starts, found.ends))
        seen = [first < last for first, last in zip(low, high, strict=True)]
        if all(seen):
            return found
        starts, ends = (memoryview(array("i", compress(column, seen))) for column in (found.starts, found.ends))
        return Blocks(starts, ends, *(bytes(compress(column, seen)) for column in (found.kinds, found.levels)))

    @cached_property
    def starts(self) -> memoryview:
        """Give the exact offset at which each block starts (rising)."""
        return kernel.exact_places(self.form.gaps, self.table.starts)

    @cached_property
    def ends(self) -> memoryview:
        """Give the exact offset behind each block."""
        return kernel.exact_places(self.form.gaps, self.table.ends)

    def kind_of(self, index: int) -> str:
        """Name the kind of a block."""
        return KINDS[self.table.kinds[index]]

    def span(self, start: int, end: int) -> Span:
        """Give the code points from the first to the last character of an exact range that is not empty."""
        return Span(self.form.offset(start), self.form.offset(end - 1) + 1)

    def slice(self, start: int, end: int) -> str:
        """Give the text of an exact range, white space inside it included."""
        span = self.span(start, end) if end > start else Span(0, 0)
        return self.text[span.start : span.end]

    def block_at(self, exact: int) -> int:
        """Give the index of the block that holds an exact offset."""
        return bisect_right(self.starts, exact) - 1

    def blocks_in(self, start: int, end: int) -> range:
        """Give the indexes of the blocks that an exact range touches."""
        return range(self.block_at(start), self.block_at(end - 1) + 1)

    def protected_spans(self, signs: Sequence[str] = ()) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Give the verbatim and all protected spans of the text, sorted and disjoint.

        With ``signs``, of those that are not verbatim only the ones that hold one of them: mostly a few of very many.
        """
        table = self.table
        others = [kind != _PROSE for kind in table.kinds]
        verbatim = [kind in _VERBATIM for kind in table.kinds]
        if signs:
            held = {index for index in self._holding(signs) if others[index]}
            others = [sure or index in held for index, sure in enumerate(verbatim)]
        return _spans(table, verbatim), _spans(table, others)

    def _holding(self, signs: Sequence[str]) -> set[int]:
        """Give the blocks in which one of some strings stands."""
        table, found = self.table, set()
        for sign in signs:
            place = self.text.find(sign)
            while place >= 0:
                index = bisect_right(table.starts, place) - 1
                if index >= 0 and place < table.ends[index]:
                    if place + len(sign) <= table.ends[index]:
                        found.add(index)
                    place = self.text.find(sign, table.ends[index])
                else:
                    place = self.text.find(sign, place + 1)
        return found


def layout(text: str, kind: Kind, unseen: Sequence[Span] = (), shape: Shape | None = None) -> Layout:
    """Work out the exact form of a text; its blocks follow when they are asked for.

    The ``unseen`` spans (sorted, disjoint) are no part of the exact form, as if they were white space.
    """
    return Layout(text, kind, read_exact(text, [(span.start, span.end) for span in unseen]), shape)


def blocks(text: str, kind: Kind) -> list[Block]:
    """Split ``text`` into blocks in order; blank lines belong to none.

    Offsets are code points of ``text``; a block ends before the line break of its last line.

    >>> [b.kind for b in blocks("# 题\\n\\n正文。\\n- 一\\n- 二\\n", Kind.MARKDOWN)]
    ['heading', 'paragraph', 'list']
    """
    found = _blocks(text, kind, read_exact(text))
    return [Block(KINDS[number], start, end, level) for start, end, number, level in zip(*found, strict=True)]


def protected_spans(text: str, kind: Kind) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Give the verbatim and all protected spans of a text, sorted and disjoint."""
    return layout(text, kind).protected_spans()


def _spans(table: Blocks, which: Sequence[bool]) -> tuple[Span, ...]:
    return tuple(map(Span, compress(table.starts, which), compress(table.ends, which)))


def _blocks(text: str, kind: Kind, form: ExactForm, shape: Shape | None = None) -> Blocks:
    if shape is not None:
        from dedupe_cn.text.pieces import blocks_of

        return blocks_of(text, shape)
    if kind is Kind.TEXT:
        from dedupe_cn.text.plain import text_blocks

        return text_blocks(text, form)
    from dedupe_cn.text.markdown import markdown_blocks

    return markdown_blocks(text, form)
