"""Decode bytes with some broken sequences among them, and say where each one was."""

from __future__ import annotations

import codecs
import threading
from typing import NamedTuple

from dedupe_cn.encoding.codes import EURO, is_euro, mend
from dedupe_cn.regex import regex

#: What stands in the text for a byte sequence that cannot be decoded.
REPLACEMENT = "\ufffd"
_HANDLER = "dedupe_cn.collect"
_MARK = "\udc80"  # a lone surrogate: no codec used here can produce one, so it marks a broken place beyond doubt
_MARKS = regex("[\ud800-\udfff]")


class TooDamagedError(UnicodeError):
    """More broken sequences than were allowed."""


class _Collector(threading.local):
    """The broken places of the decode that runs in this thread."""

    def __init__(self) -> None:
        self.places: list[tuple[int, int]] = []
        self.limit = 0


_collector = _Collector()


class Loss(NamedTuple):
    """Bytes that could not be decoded: their offset, the bytes, and the offset of their U+FFFD in the text."""

    offset: int
    data: bytes
    position: int


def _collect(error: UnicodeError) -> tuple[str, int]:
    """Note a broken sequence and go on behind it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if is_euro(error):
        return EURO, error.start + 1
    _collector.places.append((error.start, error.end))
    if len(_collector.places) > _collector.limit:
        raise TooDamagedError(f"more than {_collector.limit} broken sequences")
    return _MARK, error.end


codecs.register_error(_HANDLER, _collect)


def decode_marked(data: bytes, codec: str, limit: int) -> tuple[str, list[tuple[int, int]]]:
    """Decode with a mark for each broken sequence; give the text and the byte ranges of those sequences.

    Raises TooDamagedError beyond ``limit`` broken sequences, so that a hopeless codec is given up early.
    """
    _collector.places = []
    _collector.limit = limit
    try:
        return mend(data.decode(codec, _HANDLER), codec), _collector.places
    finally:
        _collector.places = []


def count_cuts(data: bytes, codec: str, places: list[tuple[int, int]]) -> tuple[int, int]:
    """Count the broken places that are the rest of a cut character, in front and at the end.

    In UTF-8 a cut leaves up to three continuation bytes in front, in a two-byte encoding one byte. At the end it
    leaves one incomplete sequence.
    """
    front = 0
    most = 3 if codec == "utf-8" else 1
    while front < min(most, len(places)) and places[front] == (front, front + 1):
        if codec == "utf-8" and not 0x80 <= data[front] <= 0xBF:
            break
        front += 1
    return front, int(len(places) > front and places[-1][1] == len(data))


def decode_lossy(data: bytes, codec: str) -> tuple[str, tuple[Loss, ...]]:
    """Decode everything, U+FFFD for each broken sequence, and list the losses."""
    marked, places = decode_marked(data, codec, len(data))
    if not places:
        return marked, ()
    positions = (match.start() for match in _MARKS.finditer(marked))
    losses = tuple(
        Loss(start, data[start:end], position) for (start, end), position in zip(places, positions, strict=True)
    )
    return _MARKS.sub(REPLACEMENT, marked), losses
