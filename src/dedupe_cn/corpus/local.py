"""The engine for one machine: signatures in worker processes, everything else in DuckDB, which spills to the disk.

The stages: sign the documents, pair those that share a band, shingle what was paired, compare it exactly, decide what
stays, write. Each leaves its tables in a work folder beside the output; a run that was killed goes on behind the last
finished one. Without an output the work folder is a temporary one.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dedupe_cn.corpus import store
from dedupe_cn.corpus.account import Reading
from dedupe_cn.corpus.problems import CorpusError, require
from dedupe_cn.corpus.reading import read_header
from dedupe_cn.corpus.records import Records
from dedupe_cn.corpus.run import Progress, Request, Result
from dedupe_cn.corpus.sources import Source, find_sources, find_targets
from dedupe_cn.corpus.streams import Block
from dedupe_cn.corpus.workers import Parted, Pool, Setting, Signed, sign_block

if TYPE_CHECKING:
    import duckdb

Found = TypeVar("Found", Signed, Parted)

#: Bytes of input up to which starting worker processes costs more than it saves.
_ALONE = 8 << 20
#: Blocks put into the tables at a time.
_HELD = 16
#: Failures after which a run can go on where it stopped.
_GO_ON = ("no-room", "interrupted-worker", "work-locked")
#: Share of the memory that DuckDB may use; the rest is for the worker processes and the batches under way.
_TABLES = 0.5


def run(request: Request, progress: Progress) -> Result:
    """Find what goes and write what stays. Raises CorpusError, OSError."""
    for package in ("duckdb", "pyarrow"):
        require(package, "corpus")
    if request.plan.unit == "paragraph":
        from dedupe_cn.corpus.paragraph_run import run_paragraphs as find
    else:
        find = run_documents
    sources = find_sources(request.inputs, request.encoding)
    targets = {}
    if request.output is not None:
        # A run that was killed while it wrote has left its work folder, and perhaps its output.
        again = work_folder(request.output).exists()
        targets = find_targets(sources, request.inputs, request.output, may_be_full=again)
    headers = tuple(read_header(source, request.fields) for source in sources)
    small = sum(source.path.stat().st_size for source in sources) < _ALONE
    setting = Setting(request.plan, sources, headers, request.fields)
    with ExitStack() as stack:
        work = stack.enter_context(_work_folder(request))
        db = stack.enter_context(_tables(request, sources, work))
        pool = Pool(setting, 1 if small else request.jobs)
        stack.callback(pool.close)
        result = find(request, setting, targets, db, pool, work, progress)
        stack.callback(shutil.rmtree, work, ignore_errors=True)
    return result


def work_folder(output: Path) -> Path:
    """Name the folder beside an output that holds the finished stages."""
    output = output.resolve()
    return output.with_name(f".dedupe-cn-{output.name}.work")


@contextmanager
def _work_folder(request: Request) -> Iterator[Path]:
    """Make the work folder; a temporary one goes with the run, the other stays when the run fails."""
    if request.output is None:
        with tempfile.TemporaryDirectory(prefix="dedupe-cn-") as name:
            yield Path(name)
        return
    folder = work_folder(request.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CorpusError("no-room", path=folder.as_posix(), detail=problem.strerror or str(problem)) from problem
    try:
        yield folder
    except CorpusError as problem:
        if problem.code not in _GO_ON:
            shutil.rmtree(folder, ignore_errors=True)
        raise


@contextmanager
def _tables(request: Request, sources: tuple[Source, ...], work: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the tables of this run; those of another one in the same folder are thrown away."""
    import duckdb

    print_ = request.fingerprint(sources)
    path = work / "tables.duckdb"
    try:
        db = store.connect(path, int(request.memory * _TABLES), request.jobs, work / "spill")
        found = store.rows(db, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'run'")[0][0]
        if found and store.rows(db, "SELECT print FROM run") != [(print_,)]:
            db.close()
            for old in work.iterdir():
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            db = store.connect(path, int(request.memory * _TABLES), request.jobs, work / "spill")
            found = 0
        if not found:
            store.create(db, request.plan.bands[0])
            db.execute("CREATE TABLE run AS SELECT ? AS print", [print_])
        try:
            yield db
        finally:
            db.close()
    except duckdb.Error as problem:
        raise CorpusError("no-room", path=work.as_posix(), detail=str(problem).partition("\n")[0]) from problem
    except OSError as problem:
        name = problem.filename if isinstance(problem.filename, str) else work.as_posix()
        raise CorpusError("no-room", path=name, detail=problem.strerror or str(problem)) from problem


def run_documents(
    request: Request,
    setting: Setting,
    targets: dict[Source, Path],
    db: duckdb.DuckDBPyConnection,
    pool: Pool,
    work: Path,
    progress: Progress,
) -> Result:
    """Carry out the stages that are not done yet."""
    from dedupe_cn.corpus.finish import guard, write_results
    from dedupe_cn.corpus.summary import gather

    plan = request.plan
    sign(request, setting, db, pool, progress)
    index = None
    if request.index is not None or request.against is not None:
        from dedupe_cn.corpus import index as index_file

        index = index_file.bring_in(db, setting, request, progress)
    if not store.done(db, "pair"):
        with store.stage(db, "pair"):
            store.rank(db, plan.keep)
            store.collapse(db)
            bands = plan.bands[0]
            for band in store.pair_up(db, bands, plan.threshold):
                progress("pair", band, bands)
    compare_all(setting, plan.threshold, db, pool, work, progress)
    result = gather(setting, db)
    guard(request, setting, db, result.removed, result.documents, "documents")

    def add(found: Result) -> Result:
        return found if index is None else index.add(found, setting, pool, progress)

    return write_results(request, setting, targets, db, result, progress, add)


def compare_all(
    setting: Setting, threshold: float, db: duckdb.DuckDBPyConnection, pool: Pool, work: Path, progress: Progress
) -> None:
    """Compare the candidates exactly and decide what goes."""
    from dedupe_cn.corpus import compare

    path = work / "shingles"
    if not store.done(db, "shingle"):
        with store.stage(db, "shingle"):
            wanted = compare.needed(db)
            for finished in compare.shingle_wanted(db, setting.sources, pool, path):
                progress("shingle", finished, wanted)
    if store.done(db, "decide"):
        return
    comparer = compare.Comparer(db, pool, path)
    if not store.done(db, "compare"):
        with store.stage(db, "compare"):
            candidates = store.number(db, "SELECT count(*) FROM candidates")
            for compared in compare.compare_candidates(db, comparer, threshold):
                progress("compare", compared, candidates)
    with store.stage(db, "decide"):
        for compared in compare.decide(db, comparer, threshold):
            progress("decide", compared, 0)
        store.store_removals(db)


def sign(
    request: Request, setting: Setting, db: duckdb.DuckDBPyConnection, pool: Pool, progress: Progress
) -> None:
    """Read and sign all documents."""
    if not store.done(db, "sign"):
        with store.stage(db, "sign"):
            reading = Reading(setting.sources)
            fill_bands(request, setting, db, pool, setting.blocks(), progress, reading)
            reading.close(db)


def fill_bands(
    request: Request,
    setting: Setting,
    db: duckdb.DuckDBPyConnection,
    pool: Pool,
    found: Iterable[Block],
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
    setting: Setting,
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
    sources: tuple[Source, ...],
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


def _size(sources: tuple[Source, ...]) -> int:
    return sum(source.path.stat().st_size for source in sources)


def _check_ids(request: Request, sources: tuple[Source, ...], db: duckdb.DuckDBPyConnection) -> None:
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
