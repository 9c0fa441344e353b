"""The bytes of a corpus file in blocks of whole records, decompressed; never a whole file in memory."""

from __future__ import annotations

import gzip
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from dedupe_cn.corpus import arrays, tables
from dedupe_cn.corpus.compressed import open_compressed
from dedupe_cn.corpus.encodings import from_wide, to_wide
from dedupe_cn.corpus.nested import read_columns
from dedupe_cn.corpus.problems import CorpusError, require
from dedupe_cn.corpus.rows import row_batches
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.system_words import of_system

#: Bytes of a block: enough documents for array passes (measured: 2,000 short ones), little enough for any memory.
BLOCK = 2 << 20
#: Rows of a parquet file read at a time, a number of rows because their bytes are not known before.
ROWS = 2000
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole records of a file: their bytes and where they start in the decompressed file.

    A block of a parquet file holds an Arrow stream, and ``start`` is the number of its first row.
    """

    source: int
    start: int
    data: bytes = field(repr=False)


def open_stream(path: Path, compression: str) -> BinaryIO:
    """Open a file for reading, decompressed. Raises OSError, CorpusError."""
    return open_compressed(path, compression) if compression else path.open("rb")


def open_source(source: CorpusFile) -> BinaryIO:
    """Open a file of a corpus for reading: decompressed, and in UTF-8 where it is a table in UTF-16 or UTF-32.

    Raises OSError, CorpusError.
    """
    stream = open_stream(source.path, source.compression)
    return from_wide(stream, source.wide, source.name) if source.wide else stream


def create_stream(path: Path, compression: str, wide: str = "") -> BinaryIO:
    """Open a file for writing, compressed and encoded the same way. The bytes do not depend on the time.

    Raises OSError.
    """
    stream: BinaryIO
    if compression == "gz":
        stream = cast(BinaryIO, gzip.GzipFile("", fileobj=path.open("wb"), mode="wb", compresslevel=6, mtime=0))
    elif compression == "zst":
        import zstandard

        stream = cast(BinaryIO, zstandard.ZstdCompressor(level=3).stream_writer(path.open("wb"), closefd=True))
    else:
        stream = path.open("wb")
    return to_wide(stream, wide) if wide else stream


def blocks(
    sources: tuple[CorpusFile, ...], columns: tuple[str, ...] = (), headers: tuple[tuple[str, ...], ...] = ()
) -> Iterator[Chunk]:
    """Cut all files into blocks, in order. ``columns`` are those of a parquet file that matter.

    Raises CorpusError for a file that cannot be read.
    """
    for number, source in enumerate(sources):
        try:
            if source.format == "parquet":
                yield from _row_blocks(number, source, columns)
                continue
            with open_source(source) as stream:
                if source.format == "text":
                    yield Chunk(number, 0, stream.read())
                else:
                    width = len(headers[number]) if headers else 0
                    yield from (Chunk(number, start, data) for start, data in _cut(stream, source, width))
        except CorpusError:
            raise
        except Exception as problem:
            if not isinstance(problem, _broken()):
                raise
            raise CorpusError("unreadable", path=source.name, detail=why(problem, source.format)) from problem


def _broken() -> tuple[type[Exception], ...]:
    """Name the exceptions of files that cannot be read: gone, damaged."""
    found: list[type[Exception]] = [OSError, UnicodeDecodeError]
    try:
        from pyarrow import ArrowException

        found.append(ArrowException)
    except ImportError:
        pass
    return tuple(found)


def why(problem: Exception, kind: str = "") -> str | tuple[str, ...]:
    """Say why a file cannot be read: as the system says it, else that it is damaged."""
    if isinstance(problem, OSError) and problem.errno:
        return of_system(problem)
    return ("parquet-damaged" if kind == "parquet" else "damaged-file",)


def _cut(stream: BinaryIO, source: CorpusFile, width: int) -> Iterator[tuple[int, bytes]]:
    """Cut a stream behind whole records."""
    if source.format == "json":
        yield from arrays.cut(stream, source.name)
        return
    table = source.format in ("csv", "tsv")
    start, carried = 0, b""
    while piece := stream.read(BLOCK):
        data = carried + piece
        if table and b'"' in data:
            end = 0
            at = len(BOM) if not start and data.startswith(BOM) else 0
            for row in tables.rows(data, at, tables.delimiter(source.format), width, final=False):
                end = row.end
        else:
            end = data.rfind(b"\n") + 1
        if end:
            yield start, data[:end]
            start += end
        carried = data[end:]
    if carried:
        yield start, carried


def _row_blocks(number: int, source: CorpusFile, columns: tuple[str, ...]) -> Iterator[Chunk]:
    require("pyarrow", "corpus")
    import pyarrow
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(source.path) as file:
        row = 0
        for batch in row_batches(file, ROWS, columns=read_columns(file.schema_arrow, columns)):
            sink = pyarrow.BufferOutputStream()
            with pyarrow.ipc.new_stream(sink, batch.schema) as writer:
                writer.write_batch(batch)
            yield Chunk(number, row, sink.getvalue().to_pybytes())
            row += batch.num_rows


def cut_at(source: CorpusFile, number: int, place: int) -> Chunk:
    """Read a block of lines from the first line that begins behind a place of a file that is not compressed."""
    with source.path.open("rb") as stream:
        start = 0
        if place:
            stream.seek(place)
            start = place + len(stream.readline())
        data = stream.read(BLOCK)
        end = data.rfind(b"\n") + 1 or len(data)
        return Chunk(number, start, data[:end])


def fetch(source: CorpusFile, starts: Iterable[int], sizes: Iterable[int]) -> Generator[bytes]:
    """Read some records of a file (rising) by their places in the decompressed bytes."""
    with open_source(source) as stream:
        at = 0
        for start, size in zip(starts, sizes, strict=True):
            if source.seekable:
                stream.seek(start)
            else:
                while at < start:
                    skipped = len(stream.read(min(BLOCK, start - at)))
                    if not skipped:
                        raise CorpusError("unreadable", path=source.name, detail=("shorter",))
                    at += skipped
                at = start + size
            yield stream.read(size)
