"""Spark reads and signs records into bundles; this process numbers them, and names what is wrong by file and line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import EXAMPLES, LeftOut, Progress, Request
from dedupe_cn.corpus.spark_files import SparkFile, SparkFolders, literally

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

    from dedupe_cn.corpus.spark_work import Numbers

#: Rows of Spark that go to Python at a time: records, and bundles of them or pairs.
_RECORDS, _BUNDLES = 2000, 64
#: Documents that are asked of bundles at once without sorting the bundles for it.
_FEW = 2_000_000
#: Keys that are met in one task (24 bytes each, and as much again while they are sorted).
_MEETING = 4_000_000
#: How stages are written. Parquet looks at sizes after a hundred rows, and readers take thousands at a time, but never
#: more than a group of rows.
_PLAIN = {"compression": "snappy"}
_PACKED = {
    "compression": "uncompressed",
    "parquet.enable.dictionary": "false",
    "parquet.block.size": str(16 << 20),
    "parquet.block.size.row.check.min": "1",
    "parquet.page.size.row.check.min": "1",
}
_BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"


class Stages:
    """Frames that are written once: what is there is read, also by a later run of the same kind."""

    def __init__(self, spark: SparkSession, places: SparkFolders, folder: str, progress: Progress) -> None:
        self.spark, self._places, self._folder, self._progress = spark, places, folder, progress
        self._count = 0

    def __call__(self, frame: DataFrame, name: str, packed: bool = False) -> DataFrame:
        """Write a frame under a name, unless it is there, and read it back; ``packed`` are rows of a megabyte each."""
        path = f"{self._folder}/{name}"
        if not self._places.exists(f"{path}/_SUCCESS"):
            frame.write.mode("overwrite").options(**(_PACKED if packed else _PLAIN)).parquet(path)
        self._count += 1
        self._progress("spark", self._count, 0)
        return self.spark.read.schema(frame.schema).parquet(literally(path))


def parts_for(spark: SparkSession, keys: int) -> int:
    """Say into how many parts so many keys go."""
    most = int(spark.conf.get("spark.sql.shuffle.partitions", "200") or 200)
    return max(1, min(most, max(spark.sparkContext.defaultParallelism, keys // _MEETING)))


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: bundles with the number of their ``first`` record, and where all of them stand.

    ``form`` is ``line`` or ``row``, and ``schema`` that of the rows of parquet files. The counts are of records (blank
    lines among them), documents, those with an id, those without text, problems, and of what is ``keyed``, see
    ``BUNDLE``.
    """

    bundles: DataFrame
    numbers: Numbers
    form: str
    schema: StructType
    records: int
    documents: int
    named: int
    empty: int
    problems: int
    keyed: int
    starts: Any = field(repr=False)

    def ask(self, wanted: DataFrame, count: int, parts: int = 0) -> DataFrame:
        """Give the bundles that hold documents of ``wanted`` (about ``count``), with what is ``wanted`` of each."""
        return self.join(self.bundles, wanted, count, parts)

    def join(self, bundles: DataFrame, wanted: DataFrame, count: int, parts: int = 0, how: str = "inner") -> DataFrame:
        """Put to bundles what is wanted of them, see ``spark_compare.asker``."""
        from pyspark.sql import functions as f

        from dedupe_cn.corpus.spark_compare import ASKED, asker

        asked = wanted.mapInArrow(asker(self.starts, parts), ASKED)
        asked = asked.groupBy("first").agg(f.collect_list("wanted").alias("wanted"))
        return bundles.join(f.broadcast(asked) if count <= _FEW else asked, "first", how)


def read(request: Request, files: tuple[SparkFile, ...], stages: Stages) -> Read:
    """Read and sign every line (or row); number them over all files in their order.

    A partition reads splits of files one after the other, so a line's place in its split is its number in the
    partition minus that of the split's first line.
    """
    import pyarrow as pa
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_bundles import BUNDLE, LINE, ROW, bundler

    spark = stages.spark
    uris = [literally(file.uri) for file in files]
    if files[0].format == "jsonl":
        form, raw = LINE, spark.read.option("lineSep", "\n").text(uris)
        record = f.col("value").cast("binary").alias(LINE)
    else:
        form, raw = ROW, spark.read.parquet(*uris)
        record = f.struct("*").alias(ROW)
    frame = raw.select(
        record,
        f.col("_metadata.file_path").alias("path"),
        f.col("_metadata.file_block_start").alias("block"),
        f.monotonically_increasing_id().alias("at"),
    )
    spark.conf.set(_BATCH, _RECORDS)
    signed = stages(frame.mapInArrow(bundler(request.plan, request.fields), BUNDLE), "signed", packed=True)
    spark.conf.set(_BATCH, _BUNDLES)
    counts = ("size", "documents", "named", "empty", "problems", "keyed")
    table = signed.select("path", "block", "at", *counts).toArrow()
    order = {_shortened(file.uri): number for number, file in enumerate(files)}
    paths = table.column("path").combine_chunks().dictionary_encode()
    named = [_plain(path) for path in paths.dictionary.to_pylist()]
    sums = {name: int(np.sum(table.column(name).to_numpy(), dtype=np.int64)) for name in counts}
    _check_files(files, order, dict.fromkeys(named, 0), sums["size"])
    numbers, at = _number(
        tuple(file.name for file in files),
        np.array([order[name] for name in named], np.int64)[paths.indices.to_numpy()],
        table,
    )
    firsts = spark.createDataFrame(pa.table({"at": at, "first": numbers.starts}))
    bundles = signed.join(f.broadcast(firsts), "at").drop("at", "path", "block")
    records = sums.pop("size")
    return Read(bundles, numbers, form, raw.schema, records, **sums, starts=numbers.starts)


def _number(names: tuple[str, ...], files: Any, table: Any) -> tuple[Numbers, Any]:
    """Number the records of all bundles; gives the numbers, and the ``at`` of each bundle in their order."""
    from dedupe_cn.corpus.spark_work import Numbers

    block, at, size = (table.column(name).to_numpy() for name in ("block", "at", "size"))
    order = np.lexsort((at, block, files))
    files, at, size = files[order], at[order], size[order].astype(np.int64)
    starts = np.cumsum(size) - size
    new = np.flatnonzero(np.diff(files, prepend=-1))
    begins = starts[new] if new.size else starts
    lines = starts - np.repeat(begins, np.diff(new, append=files.size)) + 1
    return Numbers(names, starts, files, lines), at


def _check_files(files: tuple[SparkFile, ...], order: Mapping[str, int], read: Mapping[str, int], rows: int) -> None:
    """Hold the files that Spark read against those that it was asked for: it passes over some in silence.

    Raises CorpusError.
    """
    for uri in read:
        if uri not in order:
            raise CorpusError("account", path=uri, detail=("account-strange",))
    for file in files:
        if file.filled and _shortened(file.uri) not in read:
            raise CorpusError("account", path=file.name, detail=("account-file",))
    known = [file.rows for file in files]
    if known and all(count is not None for count in known) and sum(filter(None, known)) != rows:
        raise CorpusError("account", path=files[0].name, detail=("account-file",))


def _plain(uri: str) -> str:
    """Bring what Spark calls a file, with percent signs, to its address as :func:`_shortened` gives it."""
    from urllib.parse import unquote

    return _shortened(unquote(uri))


def _shortened(address: str) -> str:
    """Write ``file:/a`` for ``file:///a``, which is the same."""
    return address.replace("file:///", "file:/", 1)


def find_problems(request: Request, found: Read) -> tuple[LeftOut, ...]:
    """Describe the first records that cannot be used. Raises CorpusError unless they are skipped."""
    if not found.problems:
        return ()
    rows = found.bundles.where("problems > 0").orderBy("first").limit(EXAMPLES).select("first", "faults").collect()
    faults = [(row["first"] + number, *fault) for row in rows for number, *fault in json.loads(row["faults"])]
    left = [LeftOut(found.numbers.place(seq), code, tuple(values)) for seq, code, values in faults[:EXAMPLES]]
    if request.on_error == "stop":
        raise CorpusError("malformed", place=left[0].place, detail=(left[0].code, *left[0].values))
    return tuple(left)


def check_ids(request: Request, found: Read, twins: DataFrame, count: int) -> None:
    """Raise CorpusError when ids were asked for and documents (``seq``, so many) share one."""
    if not count or request.fields.id is None or request.on_error != "stop":
        return
    from dedupe_cn.corpus.spark_work import NAMES, namer

    asked = found.ask(twins, count).select("first", "marks", "ids", "wanted")
    rows = asked.mapInArrow(namer, NAMES).orderBy("id", "seq").limit(2).collect()
    first, second = (found.numbers.place(row["seq"]) for row in rows)
    raise CorpusError("duplicate-id", id=json.loads(rows[0]["id"]), first=first, place=second)
