"""The law of a run: every record that came in stays, is in the list of removals, or in the list of those left out.

It is checked three times: each block is covered by its records without a gap, the blocks of a file without one, and
the tables and the written files hold what was read. A breach is a fault of this program: the run ends without output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.corpus import store
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.records import Records
from dedupe_cn.corpus.sources import CorpusFile

if TYPE_CHECKING:
    import duckdb


class Copied(NamedTuple):
    """What a copy was made of: bytes (rows, of parquet) read and written, records changed or left out."""

    read: int
    written: int
    changed: int


def _hold(holds: bool, source: CorpusFile, which: str) -> None:
    if not holds:
        raise CorpusError("account", path=source.name, detail=(which,))


class Reading:
    """Follows the blocks of the files while they are read. Raises CorpusError when one leaves something out."""

    def __init__(self, sources: tuple[CorpusFile, ...]) -> None:
        self._sources = sources
        self._ends = [0] * len(sources)
        self._documents = [0] * len(sources)
        self._problems = [0] * len(sources)

    def add(self, source: int, records: Records) -> None:
        """Add a block."""
        file = self._sources[source]
        _hold(records.begin == self._ends[source] and records.whole, file, "account-block")
        self._ends[source] += records.size
        self._documents[source] += len(records.ids)
        self._problems[source] += len(records.problems)

    def close(self, db: duckdb.DuckDBPyConnection) -> None:
        """Hold the blocks against the files, and leave the sums for the end of the run."""
        for number, source in enumerate(self._sources):
            size = _size(source)
            _hold(size in (None, self._ends[number]), source, "account-file")
        db.execute("CREATE OR REPLACE TABLE account(source INTEGER, size BIGINT, documents BIGINT, problems BIGINT)")
        sums = zip(self._ends, self._documents, self._problems, strict=True)
        db.executemany("INSERT INTO account VALUES (?, ?, ?, ?)", [(number, *sum_) for number, sum_ in enumerate(sums)])


def _size(source: CorpusFile) -> int | None:
    """Give the size of a file in bytes (or rows), None where only reading tells it."""
    if source.format == "parquet":
        import pyarrow.parquet

        return int(pyarrow.parquet.read_metadata(source.path).num_rows)
    return source.path.stat().st_size if source.seekable else None


def check_tables(db: duckdb.DuckDBPyConnection, sources: tuple[CorpusFile, ...], documents: bool) -> None:
    """Hold the tables against what was read; removals, unless they are of ``documents``, are of spans in them.

    Raises CorpusError.
    """
    sums = """SELECT a.source, a.documents = count(d.seq) AND a.problems = any_value(coalesce(p.n, 0))
        FROM account a LEFT JOIN docs d ON d.source = a.source AND d.seq >= 0
        LEFT JOIN (SELECT source, count(*) AS n FROM problems GROUP BY source) p ON p.source = a.source
        GROUP BY a.source, a.documents, a.problems"""
    for number, holds in store.rows(db, sums):
        _hold(bool(holds), sources[number], "account-tables")
    strange = """SELECT count(*) FROM removals r LEFT JOIN docs x ON x.seq = r.seq LEFT JOIN docs y ON y.seq = r.kept
        WHERE x.seq IS NULL OR y.seq IS NULL OR r.seq < 0"""
    if documents:
        twice = "SELECT count(*) - count(DISTINCT seq) FROM removals"
        orphans = "SELECT count(*) FROM removals WHERE kept IN (SELECT seq FROM removals)"
        checks = [strange, twice, orphans]
    else:
        checks = [strange]
    _hold(not any(store.number(db, query) for query in checks), sources[0], "account-removals")


def check_copy(db: duckdb.DuckDBPyConnection, number: int, source: CorpusFile, copied: Copied) -> None:
    """Hold a copy against what was read and what goes. Raises CorpusError."""
    size, problems = store.rows(db, "SELECT size, problems FROM account WHERE source = ?", [number])[0]
    goes = store.number(
        db, "SELECT count(DISTINCT seq) FROM removals JOIN docs USING (seq) WHERE source = ?", [number]
    )
    _hold(copied.read == size and copied.changed == goes + problems, source, "account-copy")
