"""Open a container by the suffix of its file, and write it from the outcome of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dedupe_cn.errors import LawError
from dedupe_cn.model import Removal
from dedupe_cn.shape import Shape
from dedupe_cn.text.characters import squash

if TYPE_CHECKING:
    from dedupe_cn.model import Outcome
    from dedupe_cn.shape import Container


def open_archive(data: bytes, form: str, most: int) -> Container:
    """Read an archive, a .docx or .epub, of which at most so many bytes may be unpacked. Raises InputError."""
    if form == "docx":
        from dedupe_cn.containers.docx import Docx

        return Docx(data, most)
    from dedupe_cn.containers.epub import Epub

    return Epub(data, most)


def written(container: Container, outcome: Outcome) -> bytes:
    """Give the bytes of a container without what goes from its text. Raises LawError.

    What would be written is read once more: its text must be the text of the outcome, white space aside.
    """
    shape = container.shape
    cuts = _joined(sorted((edit.start, edit.end) for edit in outcome.edits))
    gone, torn = shape.gone(cuts)
    if torn or any(shape.pieces[number].held for number in gone):
        raise LawError.of("block-cut")
    data = container.write(gone, _times(shape, outcome.applied, gone) if shape.timed else {})
    if squash(container.again(data)) != squash(outcome.text):
        raise LawError.of("reads-back")
    return data


def _joined(cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put together ranges that touch or overlap: later passes cut around what earlier ones took."""
    found: list[tuple[int, int]] = []
    for start, end in cuts:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _times(shape: Shape, removals: Sequence[Removal], gone: frozenset[int]) -> Mapping[int, tuple[int, int]]:
    """Give the times of cues that are shown for those that went with all their lines."""
    left = {piece.group for number, piece in enumerate(shape.pieces) if number not in gone}
    times: dict[int, tuple[int, int]] = {}
    for removal in removals:
        if removal.rule == "whole-document":
            continue
        stays = shape.within(removal.kept.start, removal.kept.end)[0]
        for number in shape.within(removal.span.start, removal.span.end):
            piece = shape.pieces[number]
            if number in gone and piece.group not in left:
                begin, until = times.get(stays, shape.pieces[stays].times)
                times[stays] = min(begin, piece.times[0]), max(until, piece.times[1])
    return {number: span for number, span in times.items() if span != shape.pieces[number].times}
