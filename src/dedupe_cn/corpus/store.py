"""The tables of a run in DuckDB: documents, bands, candidates, similar pairs, removals. Spills to disk by itself.

A stage leaves its name when its tables are whole, so that a run that was killed goes on with the first unfinished
stage. Documents of an index stand in the same tables with negative numbers: they are earlier than all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe_cn.corpus.plan import Keep
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.workers import Parted, Signed

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    from numpy.typing import NDArray


#: Members up to which every pair of a band is compared; larger ones are compared with their earliest members.
SMALL = 32
_SCHEMA = """
CREATE TABLE IF NOT EXISTS stages(name VARCHAR);
CREATE TABLE IF NOT EXISTS docs(seq BIGINT, source INTEGER, number BIGINT, start BIGINT, size BIGINT, id VARCHAR,
    priority DOUBLE, p0 UBIGINT, p1 UBIGINT, count BIGINT, length BIGINT);
CREATE TABLE IF NOT EXISTS bands(seq BIGINT{bands});
CREATE TABLE IF NOT EXISTS known(seq BIGINT);
CREATE TABLE IF NOT EXISTS problems(source INTEGER, number BIGINT, start BIGINT, size BIGINT, code VARCHAR,
    "values" VARCHAR);
"""


def connect(path: Path, memory: int, threads: int, spill: Path) -> duckdb.DuckDBPyConnection:
    """Open the tables of a run. Raises CorpusError when another run holds them."""
    import duckdb

    try:
        return duckdb.connect(
            str(path),
            config={
                "memory_limit": f"{memory // 1024**2}MiB",
                "threads": str(threads),
                "temp_directory": str(spill),
                "preserve_insertion_order": "false",
            },
        )
    except duckdb.IOException as problem:
        if "lock" in str(problem).lower():
            raise CorpusError("work-locked", path=path.parent.as_posix()) from problem
        raise


def create(db: duckdb.DuckDBPyConnection, bands: int) -> None:
    """Make the tables that are not there yet."""
    db.execute(_SCHEMA.format(bands="".join(f", b{i} UBIGINT" for i in range(bands))))


def done(db: duckdb.DuckDBPyConnection, stage: str) -> bool:
    """Tell whether a stage is finished."""
    return bool(rows(db, "SELECT 1 FROM stages WHERE name = ?", [stage]))


@contextmanager
def stage(db: duckdb.DuckDBPyConnection, name: str) -> Iterator[None]:
    """Carry out a stage: all of its tables or none."""
    db.execute("BEGIN")
    try:
        yield
        db.execute("INSERT INTO stages VALUES (?)", [name])
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


@contextmanager
def long_stage(db: duckdb.DuckDBPyConnection, name: str, tables: Sequence[str]) -> Iterator[None]:
    """Carry out a stage that fills tables bit by bit, each insertion a transaction of its own.

    What is not committed DuckDB holds in memory, whatever its limit (2.0.1: half a gigabyte for a million documents).
    So what a killed run has left in the tables is taken out first.
    """
    for table in tables:
        db.execute(f"DELETE FROM {table}")
    db.execute("DELETE FROM stages")
    yield
    db.execute("INSERT INTO stages VALUES (?)", [name])


def rows(db: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Ask for rows."""
    return db.execute(query, list(values)).fetchall()


def number(db: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> int:
    """Ask for one number."""
    return int(rows(db, query, values)[0][0] or 0)


def columns(db: duckdb.DuckDBPyConnection, query: str) -> dict[str, NDArray[Any]]:
    """Ask for columns as arrays."""
    found: dict[str, NDArray[Any]] = db.execute(query).fetchnumpy()
    return found


def document_batch(block: Signed | Parted, seq: int, line: int) -> Any:
    """Make an Arrow batch of the documents of a block; its first document and its first line have these numbers."""
    import numpy as np

    records = block.records
    size = len(records.ids)
    nothing = np.zeros(size, np.uint64)
    made = {"p0": nothing, "p1": nothing, "count": nothing.astype(np.int64)}
    if isinstance(block, Signed):
        prints = block.signatures.prints
        made = {"p0": prints[:, 0].copy(), "p1": prints[:, 1].copy(), "count": block.signatures.counts}
        lengths = block.signatures.lengths
    else:
        lengths = block.lengths
    return batch(
        {
            "seq": np.arange(seq, seq + size),
            "source": np.full(size, block.source, np.int32),
            "number": np.array(records.numbers, np.int64) + line,
            "start": np.array(records.starts, np.int64),
            "size": np.array(records.sizes, np.int64),
            "id": strings(records.ids),
            "priority": np.array(records.priorities, np.float64),
            **made,
            "length": lengths,
        }
    )


def band_batch(seq: NDArray[np.int64], bands: NDArray[np.uint64]) -> Any:
    """Make an Arrow batch of bands, a column each."""
    return batch({"seq": seq, **{f"b{i}": bands[:, i] for i in range(bands.shape[1])}})


def batch(columns: dict[str, Any]) -> Any:
    """Make an Arrow batch of NumPy arrays, or Arrow's own.

    By their buffers: ``pyarrow.array`` loads pandas where that is installed, a quarter of a second in every process.
    """
    import numpy as np
    import pyarrow

    made = [
        pyarrow.Array.from_buffers(
            pyarrow.from_numpy_dtype(column.dtype),
            column.size,
            [None, pyarrow.py_buffer(np.ascontiguousarray(column))],
        )
        if isinstance(column, np.ndarray)
        else column
        for column in columns.values()
    ]
    return pyarrow.RecordBatch.from_arrays(made, list(columns))


def strings(values: Sequence[str | None]) -> Any:
    """Make an Arrow array of strings, None where there is none."""
    import numpy as np
    import pyarrow

    parts = [b"" if value is None else value.encode() for value in values]
    ends = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
    places = np.concatenate([[0], ends])
    there = np.packbits(np.fromiter((value is not None for value in values), bool, len(parts)), bitorder="little")
    buffers = [pyarrow.py_buffer(there), pyarrow.py_buffer(places), pyarrow.py_buffer(b"".join(parts))]
    return pyarrow.Array.from_buffers(pyarrow.large_string(), len(parts), buffers)


def insert(db: duckdb.DuckDBPyConnection, table: str, batches: list[Any]) -> None:
    """Put Arrow batches into a table."""
    if batches:
        import pyarrow

        db.register("arriving", pyarrow.Table.from_batches(batches))
        db.execute(f"INSERT INTO {table} SELECT * FROM arriving")
        db.unregister("arriving")


def rank(db: duckdb.DuckDBPyConnection, keep: Keep) -> None:
    """Make ``ranks``: the keep order as numbers; in input order they are the numbers of the documents."""
    order = {"longest": "length DESC, seq", "priority": "priority DESC, seq"}.get(keep.kind)
    if order is None:
        db.execute("CREATE OR REPLACE VIEW ranks AS SELECT seq, seq AS rank FROM docs")
    else:
        db.execute(
            f"CREATE OR REPLACE TABLE ranks AS SELECT seq, row_number() OVER (ORDER BY {order}) - 1 AS rank "
            "FROM docs WHERE seq >= 0 UNION ALL SELECT seq, seq FROM docs WHERE seq < 0"
        )


def collapse(db: duckdb.DuckDBPyConnection) -> None:
    """Make ``copies``: each document whose shingles an earlier one has too, with the rank of the first of them.

    What is ``known`` stands in the index already and stays.
    """
    db.execute(
        """CREATE OR REPLACE TABLE copies AS
        WITH compared AS (SELECT seq, p0, p1 FROM docs ANTI JOIN known USING (seq) WHERE length > 0),
        twice AS (SELECT p0, p1 FROM compared GROUP BY p0, p1 HAVING count(*) > 1),
        members AS (SELECT seq, rank, p0, p1 FROM compared JOIN twice USING (p0, p1) JOIN ranks USING (seq)),
        firsts AS (SELECT p0, p1, min(rank) AS first FROM members GROUP BY p0, p1)
        SELECT seq, rank, first FROM members JOIN firsts USING (p0, p1) WHERE rank > first"""
    )


def pair_up(db: duckdb.DuckDBPyConnection, bands: int, threshold: float) -> Iterator[int]:
    """Make ``candidates``, the pairs (by rank) that share a small band, and ``crowds``, the members of large ones.

    Gives the number of the band that is done.
    """
    db.execute("CREATE OR REPLACE TABLE shared(a BIGINT, b BIGINT)")
    db.execute("CREATE OR REPLACE TABLE crowds(bucket BIGINT, rank BIGINT)")
    db.execute("CREATE OR REPLACE VIEW live AS SELECT bands.* FROM bands ANTI JOIN copies USING (seq)")
    for band in range(bands):
        db.execute(
            f"""CREATE OR REPLACE TEMP TABLE hot AS
            SELECT b{band} AS key, count(*) AS members FROM live GROUP BY 1 HAVING count(*) > 1 AND max(seq) >= 0"""
        )
        db.execute(
            f"""CREATE OR REPLACE TEMP TABLE met AS
            SELECT key, members, seq FROM live JOIN hot ON b{band} = key"""
        )
        db.execute(
            f"""INSERT INTO shared SELECT x.seq, y.seq FROM met x JOIN met y ON x.key = y.key AND x.seq < y.seq
            WHERE x.members <= {SMALL} AND y.seq >= 0"""
        )
        db.execute(
            f"""INSERT INTO crowds SELECT CAST(key // 4 AS BIGINT), rank FROM met JOIN ranks USING (seq)
            WHERE members > {SMALL}"""
        )
        yield band + 1
    # Sets of very different sizes cannot be similar. Counts are of 32-bit hashes: a few may have fallen together.
    db.execute(
        f"""CREATE OR REPLACE TABLE candidates AS
        WITH once AS (SELECT DISTINCT a, b FROM shared)
        SELECT least(x.rank, y.rank) AS a, greatest(x.rank, y.rank) AS b FROM once
        JOIN ranks x ON x.seq = a JOIN ranks y ON y.seq = b JOIN docs m ON m.seq = a JOIN docs n ON n.seq = b
        WHERE least(m.count, n.count) + 8 >= {threshold!r} * greatest(m.count, n.count)"""
    )
    db.execute("DROP TABLE shared")


def store_removals(db: duckdb.DuckDBPyConnection) -> None:
    """Make ``removals`` (documents, the kept one and the score) from ``chosen`` and the copies."""
    db.execute(
        """CREATE OR REPLACE TABLE removals AS
        WITH ranked AS (
            SELECT b AS rank, a AS kept, score FROM chosen
            UNION ALL
            SELECT copies.rank, coalesce(a, first), coalesce(score, 1.0) FROM copies LEFT JOIN chosen ON first = b)
        SELECT x.seq AS seq, y.seq AS kept, score FROM ranked
        JOIN ranks x ON x.rank = ranked.rank JOIN ranks y ON y.rank = ranked.kept WHERE x.seq >= 0"""
    )
