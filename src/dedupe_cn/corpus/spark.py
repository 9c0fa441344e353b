"""The engine for many machines: the plan of the local engine in DataFrames and Arrow functions.

Every stage is written to a work folder that all machines reach, so that a lost worker costs its tasks and a lost run
goes on behind its last stage. Nothing of the data comes to the driver: it sees counts, and pairs of numbers when few
are left. Needs Java 17 or newer, and this package on every machine.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe_cn.corpus.problems import CorpusError, describe
from dedupe_cn.corpus.run import EXAMPLES, GUARDED_FROM, MAX_REMOVAL, Example, Progress, Request, Result
from dedupe_cn.corpus.spark_files import Places, SparkFile, is_uri, list_files, start
from dedupe_cn.corpus.store import SMALL

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Stages:
    """Frames that are written once: what is there is read, also by a later run of the same kind."""

    def __init__(self, spark: SparkSession, places: Places, folder: str, progress: Progress) -> None:
        self.spark, self._places, self._folder, self._progress = spark, places, folder, progress
        self._count = 0

    def __call__(self, frame: DataFrame, name: str) -> DataFrame:
        """Write a frame under a name, unless it is there, and read it back."""
        path = f"{self._folder}/{name}"
        if not self._places.exists(f"{path}/_SUCCESS"):
            frame.write.mode("overwrite").parquet(path)
        self._count += 1
        self._progress("spark", self._count, 0)
        return self.spark.read.schema(frame.schema).parquet(path)


def run(
    request: Request,
    progress: Progress,
    inputs: tuple[str, ...],
    output: str | None,
    removed: str | None,
    master: str | None = None,
    partitions: int | None = None,
) -> Result:
    """Find what goes and write what stays. The places are paths or what Spark can read. Raises CorpusError."""
    for name, given in (("--index", request.index), ("--against", request.against)):
        if given is not None:
            raise CorpusError("spark-option", option=name)
    if request.plan.unit != "document":
        raise CorpusError("spark-option", option="--unit paragraph")
    spark = start(master, partitions)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        files = list_files(spark, inputs)
        places = Places(spark)
        output = _absolute(output)
        if output is not None and places.exists(output):
            raise CorpusError("output-full", output=output)
        with _work_folder(places, output, _print(request, files)) as folder:
            stages = Stages(spark, places, folder, progress)
            return _run(request, files, stages, places, output, _absolute(removed), folder)
    except (Py4JError, PySparkException) as problem:
        lines = [line for line in str(problem).splitlines() if line.strip()] or [type(problem).__name__]
        raise CorpusError("spark-failed", detail=lines[0][:300]) from problem
    finally:
        spark.stop()


def _absolute(path: str | None) -> str | None:
    return path if path is None or is_uri(path) else Path(path).resolve().as_uri()


def _print(request: Request, files: tuple[SparkFile, ...]) -> str:
    about = [repr(request.plan), repr(request.fields), request.on_error, [(f.uri, f.stamp) for f in files]]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16]


@contextmanager
def _work_folder(places: Places, output: str | None, name: str) -> Iterator[str]:
    """Give the work folder: beside the output, where all machines reach it. It goes when the run is done."""
    if output is None:
        with tempfile.TemporaryDirectory(prefix="dedupe-cn-") as folder:
            yield Path(folder).as_uri()
        return
    folder = f"{output.rstrip('/')}-dedupe-cn-work/{name}"
    yield folder
    places.remove(folder.rpartition("/")[0])


def _run(
    request: Request,
    files: tuple[SparkFile, ...],
    stages: Stages,
    places: Places,
    output: str | None,
    removed: str | None,
    folder: str,
) -> Result:
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_rounds import choose, decide
    from dedupe_cn.corpus.spark_work import DOCUMENT, PROBLEM

    docs, bounds = _number(request, files, stages)
    problems, skipped = _problems(request, files, docs)
    docs, renamed = _unique_ids(request, files, docs, stages)
    ranked = _rank(request, docs, stages)
    copies = stages(_copies(ranked), "copies")
    pairs, crowds = _pair(request, ranked, copies, stages)

    def compare(found: DataFrame) -> DataFrame:
        return _compare(request, docs, ranked, found)

    edges = stages(compare(pairs), "edges")
    if crowds.isEmpty():
        going = decide(stages.spark, edges, None, stages, "round")
    else:
        from dedupe_cn.corpus.spark_crowds import thin_out

        edges, going = thin_out(stages.spark, edges, crowds, compare, stages)
    chosen = choose(edges, going)
    first = copies.join(chosen, copies["first"] == chosen["b"], "left").select(
        "rank", f.coalesce("a", "first").alias("kept"), f.coalesce("score", f.lit(1.0)).alias("score")
    )
    both = chosen.select(f.col("b").alias("rank"), f.col("a").alias("kept"), "score").unionByName(first)
    removals = stages(_named(both, ranked, docs), "removals")
    listed = stages(_lines(removals, files), "lines")
    count = removals.count()
    row = docs.where(f.col("state") == DOCUMENT).agg(
        f.count("*").alias("all"), f.coalesce(f.sum((f.col("length") == 0).cast("long")), f.lit(0)).alias("empty")
    ).collect()[0]
    examples = _examples(removals, files)
    _write_removed(listed, removed, places)
    limit = MAX_REMOVAL if request.max_removal is None else request.max_removal
    guarded = request.max_removal is not None or row["all"] >= GUARDED_FROM
    if output is not None and guarded and count > limit * row["all"]:
        raise CorpusError(
            "too-many",
            exit_code=1,
            n=count,
            all=row["all"],
            unit="documents",
            share=round(100 * count / row["all"], 1),
            limit=round(100 * limit, 1),
            examples=", ".join(example.kept_id for example in examples),
        )
    if output is not None:
        kept = docs.where(f.col("state") != PROBLEM).join(removals.select("seq"), "seq", "left_anti")
        _write_output(kept, files[0].format, output, places)
    return Result(
        documents=row["all"],
        removed=count,
        empty=row["empty"],
        compared=row["all"] - row["empty"],
        problems=problems,
        skipped=skipped,
        renamed=renamed,
        examples=examples,
        written=output is not None,
    )


def _number(request: Request, files: tuple[SparkFile, ...], stages: Stages) -> tuple[DataFrame, list[Any]]:
    """Read and sign every line (or row); number them over all files in their order.

    A partition reads blocks of files one after the other, so a line's place in its block is its number in the
    partition minus that of the block's first line.
    """
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_work import LINE, ROW, SIGNED, signer

    spark = stages.spark
    uris = [file.uri for file in files]
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
    order = {_plain(file.uri): number for number, file in enumerate(files)}
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
    return docs.drop("path", "block", "at", "begin", "seq0", "line0"), table


def _plain(uri: str) -> str:
    """Bring the spellings of one file together: ``file:/a`` and ``file:///a``."""
    from urllib.parse import unquote

    return unquote(uri.replace("file:///", "file:/", 1))


def _problems(request: Request, files: tuple[SparkFile, ...], docs: DataFrame) -> tuple[int, tuple[str, ...]]:
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
        f"{place}: {describe(row['code'], *json.loads(row['details']))}" for place, row in zip(places, rows, strict=True)
    )


def _unique_ids(
    request: Request, files: tuple[SparkFile, ...], docs: DataFrame, stages: Stages
) -> tuple[DataFrame, int]:
    """Name documents whose id another one has too by their place. Raises CorpusError when ids were asked for."""
    from pyspark.sql import functions as f

    twins = stages(docs.where("id IS NOT NULL").groupBy("id").count().where("count > 1").select("id"), "twins")
    if twins.isEmpty():
        return docs, 0
    if request.fields.id is not None and request.on_error == "stop":
        rows = docs.join(twins, "id", "left_semi").orderBy("id", "seq").limit(2).collect()
        first, second = (f"{files[row['file']].name}:{row['number']}" for row in rows)
        raise CorpusError("duplicate-id", id=json.loads(rows[0]["id"]), first=first, place=second)
    marked = docs.join(twins.withColumn("twin", f.lit(True)), "id", "left")
    docs = marked.withColumn("id", f.when(f.col("twin").isNull(), f.col("id"))).drop("twin")
    return docs, docs.where("state = 0 AND id IS NULL").count()


def _rank(request: Request, docs: DataFrame, stages: Stages) -> DataFrame:
    """Give every document with text its rank in keep order, without the texts."""
    from pyspark.sql import functions as f

    found = docs.where("state = 0 AND length > 0").select("seq", "priority", "p0", "p1", "count", "length", "bands")
    order = {"longest": "length", "priority": "priority"}.get(request.plan.keep.kind)
    if order is None:
        return stages(found.withColumn("rank", f.col("seq")), "ranked")
    # Sorted by ranges, the running number of a partition and a row rises over all of them.
    found = found.orderBy(f.col(order).desc(), "seq")
    return stages(found.withColumn("rank", f.monotonically_increasing_id()), "ranked")


def _copies(ranked: DataFrame) -> DataFrame:
    """Find the documents whose shingles an earlier one has too, with the rank of the first of them."""
    from pyspark.sql import functions as f

    firsts = ranked.groupBy("p0", "p1").agg(f.min("rank").alias("first"), f.count("*").alias("n")).where("n > 1")
    return ranked.select("rank", "p0", "p1").join(firsts, ["p0", "p1"]).where("rank > first").select("rank", "first")


def _pair(
    request: Request, ranked: DataFrame, copies: DataFrame, stages: Stages
) -> tuple[DataFrame, DataFrame]:
    """Give the pairs (``a``, ``b``) that share a small band, and the members (``bucket``, ``rank``) of large ones."""
    from pyspark.sql import functions as f

    live = ranked.join(copies.select("rank"), "rank", "left_anti")
    bands = live.select("rank", "count", f.explode("bands").alias("bucket"))
    hot = stages(bands.groupBy("bucket").agg(f.count("*").alias("n")).where("n > 1"), "hot")
    met = stages(bands.join(hot, "bucket"), "met")
    small = met.where(f.col("n") <= SMALL).groupBy("bucket").agg(f.collect_list(f.struct("rank", "count")).alias("all"))
    couples = small.select(f.explode("all").alias("x"), "all").select("x", f.explode("all").alias("y"))
    near = f.least("x.count", "y.count") + 8 >= request.plan.threshold * f.greatest("x.count", "y.count")
    pairs = couples.where(f.col("x.rank") < f.col("y.rank")).where(near)
    pairs = pairs.select(f.col("x.rank").alias("a"), f.col("y.rank").alias("b")).distinct()
    return stages(pairs, "pairs"), stages(met.where(f.col("n") > SMALL).select("bucket", "rank"), "crowds")


def _compare(request: Request, docs: DataFrame, ranked: DataFrame, pairs: DataFrame) -> DataFrame:
    """Compare pairs exactly; give the similar ones with their scores."""
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_work import LINE, ROW, comparer, reader

    wanted = pairs.select(f.col("a").alias("rank")).union(pairs.select(f.col("b").alias("rank"))).distinct()
    seqs = wanted.join(ranked.select("rank", "seq"), "rank")
    record = LINE if LINE in docs.columns else ROW
    texts = docs.select("seq", record).join(seqs, "seq").select("rank", record)
    texts = texts.mapInArrow(reader(request.fields), "rank long, text string")
    first = texts.select(f.col("rank").alias("a"), f.col("text").alias("text_a"))
    second = texts.select(f.col("rank").alias("b"), f.col("text").alias("text_b"))
    joined = pairs.join(first, "a").join(second, "b").select("a", "b", "text_a", "text_b")
    return joined.mapInArrow(comparer(request.plan), "a long, b long, score double")


def _named(both: DataFrame, ranked: DataFrame, docs: DataFrame) -> DataFrame:
    """Put names to the removals (``rank``, ``kept``, ``score``)."""
    from pyspark.sql import functions as f

    seqs = ranked.select("rank", "seq")
    found = both.join(seqs, "rank").join(
        seqs.select(f.col("rank").alias("kept"), f.col("seq").alias("kept_seq")), "kept"
    )
    names = docs.where("state = 0").select("seq", "id", "file", "number")
    kept = names.select(*(f.col(name).alias(f"kept_{name}") for name in names.columns))
    columns = ("seq", "id", "file", "number", "kept_seq", "kept_id", "kept_file", "kept_number", "score")
    return found.select("seq", "kept_seq", "score").join(names, "seq").join(kept, "kept_seq").select(*columns)


def _lines(removals: DataFrame, files: tuple[SparkFile, ...]) -> DataFrame:
    from dedupe_cn.corpus.spark_work import formatter

    return removals.mapInArrow(formatter(tuple(file.name for file in files)), "seq long, value string")


def _examples(removals: DataFrame, files: tuple[SparkFile, ...]) -> tuple[Example, ...]:
    def name(id_: str | None, file: int, number: int) -> str:
        return id_ if id_ is not None else json.dumps(f"{files[file].name}:{number}", ensure_ascii=False)

    return tuple(
        Example(
            name(row["id"], row["file"], row["number"]),
            name(row["kept_id"], row["kept_file"], row["kept_number"]),
            row["score"],
        )
        for row in removals.orderBy("seq").limit(EXAMPLES).collect()
    )


def _write_removed(lines: DataFrame, removed: str | None, places: Places) -> None:
    """Write the list: one file on this machine (streamed part by part), a folder anywhere else."""
    if removed is None:
        return
    ordered = lines.orderBy("seq")
    if not removed.startswith("file:"):
        places.remove(removed)
        ordered.select("value").write.text(removed)
        return
    from urllib.parse import unquote, urlparse

    from dedupe_cn.corpus.writing import replacing

    with replacing(Path(unquote(urlparse(removed).path))) as place, place.open("w", encoding="utf-8") as file:
        for row in ordered.toLocalIterator():
            file.write(row["value"] + "\n")


def _write_output(kept: DataFrame, kind: str, output: str, places: Places) -> None:
    """Write what stays in the order of the input: a folder of parts that takes its name when it is whole."""
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_work import LINE, ROW

    building = f"{output.rstrip('/')}-dedupe-cn-building"
    places.remove(building)
    if kind == "parquet":
        kept.orderBy("seq").select(f"{ROW}.*").write.parquet(building)
    else:
        kept.orderBy("seq").select(f.col(LINE).cast("string").alias("value")).write.text(building)
    places.rename(building, output)
