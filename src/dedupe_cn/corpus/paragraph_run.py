"""A run with unit paragraph: find the paragraphs, count the documents they stand in, write the texts without them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_cn.corpus import store
from dedupe_cn.corpus.account import Reading, check_tables
from dedupe_cn.corpus.editing import cut_line
from dedupe_cn.corpus.filling import fill
from dedupe_cn.corpus.finish import guard, paragraph_removal_line, write_copies, write_left_out, write_rows
from dedupe_cn.corpus.nested import pick
from dedupe_cn.corpus.paragraphs import cut, shorten
from dedupe_cn.corpus.reading import parse_row
from dedupe_cn.corpus.records import Fields
from dedupe_cn.corpus.rows import row_batches
from dedupe_cn.corpus.run import EXAMPLES, Example, Progress, Request, Result
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.streams import ROWS, fetch
from dedupe_cn.corpus.summary import count_documents, name_of
from dedupe_cn.corpus.workers import Parted, Pool, WorkerSetting, part_block
from dedupe_cn.corpus.writing import Change
from dedupe_cn.encoding.codes import read_as, write_as

if TYPE_CHECKING:
    import duckdb

_JOINED = """FROM removals r JOIN docs x ON x.seq = r.seq JOIN docs y ON y.seq = r.kept"""


def run_paragraphs(
    request: Request,
    setting: WorkerSetting,
    targets: dict[CorpusFile, Path],
    db: duckdb.DuckDBPyConnection,
    pool: Pool,
    work: Path,
    progress: Progress,
) -> Result:
    """Carry out the stages that are not done yet."""
    plan = request.plan
    if not store.done(db, "sign"):
        columns = "seq BIGINT, start BIGINT, stop BIGINT, p0 UBIGINT, p1 UBIGINT"
        db.execute(f"CREATE TABLE IF NOT EXISTS paragraphs({columns})")
        with store.long_stage(db, "sign", ("docs", "paragraphs", "problems")):
            reading = Reading(setting.sources)
            fill(request, setting, db, pool.map(part_block, setting.blocks()), _rows, progress, reading)
            reading.close(db)
    if not store.done(db, "pair"):
        with store.stage(db, "pair"):
            store.rank(db, plan.keep)
            _find(db, plan.min_docs)
            progress("pair", 1, 1)
    result = count_documents(setting, db)
    guard(request, setting, db, result.removed, store.number(db, "SELECT count(*) FROM paragraphs"), "paragraphs")
    with _write_removed(request, setting, db), write_left_out(request, setting, db):
        check_tables(db, setting.sources, documents=False)
        if targets:
            changes = partial(_changes, request.fields, setting, db)
            write_copies(request, setting, targets, db, changes, progress)
    return replace(
        result,
        paragraphs=store.number(db, "SELECT count(DISTINCT (p0, p1)) FROM removals"),
        examples=tuple(_examples(request.fields, setting, db)),
        written=bool(targets),
    )


def _rows(parted: Parted, seq: int) -> tuple[str, Any]:
    """Give the rows for the paragraphs of a block."""
    import pyarrow

    found = parted.paragraphs
    names = (found[:, 0].astype(np.int64) + seq, found[:, 1].astype(np.int64), found[:, 2].astype(np.int64))
    columns = dict(zip(("seq", "start", "stop"), names, strict=True))
    batch = {**columns, "p0": found[:, 3].copy(), "p1": found[:, 4].copy()}
    return "paragraphs", pyarrow.record_batch(batch)


def _find(db: duckdb.DuckDBPyConnection, min_docs: int) -> None:
    """Make ``removals``: paragraphs that stand in an earlier document too, if they stand in enough documents."""
    db.execute(
        f"""CREATE OR REPLACE TABLE removals AS
        WITH common AS (SELECT p0, p1, count(DISTINCT seq) AS documents FROM paragraphs GROUP BY p0, p1
            HAVING count(*) >= {min_docs} AND count(DISTINCT seq) >= {min_docs}),
        members AS (SELECT paragraphs.*, rank, documents FROM paragraphs JOIN common USING (p0, p1)
            JOIN ranks USING (seq)),
        firsts AS (SELECT p0, p1, min((rank, start, stop, seq)) AS first FROM members GROUP BY p0, p1)
        SELECT seq, start, stop, p0, p1, documents, first[4] AS kept, first[2] AS kept_start, first[3] AS kept_stop,
            1.0 AS score
        FROM members JOIN firsts USING (p0, p1) WHERE seq <> first[4]"""
    )


def _write_removed(
    request: Request, setting: WorkerSetting, db: duckdb.DuckDBPyConnection
) -> AbstractContextManager[None]:
    query = f"""SELECT x.id, x.source, x.number, y.id, y.source, y.number, r.start, stop, kept_start, kept_stop,
        documents {_JOINED} ORDER BY r.seq, r.start"""
    return write_rows(request.removed, request.output is not None, db, query, partial(_removal_line, setting))


def _removal_line(
    setting: WorkerSetting, a: str | None, b: int, c: int, d: str | None, e: int, f: int,
    start: int, stop: int, kept_start: int, kept_stop: int, documents: int,
) -> str:
    names = name_of(setting, a, b, c), name_of(setting, d, e, f)
    return paragraph_removal_line(*names, (start, stop), (kept_start, kept_stop), documents)


def _examples(fields: Fields, setting: WorkerSetting, db: duckdb.DuckDBPyConnection) -> Iterator[Example]:
    """Give the paragraphs that stand in most documents, with their beginning."""
    found = store.rows(
        db,
        f"""SELECT x.id, x.source, x.number, y.id, y.source, y.number, y.start, y.size, kept_start, kept_stop, n FROM
        (SELECT any_value(kept) AS kept, min(seq) AS seq, any_value(kept_start) AS kept_start,
        any_value(kept_stop) AS kept_stop, any_value(documents) AS n FROM removals GROUP BY p0, p1) r
        JOIN docs x ON x.seq = r.seq JOIN docs y ON y.seq = r.kept ORDER BY n DESC, r.seq, kept_start
        LIMIT {EXAMPLES}""",
    )
    for a, b, c, d, e, f, start, size, first, last, n in found:
        shown = shorten(_text(fields, setting, e, start, size)[first:last])
        yield Example(name_of(setting, a, b, c), name_of(setting, d, e, f), 1.0, f'"{shown}" × {n}')


def _text(fields: Fields, setting: WorkerSetting, source: int, start: int, size: int) -> str:
    from dedupe_cn.corpus.streams import Chunk

    found = setting.sources[source]
    if found.format == "parquet":
        import pyarrow.parquet

        with pyarrow.parquet.ParquetFile(found.path) as file:
            for batch in row_batches(file, ROWS, columns=[fields.text]):
                if start < batch.num_rows:
                    return str(pick(batch.slice(start, 1).to_pylist()[0], fields.text))
                start -= batch.num_rows
    data = next(fetch(found, [start], [size]))
    return setting.read(Chunk(source, 1, data)).texts[0]


def _changes(fields: Fields, setting: WorkerSetting, db: duckdb.DuckDBPyConnection, number: int) -> Iterator[Change]:
    """Give the records of a file that change, with their new bytes, and those that cannot be used."""
    source, header = setting.sources[number], setting.headers[number]
    cursor = db.cursor()
    cursor.execute(
        """SELECT docs.start, size, r.start, stop FROM docs JOIN removals r USING (seq) WHERE source = ?
        UNION ALL SELECT start, size, NULL, NULL FROM problems WHERE source = ? ORDER BY 1, 3""",
        [number, number],
    )
    found: Iterator[Any] = iter(cursor.fetchone, None)
    with ExitStack() as stack:
        reader = _Reader(source, fields.text)
        stack.callback(reader.close)
        for (start, size), spans in groupby(found, key=lambda row: (row[0], row[1])):
            places = [(row[2], row[3]) for row in spans]
            if places[0][0] is None:
                yield start, size, None
                continue
            yield start, size, _edit(reader.read(start, size), source, fields.text, header, places)


class _Reader:
    """Reads records of one file in rising order."""

    def __init__(self, source: CorpusFile, field: str) -> None:
        self._source = source
        self._places: list[tuple[int, int]] = []
        self._stream = fetch(source, self._next(0), self._next(1)) if source.format != "parquet" else None
        self._rows = _texts_of_rows(source, field) if source.format == "parquet" else iter(())
        self._row = 0
        self._current: tuple[int, int] = (0, 0)

    def _next(self, part: int) -> Iterator[int]:
        while True:
            yield self._current[part]

    def read(self, start: int, size: int) -> bytes:
        """Read one record; of a parquet file its text."""
        if self._stream is not None:
            self._current = (start, size)
            return next(self._stream)
        while True:
            text = next(self._rows)
            self._row += 1
            if self._row > start:
                return text.encode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            self._stream.close()


def _texts_of_rows(source: CorpusFile, field: str) -> Iterator[str]:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(source.path) as file:
        for batch in row_batches(file, ROWS, columns=[field]):
            yield from (str(pick(row, field) or "") for row in batch.to_pylist())


def _edit(
    data: bytes, source: CorpusFile, field: str, header: tuple[str, ...], spans: list[tuple[int, int]]
) -> bytes | None:
    """Cut spans out of the text of a record; None when nothing of a line is left."""
    kind, codec = source.format, source.text_codec
    if kind in ("jsonl", "json"):
        return write_as(cut_line(read_as(data, codec), field, spans), codec)
    if kind in ("csv", "tsv"):
        row = parse_row(data, source)
        row[header.index(field)] = cut(row[header.index(field)], spans)
        out = io.StringIO(newline="")
        ending = "\r\n" if data.endswith(b"\r\n") else "\n" if data.endswith(b"\n") else ""
        csv.writer(out, delimiter="\t" if kind == "tsv" else ",", lineterminator=ending).writerow(row)
        return write_as(out.getvalue(), codec)
    if kind == "parquet":
        return cut(data.decode("utf-8", "surrogatepass"), spans).encode("utf-8", "surrogatepass")
    if kind == "lines":
        return None
    from dedupe_cn.encoding.decoding import decode

    return cut(decode(data, source.encoding or None).text, spans).encode("utf-8")
