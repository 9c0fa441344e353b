"""The index: the documents that stayed, in one DuckDB file, for the next run to be compared with.

It holds ids, fingerprints, bands and the compared form of each text, so that a later run can compare exactly without
the old files. Its header names every parameter that changes a signature; a run with others is refused. Checksums over
all columns are written in the same transaction as the documents. While a run uses it, DuckDB's lock keeps others out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.corpus import store
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import Progress, Request, Result
from dedupe_cn.corpus.surrogates import hold, to_json
from dedupe_cn.corpus.workers import Pool, WorkerSetting, form_block

if TYPE_CHECKING:
    import duckdb

#: Version of the file's layout.
FORMAT = 1
#: The storage that an index is made in: that of DuckDB 1.0, which every version since can read and add to.
_STORAGE = "v1.0.0"
#: Where a file of DuckDB names the version that made it: behind a checksum, ``DUCK``, a number and four flags, each of
#: eight bytes but the word; 32 bytes, filled up with zeros.
_WORD, _MAKER = slice(8, 12), slice(52, 84)


@dataclass(frozen=True, slots=True)
class Index:
    """An index that is attached to the tables of a run as ``old``."""

    path: Path
    db: duckdb.DuckDBPyConnection
    plan: CorpusPlan
    writable: bool

    def add(self, result: Result, setting: WorkerSetting, pool: Pool, progress: Progress) -> Result:
        """Add the documents that stay, in one transaction."""
        known = store.number(self.db, "SELECT count(*) FROM known")
        if not self.writable:
            return replace(result, known=known)
        try:
            added = self._add(setting, pool, progress)
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("CHECKPOINT old")
        return replace(result, known=known, added=added)

    def _add(self, setting: WorkerSetting, pool: Pool, progress: Progress) -> int:

        db = self.db
        bands = ", ".join(f"b{i}" for i in range(self.plan.bands[0]))
        db.execute(
            """CREATE OR REPLACE TEMP TABLE fresh AS
            SELECT seq, row_number() OVER (ORDER BY rank) - 1 AS n FROM docs JOIN ranks USING (seq)
            WHERE seq >= 0 AND length > 0 AND seq NOT IN (SELECT seq FROM removals)
            AND seq NOT IN (SELECT seq FROM known)"""
        )
        base = store.number(db, "SELECT coalesce(max(n) + 1, 0) FROM old.docs")
        places = store.columns(db, "SELECT seq, n FROM fresh ORDER BY seq")
        db.execute("BEGIN")
        for table in ("bands", "texts", "docs"):
            db.execute(f"DELETE FROM old.{table} WHERE n IN (SELECT n FROM superseded)")
        db.execute(
            f"""INSERT INTO old.docs SELECT n + {base}, name, p0, p1, count, length
            FROM fresh JOIN docs USING (seq) JOIN named USING (seq)"""
        )
        db.execute(f"INSERT INTO old.bands SELECT n + {base}, {bands} FROM fresh JOIN bands USING (seq)")
        seq = 0
        for forms in pool.map(form_block, setting.blocks()):
            first, last = np.searchsorted(places["seq"], (seq, seq + len(forms))).tolist()
            numbers = places["n"][first:last] + base
            chosen = [forms[i] for i in (places["seq"][first:last] - seq).tolist()]
            held = store.strings(list(map(hold, chosen)))
            store.insert(db, "old.texts", [store.batch({"n": numbers, "form": held})])
            seq += len(forms)
            progress("index", seq, 0)
        db.execute("DELETE FROM old.checksums")
        db.executemany("INSERT INTO old.checksums VALUES (?, ?)", list(checksums(db, self.plan)))
        db.execute("COMMIT")
        return int(places["seq"].size)


def bring_in(db: duckdb.DuckDBPyConnection, setting: WorkerSetting, request: Request, progress: Progress) -> Index:
    """Attach the index and put its documents in front of those of the run. Raises CorpusError."""
    path = request.index if request.index is not None else request.against
    assert isinstance(path, Path)
    writable = request.index is not None
    open_index(db, path, request.plan, writable, request.fields.text)
    if not store.done(db, "index"):
        with store.stage(db, "index"):
            name_documents(db, setting)
            find_known(db, writable)
            put_in_front(db, request.plan)
            progress("index", store.number(db, "SELECT count(*) FROM docs WHERE seq < 0"), 0)
    show_texts(db)
    return Index(path, db, request.plan, writable)


def show_texts(db: duckdb.DuckDBPyConnection) -> None:
    """Make ``old_texts``: the forms of the documents in front, by their numbers there."""
    total = store.number(db, "SELECT coalesce(max(n) + 1, 0) FROM old.docs")
    db.execute(f"CREATE OR REPLACE TEMP VIEW old_texts AS SELECT n - {total} AS seq, form FROM old.texts")


def open_index(db: duckdb.DuckDBPyConnection, path: Path, plan: CorpusPlan, writable: bool, text: str) -> None:
    """Attach the index as ``old`` and check it; a missing one is made where it may be written. Raises CorpusError."""
    import duckdb

    name = path.as_posix()
    if not path.exists() and not writable:
        raise CorpusError("index-missing", path=name)
    quoted = str(path).replace("'", "''")
    try:
        options = "" if path.exists() else f" (STORAGE_VERSION '{_STORAGE}')"
        db.execute(f"ATTACH '{quoted}' AS old{options if writable else ' (READ_ONLY)'}")
        found = {
            row[0]
            for row in store.rows(db, "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'old'")
        }
        if not found and writable:
            _create(db, plan, text)
        elif not {"header", "docs", "bands", "texts", "checksums"} <= found:
            raise CorpusError("index-damaged", path=name, detail=("index-other",))
        _check(db, name, plan, text)
    except duckdb.Error as problem:
        detail = str(problem).partition("\n")[0]
        if "version number" in detail and (maker := _maker(path)):
            raise CorpusError("index-newer", path=name, there=maker, here=duckdb.__version__) from problem
        code = "index-locked" if "lock on file" in detail or "already attached" in detail else "index-damaged"
        raise CorpusError(code, path=name, detail=("index-unread",)) from problem


def _maker(path: Path) -> str:
    """Name the version of DuckDB that made a file; empty when it does not say."""
    with path.open("rb") as file:
        begin = file.read(_MAKER.stop)
    return begin[_MAKER].rstrip(b"\0").decode("ascii", "replace").removeprefix("v") if begin[_WORD] == b"DUCK" else ""


def header(plan: CorpusPlan, text: str) -> dict[str, str]:
    """Name all that two runs must share to use one index."""
    parameters = {name: str(value) for name, value in plan.parameters().items()}
    return {"format": str(FORMAT), **parameters, "--text-field": text}


def _create(db: duckdb.DuckDBPyConnection, plan: CorpusPlan, text: str) -> None:
    db.execute("BEGIN")
    db.execute("CREATE TABLE old.header(name VARCHAR, value VARCHAR)")
    db.executemany("INSERT INTO old.header VALUES (?, ?)", list(header(plan, text).items()))
    create_tables(db, plan)
    db.execute("CREATE TABLE old.checksums(name VARCHAR, value VARCHAR)")
    db.executemany("INSERT INTO old.checksums VALUES (?, ?)", list(checksums(db, plan)))
    db.execute("COMMIT")


def create_tables(db: duckdb.DuckDBPyConnection, plan: CorpusPlan) -> None:
    """Make the tables of an index without documents."""
    bands = "".join(f", b{i} UBIGINT" for i in range(plan.bands[0]))
    db.execute("CREATE TABLE old.docs(n BIGINT, id VARCHAR, p0 UBIGINT, p1 UBIGINT, count BIGINT, length BIGINT)")
    db.execute(f"CREATE TABLE old.bands(n BIGINT{bands})")
    db.execute("CREATE TABLE old.texts(n BIGINT, form VARCHAR)")


def _check(db: duckdb.DuckDBPyConnection, name: str, plan: CorpusPlan, text: str) -> None:
    """Compare header and checksums. Raises CorpusError."""
    there = dict(store.rows(db, "SELECT name, value FROM old.header"))
    for key, here in header(plan, text).items():
        # An index of before this was written down may have any.
        if there.get(key, here if key == "--text-field" else None) != here:
            raise CorpusError("index-differs", path=name, name=key, there=there.get(key, "nothing"), here=here)
    stored = dict(store.rows(db, "SELECT name, value FROM old.checksums"))
    for table, value in checksums(db, plan):
        if stored.get(table) != value:
            raise CorpusError("index-damaged", path=name, detail=("index-checksum", table))


def checksums(db: duckdb.DuckDBPyConnection, plan: CorpusPlan) -> Iterator[tuple[str, str]]:
    """Compute a checksum for each table; functions whose values no version of DuckDB changes."""
    keys = ", ".join(f"bit_xor(b{i})" for i in range(plan.bands[0]))
    queries = {
        "docs": "count(*), bit_xor(md5_number_lower(n || id)), bit_xor(p0), bit_xor(p1), sum(count), sum(length)",
        "bands": f"count(*), sum(n), {keys}",
        "texts": "count(*), bit_xor(md5_number_lower(n || form))",
    }
    for table, query in queries.items():
        yield table, "-".join(str(value) for value in store.rows(db, f"SELECT {query} FROM old.{table}")[0])


def name_documents(db: duckdb.DuckDBPyConnection, setting: WorkerSetting) -> None:
    """Make ``named``: the id of every document of the run as JSON, its place where it has none."""
    db.execute("CREATE OR REPLACE TEMP TABLE files(source INTEGER, name VARCHAR, single BOOLEAN)")
    db.executemany(
        "INSERT INTO files VALUES (?, ?, ?)",
        [(i, to_json(s.name)[1:-1], s.format == "text") for i, s in enumerate(setting.sources)],
    )
    db.execute(
        """CREATE OR REPLACE TABLE named AS SELECT seq, coalesce(id, CASE WHEN single THEN '"' || name || '"'
        ELSE '"' || name || ':' || number || '"' END) AS name
        FROM docs JOIN files USING (source)"""
    )


def find_known(db: duckdb.DuckDBPyConnection, writable: bool) -> None:
    """Make ``known``, what the run holds again under the same id, and ``superseded``, the old texts of changed ones."""
    db.execute("CREATE OR REPLACE TABLE known(seq BIGINT)")
    db.execute("CREATE OR REPLACE TABLE superseded(n BIGINT)")
    if writable:
        db.execute(
            """INSERT INTO known SELECT docs.seq FROM docs JOIN named USING (seq)
            JOIN old.docs o ON o.id = named.name AND o.p0 = docs.p0 AND o.p1 = docs.p1"""
        )
        db.execute(
            """INSERT INTO superseded SELECT o.n FROM old.docs o JOIN named ON o.id = named.name
            WHERE named.seq NOT IN (SELECT seq FROM known)"""
        )


def put_in_front(db: duckdb.DuckDBPyConnection, plan: CorpusPlan) -> None:
    """Put the documents of the index in front of those of the run; what is known is not compared."""
    total = store.number(db, "SELECT coalesce(max(n) + 1, 0) FROM old.docs")
    db.execute("DELETE FROM bands WHERE seq IN (SELECT seq FROM known)")
    bands = ", ".join(f"b{i}" for i in range(plan.bands[0]))
    db.execute(
        f"""INSERT INTO docs SELECT n - {total}, NULL, NULL, NULL, NULL, id, 0, p0, p1, count, length FROM old.docs
        WHERE n NOT IN (SELECT n FROM superseded)"""
    )
    db.execute(
        f"INSERT INTO bands SELECT n - {total}, {bands} FROM old.bands WHERE n NOT IN (SELECT n FROM superseded)"
    )
