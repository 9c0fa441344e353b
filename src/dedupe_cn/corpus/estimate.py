"""An estimate of a run from a sample: how much would go, and how long it would take.

A pair of copies is seen only when both are in the sample, so what the sample loses is divided by the square of its
share; where copies come in crowds one suffices, and it is divided by the share. The truth lies between the two.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dedupe_cn.corpus import store
from dedupe_cn.corpus.filling import fill_bands
from dedupe_cn.corpus.local import compare_all
from dedupe_cn.corpus.problems import require
from dedupe_cn.corpus.reading import read_header
from dedupe_cn.corpus.run import MAX_REMOVAL, Progress, Request
from dedupe_cn.corpus.sources import CorpusFile, find_sources
from dedupe_cn.corpus.streams import BLOCK, Chunk, blocks, cut_at
from dedupe_cn.corpus.workers import Pool, WorkerSetting

#: Blocks of the sample: 64 MB, some seconds of work.
_BLOCKS = 32


@dataclass(frozen=True, slots=True)
class Estimate:
    """``sampled`` of about ``documents``; between ``low`` and ``high`` would go; ``over`` that may be too many."""

    sampled: int
    documents: int
    low: int
    high: int
    seconds: float
    over: bool


def estimate(request: Request, progress: Progress) -> Estimate:
    """Run on a sample, write nothing. Raises CorpusError."""
    for package in ("duckdb", "pyarrow"):
        require(package, "corpus")
    sources = find_sources(request.inputs, request.encoding)
    headers = tuple(read_header(source, request.fields) for source in sources)
    setting = WorkerSetting(request.plan, sources, headers, request.fields)
    started = time.monotonic()
    size = sum(source.path.stat().st_size for source in sources)
    sample = list(_sample(sources, request.fields.columns, size))
    share = min(1.0, sum(taken for taken, _ in sample) / max(1, size))
    found = [block for _, block in sample]
    with tempfile.TemporaryDirectory(prefix="dedupe-cn-") as folder:
        work = Path(folder)
        db = store.connect(work / "tables.duckdb", request.memory // 2, request.jobs, work / "spill")
        pool = Pool(setting, 1)
        try:
            store.create(db, request.plan.bands[0])
            fill_bands(request, setting, db, pool, found, progress)
            store.rank(db, request.plan.keep)
            store.collapse(db)
            for band in store.pair_up(db, request.plan.bands[0], request.plan.threshold):
                progress("pair", band, request.plan.bands[0])
            compare_all(setting, request.plan.threshold, db, pool, work, progress)
            sampled = store.number(db, "SELECT count(*) FROM docs")
            gone = store.number(db, "SELECT count(*) FROM removals")
        finally:
            db.close()
    documents = round(sampled / share)
    low, high = (gone, gone) if share == 1 else _bounds(gone, share, documents)
    seconds = (time.monotonic() - started) / share / max(1, request.jobs if share < 1 else 1)
    limit = MAX_REMOVAL if request.max_removal is None else request.max_removal
    return Estimate(sampled, documents, low, high, seconds, high > limit * documents)


def _bounds(gone: int, share: float, documents: int) -> tuple[int, int]:
    """Give the least and the most that would go: two standard deviations of the count on either side."""
    spread = 2 * math.sqrt(gone)
    return round(max(0.0, gone - spread) / share), min(documents, round((gone + spread + 2) / share**2))


def _sample(sources: tuple[CorpusFile, ...], columns: tuple[str, ...], size: int) -> Iterator[tuple[float, Chunk]]:
    """Choose blocks spread over the input, each with the bytes of its file that it stands for."""
    if size <= _BLOCKS * BLOCK:
        for number, source in enumerate(sources):
            whole = source.path.stat().st_size
            own = [Chunk(number, block.start, block.data) for block in blocks((source,), columns)]
            yield from ((whole / len(own), block) for block in own)
        return
    step = size / _BLOCKS
    at = 0.0
    for number, source in enumerate(sources):
        whole = source.path.stat().st_size
        wanted = [place for place in range(_BLOCKS) if at <= place * step < at + whole]
        if source.format in ("jsonl", "lines") and source.seekable:
            for place in wanted:
                block = cut_at(source, number, int(place * step - at))
                yield len(block.data), block
        elif wanted:
            yield from _first(source, number, columns, len(wanted), whole)
        at += whole


def _first(
    source: CorpusFile, number: int, columns: tuple[str, ...], most: int, whole: int
) -> Iterator[tuple[float, Chunk]]:
    """Take the first blocks of a file that cannot be entered in the middle."""
    taken: list[Chunk] = []
    for block in blocks((source,), columns):
        taken.append(Chunk(number, block.start, block.data))
        if len(taken) == most:
            break
    else:
        yield from ((whole / len(taken), block) for block in taken)
        return
    if source.format == "parquet":
        import pyarrow.parquet

        share = sum(1 for _ in taken) * 2000 / max(1, pyarrow.parquet.read_metadata(source.path).num_rows)
    elif source.compression:
        # Text takes about a third of its room when compressed.
        share = sum(len(block.data) for block in taken) / (3 * whole)
    else:
        share = sum(len(block.data) for block in taken) / whole
    yield from ((min(1.0, share) * whole / len(taken), block) for block in taken)
