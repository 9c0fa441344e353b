"""Bundles: records by the thousand as one row of Spark, and the Arrow functions that make and read them.

Java copies what Python has packed, without a look into it: as rows of their own, records would cost Spark ten times
what they cost NumPy. The columns of a bundle (``BUNDLE``) are its place (file, begin of the split, running number of
its first record), counts, and blobs: the records, marks, ids and keys of the documents, and what is wrong with which.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe_cn.corpus.arrays import wrong_json
from dedupe_cn.corpus.nested import top
from dedupe_cn.corpus.paragraphs import part
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.records import Fields, Records
from dedupe_cn.corpus.signatures import sign

Batches = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]

#: The columns of a bundle, as Spark names their types. ``size`` counts records, blank lines among them; ``keyed`` the
#: shingles of all documents, or the paragraphs that are long enough.
BUNDLE = (
    "path string, block long, at long, size int, documents int, named int, empty int, problems int, keyed long, "
    "records binary, marks binary, ids binary, keys binary, faults string"
)
#: Column with a line of JSON, column with a row of a parquet file.
LINE, ROW = "line", "row"
#: What is known of a document: its record (from 0 in the bundle), characters, shingles, fingerprint, priority.
MARKS = np.dtype([("number", "u4"), ("length", "i8"), ("count", "i8"), ("p0", "u8"), ("p1", "u8"), ("priority", "f8")])
#: Bytes of lines in a bundle, about.
_BYTES = 1 << 20


def bundler(plan: CorpusPlan, fields: Fields) -> Batches:
    """Make the function that reads and signs records (column ``line`` or ``row``, and where they stand)."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, LINE if ROW not in batch.schema.names else ROW, "path", "block", "at")
            made = [_bundle(piece, plan, fields) for piece in _pieces(batch)]
            yield pa.RecordBatch.from_pylist(made, schema=_SCHEMA)

    return work


_SCHEMA = pa.schema(
    [
        *((name, pa.string() if name == "path" else pa.int64()) for name in ("path", "block", "at")),
        *((name, pa.int32()) for name in ("size", "documents", "named", "empty", "problems")),
        ("keyed", pa.int64()),
        *((name, pa.binary()) for name in ("records", "marks", "ids", "keys")),
        ("faults", pa.string()),
    ]
)


def _pieces(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Cut a batch where another split of a file begins, and where it grows too large."""
    paths, blocks = batch.column("path"), batch.column("block").to_numpy()
    new = np.zeros(batch.num_rows, bool)
    if paths[0] != paths[-1] or blocks[0] != blocks[-1]:
        names = paths.to_pylist()
        new[1:] = [one != other for one, other in zip(names[1:], names[:-1], strict=True)]
        new[1:] |= blocks[1:] != blocks[:-1]
    if LINE in batch.schema.names:
        sizes = pa.compute.binary_length(batch.column(LINE)).to_numpy().astype(np.int64)
    else:
        sizes = np.full(batch.num_rows, batch.nbytes // batch.num_rows)
    part = np.cumsum(sizes) // _BYTES
    new[1:] |= part[1:] != part[:-1]
    starts = np.flatnonzero(np.append(True, new[1:]))
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), batch.num_rows], strict=True):
        yield batch.slice(start, stop - start)


def _bundle(batch: pa.RecordBatch, plan: CorpusPlan, fields: Fields) -> dict[str, Any]:
    if LINE in batch.schema.names:
        lines = batch.column(LINE).to_pylist()
        records = _read_lines(lines, fields)
        data = b"\n".join(lines)
        blob = len(data).to_bytes(8, "little") + pa.compress(data, "zstd", asbytes=True)
    else:
        records = _read_rows(batch.column(ROW), fields)
        blob = _pack_rows(batch.column(ROW))
    marks = np.zeros(len(records.texts), MARKS)
    marks["number"], marks["priority"] = records.numbers, records.priorities
    if plan.unit == "paragraph":
        marks["length"], keys = part(records.texts, plan)
        keyed = len(keys)
    else:
        signatures = sign(records.texts, plan)
        marks["length"], marks["count"] = signatures.lengths, signatures.counts
        marks["p0"], marks["p1"] = signatures.prints[:, 0], signatures.prints[:, 1]
        keys, keyed = signatures.bands[signatures.counts > 0], int(signatures.counts.sum())
    faults = [[problem.number, problem.code, problem.values] for problem in records.problems]
    return {
        "path": batch.column("path")[0].as_py(),
        "block": batch.column("block")[0].as_py(),
        "at": batch.column("at")[0].as_py(),
        "size": batch.num_rows,
        "documents": len(marks),
        "named": sum(id_ is not None for id_ in records.ids),
        "empty": int(np.count_nonzero(marks["length"] == 0)),
        "problems": len(faults),
        "keyed": keyed,
        "records": blob,
        "marks": marks.tobytes(),
        # An id is JSON, which has no line ends.
        "ids": "\n".join(id_ or "" for id_ in records.ids).encode(),
        "keys": keys.tobytes(),
        "faults": json.dumps(faults) if faults else None,
    }


def _read_lines(lines: list[bytes], fields: Fields) -> Records:
    # There is no mark of byte order: Hadoop's reader of lines takes it away in front of a file.
    records = Records()
    for data in lines:
        _read_line(records, data, fields)
        records.lines += 1
    return records


def _read_line(records: Records, data: bytes, fields: Fields) -> None:
    try:
        record = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        records.fail(0, 0, "not-utf-8")
    except (ValueError, RecursionError) as problem:
        if data.strip():
            code, *values = wrong_json(problem)
            records.fail(0, 0, str(code), *values)
    else:
        records.add(record, fields, 0, len(data))


def _read_rows(rows: pa.StructArray, fields: Fields) -> Records:
    records = Records()
    there = [rows.type.field(number).name for number in range(rows.type.num_fields)]
    known = [name for name in dict.fromkeys(top(name, there) for name in fields.columns) if name in there]
    columns = [rows.field(rows.type.get_field_index(name)).to_pylist() for name in known]
    for values in zip(*columns, strict=True):
        records.add(dict(zip(known, values, strict=True)), fields, records.lines, 1)
        records.lines += 1
    return records


def _pack_rows(rows: pa.StructArray) -> bytes:
    batch = pa.RecordBatch.from_arrays(rows.flatten(), names=[field.name for field in rows.type])
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, batch.schema, options=options) as stream:
        stream.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def lines_of(blob: bytes) -> list[bytes]:
    """Give the lines of a bundle."""
    size = int.from_bytes(blob[:8], "little")
    data: bytes = pa.decompress(blob[8:], size, "zstd", asbytes=True)
    return data.split(b"\n")


def rows_of(blob: bytes) -> pa.RecordBatch:
    """Give the rows of a bundle."""
    with pa.ipc.open_stream(blob) as stream:
        return stream.read_next_batch()


def marks_of(blob: bytes) -> NDArray[Any]:
    """Give what is known of the documents of a bundle, see ``MARKS``."""
    return np.frombuffer(blob, MARKS)


def texts_of(blob: bytes, form: str, numbers: NDArray[np.int64], fields: Fields) -> list[str]:
    """Give the texts of some documents, by the numbers of their records; ``form`` is ``LINE`` or ``ROW``."""
    if form == ROW:
        rows = rows_of(blob).take(pa.array(numbers))
        return _read_rows(pa.StructArray.from_arrays(rows.columns, rows.schema.names), fields).texts
    lines = lines_of(blob)
    return _read_lines([lines[number] for number in numbers.tolist()], fields).texts


def cells(batch: pa.RecordBatch, *names: str) -> Iterator[tuple[Any, ...]]:
    """Give the values of some columns row by row, in the order of the names. Raises ValueError as :func:`check`."""
    check(batch, *names)
    return zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def stays_of(size: int, faults: str | None) -> NDArray[np.bool_]:
    """Mark which records of a bundle could be used (``faults`` as the bundle has them)."""
    stays = np.ones(size, bool)
    if faults:
        stays[[number for number, _, _ in json.loads(faults)]] = False
    return stays


def check(batch: pa.RecordBatch, *names: str) -> None:
    """Hold a batch against what is expected: Spark hands columns over by their places. Raises ValueError."""
    there = batch.schema.names
    if missing := [name for name in names if name not in there]:
        raise ValueError(f"columns {missing} are missing among {there}")
