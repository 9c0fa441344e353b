"""Exact comparison of candidates: their shingles go to a file once, pairs are read back and compared in blocks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_cn.corpus import store
from dedupe_cn.corpus.keep import Edges, sort_edges
from dedupe_cn.corpus.nested import read_columns
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.rows import row_batches
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.streams import BLOCK, ROWS, Chunk, fetch
from dedupe_cn.corpus.surrogates import release
from dedupe_cn.corpus.workers import Pairs, Pool, compare_pairs, shingle_block

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

#: Bytes of shingle sets, and pairs, that a worker holds at a time.
_HELD = 32 << 20
_PAIRS = 20_000
#: Similar pairs decided at a time.
_EDGES = 1_000_000


def needed(db: duckdb.DuckDBPyConnection) -> int:
    """Make ``wanted``, the documents whose exact shingles are needed, and count them."""
    db.execute(
        """CREATE OR REPLACE TABLE wanted AS SELECT seq, rank FROM ranks WHERE rank IN (
        SELECT a FROM candidates UNION SELECT b FROM candidates UNION SELECT rank FROM crowds)"""
    )
    return store.number(db, "SELECT count(*) FROM wanted")


def shingle_wanted(
    db: duckdb.DuckDBPyConnection, sources: tuple[CorpusFile, ...], pool: Pool, path: Path
) -> Iterator[int]:
    """Write the shingles of the wanted documents to a file, and their places to ``sets``. Gives how many are done.

    Raises CorpusError when a file changed meanwhile, OSError.
    """
    db.execute("CREATE OR REPLACE TABLE sets(rank BIGINT, place BIGINT, size BIGINT)")
    expected: list[NDArray[np.int64]] = []

    def remember(items: Iterator[tuple[NDArray[np.int64], Any]]) -> Iterator[Any]:
        for ranks, item in items:
            expected.append(ranks)
            yield item

    place = finished = 0
    with path.open("wb") as file:
        wanted = _wanted_blocks(db, sources, pool.setting.fields.columns)
        for hashes, sizes in pool.map(shingle_block, remember(wanted)):
            ranks = expected.pop(0)
            if ranks.size != sizes.size:
                raise CorpusError("unreadable", path=sources[0].name, detail=("file-changed",))
            hashes.tofile(file)
            import pyarrow

            places = place + np.cumsum(sizes) - sizes
            store.insert(db, "sets", [pyarrow.record_batch({"rank": ranks, "place": places, "size": sizes})])
            place += int(sizes.sum())
            finished += ranks.size
            yield finished
        file.flush()


def _wanted_blocks(
    db: duckdb.DuckDBPyConnection, sources: tuple[CorpusFile, ...], names: tuple[str, ...]
) -> Iterator[tuple[NDArray[np.int64], Chunk | tuple[str, ...]]]:
    """Read the wanted documents again, in blocks of one file, with their ranks."""
    old = store.number(db, "SELECT count(*) FROM docs WHERE seq < 0")
    if old:
        found = store.rows(db, "SELECT rank, form FROM wanted JOIN old_texts USING (seq) ORDER BY seq")
        for begin in range(0, len(found), ROWS):
            part = found[begin : begin + ROWS]
            yield np.array([rank for rank, _ in part], np.int64), tuple(release(form) for _, form in part)
    places = store.columns(
        db,
        "SELECT rank, source, start, size FROM wanted JOIN docs USING (seq) WHERE seq >= 0 ORDER BY seq",
    )
    by_source = places["source"]
    cuts = np.flatnonzero(np.diff(by_source, prepend=-1, append=-1))
    for begin, end in pairwise(cuts.tolist()):
        number = int(by_source[begin])
        rows = {name: column[begin:end] for name, column in places.items()}
        if sources[number].format == "parquet":
            yield from _wanted_rows(number, sources[number], rows, names)
        else:
            yield from _wanted_bytes(number, sources[number], rows)


def _wanted_bytes(
    number: int, source: CorpusFile, part: dict[str, NDArray[Any]]
) -> Iterator[tuple[NDArray[np.int64], Chunk]]:
    # A start other than 0, so that no header and no byte order mark is looked for.
    if source.format == "text":
        for data in fetch(source, part["start"].tolist(), part["size"].tolist()):
            yield part["rank"], Chunk(number, 1, data)
        return
    groups = np.cumsum(part["size"]) // BLOCK
    texts = fetch(source, part["start"].tolist(), part["size"].tolist())
    for _, members in groupby(zip(groups.tolist(), part["rank"].tolist(), texts, strict=True), key=lambda m: m[0]):
        ranks: list[int] = []
        lines: list[bytes] = []
        for _, rank, record in members:
            ranks.append(rank)
            lines.append(record if record.endswith(b"\n") else record + b"\n")
        yield np.array(ranks, np.int64), Chunk(number, 1, b"".join(lines))


def _wanted_rows(
    number: int, source: CorpusFile, part: dict[str, NDArray[Any]], names: tuple[str, ...]
) -> Iterator[tuple[NDArray[np.int64], Chunk]]:
    import pyarrow
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(source.path) as file:
        row = 0
        for batch in row_batches(file, ROWS, columns=read_columns(file.schema_arrow, names)):
            first, last = np.searchsorted(part["start"], (row, row + batch.num_rows)).tolist()
            if first < last:
                taken = batch.take(pyarrow.array(part["start"][first:last] - row))
                sink = pyarrow.BufferOutputStream()
                with pyarrow.ipc.new_stream(sink, taken.schema) as writer:
                    writer.write_batch(taken)
                yield part["rank"][first:last], Chunk(number, row, sink.getvalue().to_pybytes())
            row += batch.num_rows


class Comparer:
    """Compares pairs of ranks by the shingles in the file."""

    def __init__(self, db: duckdb.DuckDBPyConnection, pool: Pool, path: Path) -> None:
        found = store.columns(db, "SELECT rank, place, size FROM sets ORDER BY rank")
        self._ranks, self._places, self._sizes = found["rank"], found["place"], found["size"]
        self._pool = pool
        self._path = path

    def sets(self, ranks: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.uint64]]]:
        """Give the shingles of documents, one after the other."""
        at = np.searchsorted(self._ranks, ranks)
        with self._path.open("rb") as file:
            found = zip(ranks.tolist(), self._places[at].tolist(), self._sizes[at].tolist(), strict=True)
            for rank, place, size in found:
                file.seek(8 * place)
                yield rank, np.fromfile(file, np.uint64, size)

    def compare(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> Iterator[Edges]:
        """Give the pairs with their scores, block by block in the given order."""
        spans = list(self._cut(first, second))
        work = (self._pairs(first[begin:end], second[begin:end]) for begin, end in spans)
        for (begin, end), scores in zip(spans, self._pool.map(compare_pairs, work), strict=True):
            yield Edges(first[begin:end], second[begin:end], scores)

    def _cut(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        sizes = self._sizes[np.searchsorted(self._ranks, first)] + self._sizes[np.searchsorted(self._ranks, second)]
        groups = np.maximum(np.cumsum(sizes) // (_HELD // 8), np.arange(first.size) // _PAIRS)
        cuts = [*np.flatnonzero(np.diff(groups, prepend=-1)).tolist(), first.size]
        yield from pairwise(cuts)

    def _pairs(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> Pairs:
        names, both = np.unique(np.concatenate([first, second]), return_inverse=True)
        at = np.searchsorted(self._ranks, names)
        return Pairs(self._path, self._places[at], self._sizes[at], both[: first.size], both[first.size :])


def compare_candidates(db: duckdb.DuckDBPyConnection, comparer: Comparer, threshold: float) -> Iterator[int]:
    """Make ``edges``: the candidates that are similar, with their scores. Gives how many were compared."""
    db.execute("CREATE OR REPLACE TABLE edges(a BIGINT, b BIGINT, score DOUBLE)")
    compared = 0
    for pairs in _slices(db, "candidates"):
        for edges in comparer.compare(pairs["a"], pairs["b"]):
            similar = edges.score >= threshold
            put_pairs(db, "edges", edges.first[similar], edges.second[similar], edges.score[similar])
            compared += len(edges)
            yield compared


def put_pairs(
    db: duckdb.DuckDBPyConnection,
    table: str,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    score: NDArray[np.float64],
) -> None:
    import pyarrow

    store.insert(db, table, [pyarrow.record_batch({"a": first, "b": second, "score": score})])


def _slices(db: duckdb.DuckDBPyConnection, table: str) -> Iterator[dict[str, NDArray[Any]]]:
    """Give the pairs of a table in the order of (b, a), about a million at a time, all of one ``b`` together."""
    last = -(1 << 62)
    while True:
        found = store.columns(db, f"SELECT * FROM {table} WHERE b > {last} ORDER BY b, a LIMIT {_EDGES}")
        names = found["b"]
        if not names.size:
            return
        if names.size == _EDGES:
            cut = int(np.searchsorted(names, names[-1]))
            if cut:
                found = {name: column[:cut] for name, column in found.items()}
            else:
                found = store.columns(db, f"SELECT * FROM {table} WHERE b = {int(names[0])} ORDER BY a")
        last = int(found["b"][-1])
        yield found


def edge_chunks(db: duckdb.DuckDBPyConnection, old: int) -> Iterator[Edges]:
    """Give all similar pairs in order, with ranks that begin at 0 for the first document of an index."""
    for found in _slices(db, "edges"):
        yield sort_edges(found["a"] + old, found["b"] + old, found["score"])
