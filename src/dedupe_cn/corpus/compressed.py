"""Compressed files read to their end: what breaks off, or is followed by something else, is an error, never an end.

Zeros behind the last member or frame are padding, as tapes and block devices leave it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from dedupe_cn.corpus.problems import CorpusError, require

#: Compressed bytes read at a time, and decompressed bytes given at a time.
_PIECE = 128 << 10
#: RFC 1952: what a member of gzip begins with; ``zlib`` reads its header and checksum with these window bits.
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
#: RFC 8878: what a frame of Zstandard begins with, and what one that is skipped does (its low four bits are free).
_FRAME = 0xFD2FB528
_SKIPPED = 0x184D2A50
#: RFC 8878, 3.1.1.1: bytes of the dictionary id and of the content size, by the flags of the frame header.
_ID_SIZES = (0, 1, 2, 4)
_CONTENT_SIZES = (0, 2, 4, 8)
#: Bytes a frame may look back: what ``zstd --long=31`` writes, as large public corpora are. The library's limit is an
#: eighth of a gibibyte; memory is taken only as far as a frame goes back.
_WINDOW = 1 << 31
#: RFC 8878, 3.1.1.2: a block of this type holds one byte, whatever size it stands for.
_RLE = 1


def open_compressed(path: Path, compression: str) -> BinaryIO:
    """Open a ``gz`` or ``zst`` file for reading, decompressed.

    Reading raises CorpusError where the file breaks off or is damaged; opening raises OSError, and CorpusError without
    the package that ``zst`` needs.
    """
    if compression == "gz":
        return cast(BinaryIO, io.BufferedReader(_Members(path), _PIECE))
    require("zstandard", "corpus")
    return cast(BinaryIO, io.BufferedReader(_Frames(path), _PIECE))


class _Decompressed(io.RawIOBase):
    """Decompressed bytes of a file; ``at`` counts the compressed ones read, ``begin`` those before its part."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__()
        self._path, self._kind = path, kind
        self._file = path.open("rb")
        self.at = self.begin = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def take(self, size: int) -> bytes:
        """Read compressed bytes."""
        data = self._file.read(size)
        self.at += len(data)
        return data

    def rest_is_padding(self) -> bool:
        """Read to the end of the file; tell whether only zeros stand there."""
        while data := self.take(_PIECE):
            if data.strip(b"\0"):
                return False
        return True

    def broken(self) -> CorpusError:
        """Say that the file ends before its data does."""
        return CorpusError("cut-off", path=self._path.as_posix(), kind=self._kind, at=self.at)

    def damaged(self, code: str) -> CorpusError:
        """Say that a part is not what it should be: a code of ``problems.WORDS``."""
        return CorpusError("damaged", path=self._path.as_posix(), kind=self._kind, at=self.begin, detail=(code,))


class _Members(_Decompressed):
    """The members of a gzip file, one behind the other."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "gzip")
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._waiting = b""

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = b""
        while not data:
            if self._member.eof and not self._next():
                return 0
            piece = self._waiting or self.take(_PIECE)
            if not piece and not self._member.unconsumed_tail:
                raise self.broken()
            try:
                data = self._member.decompress(piece, len(buffer))
            except zlib.error as problem:
                raise self.damaged("packed-bytes") from problem
            self._waiting = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        buffer[: len(data)] = data
        return len(data)

    def _next(self) -> bool:
        """Go on to the next member; tell whether there is one."""
        self.begin = self.at - len(self._waiting)
        if len(self._waiting) < len(_GZIP):
            self._waiting += self.take(_PIECE)
        if not self._waiting.strip(b"\0") and self.rest_is_padding():
            return False
        if not self._waiting.startswith(_GZIP) and not _GZIP.startswith(self._waiting):
            raise self.damaged("packed-member")
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        return True


class _Frames(_Decompressed):
    """The frames of a Zstandard file."""

    def __init__(self, path: Path) -> None:
        import zstandard

        super().__init__(path, "zstd")
        self._error = zstandard.ZstdError
        source = cast(BinaryIO, _Followed(self))
        reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        self._stream: Any = reader.stream_reader(source, _PIECE, read_across_frames=True)

    def close(self) -> None:
        # It and this file hold each other: a window of gigabytes would stay until garbage is collected.
        self._stream = None
        super().close()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            return int(self._stream.readinto(buffer))
        except self._error as problem:
            raise self.damaged("packed-bytes") from problem


class _Step(NamedTuple):
    """Bytes of a Zstandard file that belong together; ``first`` are those that a frame begins with."""

    size: int
    wanted: bool = True
    first: bool = False


class _Followed:
    """What the library's reader is given, followed from header to header: only between two frames may it end.

    The reader itself takes the end of the file for the end of a frame (zstandard 0.22 to 0.25). It is given no more
    than one frame at a time, so that what it finds damaged is in that one.
    """

    def __init__(self, file: _Decompressed) -> None:
        self._file = file
        self._steps = _steps()
        self._step = next(self._steps) or _Step(0)
        self._left = self._step.size
        self._held = self._rest = b""
        self._between = self._ended = False

    def read(self, size: int) -> bytes:
        """Give compressed bytes, none at the end. Raises CorpusError when that stands inside of a frame."""
        data = self._rest or (b"" if self._ended else self._file.take(size))
        if not data and not self._between:
            raise self._file.broken()
        if self._between:
            self._file.begin = self._file.at - len(data)
        place = 0
        while place < len(data):
            if self._between and not data[place]:
                if data[place:].strip(b"\0") or not self._file.rest_is_padding():
                    raise self._file.damaged("packed-frame")
                self._ended = True
                break
            size = min(self._left, len(data) - place)
            if self._step.wanted:
                self._held += data[place : place + size]
            place += size
            self._left -= size
            self._between = False
            while not self._left:
                self._go_on()
            if self._between:
                break
        self._rest = b"" if self._ended else data[place:]
        return data[:place]

    def _go_on(self) -> None:
        """Take the next step."""
        step = self._steps.send(self._held)
        if step is None:
            raise self._file.damaged("packed-frame")
        self._step, self._left, self._held = step, step.size, b""
        self._between |= step.first


def _steps() -> Generator[_Step | None, bytes, None]:
    """Give the steps through a file of frames (RFC 8878), None where no frame begins; each is sent what it wanted."""
    while True:
        magic = _number((yield _Step(4, first=True)))
        if magic & ~0xF == _SKIPPED:
            yield _Step(_number((yield _Step(4))), wanted=False)
            continue
        if magic != _FRAME:
            yield None
        flags = _number((yield _Step(1)))
        single, checked = flags >> 5 & 1, flags >> 2 & 1
        content = _CONTENT_SIZES[flags >> 6] or single
        yield _Step((1 - single) + _ID_SIZES[flags & 3] + content, wanted=False)
        last = 0
        while not last:
            block = _number((yield _Step(3)))
            last, kind = block & 1, block >> 1 & 3
            yield _Step(1 if kind == _RLE else block >> 3, wanted=False)
        yield _Step(4 * checked, wanted=False)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")
