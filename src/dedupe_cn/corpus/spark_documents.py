"""A run over documents on Spark: what meets, what is similar, what goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_cn.corpus.run import EXAMPLES, Example, Request, Result
from dedupe_cn.corpus.spark_decide import SparkDecision
from dedupe_cn.corpus.spark_files import SparkFile, SparkFolders
from dedupe_cn.corpus.spark_meet import COPY, CROWD, PAIR, TWIN
from dedupe_cn.corpus.spark_read import Read, Stages, check_ids, find_problems, parts_for, read
from dedupe_cn.corpus.spark_write import check_removals, guard, name_removals, write_output, write_removed
from dedupe_cn.corpus.store import SMALL

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def find_documents(
    request: Request,
    files: tuple[SparkFile, ...],
    stages: Stages,
    places: SparkFolders,
    output: str | None,
    removed: str | None,
) -> Result:
    """Find the documents that go and write what stays. Raises CorpusError."""
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_work import cutter, document_line

    found = read(request, files, stages)
    skipped = find_problems(request, found)
    met, counts = _meet(request, found, stages)
    twins = met.where(f.col("kind") == TWIN).select(f.col("a").alias("seq")) if counts[TWIN] else None
    if twins is not None:
        check_ids(request, found, twins, counts[TWIN])
    chosen = SparkDecision(request, found, met, counts, stages).choose()
    copies = met.where(f.col("kind") == COPY).select(f.col("b").alias("copy"), f.col("a").alias("first"))
    both = chosen.unionByName(
        copies.join(chosen, copies["first"] == chosen["seq"], "left").select(
            f.col("copy").alias("seq"),
            f.coalesce("kept_seq", "first").alias("kept_seq"),
            f.coalesce("score", f.lit(1.0)).alias("score"),
        )
    )
    most = counts[COPY] + counts[PAIR] + counts[CROWD]
    removals = stages(name_removals(both, most, found, twins, stages), "removals")
    count = removals.count()
    check_removals(removals, files[0].name, "seq")
    rows = removals.orderBy("seq").limit(EXAMPLES).collect()
    number = found.numbers
    examples = tuple(
        Example(number.name(row["id"], row["seq"]), number.name(row["kept_id"], row["kept_seq"]), row["score"])
        for row in rows
    )
    write_removed(removals, number, document_line, removed, places)
    guard(request, output, count, found.documents, examples)
    if output is not None:
        cut = cutter(found.form)
        write_output(found, removals.select("seq"), count, cut, output, places, found.records - found.problems - count)
    return Result(
        documents=found.documents,
        removed=count,
        empty=found.empty,
        compared=found.documents - found.empty,
        problems=found.problems,
        skipped=skipped,
        renamed=counts[TWIN] and found.documents - found.named + counts[TWIN],
        examples=examples,
        written=output is not None,
    )


def _meet(request: Request, found: Read, stages: Stages) -> tuple[DataFrame, dict[int, int]]:
    """Find the documents that share a band, a fingerprint or an id; gives also how many rows of each kind there are."""
    from dedupe_cn.corpus.spark_meet import MET, PACKED, meeter, packer

    parts = parts_for(stages.spark, found.documents * request.plan.bands[0])
    packed = found.bundles.select("first", "marks", "ids", "keys").mapInArrow(packer(request.plan, parts), PACKED)
    met = packed.repartition(parts, "part").mapInArrow(meeter(SMALL, request.plan.threshold), MET)
    met = stages(met, "met")
    rows = met.groupBy("kind").count().collect()
    return met, dict.fromkeys((PAIR, CROWD, COPY, TWIN), 0) | {row["kind"]: row["count"] for row in rows}
