"""A run with unit paragraph on Spark: what stands in several documents, and the texts without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_cn.corpus.run import EXAMPLES, Example, Request, Result
from dedupe_cn.corpus.spark_files import SparkFile, SparkFolders
from dedupe_cn.corpus.spark_meet import PARAGRAPH, TWIN
from dedupe_cn.corpus.spark_read import Read, Stages, check_ids, find_problems, parts_for, read
from dedupe_cn.corpus.spark_write import check_removals, guard, name_removals, write_output, write_removed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def find_paragraphs(
    request: Request,
    files: tuple[SparkFile, ...],
    stages: Stages,
    places: SparkFolders,
    output: str | None,
    removed: str | None,
) -> Result:
    """Find the paragraphs that go and write the texts without them. Raises CorpusError."""
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_cut import editor, paragraph_line

    found = read(request, files, stages)
    skipped = find_problems(request, found)
    met = _meet(request, found, stages)
    of_kind = {row["kind"]: row["count"] for row in met.groupBy("kind").count().collect()}
    count, shared = of_kind.get(PARAGRAPH, 0), of_kind.get(TWIN, 0)
    twins = met.where(f.col("kind") == TWIN).select("seq") if shared else None
    if twins is not None:
        check_ids(request, found, twins, shared)
    both = met.where(f.col("kind") == PARAGRAPH).drop("kind")
    removals = stages(name_removals(both, count, found, twins, stages), "removals")
    check_removals(removals, files[0].name, "seq", "start")
    examples = _examples(request, found, removals)
    write_removed(removals, found.numbers, paragraph_line, removed, places)
    guard(request, output, count, found.keyed, examples)
    if output is not None:
        cut = editor(found.form, request.fields)
        write_output(found, removals.select("seq", "span"), count, cut, output, places, found.records - found.problems)
    return Result(
        documents=found.documents,
        removed=count,
        empty=found.empty,
        compared=found.documents - found.empty,
        problems=found.problems,
        skipped=skipped,
        renamed=shared and found.documents - found.named + shared,
        paragraphs=removals.select("kept_seq", "kept_start").distinct().count(),
        examples=examples,
        written=output is not None,
    )


def _meet(request: Request, found: Read, stages: Stages) -> DataFrame:
    """Find the paragraphs that go, and the documents whose id another one has too."""
    from dedupe_cn.corpus.spark_cut import MET, paragraph_meeter
    from dedupe_cn.corpus.spark_meet import PACKED, packer

    parts = parts_for(stages.spark, found.keyed + found.documents)
    packed = found.bundles.select("first", "marks", "ids", "keys").mapInArrow(packer(request.plan, parts), PACKED)
    met = packed.repartition(parts, "part").mapInArrow(paragraph_meeter(request.plan.min_docs), MET)
    return stages(met, "met")


def _examples(request: Request, found: Read, removals: DataFrame) -> tuple[Example, ...]:
    """Give the paragraphs that stand in most documents, with their beginning."""
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_cut import TEXTS, teller

    groups = removals.groupBy("kept_seq", "kept_start", "kept_span", "documents").agg(
        f.min(f.struct("seq", "id")).alias("one"), f.first("kept_id").alias("kept_id")
    )
    rows = groups.orderBy(f.col("documents").desc(), "one.seq", "kept_start").limit(EXAMPLES).collect()
    if not rows:
        return ()
    wanted = removals.sparkSession.createDataFrame(
        [(row["kept_seq"], row["kept_span"]) for row in rows], "seq long, span long"
    )
    asked = found.ask(wanted, len(rows)).select("first", "records", "wanted")
    told = asked.mapInArrow(teller(found.form, request.fields), TEXTS).collect()
    texts = {(row["seq"], row["span"]): bytes(row["text"]).decode("utf-8", "surrogatepass") for row in told}
    number = found.numbers
    return tuple(
        Example(
            number.name(row["one"]["id"], row["one"]["seq"]),
            number.name(row["kept_id"], row["kept_seq"]),
            1.0,
            f'"{texts[row["kept_seq"], row["kept_span"]]}" × {row["documents"]}',
        )
        for row in rows
    )
