"""What of a container may go: whole pieces that nothing else needs, and that hide nothing their copy does not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dedupe_cn.reasons import Reason

if TYPE_CHECKING:
    from dedupe_cn.judge.case import Case
    from dedupe_cn.model import Span
    from dedupe_cn.shape import Shape


def torn_piece(case: Case) -> Reason | None:
    """Say why a stretch cannot be cut out of its container, None where it can or there is no container."""
    shape, layout = case.page.layout.shape, case.page.layout
    if shape is None:
        return None
    removed, kept = layout.span(*case.removed), layout.span(*case.kept)
    taken = [shape.pieces[number] for number in shape.within(removed.start, removed.end)]
    if any(piece.start < removed.start or piece.end > removed.end for piece in taken):
        return Reason("piece-part")
    if held := next((piece.held for piece in taken if piece.held), ""):
        return Reason(held)
    times = max(1, case.copy.times - 1) if case.copy.exact and case.shown == case.removed else 1
    if _seals(shape, removed) != _seals(shape, kept) * times:
        return Reason("piece-seal")
    if shape.timed:
        begins = [shape.pieces[shape.within(span.start, span.end)[0]].times[0] for span in (kept, removed)]
        if case.rule != "whole-document" or begins[0] != begins[1]:
            return Reason("timed")
        return None
    lost = Counter(piece.part for piece in taken if not piece.is_empty)
    return Reason("part-empty") if any(shape.pieces.filled[part] == count for part, count in lost.items()) else None


def _seals(shape: Shape, span: Span) -> list[str]:
    """Give the seals of the pieces of a stretch that have one."""
    pieces = (shape.pieces[number] for number in shape.within(span.start, span.end))
    return [piece.seal for piece in pieces if piece.seal]


def emptied_part(before: Shape, after: Shape) -> bool:
    """Tell whether a file of an archive would be left without any text by cuts that together take all of it."""
    return before.pieces.filled.keys() != after.pieces.filled.keys()
