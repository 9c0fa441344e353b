"""The results: copies of the inputs without what goes, and the list of removals. All of a result or none.

A copy is the input's own bytes (its own rows, for parquet) without the removed records, so order, other fields and
spelling stay. It is written beside its place and takes the name when it is whole and on the disk.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.sources import Source, format_of
from dedupe_cn.corpus.streams import BLOCK, ROWS, create_stream, open_stream

@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file in the same folder that takes the name at the end. Raises CorpusError when it cannot."""
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".dedupe-cn-", suffix=".tmp", dir=target.parent)
        os.close(descriptor)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(target)
    except BaseException as problem:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise CorpusError("no-room", path=path.as_posix(), detail=problem.strerror or str(problem)) from problem
        raise


def compression_of(source: Source, target: Path) -> str:
    """Say how the copy of a file is compressed: as the name of the copy says, else like the file."""
    kind, compression = format_of(target)
    return compression if kind else source.compression


def copy_without(
    source: Source,
    target: Path,
    compression: str,
    gone: Iterable[tuple[int, int]],
    rewrite: Iterable[tuple[int, int, bytes]] = (),
) -> None:
    """Copy a file without the records at these places (start and size, rising).

    ``rewrite`` replaces bytes instead: start, size, new bytes (rising). Raises OSError.
    """
    if source.format == "parquet":
        _copy_rows(source, target, [start for start, _ in gone])
        return
    changes = sorted([*((start, size, b"") for start, size in gone), *rewrite])
    with open_stream(source.path, source.compression) as stream, create_stream(target, compression) as out:
        at = 0
        for start, size, put in changes:
            _copy(stream, out, start - at)
            if source.compression:
                _copy(stream, None, size)
            else:
                stream.seek(start + size)
            out.write(put)
            at = start + size
        shutil.copyfileobj(stream, out, BLOCK)


def _copy(stream: BinaryIO, out: BinaryIO | None, size: int) -> None:
    while size > 0:
        data = stream.read(min(BLOCK, size))
        if not data:
            return
        if out is not None:
            out.write(data)
        size -= len(data)


def _copy_rows(source: Source, target: Path, gone: list[int]) -> None:
    import numpy as np
    import pyarrow
    import pyarrow.parquet

    away = np.array(gone, np.int64)
    with pyarrow.parquet.ParquetFile(source.path) as file:
        codec = file.metadata.row_group(0).column(0).compression.lower() if file.metadata.num_row_groups else "snappy"
        with pyarrow.parquet.ParquetWriter(
            target, file.schema_arrow, compression="none" if codec == "uncompressed" else codec
        ) as writer:
            row = 0
            for group in range(file.num_row_groups):
                kept = []
                for batch in file.iter_batches(batch_size=ROWS, row_groups=[group]):
                    first, last = np.searchsorted(away, (row, row + batch.num_rows))
                    mask = np.ones(batch.num_rows, bool)
                    mask[away[first:last] - row] = False
                    kept.append(batch.filter(pyarrow.array(mask)))
                    row += batch.num_rows
                writer.write_table(pyarrow.Table.from_batches(kept, file.schema_arrow))


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a folder beside ``path`` that takes its name at the end, so that no half of the output is ever seen."""
    building = path.with_name(f".dedupe-cn-{path.name}.tmp")
    shutil.rmtree(building, ignore_errors=True)
    try:
        building.mkdir(parents=True)
        yield building
        if path.is_dir():
            path.rmdir()
        building.replace(path)
    except OSError as problem:
        raise CorpusError("no-room", path=path.as_posix(), detail=problem.strerror or str(problem)) from problem
    finally:
        shutil.rmtree(building, ignore_errors=True)
