"""What a run on Spark found: names, examples, the list of removals, the copies without them; all held against the law.

The law is that of ``account``: what was read stays, is in the list of removals, or cannot be used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import EXAMPLES, Example
from dedupe_cn.corpus.spark_files import SparkFile, SparkFolders, path_of
from dedupe_cn.corpus.surrogates import to_json

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: Records of a part of the output, about.
_WRITTEN = 100_000

def name_removals(both: DataFrame, ranked: DataFrame, docs: DataFrame) -> DataFrame:
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


def format_lines(removals: DataFrame, files: tuple[SparkFile, ...]) -> DataFrame:
    """Write removals as lines of JSON, in ``value``."""
    from dedupe_cn.corpus.spark_work import formatter

    return removals.mapInArrow(formatter(tuple(file.name for file in files)), "seq long, value string")


def find_examples(removals: DataFrame, files: tuple[SparkFile, ...]) -> tuple[Example, ...]:
    """Describe the first removals."""

    def name(id_: str | None, file: int, number: int) -> str:
        return id_ if id_ is not None else to_json(f"{files[file].name}:{number}")

    return tuple(
        Example(
            name(row["id"], row["file"], row["number"]),
            name(row["kept_id"], row["kept_file"], row["kept_number"]),
            row["score"],
        )
        for row in removals.orderBy("seq").limit(EXAMPLES).collect()
    )


def write_removed(lines: DataFrame, removed: str | None, places: SparkFolders) -> None:
    """Write the list: one file on this machine (streamed part by part), a folder anywhere else."""
    if removed is None:
        return
    ordered = lines.orderBy("seq")
    file_here = path_of(removed)
    if file_here is None:
        places.remove(removed)
        ordered.select("value").write.text(removed)
        return
    from dedupe_cn.corpus.writing import replacing

    with replacing(file_here) as place, place.open("w", encoding="utf-8") as file:
        for row in ordered.toLocalIterator():
            file.write(row["value"] + "\n")


def check_removals(removals: DataFrame, files: tuple[SparkFile, ...]) -> None:
    """Hold the law of a run: a document goes once, for one that stays. Raises CorpusError."""
    from pyspark.sql import functions as f

    kept = removals.select(f.col("kept_seq").alias("seq")).distinct()
    orphans = removals.select("seq").join(kept, "seq", "left_semi")
    if not orphans.isEmpty() or removals.select("seq").distinct().count() != removals.count():
        raise CorpusError("account", path=files[0].name, detail=("account-removals",))


def _in_order(kept: DataFrame, rows: int) -> DataFrame:
    """Sort by number. Since Spark 4.1 without a look at all rows beforehand: it is known where which number belongs."""
    from pyspark.sql import functions as f

    if not hasattr(kept, "repartitionById"):
        return kept.orderBy("seq")
    last = kept.agg(f.max("seq")).collect()[0][0] or 0
    parts = max(kept.sparkSession.sparkContext.defaultParallelism, rows // _WRITTEN + 1)
    part = f.floor(f.col("seq") * f.lit(parts) / f.lit(last + 1)).cast("int")
    return kept.repartitionById(parts, part).sortWithinPartitions("seq")


def write_output(
    kept: DataFrame, files: tuple[SparkFile, ...], output: str, places: SparkFolders, rows: int
) -> None:
    """Write what stays in the order of the input: a folder of parts that takes its name when it is whole.

    Raises CorpusError when it is not as many ``rows`` as have to stay.
    """
    from pyspark.sql import Observation
    from pyspark.sql import functions as f

    from dedupe_cn.corpus.spark_work import LINE, ROW

    building = f"{output.rstrip('/')}-dedupe-cn-building"
    places.remove(building)
    # Counted behind the sorting, which looks at some rows twice.
    counted = Observation()
    ordered = _in_order(kept, rows).observe(counted, f.count(f.lit(1)).alias("rows"))
    if files[0].format == "parquet":
        ordered.select(f"{ROW}.*").write.parquet(building)
    else:
        ordered.select(f.col(LINE).cast("string").alias("value")).write.text(building)
    if counted.get["rows"] != rows:
        places.remove(building)
        raise CorpusError("account", path=files[0].name, detail=("account-copy",))
    places.rename(building, output)
