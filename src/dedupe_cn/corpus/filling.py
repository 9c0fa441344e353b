"""Put what was read of documents into the tables of a run, and note which records cannot be used."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dedupe_cn.corpus import store
from dedupe_cn.corpus.account import Reading
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.records import Records
from dedupe_cn.corpus.run import Progress, Request
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.streams import Chunk
from dedupe_cn.corpus.workers import Parted, Pool, Signed, WorkerSetting, sign_block

if TYPE_CHECKING:
    import duckdb

Found = TypeVar("Found", Signed, Parted)

#: Blocks put into the tables at a time: each time is a transaction of its own.
_HELD = 128


def fill_bands(
    request: Request,
    setting: WorkerSetting,
    db: duckdb.DuckDBPyConnection,
    pool: Pool,
    found: Iterable[Chunk],
    progress: Progress,
    reading: Reading | None = None,
) -> None:
    """Sign the documents of blocks."""
    fill(request, setting, db, pool.map(sign_block, found), _bands, progress, reading)


def _bands(signed: Signed, seq: int) -> tuple[str, Any]:
    filled = np.flatnonzero(signed.signatures.counts)
    return "bands", store.band_batch(filled + seq, signed.signatures.bands[filled])


def fill(
    request: Request,
    setting: WorkerSetting,
    db: duckdb.DuckDBPyConnection,
    found: Iterable[Found],
    make: Callable[[Found, int], tuple[str, Any]],
    progress: Progress,
    reading: Reading | None = None,
) -> None:
    """Put the documents of blocks into the tables; ``make`` gives a table and what of a block goes there, by its
    first number. ``reading`` keeps the account of blocks that are all of their files.

    Raises CorpusError for the first unusable record, unless they are skipped.
    """
    sources = setting.sources
    whole = 0 if any(not s.seekable or s.format == "parquet" for s in sources) else _size(sources)
    source, line, read, seq = 0, 1, 0, 0
    waiting: dict[str, list[Any]] = defaultdict(list)
    for block in found:
        records: Records = block.records
        if block.source != source:
            source, line = block.source, 1
        _note_problems(request, sources, db, source, line, records)
        if reading is not None:
            reading.add(source, records)
        waiting["docs"].append(store.document_batch(block, seq, line))
        table, batch = make(block, seq)
        waiting[table].append(batch)
        if len(waiting["docs"]) == _HELD:
            _flush(db, waiting)
        seq += len(records.ids)
        line += records.lines
        read += sum(records.sizes)
        progress("sign", read, whole)
    _flush(db, waiting)
    _check_ids(request, sources, db)


def _flush(db: duckdb.DuckDBPyConnection, waiting: dict[str, list[Any]]) -> None:
    """Put what waits into the tables: many blocks at a time, each call costs a millisecond."""
    for table, batches in waiting.items():
        store.insert(db, table, batches)
        batches.clear()


def _note_problems(
    request: Request,
    sources: tuple[CorpusFile, ...],
    db: duckdb.DuckDBPyConnection,
    source: int,
    line: int,
    records: Records,
) -> None:
    """Write down the records of a block that cannot be used, or stop at the first. Raises CorpusError."""
    for problem in records.problems:
        number = line + problem.number
        if request.on_error == "stop":
            place = sources[source].place(number)
            raise CorpusError("malformed", place=place, detail=(problem.code, *problem.values))
        row = [source, number, problem.start, problem.size, problem.code, json.dumps(problem.values)]
        db.execute("INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)", row)


def _size(sources: tuple[CorpusFile, ...]) -> int:
    return sum(source.path.stat().st_size for source in sources)


def _check_ids(request: Request, sources: tuple[CorpusFile, ...], db: duckdb.DuckDBPyConnection) -> None:
    """Name records whose id another one has too by their place. Raises CorpusError when ids were asked for."""
    db.execute(
        "CREATE OR REPLACE TEMP TABLE twins AS SELECT id FROM docs WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1"
    )
    if not store.number(db, "SELECT count(*) FROM twins"):
        return
    if request.fields.id is not None and request.on_error == "stop":
        query = "SELECT id, source, number FROM docs SEMI JOIN twins USING (id) ORDER BY id, seq LIMIT 2"
        (id_, first, line), (_, second, other) = store.rows(db, query)
        raise CorpusError(
            "duplicate-id", id=json.loads(id_), first=sources[first].place(line), place=sources[second].place(other)
        )
    db.execute("UPDATE docs SET id = NULL WHERE id IN (SELECT id FROM twins)")
    db.execute("INSERT INTO stages SELECT 'renamed ' || count(*) FROM docs WHERE id IS NULL")
