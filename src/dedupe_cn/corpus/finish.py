"""The end of a run: the guard against removing too much, the list of removals, the copies without them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_cn.corpus import store
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import EXAMPLES, GUARDED_FROM, MAX_REMOVAL, Progress, Request, Result
from dedupe_cn.corpus.shingles import DIGITS
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.summary import name_of
from dedupe_cn.corpus.workers import WorkerSetting
from dedupe_cn.corpus.writing import Change, building, compression_of, copy_changed, move_in, replacing

if TYPE_CHECKING:
    import duckdb

#: Removals fetched at a time.
_ROWS = 50_000


def guard(
    request: Request, setting: WorkerSetting, db: duckdb.DuckDBPyConnection, removed: int, all_: int, unit: str
) -> None:
    """Stop when more would go than may: a wrong field or threshold can empty a corpus. Raises CorpusError."""
    limit = MAX_REMOVAL if request.max_removal is None else request.max_removal
    if request.output is None or removed <= limit * all_ or (request.max_removal is None and all_ < GUARDED_FROM):
        return
    found = store.rows(
        db,
        f"""SELECT id, source, number, n FROM (SELECT kept, count(*) AS n FROM removals GROUP BY kept) JOIN docs
        ON seq = kept ORDER BY n DESC, seq LIMIT {EXAMPLES}""",
    )
    write_removed(request, setting, db)
    raise CorpusError(
        "too-many",
        exit_code=1,
        n=removed,
        all=all_,
        unit=unit,
        share=round(100 * removed / all_, 1),
        limit=round(100 * limit, 1),
        examples=", ".join(f"{name_of(setting, i, s, n)} ({count})" for i, s, n, count in found),
    )


def write_results(
    request: Request,
    setting: WorkerSetting,
    targets: dict[CorpusFile, Path],
    db: duckdb.DuckDBPyConnection,
    result: Result,
    progress: Progress,
) -> Result:
    """Write the list of removals and the copies. Raises CorpusError."""
    write_removed(request, setting, db)
    if not targets:
        return result
    write_copies(request, setting, targets, db, lambda number: _places(db, number), progress)
    return replace(result, written=True)


def write_copies(
    request: Request,
    setting: WorkerSetting,
    targets: dict[CorpusFile, Path],
    db: duckdb.DuckDBPyConnection,
    changes: Callable[[int], Iterator[Change]],
    progress: Progress,
) -> None:
    """Write the copies of the files with their changes, all or none. Raises CorpusError."""
    output = request.output
    assert output is not None
    single = len(targets) == 1 and output in targets.values()
    if not store.done(db, "write"):
        with ExitStack() as stack:
            folder = None if single else stack.enter_context(building(output))
            for number, source in enumerate(setting.sources):
                if source.format == "text" and any(put is None for _, _, put in changes(number)):
                    continue
                target = targets[source]
                if folder is None:
                    place = stack.enter_context(replacing(target))
                else:
                    place = folder / source.below
                    place.parent.mkdir(parents=True, exist_ok=True)
                copy_changed(source, place, compression_of(source, target), changes(number), request.fields.text)
                progress("write", number + 1, len(setting.sources))
        db.execute("INSERT INTO stages VALUES ('write')")
    if not single:
        # The stage is finished before the name is taken, so that a run killed in between does not meet its own output.
        move_in(output)


def _places(db: duckdb.DuckDBPyConnection, source: int) -> Iterator[Change]:
    """Give the places of what goes from a file: removed documents, and records that cannot be used."""
    cursor = db.cursor()
    cursor.execute(
        """SELECT start, size, NULL FROM docs SEMI JOIN removals USING (seq) WHERE source = ?
        UNION ALL SELECT start, size, NULL FROM problems WHERE source = ? ORDER BY start""",
        [source, source],
    )
    while found := cursor.fetchmany(_ROWS):
        yield from found


def write_removed(request: Request, setting: WorkerSetting, db: duckdb.DuckDBPyConnection) -> None:
    """Write one line of JSON for each removed document: id, kept_id, score. Raises CorpusError."""
    query = """SELECT x.id, x.source, x.number, y.id, y.source, y.number, score FROM removals r
        JOIN docs x ON x.seq = r.seq JOIN docs y ON y.seq = r.kept ORDER BY r.seq"""
    write_rows(
        request.removed, db, query, lambda a, b, c, d, e, f, score: removal_line(
            name_of(setting, a, b, c), name_of(setting, d, e, f), score
        )
    )


def write_rows(
    path: Path | None, db: duckdb.DuckDBPyConnection, query: str, line: Callable[..., str]
) -> None:
    """Write a line for each row of a query, if there is where to; the file appears when it is whole."""
    if path is None:
        return
    with replacing(path) as place, place.open("w", encoding="utf-8", newline="\n") as file:
        cursor = db.cursor()
        cursor.execute(query)
        while found := cursor.fetchmany(_ROWS):
            file.writelines(line(*row) for row in found)


def removal_line(id_: str, kept: str, score: float) -> str:
    """Write a removal; both ids are JSON already."""
    return f'{{"id": {id_}, "kept_id": {kept}, "score": {round(score, DIGITS)!r}}}\n'
