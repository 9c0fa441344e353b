"""The end of a run: the guard against removing too much, the list of removals, the copies without them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_cn.corpus import store
from dedupe_cn.corpus.account import check_copy, check_tables
from dedupe_cn.corpus.arrays import last_comma
from dedupe_cn.corpus.problems import CorpusError, describe
from dedupe_cn.corpus.run import EXAMPLES, GUARDED_FROM, MAX_REMOVAL, Progress, Request, Result
from dedupe_cn.corpus.shingles import DIGITS
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.streams import fetch
from dedupe_cn.corpus.summary import name_of
from dedupe_cn.corpus.surrogates import to_json
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
    with write_removed(request, setting, db), write_left_out(request, setting, db):
        pass
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
    last: Callable[[Result], Result] = lambda result: result,
) -> Result:
    """Write the lists and the copies, then do what comes ``last``; the lists take their names behind it.

    Raises CorpusError.
    """
    with write_removed(request, setting, db), write_left_out(request, setting, db):
        check_tables(db, setting.sources, documents=True)
        if targets:
            write_copies(request, setting, targets, db, lambda number: _places(db, number), progress)
        return replace(last(result), written=bool(targets))


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
                found: Iterator[Change] = changes(number)
                if source.format == "json":
                    found = _without_comma(db, source, number, found, request.plan.unit == "document")
                copied = copy_changed(source, place, compression_of(source, target), found, request.fields.text)
                check_copy(db, number, source, copied)
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


def _without_comma(
    db: duckdb.DuckDBPyConnection, source: CorpusFile, number: int, changes: Iterator[Change], documents: bool
) -> Iterator[Change]:
    """Take away the comma behind the last element of an array that stays, when elements behind it go."""
    goes = "ANTI JOIN removals USING (seq)" if documents else ""
    kept = store.rows(
        db, f"SELECT start, size FROM docs {goes} WHERE source = ? ORDER BY start DESC LIMIT 1", [number]
    )
    begin, size = kept[0] if kept else (0, 0)
    comma = last_comma(next(fetch(source, [begin], [size]))) if kept else 0
    more = store.number(db, "SELECT count(*) FROM docs WHERE source = ? AND start > ?", [number, begin]) + store.number(
        db, "SELECT count(*) FROM problems WHERE source = ? AND start > ?", [number, begin]
    )
    for start, length, put in changes:
        if not more or not comma or start < begin:
            yield start, length, put
        elif start == begin and put is not None:
            yield start, length, put[: len(put) - last_comma(put)]
            comma = 0
        else:
            yield start - comma, length + comma, put
            comma = 0


@contextmanager
def write_removed(request: Request, setting: WorkerSetting, db: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Write one line of JSON for each removed document: id, kept_id, score. Raises CorpusError."""
    query = """SELECT x.id, x.source, x.number, y.id, y.source, y.number, score FROM removals r
        JOIN docs x ON x.seq = r.seq JOIN docs y ON y.seq = r.kept ORDER BY r.seq"""
    with write_rows(
        request.removed, request.output is not None, db, query, lambda a, b, c, d, e, f, score: removal_line(
            name_of(setting, a, b, c), name_of(setting, d, e, f), score
        )
    ):
        yield


@contextmanager
def write_left_out(request: Request, setting: WorkerSetting, db: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Write one line of JSON for each record that cannot be used: its place and why. Raises CorpusError."""
    query = 'SELECT source, number, code, "values" FROM problems ORDER BY 1, 2'
    with write_rows(
        request.left_out, request.output is not None, db, query, lambda source, number, code, values: to_json(
            {"place": setting.sources[source].place(number), "reason": describe(code, *json.loads(values))}
        ) + "\n"
    ):
        yield


@contextmanager
def write_rows(
    path: Path | None, locked: bool, db: duckdb.DuckDBPyConnection, query: str, line: Callable[..., str]
) -> Iterator[None]:
    """Write a line for each row of a query, if there is where to; the file appears behind the block, if that succeeds.

    ``locked``: the work folder keeps other runs away. Raises CorpusError.
    """
    if path is None:
        yield
        return
    with replacing(path, locked) as place:
        with place.open("w", encoding="utf-8", newline="\n") as file:
            cursor = db.cursor()
            cursor.execute(query)
            while found := cursor.fetchmany(_ROWS):
                file.writelines(line(*row) for row in found)
        yield


def removal_line(id_: str, kept: str, score: float) -> str:
    """Write a removal; both ids are JSON already."""
    return f'{{"id": {id_}, "kept_id": {kept}, "score": {round(score, DIGITS)!r}}}\n'


def paragraph_removal_line(
    id_: str, kept: str, span: tuple[int, int], kept_span: tuple[int, int], documents: int
) -> str:
    """Write the removal of a paragraph that stands in so many documents; both ids are JSON already."""
    return (
        f'{{"id": {id_}, "kept_id": {kept}, "score": 1.0, "start": {span[0]}, "end": {span[1]}, '
        f'"kept_start": {kept_span[0]}, "kept_end": {kept_span[1]}, "documents": {documents}}}\n'
    )
