"""The shared index of several runs on several machines: on a Redis or Valkey server, with datasketch's tables.

A run brings in what may be similar to its documents, and their old versions, as tables of the layout of ``index.py``;
from there on it is a run with an index of its own. What is brought in is compared exactly, by the texts kept beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.corpus import index, store
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import Progress, Request, Result
from dedupe_cn.corpus.shared_place import SharedPlace
from dedupe_cn.corpus.shared_runs import SharedRuns
from dedupe_cn.corpus.shared_scripts import HEADER
from dedupe_cn.corpus.shared_server import Server
from dedupe_cn.corpus.shared_store import Kept, SharedStore, batches, keys_of
from dedupe_cn.corpus.surrogates import hold
from dedupe_cn.corpus.workers import Pool, WorkerSetting, form_block

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

#: Version of what stands on the server.
FORMAT = "shared-1"
#: Documents shown at a time.
_SHOWN = 500


@contextmanager
def bring_in(
    place: SharedPlace,
    request: Request,
    setting: WorkerSetting,
    db: duckdb.DuckDBPyConnection,
    work: Path,
    progress: Progress,
) -> Iterator[SharedIndex]:
    """Open the index and bring in what matters; leaves nothing of this run behind unless it ended well.

    Raises CorpusError.
    """
    server = Server(place, writable=request.index is not None)
    documents = SharedStore(server, request.plan.bands[0])
    found = SharedIndex(request, setting, db, documents, progress)
    try:
        _check(server, documents, request)
        quoted = str(work / "shared.duckdb").replace("'", "''")
        db.execute(f"ATTACH '{quoted}' AS old")
        found.bring()
        yield found
    except BaseException:
        # What cannot be taken out now is given up by another run, after the lease.
        with suppress(CorpusError):
            found.runs.drop()
        raise
    finally:
        server.close()


def _check(server: Server, documents: SharedStore, request: Request) -> None:
    """Compare the header, write it where there is none. Raises CorpusError."""
    here = index.header(request.plan, request.fields.text) | {"format": FORMAT}
    name = documents.key("header")
    if request.index is not None:
        script = server.client.register_script(HEADER)
        flat = server.steadily(lambda: script(keys=[name], args=[part for pair in here.items() for part in pair]))
        there = {flat[i].decode(): flat[i + 1].decode() for i in range(0, len(flat), 2)}
    else:
        found = server.steadily(lambda: server.client.hgetall(name))
        there = {key.decode(): value.decode() for key, value in found.items()}
        if not there:
            raise CorpusError("index-missing", path=str(server.place))
    for key, value in here.items():
        if there.get(key) != value:
            raise CorpusError(
                "index-differs", path=str(server.place), name=key, there=there.get(key, "nothing"), here=value
            )


class SharedIndex:
    """What a run does with a shared index."""

    def __init__(
        self,
        request: Request,
        setting: WorkerSetting,
        db: duckdb.DuckDBPyConnection,
        documents: SharedStore,
        progress: Progress,
    ) -> None:
        self._plan, self._keep = request.plan, request.plan.keep
        self._writable = request.index is not None
        self._setting, self._db, self._documents, self._progress = setting, db, documents, progress
        self.runs = SharedRuns(documents)
        self._started = ""
        self._base = 0
        self._brought: set[int] = set()
        self._outdated: list[tuple[int, str]] = []

    def bring(self) -> None:
        """Show the documents of this run, and bring in those of others that may be similar."""
        db = self._db
        index.name_documents(db, self._setting)
        index.create_tables(db, self._plan)
        if self._writable:
            self.runs.clean()
        # What stands there already under the same id is not shown again.
        self._fetch(self._documents.numbers_of(self._names()))
        index.find_known(db, self._writable)
        if self._writable:
            self._show()
            self.runs.wait_for_shown(self._tell)
        numbers = self._documents.ask(self._bands()) | self._documents.numbers_of(self._names())
        if self._writable:
            self.runs.wait(lambda block: any(number in block for number in numbers), self._tell)
            numbers |= self._documents.numbers_of(self._names())
        self._fetch(numbers)
        self._number()
        index.find_known(db, self._writable)
        index.put_in_front(db, self._plan)
        index.show_texts(db)
        self._progress("index", store.number(db, "SELECT count(*) FROM docs WHERE seq < 0"), 0)

    def _number(self) -> None:
        """Number what was brought in without gaps, in its order; ``places`` holds the numbers of the server."""
        db = self._db
        db.execute("CREATE TABLE places AS SELECT n AS number, row_number() OVER (ORDER BY n) - 1 AS n FROM old.docs")
        for table in ("docs", "bands", "texts"):
            db.execute(f"UPDATE old.{table} SET n = places.n FROM places WHERE {table}.n = number")

    def _tell(self) -> None:
        self._progress("wait", 0, 0)

    def _names(self) -> Iterator[str]:
        cursor = self._db.cursor()
        cursor.execute("SELECT name FROM named JOIN docs USING (seq) WHERE seq >= 0 AND length > 0")
        while found := cursor.fetchmany(10_000):
            yield from (name for (name,) in found)

    def _bands(self) -> Iterator[tuple[int, NDArray[np.uint64]]]:
        """Give the bands of this run, each key once."""
        bands = self._plan.bands[0]
        for band in range(bands):
            found = store.columns(
                self._db,
                f"""SELECT DISTINCT b{band} AS key FROM bands WHERE seq >= 0 UNION
                SELECT DISTINCT p0 FROM docs WHERE seq >= 0 AND count = 0 AND length > 0""",
            )
            yield band, found["key"]
            self._progress("index", band + 1, bands)

    def _show(self) -> None:
        """Put the bands of this run on the server, in the order in which documents stay."""
        db = self._db
        store.rank(db, self._keep)
        db.execute(
            """CREATE OR REPLACE TABLE shown AS SELECT seq, row_number() OVER (ORDER BY rank) - 1 AS n
            FROM docs JOIN ranks USING (seq) WHERE seq >= 0 AND length > 0 AND seq NOT IN (SELECT seq FROM known)"""
        )
        self._started = self._documents.server.steadily(self._documents.server.started)
        self._base = self.runs.begin(store.number(db, "SELECT count(*) FROM shown"))
        db.execute(f"UPDATE shown SET n = n + {self._base}")
        while True:
            for numbers, keys in self._shown():
                self._documents.publish(numbers, keys)
            if self._stands():
                break
        self.runs.shown()

    def _shown(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
        """Give the numbers of this run and the keys of their bands, some at a time."""
        bands = self._plan.bands[0]
        columns = ", ".join(f"coalesce(b{band}, 0)::UBIGINT AS b{band}" for band in range(bands))
        cursor = self._db.cursor()
        cursor.execute(
            f"""SELECT n, p0, count, {columns} FROM shown JOIN docs USING (seq) LEFT JOIN bands USING (seq)
            ORDER BY n"""
        )
        while rows := cursor.fetchmany(_SHOWN):
            n = np.array([row[0] for row in rows], np.int64)
            prints = np.array([[row[1]] for row in rows], np.uint64)
            counts = np.array([row[2] for row in rows], np.int64)
            yield n, keys_of(np.array([row[3:] for row in rows], np.uint64), prints, counts)

    def _stands(self) -> bool:
        """Tell whether all that was shown is there; it is looked at when the server has been started anew."""
        server = self._documents.server
        now = server.steadily(server.started)
        if now == self._started:
            return True
        self._started = now
        return all(self._documents.whole(numbers, keys) for numbers, keys in self._shown())

    def _fetch(self, numbers: set[int]) -> None:
        """Put documents of the index into the tables, those that count and are not outdated."""
        undecided = [*self.runs.given_up(), *self.runs.under_way()]

        def counts(number: int) -> bool:
            return not any(number in block for block in undecided)

        fresh = sorted(number for number in numbers if number not in self._brought and counts(number))
        for part in batches(fresh):
            for found in self._documents.get(part):
                doubtful = {n for number, _, same in found for n in same if n > number and counts(n)}
                standing = self._documents.stand(sorted(doubtful)) if doubtful else set()
                rows = []
                for number, kept, same in found:
                    self._brought.add(number)
                    if standing.intersection(same) and max(standing.intersection(same)) > number:
                        self._outdated.append((number, kept.id))
                    else:
                        rows.append((number, kept))
                self._put(rows)

    def _put(self, rows: list[tuple[int, Kept]]) -> None:
        if not rows:
            return
        numbers = np.array([number for number, _ in rows], np.int64)
        kept = [document for _, document in rows]
        prints = np.array([document.prints for document in kept], np.uint64)
        counts = np.array([document.shingles for document in kept], np.int64)
        ids = store.strings([document.id for document in kept])
        lengths = np.array([document.length for document in kept], np.int64)
        docs = {
            "n": numbers, "id": ids, "p0": prints[:, 0], "p1": prints[:, 1], "count": counts,
            "length": lengths,
        }
        store.insert(self._db, "old.docs", [store.batch(docs)])
        keys = self._documents.buckets(numbers.tolist())[:, : self._plan.bands[0]]
        banded = np.flatnonzero(counts)
        store.insert(self._db, "old.bands", [store.band_batch(numbers[banded], keys[banded])])
        forms = store.strings([document.form for document in kept])
        store.insert(self._db, "old.texts", [store.batch({"n": numbers, "form": forms})])

    def add(self, result: Result, setting: WorkerSetting, pool: Pool, progress: Progress) -> Result:
        """Write the documents that stay, take out what of this run does not, and let all of it count at once."""
        db = self._db
        known = store.number(db, "SELECT count(*) FROM known")
        if not self._writable:
            return replace(result, known=known)
        db.execute(
            """CREATE OR REPLACE TEMP TABLE fresh AS SELECT seq, n FROM shown
            WHERE seq NOT IN (SELECT seq FROM removals) AND seq NOT IN (SELECT seq FROM known)"""
        )
        going = store.rows(db, "SELECT n FROM shown WHERE seq NOT IN (SELECT seq FROM fresh) ORDER BY n")
        self._write(setting, pool, progress)
        self._documents.remove((number, None) for (number,) in going)
        if not self._still_stands():
            raise CorpusError("shared-given-up", path=str(self._documents.server.place))
        self.runs.commit()
        old = store.rows(db, "SELECT number, id FROM old.docs JOIN places USING (n) SEMI JOIN superseded USING (n)")
        self._documents.remove([*old, *self._outdated])
        return replace(result, known=known, added=store.number(db, "SELECT count(*) FROM fresh"))

    def _still_stands(self) -> bool:
        """Tell whether what is to count is there, when the server has been started anew since it was shown."""
        server = self._documents.server
        if server.steadily(server.started) == self._started:
            return True
        staying = {n for (n,) in store.rows(self._db, "SELECT n FROM fresh")}
        for numbers, keys in self._shown():
            mask = np.array([number in staying for number in numbers.tolist()], bool)
            if not self._documents.whole(numbers[mask], keys[mask]):
                return False
            if len(self._documents.stand(numbers[mask].tolist())) != int(mask.sum()):
                return False
        return True

    def _write(self, setting: WorkerSetting, pool: Pool, progress: Progress) -> None:
        rows = store.columns(
            self._db,
            """SELECT seq, n, name, p0, p1, count, length FROM fresh JOIN docs USING (seq) JOIN named USING (seq)
            ORDER BY seq""",
        )
        seq = 0
        for forms in pool.map(form_block, setting.blocks()):
            first, last = np.searchsorted(rows["seq"], (seq, seq + len(forms))).tolist()
            documents = []
            for i in range(first, last):
                prints = int(rows["p0"][i]), int(rows["p1"][i])
                form = hold(forms[int(rows["seq"][i]) - seq])
                kept = Kept(str(rows["name"][i]), prints, int(rows["count"][i]), int(rows["length"][i]), form)
                documents.append((int(rows["n"][i]), kept))
            self._documents.put(documents)
            seq += len(forms)
            progress("index", seq, 0)
