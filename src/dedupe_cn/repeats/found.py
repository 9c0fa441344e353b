"""What finding hands to judging: repeats in exact offsets, with the facts that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dedupe_cn.repeats.differences import Comparison

Range = tuple[int, int]


class Repeat(NamedTuple):
    """Two exact ranges that say the same.

    ``unit`` is the length of one copy and ``copies`` how many there are; ``removed`` holds all but the kept one.
    ``paragraphs`` counts the whole paragraphs of prose in ``removed``, 0 when it begins or ends inside one, ``prose``
    their characters, 0 where nobody counted; ``blocks`` counts all blocks in it. ``score`` and ``comparison`` tell
    near-duplicates from exact copies.
    """

    rule: str
    kept: Range
    removed: Range
    unit: int
    copies: int = 2
    paragraphs: int = 0
    blocks: int = 0
    prose: int = 0
    score: float = 1.0
    comparison: Comparison | None = None
