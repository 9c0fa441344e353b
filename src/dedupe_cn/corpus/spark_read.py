"""Spark reads, signs and numbers the records; what is wrong with them is named by file and line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import EXAMPLES, LeftOut, Progress, Request
from dedupe_cn.corpus.spark_files import SparkFile, SparkFolders, literally

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Stages:
    """Frames that are written once: what is there is read, also by a later run of the same kind."""

    def __init__(self, spark: SparkSession, places: SparkFolders, folder: str, progress: Progress) -> None:
        self.spark, self._places, self._folder, self._progress = spark, places, folder, progress
        self._count = 0

    def __call__(self, frame: DataFrame, name: str) -> DataFrame:
        """Write a frame under a name, unless it is there, and read it back."""
        path = f"{self._folder}/{name}"
        if not self._places.exists(f"{path}/_SUCCESS"):
            frame.write.mode("overwrite").option("compression", "snappy").parquet(path)
        self._count += 1
        self._progress("spark", self._count, 0)
        return self.spark.read.schema(frame.schema).parquet(literally(path))


def number(request: Request, files: tuple[SparkFile, ...], stages: Stages) -> DataFrame:
    """Read and sign every line (or row); number them over all files in their order.

    A partition reads blocks of files one after the other, so a line's place in its block is its number in the
    partition minus that of the block's first line.
    """
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_work import LINE, ROW, SIGNED, signer

    spark = stages.spark
    uris = [literally(file.uri) for file in files]
    if files[0].format == "jsonl":
        raw = spark.read.option("lineSep", "\n").text(uris)
        record = f.col("value").cast("binary").alias(LINE)
    else:
        raw = spark.read.parquet(*uris)
        record = f.struct("*").alias(ROW)
    frame = raw.select(
        record,
        f.col("_metadata.file_path").alias("path"),
        f.col("_metadata.file_block_start").alias("block"),
        f.monotonically_increasing_id().alias("at"),
    )
    kept = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in frame.schema.fields)
    signed = stages(frame.mapInArrow(signer(request.plan, request.fields), f"{kept}, {SIGNED}"), "signed")
    bounds = signed.groupBy("path", "block").agg(f.min("at").alias("begin"), f.count("*").alias("size")).collect()
    order = {_shortened(file.uri): number for number, file in enumerate(files)}
    _check_files(files, order, {_plain(row["path"]): 0 for row in bounds}, sum(row["size"] for row in bounds))
    bounds.sort(key=lambda row: (order[_plain(row["path"])], row["block"]))
    table, seq, line, last = [], 0, 0, -1
    for row in bounds:
        file = order[_plain(row["path"])]
        line = line if file == last else 0
        table.append((row["path"], row["block"], file, row["begin"], seq, line))
        seq, line, last = seq + row["size"], line + row["size"], file
    shape = "path string, block long, file int, begin long, seq0 long, line0 long"
    numbers = f.broadcast(spark.createDataFrame(table, shape))
    within = f.col("at") - f.col("begin")
    docs = signed.join(numbers, ["path", "block"]).select(
        "*", (f.col("seq0") + within).alias("seq"), (f.col("line0") + within + 1).alias("number")
    )
    return docs.drop("path", "block", "at", "begin", "seq0", "line0")


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


def find_problems(request: Request, files: tuple[SparkFile, ...], docs: DataFrame) -> tuple[int, tuple[LeftOut, ...]]:
    """Count the records that cannot be used and describe the first. Raises CorpusError unless they are skipped."""
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_work import PROBLEM

    found = docs.where(f.col("state") == PROBLEM).select("seq", "file", "number", "code", "details")
    count = found.count()
    rows = found.orderBy("seq").limit(EXAMPLES).collect() if count else []
    places = [f"{files[row['file']].name}:{row['number']}" for row in rows]
    if rows and request.on_error == "stop":
        detail = (rows[0]["code"], *json.loads(rows[0]["details"]))
        raise CorpusError("malformed", place=places[0], detail=detail)
    return count, tuple(
        LeftOut(place, row["code"], tuple(json.loads(row["details"])))
        for place, row in zip(places, rows, strict=True)
    )


def unique_ids(
    request: Request, files: tuple[SparkFile, ...], docs: DataFrame, stages: Stages
) -> tuple[DataFrame, int]:
    """Name documents whose id another one has too by their place. Raises CorpusError when ids were asked for."""
    from pyspark.sql import functions as f

    named = docs.where("id IS NOT NULL").select("id", f.xxhash64("id").alias("hash"))
    # Numbers are grouped at a fraction of what texts take; the few whose hash recurs are looked at themselves.
    again = named.groupBy("hash").agg(f.count("*").alias("n")).where("n > 1").select("hash")
    found = named.join(again, "hash", "left_semi").groupBy("id").agg(f.count("*").alias("n")).where("n > 1")
    twins = stages(found.select("id"), "twins")
    if twins.isEmpty():
        return docs, 0
    if request.fields.id is not None and request.on_error == "stop":
        rows = docs.join(twins, "id", "left_semi").orderBy("id", "seq").limit(2).collect()
        first, second = (f"{files[row['file']].name}:{row['number']}" for row in rows)
        raise CorpusError("duplicate-id", id=json.loads(rows[0]["id"]), first=first, place=second)
    marked = docs.join(twins.withColumn("twin", f.lit(True)), "id", "left")
    docs = marked.withColumn("id", f.when(f.col("twin").isNull(), f.col("id"))).drop("twin")
    return docs, docs.where("state = 0 AND id IS NULL").count()


def rank_documents(request: Request, docs: DataFrame, stages: Stages) -> DataFrame:
    """Give every document with text its rank in keep order, without the texts."""
    from pyspark.sql import functions as f

    found = docs.where("state = 0 AND length > 0").select("seq", "priority", "p0", "p1", "count", "length", "bands")
    order = {"longest": "length", "priority": "priority"}.get(request.plan.keep.kind)
    if order is None:
        return stages(found.withColumn("rank", f.col("seq")), "ranked")
    # Sorted by ranges, the running number of a partition and a row rises over all of them.
    found = found.orderBy(f.col(order).desc(), "seq")
    return stages(found.withColumn("rank", f.monotonically_increasing_id()), "ranked")
