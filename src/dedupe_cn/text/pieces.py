"""The blocks of a text that came out of a container: its pieces say what they are, only verse is read from the text."""

from __future__ import annotations

from array import array

from dedupe_cn.shape import Pieces, Shape
from dedupe_cn.text.block_kinds import NUMBERS, Blocks
from dedupe_cn.text.verse import MAX_LINE, MIN_LINES, verse_runs

#: Kinds of which pieces of one group are one block.
_GROUPED = frozenset({NUMBERS["table"], NUMBERS["list"]})


def blocks_of(text: str, shape: Shape) -> Blocks:
    """Give the blocks of a text; pieces of one table or list are one block, as they would be in Markdown."""
    pieces = shape.pieces
    filled = [number for number, (start, end) in enumerate(zip(pieces.starts, pieces.ends, strict=True)) if start < end]
    kinds = [NUMBERS[pieces.kin[number].kind] for number in filled]
    if not shape.timed:
        for first, last in _verse(text, pieces):
            kinds[first:last] = [NUMBERS["verse"]] * (last - first)
    starts, ends, levels = array("i"), array("i"), bytearray()
    numbers = bytearray()
    above = -1
    for number, kind in zip(filled, kinds, strict=True):
        kin = pieces.kin[number]
        if above >= 0 and kind in _GROUPED and kin.group == pieces.kin[above].group >= 0 and numbers[-1] == kind:
            ends[-1] = pieces.ends[number]
        else:
            starts.append(text.rfind("\n", 0, pieces.starts[number]) + 1)
            ends.append(pieces.ends[number])
            numbers.append(kind)
            levels.append(kin.level)
        above = number
    return Blocks(memoryview(starts), memoryview(ends), bytes(numbers), bytes(levels))


def _verse(text: str, pieces: Pieces) -> list[tuple[int, int]]:
    """Give the ranges of pieces, counted without empty ones, that are verse: short paragraphs in a row."""
    found: list[tuple[int, int]] = []
    run: list[str] = []
    first = number = 0

    def close() -> None:
        if len(run) >= MIN_LINES:
            found.extend((first + begin, first + end) for begin, end in verse_runs(run))
        run.clear()

    for start, end, kin in zip(pieces.starts, pieces.ends, pieces.kin, strict=True):
        if not 0 < end - start <= MAX_LINE or kin.kind != "paragraph":
            close()
            number += start < end
            continue
        if not run:
            first = number
        run.append(text[start:end])
        number += 1
    close()
    return found
