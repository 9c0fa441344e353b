"""Subtitles as a container: cues are cut out of the text of their file; all else stays byte for byte."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dedupe_cn.containers.cues import Cue, Time, read_cues
from dedupe_cn.edits import OffsetMap, apply
from dedupe_cn.encoding.decoding import Decoded, decode_as
from dedupe_cn.encoding.writing import mark_of, rewrite
from dedupe_cn.model import Edit
from dedupe_cn.regex import regex
from dedupe_cn.shape import Piece, Shape

_DIGITS = regex(r"\d+")


@dataclass
class Captions:
    """A file of subtitles that was read; with ``renumber`` the numbers of .srt are written anew where cues go."""

    data: bytes
    decoded: Decoded
    form: str
    renumber: bool = False

    @cached_property
    def cues(self) -> list[Cue]:
        """Give its cues. Raises InputError."""
        return read_cues(self.decoded.text, self.form)

    @cached_property
    def _read(self) -> tuple[str, Shape, list[tuple[int, int]]]:
        """Give the text, its shape, and for each piece its cue and the line in it."""
        pieces: list[Piece] = []
        places: list[tuple[int, int]] = []
        said: list[str] = []
        at = 0
        for number, cue in enumerate(self.cues):
            for row, line in enumerate(cue.lines):
                if line.text:
                    times = (cue.begins.ms, cue.until.ms)
                    pieces.append(
                        Piece(at, at + len(line.text), group=number, seal=cue.seal, number=cue.number, times=times)
                    )
                    places.append((number, row))
                    said.append(line.text)
                    at += len(line.text) + 1
        return "".join(f"{line}\n" for line in said), Shape(self.form, tuple(pieces)), places

    @property
    def text(self) -> str:
        """Give what the cues say, a line of a cue a line."""
        return self._read[0]

    @property
    def shape(self) -> Shape:
        """Give the pieces: the lines of cues that say anything."""
        return self._read[1]

    def write(self, gone: Collection[int], times: Mapping[int, tuple[int, int]]) -> bytes:
        """Cut out lines, and cues of which all lines go, and write the times anew that changed."""
        if not gone and not times:
            return self.data
        text, decoded = self.decoded.text, self.decoded
        edits = sorted(self._edits(gone, times))
        written, offsets = apply(text, edits), OffsetMap().after(edits)
        front = len(mark_of(self.data, decoded.encoding)) if decoded.bom else 0
        return self.data[:front] + rewrite(self.data[front:], decoded.encoding, text, written, offsets)

    def _edits(self, gone: Collection[int], times: Mapping[int, tuple[int, int]]) -> Iterator[Edit]:
        places = self._read[2]
        lines: dict[int, set[int]] = {}
        for piece in gone:
            number, row = places[piece]
            lines.setdefault(number, set()).add(row)
        order = 0
        changed = {places[piece][0]: span for piece, span in times.items()}
        for number, cue in enumerate(self.cues):
            rows = lines.get(number, set())
            if rows and all(row in rows or not line.text for row, line in enumerate(cue.lines)):
                yield Edit(cue.start, cue.end)
                continue
            order += 1
            if self.renumber and lines and cue.label[0] < cue.label[1]:
                yield Edit(*cue.label, str(order))
            for row in sorted(rows):
                yield Edit(cue.lines[row].start, cue.lines[row].end)
            if self.form == "ass" and len(cue.lines) - 1 in rows:
                last = max(row for row in range(len(cue.lines)) if row not in rows)
                yield Edit(cue.lines[last].end - 2, cue.lines[last].end)  # the break in front of what went
            if number in changed:
                for time, ms in zip((cue.begins, cue.until), changed[number], strict=True):
                    if ms != time.ms:
                        yield Edit(time.start, time.end, self._as_written(time, ms))

    def _as_written(self, time: Time, ms: int) -> str:
        """Write a time as the file writes that one: as many digits, the same marks."""
        old = self.decoded.text[time.start : time.end]
        fields = _DIGITS.findall(old)
        timed = [ms // 3_600_000, ms // 60_000 % 60, ms // 1000 % 60]
        fraction = "." in old or "," in old
        if fraction:
            timed.append(ms % 1000 // 10 ** max(0, 3 - len(fields[-1])))
        short = len(timed) > len(fields)
        new = [str(value).zfill(len(width)) for value, width in zip(timed[short:], fields, strict=True)]
        if short and timed[0]:
            new[0] = str(timed[0] * 60 + timed[1])
        parts = iter(new)
        return _DIGITS.sub(lambda _: next(parts), old)

    def again(self, data: bytes) -> str:
        """Read the text anew from bytes that are to be written."""
        encoding = self.decoded.encoding
        return Captions(data, decode_as(data, encoding), self.form).text
