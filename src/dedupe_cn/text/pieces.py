"""The blocks of a text that came out of a container: its pieces say what they are, only verse is read from the text."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from dedupe_cn.shape import Piece, Shape
from dedupe_cn.text.block_kinds import NUMBERS, Blocks
from dedupe_cn.text.verse import MAX_LINE, MIN_LINES, verse_runs


def blocks_of(text: str, shape: Shape) -> Blocks:
    """Give the blocks of a text; pieces of one table or list are one block, as they would be in Markdown."""
    pieces = [piece for piece in shape.pieces if not piece.is_empty]
    kinds = [NUMBERS[piece.kind] for piece in pieces]
    if not shape.timed:
        for first, last in _verse(text, shape.pieces):
            kinds[first:last] = [NUMBERS["verse"]] * (last - first)
    starts: list[int] = []
    ends: list[int] = []
    numbers: list[int] = []
    levels: list[int] = []
    above: Piece | None = None
    for piece, number in zip(pieces, kinds, strict=True):
        grouped = number in (NUMBERS["table"], NUMBERS["list"])
        if above is not None and grouped and piece.group == above.group >= 0 and numbers[-1] == number:
            ends[-1] = piece.end
        else:
            starts.append(text.rfind("\n", 0, piece.start) + 1)
            ends.append(piece.end)
            numbers.append(number)
            levels.append(piece.level)
        above = piece
    return Blocks(memoryview(array("i", starts)), memoryview(array("i", ends)), bytes(numbers), bytes(levels))


def _verse(text: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Give the ranges of pieces, counted without empty ones, that are verse: short paragraphs in a row."""
    found: list[tuple[int, int]] = []
    run: list[str] = []
    first = number = 0

    def close() -> None:
        if len(run) >= MIN_LINES:
            found.extend((first + begin, first + end) for begin, end in verse_runs(run))
        run.clear()

    for piece in pieces:
        if piece.is_empty or piece.kind != "paragraph" or piece.end - piece.start > MAX_LINE:
            close()
            number += not piece.is_empty
            continue
        if not run:
            first = number
        run.append(text[piece.start : piece.end])
        number += 1
    close()
    return found
