"""The layout of a text: its exact form, and where its blocks lie in it.

Offsets called *exact* count the characters of the exact form; all others are code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dedupe_cn.model import Block, Kind, Span
from dedupe_cn.text.characters import exact_form
from dedupe_cn.text.markup import PARAGRAPH, VERBATIM, blocks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_INLINE = re.compile(
    r"(?P<code>(?<!`)(`{1,3})(?!`)(?:(?!\2)[^\n]){1,2000}?\2(?!`))"
    r"|!?\[[^\]\n]{0,1000}\]\([^)\n]{0,1000}\)"
    r"|<https?://[^>\s]{1,1000}>|https?://[^\s，。；、）)>]{1,1000}"
    r"|(?<![\\$\w])\$[^$\s\n][^$\n]{0,500}\$(?!\w)"
)


@dataclass(frozen=True)
class Layout:
    """One text with all that finding and judging repeats needs of it; parts are worked out when first asked for.

    ``codes`` are the code points of the exact form (uint32, n), ``origin`` their offsets in the text (int64, n,
    rising).
    """

    text: str
    kind: Kind
    codes: NDArray[np.uint32]
    origin: NDArray[np.int64]

    @cached_property
    def blocks(self) -> list[Block]:
        """Split the text into blocks (see :mod:`dedupe_cn.text.markup`)."""
        return [b for b, (s, e) in zip(self._all_blocks, self._all_bounds, strict=True) if e > s]

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Give the exact offset at which each block starts (rising, one for each of ``blocks``)."""
        import numpy as np

        return np.array([s for s, e in self._all_bounds if e > s], dtype=np.int64)

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Give the exact offset behind each block."""
        import numpy as np

        return np.array([e for s, e in self._all_bounds if e > s], dtype=np.int64)

    @cached_property
    def stretches(self) -> list[tuple[int, int]]:
        """Give the exact ranges in which prose follows prose, with no protected block between."""
        result: list[tuple[int, int]] = []
        open_stretch = False
        for block, start, end in zip(self.blocks, self.starts.tolist(), self.ends.tolist(), strict=True):
            if block.kind != PARAGRAPH:
                open_stretch = False
            elif open_stretch:
                result[-1] = (result[-1][0], end)
            else:
                result.append((start, end))
                open_stretch = True
        return result

    @cached_property
    def paragraphs(self) -> int:
        """Count the paragraphs of prose."""
        return sum(1 for block in self.blocks if block.kind == PARAGRAPH)

    @cached_property
    def _all_blocks(self) -> list[Block]:
        return blocks(self.text, self.kind)

    @cached_property
    def _all_bounds(self) -> list[tuple[int, int]]:
        import numpy as np

        edges = np.array([(b.start, b.end) for b in self._all_blocks], dtype=np.int64).reshape(-1, 2)
        exact = np.searchsorted(self.origin, edges)
        return [(int(s), int(e)) for s, e in exact]

    def span(self, start: int, end: int) -> Span:
        """Give the code points from the first to the last character of an exact range that is not empty."""
        return Span(int(self.origin[start]), int(self.origin[end - 1]) + 1)

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

    def inline_spans(self, start: int, end: int) -> list[Span]:
        """Find code, links, images and math inside the paragraphs that an exact range touches (Markdown only)."""
        if self.kind is not Kind.MARKDOWN:
            return []
        touched = self.blocks_in(start, end)
        first, last = self.blocks[touched[0]].start, self.blocks[touched[-1]].end
        return [Span(m.start(), m.end()) for m in _INLINE.finditer(self.text, first, last)]


def layout(text: str, kind: Kind) -> Layout:
    """Work out the exact form of a text; its blocks follow when they are asked for."""
    codes, origin = exact_form(text)
    return Layout(text, kind, codes, origin)


def protected_spans(text: str, kind: Kind) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Give the verbatim and all protected spans of a text, sorted and disjoint."""
    found: Sequence[Block] = [b for b in blocks(text, kind) if b.kind != PARAGRAPH]
    return (
        tuple(Span(b.start, b.end) for b in found if b.kind in VERBATIM),
        tuple(Span(b.start, b.end) for b in found),
    )
