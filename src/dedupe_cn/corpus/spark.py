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
from typing import TYPE_CHECKING

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import GUARDED_FROM, MAX_REMOVAL, Progress, Request, Result
from dedupe_cn.corpus.spark_files import (
    SparkFile,
    SparkFolders,
    address,
    check_whole,
    is_uri,
    list_files,
    start,
)
from dedupe_cn.corpus.spark_read import Stages, find_problems, number, rank_documents, unique_ids
from dedupe_cn.corpus.spark_write import (
    check_removals,
    find_examples,
    format_lines,
    name_removals,
    write_output,
    write_removed,
)
from dedupe_cn.corpus.store import SMALL

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Keys of bands that are met in one task (20 bytes each, and as much again while they are sorted).
_MEETING = 4_000_000


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
    refused = (
        ("--index", request.index),
        ("--against", request.against),
        ("--left-out", request.left_out),
        ("--encoding", request.encoding),
    )
    for name, given in refused:
        if given:
            raise CorpusError("spark-option", option=name)
    if request.plan.unit != "document":
        raise CorpusError("spark-option", option="--unit paragraph")
    spark = start(master, partitions)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    files: tuple[SparkFile, ...] = ()
    try:
        files = list_files(spark, inputs)
        places = SparkFolders(spark)
        output = _absolute(output)
        if output is not None and places.exists(output):
            raise CorpusError("output-full", output=output)
        with _work_folder(places, output, _print(request, files)) as folder:
            stages = Stages(spark, places, folder, progress)
            return _run(request, files, stages, places, output, _absolute(removed), folder)
    except (Py4JError, PySparkException) as problem:
        check_whole(files)
        lines = [line for line in str(problem).splitlines() if line.strip()] or [type(problem).__name__]
        raise CorpusError("spark-failed", detail=lines[0][:300]) from problem
    finally:
        spark.stop()


def _absolute(path: str | None) -> str | None:
    return path if path is None or is_uri(path) else address(Path(path))


def _print(request: Request, files: tuple[SparkFile, ...]) -> str:
    about = [repr(request.plan), repr(request.fields), request.on_error, [(f.uri, f.stamp) for f in files]]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16]


@contextmanager
def _work_folder(places: SparkFolders, output: str | None, name: str) -> Iterator[str]:
    """Give the work folder: beside the output, where all machines reach it. It goes when the run is done."""
    if output is None:
        with tempfile.TemporaryDirectory(prefix="dedupe-cn-") as folder:
            yield address(Path(folder))
        return
    folder = f"{output.rstrip('/')}-dedupe-cn-work/{name}"
    yield folder
    places.remove(folder.rpartition("/")[0])


def _run(
    request: Request,
    files: tuple[SparkFile, ...],
    stages: Stages,
    places: SparkFolders,
    output: str | None,
    removed: str | None,
    folder: str,
) -> Result:
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_rounds import choose, removed_for_certain
    from dedupe_cn.corpus.spark_work import DOCUMENT, PROBLEM

    docs = number(request, files, stages)
    problems, skipped = find_problems(request, files, docs)
    docs, renamed = unique_ids(request, files, docs, stages)
    ranked = rank_documents(request, docs, stages)
    copies = stages(_copies(ranked, stages.spark), "copies")
    pairs, crowds = _pair(request, ranked, copies, stages)

    sets = stages(_shingle(request, docs, ranked, pairs, crowds), "sets")

    def compare(found: DataFrame) -> DataFrame:
        return _compare(request, sets, found)

    edges = stages(compare(pairs), "edges")
    if crowds.isEmpty():
        going = removed_for_certain(stages.spark, edges, None, stages, "round")
    else:
        from dedupe_cn.corpus.spark_crowds import SparkCrowds
        from dedupe_cn.corpus.spark_work import unpacker

        def shingle(wanted: DataFrame) -> DataFrame:
            return sets.join(wanted, "rank").mapInArrow(unpacker, "rank long, token long, size long")

        members = SparkCrowds(stages.spark, crowds, compare, shingle, stages, request.plan.threshold)
        edges, going = members.thin_out(edges)
    chosen = choose(edges, going)
    first = copies.join(chosen, copies["first"] == chosen["b"], "left").select(
        "rank", f.coalesce("a", "first").alias("kept"), f.coalesce("score", f.lit(1.0)).alias("score")
    )
    both = chosen.select(f.col("b").alias("rank"), f.col("a").alias("kept"), "score").unionByName(first)
    removals = stages(name_removals(both, ranked, docs), "removals")
    listed = stages(format_lines(removals, files), "lines")
    count = removals.count()
    row = docs.where(f.col("state") == DOCUMENT).agg(
        f.count("*").alias("all"), f.coalesce(f.sum((f.col("length") == 0).cast("long")), f.lit(0)).alias("empty")
    ).collect()[0]
    examples = find_examples(removals, files)
    check_removals(removals, files)
    write_removed(listed, removed, places)
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
        write_output(kept, files, output, places, docs.count() - problems - count)
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


def _parts(spark: SparkSession, keys: int) -> int:
    """Say into how many parts so many keys go."""
    most = int(spark.conf.get("spark.sql.shuffle.partitions", "200") or 200)
    return max(1, min(most, max(spark.sparkContext.defaultParallelism, keys // _MEETING)))


def _copies(ranked: DataFrame, spark: SparkSession) -> DataFrame:
    """Find the documents whose shingles an earlier one has too, with the rank of the first of them."""
    from dedupe_cn.corpus.spark_meet import PACKED, find_copies, print_packer

    parts = _parts(spark, ranked.count())
    packed = ranked.select("rank", "p0", "p1").mapInArrow(print_packer(parts), PACKED).repartition(parts, "part")
    return packed.mapInArrow(find_copies, "rank long, first long")


def _pair(
    request: Request, ranked: DataFrame, copies: DataFrame, stages: Stages
) -> tuple[DataFrame, DataFrame]:
    """Give the pairs (``a``, ``b``) that share a small band, and the members (``bucket``, ``rank``) of large ones."""
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_meet import MET, PACKED, meeter, packer

    live = ranked.join(copies.select("rank"), "rank", "left_anti").select("rank", "count", "bands")
    parts = _parts(stages.spark, ranked.count() * request.plan.bands[0])
    packed = live.mapInArrow(packer(parts), PACKED).repartition(parts, "part")
    met = stages(packed.mapInArrow(meeter(SMALL, request.plan.threshold), MET), "met")
    pairs = met.where("bucket IS NULL").select("a", "b").distinct()
    return stages(pairs, "pairs"), met.where("bucket IS NOT NULL").select("bucket", f.col("a").alias("rank"))


def _shingle(
    request: Request, docs: DataFrame, ranked: DataFrame, pairs: DataFrame, crowds: DataFrame
) -> DataFrame:
    """Read the texts of all that may be compared, each once; give their shingles (``rank``, ``hashes``)."""
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_work import shingler

    ends = (pairs.select(f.col(name).alias("rank")) for name in ("a", "b"))
    wanted = next(ends).union(next(ends)).union(crowds.select("rank")).distinct()
    return _texts(request, docs, ranked, wanted).mapInArrow(shingler(request.plan), "rank long, hashes binary")


def _compare(request: Request, sets: DataFrame, pairs: DataFrame) -> DataFrame:
    """Compare pairs exactly; give the similar ones with their scores."""
    from dedupe_cn.corpus.spark_work import comparer

    first, second = (
        sets.withColumnRenamed("rank", name).withColumnRenamed("hashes", f"hashes_{name}") for name in ("a", "b")
    )
    joined = pairs.join(first, "a").join(second, "b").select("a", "b", "hashes_a", "hashes_b")
    return joined.mapInArrow(comparer(request.plan.threshold), "a long, b long, score double")


def _texts(request: Request, docs: DataFrame, ranked: DataFrame, wanted: DataFrame) -> DataFrame:
    """Give the texts of some documents, by rank."""
    from dedupe_cn.corpus.spark_work import LINE, ROW, reader

    record = LINE if LINE in docs.columns else ROW
    seqs = wanted.join(ranked.select("rank", "seq"), "rank")
    texts = docs.select("seq", record).join(seqs, "seq").select("rank", record)
    return texts.mapInArrow(reader(request.fields), "rank long, text binary")
