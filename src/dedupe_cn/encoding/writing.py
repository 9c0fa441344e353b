"""Turn text into bytes, and a changed text into bytes of which those that nothing changed stay as they were.

Half of all encodings have several codes for one character (A2A4 and F9F9 are one in Big5, a euro sign is 80 or A2E3 in
GBK). To encode a text anew would change bytes that nobody asked to change.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dedupe_cn.edits import OffsetMap
from dedupe_cn.encoding.codes import GB, Decoder, read_as, write_as
from dedupe_cn.encoding.damage import REPLACEMENT, Loss
from dedupe_cn.encoding.encodings import BOMS, GB_18030_MARK, is_wide
from dedupe_cn.errors import DecodingError

#: The byte order mark of each encoding that has one.
MARKS = {**{name: mark for mark, name in BOMS}, GB: GB_18030_MARK}
#: Bytes decoded at a time.
_BYTES = 1 << 16


class CannotHoldError(DecodingError):
    """An encoding that lacks characters of the result."""

    def __init__(self, encoding: str, characters: str) -> None:
        super().__init__(f"{encoding} cannot hold {characters}", "write UTF-8 instead")
        self.encoding = encoding
        self.characters = characters


def is_unique(encoding: str) -> bool:
    """Tell whether an encoding has one code for each character, and all of them."""
    return encoding == "utf-8" or is_wide(encoding)


def begin(encoding: str, mark: bool) -> bytes:
    """Give the byte order mark to write in front; UTF-16 and UTF-32 always get theirs."""
    return MARKS.get(encoding, b"") if mark or is_wide(encoding) else b""


def mark_of(data: bytes, encoding: str) -> bytes:
    """Give the byte order mark that bytes begin with: that of their encoding, else any, as some programs write.

    Of UTF-16 whose first character is U+0000 the first four bytes are the mark of UTF-32.
    """
    own = MARKS.get(encoding, b"")
    if own and data.startswith(own):
        return own
    return next((mark for mark in MARKS.values() if data.startswith(mark)), b"")


def encode(text: str, encoding: str, mark: bool = False) -> bytes:
    """Turn text into bytes that decode to the same text; UTF-16 and UTF-32 always get their byte order mark.

    Raises CannotHoldError that names the characters when the encoding lacks some.
    """
    name = codecs.lookup(encoding).name
    return begin(name, mark) + _encode(text, name)


def _encode(text: str, name: str) -> bytes:
    try:
        body = write_as(text, name)
    except UnicodeEncodeError:
        body = b""
    if not (body and is_unique(name)) and read_as(body, name) != text:
        missing = [c for c in dict.fromkeys(text) if not _survives(c, name)]
        shown = " ".join(f"{c} (U+{ord(c):04X})" for c in missing[:5]) + (" …" if len(missing) > 5 else "")
        raise CannotHoldError(name, shown)
    return body


def _survives(character: str, encoding: str) -> bool:
    try:
        return read_as(write_as(character, encoding), encoding) == character
    except UnicodeError:
        return False


def without(losses: Iterable[Loss], data: bytes, encoding: str) -> bytes:
    """Put U+FFFD in the place of the bytes that could not be read. Raises CannotHoldError."""
    parts: list[bytes] = []
    at = 0
    for loss in losses:
        parts += (data[at : loss.offset], _encode(REPLACEMENT, encoding))
        at = loss.offset + len(loss.data)
    return b"".join((*parts, data[at:]))


def rewrite(data: bytes, encoding: str, original: str, text: str, offsets: OffsetMap) -> bytes:
    """Encode a changed text: what stands in the original too takes its bytes from there, only the rest is encoded.

    ``data`` without a byte order mark is what ``original`` was decoded from, ``offsets`` leads from ``text`` to it.
    Where a code stands for several characters, or a shift is in force, the bytes begin and end at the next place where
    they can be cut. Raises CannotHoldError for what is new.
    """
    if text == original:
        return data
    parts: list[bytes | str] = []
    walk = _Walk(data, encoding)
    done = 0
    for start, end, source in _copied(original, text, offsets):
        found = walk.stretch(source, source + end - start)
        if found is None:
            continue
        (first, begins), (last, ends) = found
        parts += (text[done : start + first - source], data[begins:ends])
        done = start + last - source
    parts.append(text[done:])
    try:
        return b"".join(part if isinstance(part, bytes) else _encode(part, encoding) for part in parts if part)
    except CannotHoldError:
        _encode("".join(part for part in parts if isinstance(part, str)), encoding)  # to name all that is missing
        raise


def _copied(original: str, text: str, offsets: OffsetMap) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches of a text (start, end) that stand in the original as well, and where each begins there."""
    places = pairwise((*offsets.starts, len(text)))
    for (start, end), shift, limit in zip(places, offsets.shifts, offsets.limits, strict=True):
        source = start + shift
        if start < end and source + end - start <= limit and original.startswith(text[start:end], source):
            yield start, end, source


class _Walk:
    """Goes through encoded text to find the bytes of its characters; places are pairs of a character and a byte."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self._data = data
        self._encoding = encoding
        self._decoder = Decoder(encoding)
        self._at = self._byte = 0

    def stretch(self, first: int, last: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Find where the characters ``first`` to ``last`` begin and end, or as many of them as can be cut out.

        Calls go forward through the data. None where none of them can.
        """
        self._go(first)
        while not self._decoder.between and self._at < last and self._step(1):
            pass
        begins = ends = self._at, self._byte
        self._go(last)
        if self._at == last and self._decoder.between:
            ends = self._at, self._byte
        elif begins[0] < last:
            self._return(begins)
            while self._at <= last and self._step(1):
                if self._decoder.between and self._at <= last:
                    ends = self._at, self._byte
            self._return(ends)
        return (begins, ends) if begins[0] < ends[0] else None

    def _go(self, character: int) -> None:
        """Go behind the byte that completes the characters in front of one."""
        while self._at < character and self._step(min(character - self._at, _BYTES)):
            pass

    def _step(self, size: int) -> bool:
        """Read some bytes, as many characters at most; tell whether there were any."""
        piece = self._data[self._byte : self._byte + size]
        self._at += len(self._decoder.decode(piece))
        self._byte += len(piece)
        return bool(piece)

    def _return(self, place: tuple[int, int]) -> None:
        """Return to a place between characters."""
        self._at, self._byte = place
        self._decoder = Decoder(self._encoding)
