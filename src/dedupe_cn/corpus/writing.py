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

from dedupe_cn.corpus.account import Copied
from dedupe_cn.corpus.nested import put_texts
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.rows import row_batches, without_views
from dedupe_cn.corpus.sources import CorpusFile, format_of
from dedupe_cn.corpus.streams import BLOCK, ROWS, create_stream, open_source, why
from dedupe_cn.corpus.system_words import of_system

#: Where a record stands (start and size in the decompressed bytes, or its row) and what comes there instead.
#: None leaves it out; the new bytes of a row are those of its text.
Change = tuple[int, int, bytes | None]


@contextmanager
def replacing(path: Path, locked: bool = False) -> Iterator[Path]:
    """Give a temporary file in the same folder that takes the name at the end. Raises CorpusError when it cannot.

    ``locked`` says that no other run writes it: its name is such that the next run takes the place of a killed one.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if locked:
            temporary = building_of(target)
            temporary.touch()
        else:
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
            raise CorpusError("no-room", path=path.as_posix(), detail=of_system(problem)) from problem
        raise


def compression_of(source: CorpusFile, target: Path) -> str:
    """Say how the copy of a file is compressed: as the name of the copy says, else like the file."""
    kind, compression = format_of(target)
    return compression if kind else source.compression


def copy_changed(
    source: CorpusFile, target: Path, compression: str, changes: Iterable[Change], text_field: str = ""
) -> Copied:
    """Copy a file with some of its records changed or left out (changes in the order of their places).

    Raises OSError, CorpusError where the file is damaged.
    """
    if source.format == "parquet":
        import pyarrow

        try:
            return _copy_rows(source, target, changes, text_field)
        except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as problem:
            # A column that only the copy reads may be damaged; Arrow's errors of that kind have no number.
            if getattr(problem, "errno", None):
                raise
            raise CorpusError("unreadable", path=source.name, detail=why(problem, source.format)) from problem
    with open_source(source) as stream, create_stream(target, compression, source.wide) as out:
        at = written = changed = 0
        for start, size, put in changes:
            written += _copy(stream, out, start - at)
            if not source.seekable:
                _copy(stream, None, size)
            else:
                stream.seek(start + size)
            out.write(put or b"")
            written += len(put or b"")
            at = start + size
            changed += 1
        rest = _copy(stream, out)
    return Copied(at + rest, written + rest, changed)


def _copy(stream: BinaryIO, out: BinaryIO | None, size: int = -1) -> int:
    """Copy so many bytes, or all that follow; give how many there were."""
    copied = 0
    while size < 0 or copied < size:
        data = stream.read(BLOCK if size < 0 else min(BLOCK, size - copied))
        if not data:
            break
        if out is not None:
            out.write(data)
        copied += len(data)
    return copied


def _copy_rows(source: CorpusFile, target: Path, changes: Iterable[Change], text_field: str) -> Copied:
    import numpy as np
    import pyarrow
    import pyarrow.parquet

    waiting = iter(changes)
    change = next(waiting, None)
    written = changed = row = 0
    with pyarrow.parquet.ParquetFile(source.path) as file:
        groups = file.num_row_groups
        codec = file.metadata.row_group(0).column(0).compression.lower() if groups else "snappy"
        codec = "none" if codec == "uncompressed" else codec
        with pyarrow.parquet.ParquetWriter(target, file.schema_arrow, compression=codec) as writer:
            plain = without_views(file.schema_arrow)
            for group in range(groups):
                kept = []
                for batch in row_batches(file, ROWS, row_groups=[group]):
                    mask = np.ones(batch.num_rows, bool)
                    texts: dict[int, str] = {}
                    while change is not None and change[0] < row + batch.num_rows:
                        if change[2] is None:
                            mask[change[0] - row] = False
                        else:
                            texts[change[0] - row] = change[2].decode("utf-8", "surrogatepass")
                        change = next(waiting, None)
                        changed += 1
                    if texts:
                        batch = put_texts(batch, text_field, texts)
                    kept.append(batch.filter(pyarrow.array(mask)))
                    row += batch.num_rows
                table = pyarrow.Table.from_batches(kept, plain).cast(file.schema_arrow)
                # A group stays one: PyArrow 26 cannot cut a struct of views (findings/pyarrow-struct-of-views.sh).
                writer.write_table(table, row_group_size=max(1, table.num_rows))
                written += table.num_rows
    return Copied(row, written, changed)


def building_of(folder: Path) -> Path:
    """Name the folder (or file) in which an output is built."""
    return folder.with_name(f".dedupe-cn-{folder.name}.tmp")


@contextmanager
def building(folder: Path) -> Iterator[Path]:
    """Give a folder to build the output in; it goes when that fails. Raises CorpusError when it cannot be written."""
    place = building_of(folder)
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(parents=True)
        yield place
    except BaseException as problem:
        shutil.rmtree(place, ignore_errors=True)
        if isinstance(problem, OSError):
            raise CorpusError("no-room", path=folder.as_posix(), detail=of_system(problem)) from problem
        raise


def move_in(folder: Path) -> None:
    """Give the finished folder its name, in one step. Raises CorpusError when something stands there."""
    place = building_of(folder)
    if not place.exists():
        return
    try:
        if folder.is_dir():
            folder.rmdir()
        place.replace(folder)
    except OSError as problem:
        raise CorpusError("output-full", output=folder.as_posix()) from problem
