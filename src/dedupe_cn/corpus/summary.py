"""What the tables of a run say: counts, names of documents, examples for the report."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_cn.corpus import store
from dedupe_cn.corpus.run import EXAMPLES, Example, LeftOut, Result
from dedupe_cn.corpus.surrogates import to_json
from dedupe_cn.corpus.workers import WorkerSetting

if TYPE_CHECKING:
    import duckdb


def gather(setting: WorkerSetting, db: duckdb.DuckDBPyConnection) -> Result:
    """Gather what the tables say of a run over documents."""
    found = store.rows(
        db,
        f"""SELECT x.id, x.source, x.number, y.id, y.source, y.number, score FROM removals r
        JOIN docs x ON x.seq = r.seq JOIN docs y ON y.seq = r.kept ORDER BY r.seq LIMIT {EXAMPLES}""",
    )
    examples = (Example(name_of(setting, a, b, c), name_of(setting, d, e, f), g) for a, b, c, d, e, f, g in found)
    return replace(count_documents(setting, db), examples=tuple(examples))


def count_documents(setting: WorkerSetting, db: duckdb.DuckDBPyConnection) -> Result:
    """Count documents and removals, of whatever unit; the examples are still to come."""
    documents, empty = store.rows(
        db, "SELECT count(*), count(*) FILTER (length = 0) FROM docs WHERE seq >= 0"
    )[0]
    return Result(
        documents=documents,
        removed=store.number(db, "SELECT count(*) FROM removals"),
        empty=empty,
        compared=documents - empty,
        problems=store.number(db, "SELECT count(*) FROM problems"),
        skipped=skipped(setting, db),
        renamed=renamed(db),
    )


def renamed(db: duckdb.DuckDBPyConnection) -> int:
    """Count the documents that are named by their place because their id is not unique."""
    found = store.rows(db, "SELECT name FROM stages WHERE name LIKE 'renamed %'")
    return int(found[0][0].split()[1]) if found else 0


def skipped(setting: WorkerSetting, db: duckdb.DuckDBPyConnection) -> tuple[LeftOut, ...]:
    """Describe the first unusable records."""
    found = store.rows(db, f'SELECT source, number, code, "values" FROM problems ORDER BY 1, 2 LIMIT {EXAMPLES}')
    return tuple(
        LeftOut(setting.sources[source].place(number), code, tuple(json.loads(values)))
        for source, number, code, values in found
    )


def name_of(setting: WorkerSetting, id_: str | None, source: int, number: int) -> str:
    """Give the id of a document as JSON: its own, or its place."""
    return id_ if id_ is not None else to_json(setting.sources[source].place(number))


