"""The layout of a text that changes step by step: the last one is kept, and what is known of the blocks moves along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dedupe_cn.edits import apply
from dedupe_cn.model import Edit, Kind, Span

if TYPE_CHECKING:
    from dedupe_cn.text.block_kinds import Blocks
    from dedupe_cn.text.segments import Layout


class Reading:
    """Read a text as often as needed and as seldom as possible, for tidying and removing ask for it by turns."""

    def __init__(self, kind: Kind, unseen: Callable[[str], Sequence[Span]] | None) -> None:
        self._kind = kind
        self._unseen = unseen  # what marks leave unseen of a text; none where there are no marks
        self._last: Layout | None = None
        self._blocks: tuple[str, Blocks] | None = None

    def layout(self, text: str) -> Layout:
        """Give the layout of a text, with what marks leave unseen."""
        from dedupe_cn.text.segments import layout

        if self._last is None or self._last.text != text:
            known = self._known_blocks(text)
            self.let_go()  # before the next one is read, for both would be the most there ever is
            self._last = layout(text, self._kind, self._unseen(text) if self._unseen else (), known)
        return self._last

    def change(self, text: str, edits: Sequence[Edit]) -> str:
        """Carry out edits of a text (sorted, disjoint); its blocks, where they are known, are moved along with them."""
        if not edits:
            return text
        known = self._known_blocks(text)
        self.let_go()
        after = apply(text, edits)
        if known is not None:
            from dedupe_cn.text.moving import move

            moved = move(text, known, edits, after)
            self._blocks = moved and (after, moved)
        return after

    def let_go(self) -> None:
        """Forget what is known: its arrays take several times the memory of the text."""
        self._last = self._blocks = None

    def _known_blocks(self, text: str) -> Blocks | None:
        """Give the blocks of a text where they are known, which in one with marks they never are."""
        if self._kind is not Kind.MARKDOWN or self._unseen:
            return None
        if self._last is not None and self._last.text == text:
            return self._last.blocks
        return self._blocks[1] if self._blocks is not None and self._blocks[0] == text else None
