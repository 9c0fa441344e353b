"""What the executors of Spark do at the end: name documents, write the lines of the list of removals and the copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe_cn.corpus.finish import removal_line
from dedupe_cn.corpus.spark_bundles import LINE, Batches, cells, check, lines_of, marks_of, rows_of, stays_of
from dedupe_cn.corpus.spark_compare import Ints, once, wanted_of
from dedupe_cn.corpus.surrogates import to_json

#: What :func:`namer` gives, and :func:`liner` and :func:`cutter` of lines, as Spark names the types.
NAMES = "seq long, id string"
LINES = "value string"
CUT = "size long, value string"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where the records of all bundles stand, in their order over all files.

    ``starts`` has the number of the first record of each bundle, ``files`` its file, ``lines`` the line (or row) of
    that record, from 1.
    """

    names: tuple[str, ...]
    starts: Ints = field(repr=False)
    files: Ints = field(repr=False)
    lines: Ints = field(repr=False)

    def place(self, seq: int) -> str:
        """Name a record by its file and line."""
        at = int(np.searchsorted(self.starts, seq, side="right")) - 1
        return f"{self.names[int(self.files[at])]}:{int(self.lines[at]) + seq - int(self.starts[at])}"

    def name(self, id_: str | None, seq: int) -> str:
        """Give the id of a document as JSON: its own, or its place."""
        return id_ if id_ is not None else to_json(self.place(seq))


def namer(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give the documents that are wanted of bundles, with their ids (JSON)."""
    for batch in batches:
        for first, marks, ids, asked in cells(batch, "first", "marks", "ids", "wanted"):
            seqs = first + marks_of(marks)["number"].astype(np.int64)
            texts = ids.decode().split("\n")
            wanted = once(wanted_of(asked)[0])
            found = [texts[place] or None for place in np.searchsorted(seqs, wanted).tolist()]
            yield pa.record_batch([pa.array(wanted), pa.array(found, pa.string())], names=["seq", "id"])


def liner(numbers: Numbers, line: Callable[[Numbers, dict[str, Any]], str]) -> Batches:
    """Make the function that writes removals as lines, all of a batch as one value."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, "seq", "id", "kept_seq", "kept_id")
            lines = "\n".join(line(numbers, row) for row in batch.to_pylist())
            yield pa.record_batch([pa.array([lines], pa.string())], names=["value"])

    return work


def document_line(numbers: Numbers, row: dict[str, Any]) -> str:
    """Write the removal of a document."""
    own, kept = numbers.name(row["id"], row["seq"]), numbers.name(row["kept_id"], row["kept_seq"])
    return removal_line(own, kept, row["score"]).rstrip("\n")


#: Gives the records of a bundle that change: their new lines (or texts), by their numbers.
Edit = Callable[[list[bytes], Any], dict[int, bytes]]


def cutter(form: str) -> Batches:
    """Make the function that gives the records of bundles without those that are wanted, and without those that cannot
    be used: the rows of parquet as they are, lines joined.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for first, size, records, faults, asked in cells(batch, "first", "size", "records", "faults", "wanted"):
                stays = stays_of(size, faults)
                if asked:
                    stays[wanted_of(asked)[0] - first] = False
                yield _cut(records, form, stays)

    return work


def _cut(records: bytes, form: str, stays: NDArray[np.bool_]) -> pa.RecordBatch:
    if form != LINE:
        return rows_of(records).filter(pa.array(stays))
    lines = lines_of(records)
    kept = [lines[place] for place in np.flatnonzero(stays).tolist()]
    return joined(kept)


def joined(kept: list[bytes]) -> pa.RecordBatch:
    """Give lines as one value; nothing when there is none, which would be an empty line."""
    value = pa.array([b"\n".join(kept)] if kept else [], pa.binary()).view(pa.string())
    return pa.record_batch([pa.array([len(kept)] if kept else [], pa.int64()), value], names=["size", "value"])
