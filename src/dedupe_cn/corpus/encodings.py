"""Encodings of tables: found from the first bytes of a file, and UTF-16 or UTF-32 read and written as UTF-8.

In GB 18030 and Big5 line ends, quotes and commas are bytes that nothing else uses: such files stay as they are and each
record is decoded by itself. UTF-16 and UTF-32 come as a stream of UTF-8 and go back, which loses nothing.
"""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, cast

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.encoding.encodings import BY_LINE, WIDER, is_wide

#: Bytes that tell the encoding of a file.
SAMPLE = 1 << 20
_PIECE = 1 << 20
UTF_8 = "utf-8"


def read_by_line(name: str) -> str:
    """Give the codec by which records of an encoding are read, empty when they cannot be read one by one."""
    codec = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": UTF_8}.get(name, WIDER.get(name, (name,))[0])
    return codec if codec in BY_LINE or is_wide(codec) else ""


def find_encoding(sample: bytes, whole: bool) -> str:
    """Find the encoding of a table by its beginning; UTF-8 where no other is certain. ``whole``: it is all of it."""
    from dedupe_cn.encoding.decoding import decode

    if b"\0" not in sample[:4] and not sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        sample = sample if whole else sample[: sample.rfind(b"\n") + 1]
        try:
            sample.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return UTF_8
    elif not whole:
        sample = sample[: len(sample) // 4 * 4]
    decoded = decode(sample)
    return (decoded.legible and read_by_line(decoded.encoding)) or UTF_8


class _Recoded(io.RawIOBase):
    """A file in a wide encoding, as UTF-8. Half a surrogate pair stays one, so that its record is named."""

    def __init__(self, stream: BinaryIO, codec: str, name: str) -> None:
        super().__init__()
        self._stream, self._name, self._codec = stream, name, codec
        self._decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
        self._held = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._stream.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            while not self._held and not self._ended:
                piece = self._stream.read(_PIECE)
                self._ended = not piece
                self._held = self._decoder.decode(piece, final=self._ended).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError as problem:
            raise CorpusError("unreadable", path=self._name, detail=("not-encoding", self._codec)) from problem
        taken, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


class _Wide(io.RawIOBase):
    """A file that is given UTF-8 and written in a wide encoding."""

    def __init__(self, stream: BinaryIO, codec: str) -> None:
        super().__init__()
        self._stream, self._codec = stream, codec
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._stream.write(self._decoder.decode(data).encode(self._codec, "surrogatepass"))
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def from_wide(stream: BinaryIO, codec: str, name: str) -> BinaryIO:
    """Read a stream in a wide encoding as UTF-8. Reading raises CorpusError where bytes are not in it."""
    return cast(BinaryIO, io.BufferedReader(_Recoded(stream, codec, name), _PIECE))


def to_wide(stream: BinaryIO, codec: str) -> BinaryIO:
    """Write UTF-8 into a stream in a wide encoding."""
    return cast(BinaryIO, _Wide(stream, codec))
