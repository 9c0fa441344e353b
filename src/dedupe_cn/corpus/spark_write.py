"""What a run on Spark found: names, examples, the list of removals, the copies without them; all held against the law.

The law is that of ``account``: what was read stays, is in the list of removals, or cannot be used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import GUARDED_FROM, MAX_REMOVAL, Example, Request
from dedupe_cn.corpus.spark_bundles import LINE
from dedupe_cn.corpus.spark_files import SparkFolders, path_of
from dedupe_cn.corpus.spark_read import Read
from dedupe_cn.corpus.spark_work import LINES, NAMES, Numbers, liner, namer

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

#: Records of a part of the output, about.
_WRITTEN = 100_000


def name_removals(both: DataFrame, count: int, found: Read, twins: DataFrame | None, stages: Any) -> DataFrame:
    """Put ids to removals (``seq``, ``kept_seq`` and more), at most ``count``; no id where another has it too."""
    wanted = both.select("seq").union(both.select(both["kept_seq"].alias("seq")))
    asked = found.ask(wanted, 2 * count).select("first", "marks", "ids", "wanted")
    names = asked.mapInArrow(namer, NAMES)
    if twins is not None:
        names = names.join(twins, "seq", "left_anti")
    names = stages(names.where("id IS NOT NULL"), "names")
    kept = names.select(names["seq"].alias("kept_seq"), names["id"].alias("kept_id"))
    return both.join(names, "seq", "left").join(kept, "kept_seq", "left")


def write_removed(
    removals: DataFrame,
    numbers: Numbers,
    line: Callable[[Numbers, dict[str, Any]], str],
    removed: str | None,
    places: SparkFolders,
) -> None:
    """Write the list, in the order of ``seq`` and ``start``: one file on this machine, a folder anywhere else."""
    if removed is None:
        return
    order = ["seq", "start"] if "start" in removals.columns else ["seq"]
    lines = removals.orderBy(*order).mapInArrow(liner(numbers, line), LINES)
    file_here = path_of(removed)
    if file_here is None:
        places.remove(removed)
        lines.write.text(removed)
        return
    from dedupe_cn.corpus.writing import replacing

    with replacing(file_here) as place, place.open("w", encoding="utf-8", newline="\n") as file:
        for row in lines.toLocalIterator():
            file.write(row["value"] + "\n")


def check_removals(removals: DataFrame, name: str, *columns: str) -> None:
    """Hold the law of a run: what goes (it is known by ``columns``) goes once, for something that stays.

    Raises CorpusError.
    """
    from pyspark.sql import functions as f

    going = removals.select(*columns, f.lit(1).alias("goes"))
    both = going.union(removals.select(*(f"kept_{column}" for column in columns), f.lit(0).alias("goes")))
    held = both.groupBy(*columns).agg(f.sum("goes").alias("goes"), f.min("goes").alias("least"))
    if not held.where("goes > 1 OR goes > least").isEmpty():
        raise CorpusError("account", path=name, detail=("account-removals",))


def guard(request: Request, output: str | None, removed: int, all_: int, examples: tuple[Example, ...]) -> None:
    """Stop when more would go than may, see ``finish.guard``. Raises CorpusError."""
    limit = MAX_REMOVAL if request.max_removal is None else request.max_removal
    if output is None or removed <= limit * all_ or (request.max_removal is None and all_ < GUARDED_FROM):
        return
    raise CorpusError(
        "too-many",
        exit_code=1,
        n=removed,
        all=all_,
        unit=f"{request.plan.unit}s",
        share=round(100 * removed / all_, 1),
        limit=round(100 * limit, 1),
        examples=", ".join(example.kept_id for example in examples),
    )


def _in_order(kept: DataFrame, records: int) -> DataFrame:
    """Sort bundles. Since Spark 4.1 without a look at all beforehand: it is known where which number belongs."""
    from pyspark.sql import functions as f

    if not hasattr(kept, "repartitionById"):
        return kept.orderBy("first")
    parts = max(kept.sparkSession.sparkContext.defaultParallelism, records // _WRITTEN + 1)
    part = f.floor(f.col("first") * f.lit(parts) / f.lit(max(1, records))).cast("int")
    return kept.repartitionById(parts, part).sortWithinPartitions("first")


def write_output(
    found: Read, going: DataFrame, count: int, cut: Callable[..., Any], output: str, places: SparkFolders, stay: int
) -> None:
    """Write what stays in the order of the input: a folder of parts that takes its name when it is whole.

    ``going`` has the documents (``seq``, at most ``count``) that are asked of the bundles for ``cut``. Raises
    CorpusError when it is not as many records as have to ``stay``.
    """
    from pyspark.sql import Observation
    from pyspark.sql import functions as f

    building = f"{output.rstrip('/')}-dedupe-cn-building"
    places.remove(building)
    bundles = found.bundles.select("first", "size", "records", "faults")
    ordered = _in_order(found.join(bundles, going, count, how="left"), found.records)
    # Counted behind the sorting, which looks at some rows twice.
    counted = Observation()
    if found.form == LINE:
        made = ordered.mapInArrow(cut, "size long, value string")
        made.observe(counted, f.sum("size").alias("rows")).select("value").write.text(building)
    else:
        schema: StructType = found.schema
        made = ordered.mapInArrow(cut, schema)
        made.observe(counted, f.count(f.lit(1)).alias("rows")).write.parquet(building)
    if (counted.get["rows"] or 0) != stay:
        places.remove(building)
        raise CorpusError("account", path=found.numbers.names[0], detail=("account-copy",))
    places.rename(building, output)
