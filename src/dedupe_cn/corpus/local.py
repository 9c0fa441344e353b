"""The engine for one machine: signatures in worker processes, everything else in DuckDB, which spills to the disk.

The stages: sign the documents, pair those that share a band, shingle what was paired, compare it exactly, decide what
stays, write. Each leaves its tables in a work folder beside the output; a run that was killed goes on behind the last
finished one. Without an output the work folder is a temporary one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_cn.corpus import store
from dedupe_cn.corpus.account import Reading
from dedupe_cn.corpus.filling import fill_bands
from dedupe_cn.corpus.problems import CorpusError, require
from dedupe_cn.corpus.reading import read_header
from dedupe_cn.corpus.run import Progress, Request, Result
from dedupe_cn.corpus.sources import CorpusFile, find_sources, find_targets
from dedupe_cn.corpus.system_words import of_system
from dedupe_cn.corpus.workers import Pool, WorkerSetting

if TYPE_CHECKING:
    import duckdb

    from dedupe_cn.corpus.index import Index
    from dedupe_cn.corpus.shared_index import SharedIndex

#: Bytes of input up to which starting worker processes costs more than it saves.
_ALONE = 8 << 20
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
    setting = WorkerSetting(request.plan, sources, headers, request.fields)
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
        raise CorpusError("no-room", path=folder.as_posix(), detail=of_system(problem)) from problem
    try:
        yield folder
    except CorpusError as problem:
        if problem.code not in _GO_ON:
            shutil.rmtree(folder, ignore_errors=True)
        raise


@contextmanager
def _tables(request: Request, sources: tuple[CorpusFile, ...], work: Path) -> Iterator[duckdb.DuckDBPyConnection]:
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
        raise CorpusError("no-room", path=name, detail=of_system(problem)) from problem


def run_documents(
    request: Request,
    setting: WorkerSetting,
    targets: dict[CorpusFile, Path],
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
    with _index(request, setting, db, work, progress) as index:
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


@contextmanager
def _index(
    request: Request, setting: WorkerSetting, db: duckdb.DuckDBPyConnection, work: Path, progress: Progress
) -> Iterator[Index | SharedIndex | None]:
    """Bring in the index of a run, if it has one. Raises CorpusError."""
    place = request.index if request.index is not None else request.against
    if place is None:
        yield None
    elif isinstance(place, Path):
        from dedupe_cn.corpus.index import bring_in

        yield bring_in(db, setting, request, progress)
    else:
        from dedupe_cn.corpus.shared_index import bring_in as bring_in_shared

        with bring_in_shared(place, request, setting, db, work, progress) as index:
            yield index


def compare_all(
    setting: WorkerSetting, threshold: float, db: duckdb.DuckDBPyConnection, pool: Pool, work: Path, progress: Progress
) -> None:
    """Compare the candidates exactly and decide what goes."""
    from dedupe_cn.corpus import compare
    from dedupe_cn.corpus.crowds import choose_documents

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
        for compared in choose_documents(db, comparer, threshold):
            progress("decide", compared, 0)
        store.store_removals(db)


def sign(
    request: Request, setting: WorkerSetting, db: duckdb.DuckDBPyConnection, pool: Pool, progress: Progress
) -> None:
    """Read and sign all documents."""
    if not store.done(db, "sign"):
        with store.long_stage(db, "sign", ("docs", "bands", "problems")):
            reading = Reading(setting.sources)
            fill_bands(request, setting, db, pool, setting.blocks(), progress, reading)
            reading.close(db)
