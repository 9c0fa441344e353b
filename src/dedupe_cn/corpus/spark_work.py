"""What the executors of Spark compute: Arrow batches in, Arrow batches out, by the functions of the local engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe_cn.corpus.arrays import wrong_json
from dedupe_cn.corpus.finish import removal_line
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.records import Fields, Records
from dedupe_cn.corpus.shingles import jaccard, may_reach, shingle_sets
from dedupe_cn.corpus.signatures import sign
from dedupe_cn.corpus.spark_meet import Batches, check
from dedupe_cn.corpus.surrogates import to_json

#: What a line is: a document, nothing (blank), or a record that cannot be used.
DOCUMENT, BLANK, PROBLEM = 0, 1, 2
#: Column with a line of JSON, column with a row of a parquet file.
LINE, ROW = "line", "row"
#: How texts go from one step to the next: as bytes, for a string of Arrow holds no half of a surrogate pair.
_TEXT = "utf-8", "surrogatepass"
#: Columns that signing adds, as Spark names their types; 64-bit keys are signed there.
SIGNED = (
    "state int, id string, priority double, p0 long, p1 long, count long, length long, "
    "bands binary, code string, details string"
)


def signer(plan: CorpusPlan, fields: Fields) -> Batches:
    """Make the function that signs records (column ``line`` or ``row``) and gives the other columns on."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, LINE if ROW not in batch.schema.names else ROW, "path", "block", "at")
            yield _sign_batch(batch, plan, fields)

    return work


def reader(fields: Fields) -> Batches:
    """Make the function that gives the text of records; the other columns go on."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, LINE if ROW not in batch.schema.names else ROW, "rank")
            others = [name for name in batch.schema.names if name not in (LINE, ROW)]
            texts = pa.array([text.encode(*_TEXT) for text in _read(batch, fields).texts], pa.binary())
            yield pa.record_batch([*(batch.column(name) for name in others), texts], names=[*others, "text"])

    return work


def _read(batch: pa.RecordBatch, fields: Fields) -> Records:
    """Read the records of a batch."""
    records = Records()
    if LINE in batch.schema.names:
        for data in batch.column(LINE).to_pylist():
            _read_line(records, data, fields)
            records.lines += 1
        return records
    rows = batch.column(ROW)
    known = [name for name in fields.columns if rows.type.get_field_index(name) >= 0]
    columns = [rows.field(rows.type.get_field_index(name)).to_pylist() for name in known]
    for values in zip(*columns, strict=True):
        records.add(dict(zip(known, values, strict=True)), fields, records.lines, 1)
        records.lines += 1
    return records


def _sign_batch(batch: pa.RecordBatch, plan: CorpusPlan, fields: Fields) -> pa.RecordBatch:
    records = _read(batch, fields)
    signatures = sign(records.texts, plan)
    size = batch.num_rows
    at = np.array(records.numbers, np.int64)
    state = np.full(size, BLANK, np.int32)
    state[at] = DOCUMENT
    code: list[str | None] = [None] * size
    details: list[str | None] = [None] * size
    for problem in records.problems:
        state[problem.number] = PROBLEM
        code[problem.number] = problem.code
        details[problem.number] = json.dumps(problem.values)

    def spread(values: Any, kind: pa.DataType) -> pa.Array:
        # Rows without a document stay null.
        places = np.full(size, -1, np.int64)
        places[at] = np.arange(at.size)
        return pa.array(values, kind).take(pa.array(places, pa.int64(), mask=places < 0))

    keys = np.ascontiguousarray(signatures.bands)
    filled = signatures.counts > 0
    offsets = np.concatenate([[0], np.cumsum(np.where(filled, keys.shape[1] * keys.itemsize, 0))]).astype(np.int32)
    data = pa.py_buffer(keys[filled].tobytes())
    bands = pa.BinaryArray.from_buffers(pa.binary(), len(filled), [None, pa.py_buffer(offsets.tobytes()), data])
    made = {
        "state": pa.array(state),
        "id": spread(records.ids, pa.string()),
        "priority": spread(records.priorities, pa.float64()),
        "p0": spread(signatures.prints[:, 0].copy().view(np.int64), pa.int64()),
        "p1": spread(signatures.prints[:, 1].copy().view(np.int64), pa.int64()),
        "count": spread(signatures.counts, pa.int64()),
        "length": spread(signatures.lengths, pa.int64()),
        "bands": spread(bands, bands.type),
        "code": pa.array(code, pa.string()),
        "details": pa.array(details, pa.string()),
    }
    return pa.record_batch([*batch.columns, *made.values()], names=[*batch.schema.names, *made])


def _read_line(records: Records, data: bytes, fields: Fields) -> None:
    if records.lines == 0:
        data = data.removeprefix(b"\xef\xbb\xbf")
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


def shingler(plan: CorpusPlan) -> Batches:
    """Make the function that gives the shingles of texts (rank, text) as packed hashes (rank, hashes)."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, "rank", "text")
            sets = shingle_sets([data.decode(*_TEXT) for data in batch.column("text").to_pylist()], plan)
            hashes = pa.array([own.tobytes() for own in sets], pa.binary())
            yield pa.record_batch([batch.column("rank"), hashes], names=["rank", "hashes"])

    return work


def _sets(batch: pa.RecordBatch, name: str) -> list[NDArray[np.uint64]]:
    return [np.frombuffer(data, np.uint64) for data in batch.column(name).to_pylist()]


def unpacker(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give every shingle (of rank, hashes) a row, with the number of its document's."""
    for batch in batches:
        check(batch, "rank", "hashes")
        sets = _sets(batch, "hashes")
        sizes = np.fromiter(map(len, sets), np.int64, len(sets))
        ranks = np.repeat(batch.column("rank").to_numpy(), sizes)
        tokens = np.concatenate([*sets, np.zeros(0, np.uint64)]).view(np.int64)
        columns = [pa.array(ranks), pa.array(tokens), pa.array(np.repeat(sizes, sizes))]
        yield pa.record_batch(columns, names=["rank", "token", "size"])


def comparer(threshold: float) -> Batches:
    """Make the function that compares pairs (a, b, hashes_a, hashes_b) exactly and gives the similar ones."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, "a", "b", "hashes_a", "hashes_b")
            scores = np.array(
                [
                    jaccard(first, second) if may_reach(threshold, first.size, second.size) else 0.0
                    for first, second in zip(_sets(batch, "hashes_a"), _sets(batch, "hashes_b"), strict=True)
                ],
                np.float64,
            )
            similar = scores >= threshold
            mask = pa.array(similar)
            yield pa.record_batch(
                [batch.column("a").filter(mask), batch.column("b").filter(mask), pa.array(scores[similar])],
                names=["a", "b", "score"],
            )

    return work


def formatter(names: tuple[str, ...]) -> Batches:
    """Make the function that writes removals as lines: two documents with id, file and number, and the score."""

    def name(id_: str | None, file: int, number: int) -> str:
        return id_ if id_ is not None else to_json(f"{names[file]}:{number}")

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, "seq", "id", "file", "number", "kept_id", "kept_file", "kept_number", "score")
            lines = [
                removal_line(
                    name(row["id"], row["file"], row["number"]),
                    name(row["kept_id"], row["kept_file"], row["kept_number"]),
                    row["score"],
                ).rstrip("\n")
                for row in batch.to_pylist()
            ]
            yield pa.record_batch([batch.column("seq"), pa.array(lines, pa.string())], names=["seq", "value"])

    return work
