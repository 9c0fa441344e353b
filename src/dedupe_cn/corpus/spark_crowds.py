"""Bands that a crowd of documents shares, on Spark: compared with their earliest members, never all with all.

As ``keep.Buckets`` does it: a few members of each band at a time are compared with the later ones that are not
decided; what goes is compared with nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dedupe_cn.corpus.spark_rounds import Checkpoint, choose, decide

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Pairs that a round compares, about.
_ROUND = 5_000_000


def thin_out(
    spark: SparkSession,
    edges: DataFrame,
    crowds: DataFrame,
    compare: Callable[[DataFrame], DataFrame],
    checkpoint: Checkpoint,
) -> tuple[DataFrame, DataFrame]:
    """Compare the members (``bucket``, ``rank``) of large bands until all is decided: all similar pairs, what goes."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    removed = spark.createDataFrame([], "rank long")
    frontier = spark.createDataFrame([], "bucket long, frontier long")
    in_order = Window.partitionBy("bucket").orderBy("rank")
    turn, gone = 0, 0
    while True:
        members = (
            crowds.join(removed.withColumn("removed", f.lit(True)), "rank", "left")
            .join(f.broadcast(frontier), "bucket", "left")
            .withColumn("open", f.col("removed").isNull() & (f.col("rank") > f.coalesce("frontier", f.lit(-1))))
            .withColumn("place", f.sum(f.col("open").cast("long")).over(in_order))
            .withColumn("pending", f.col("place") - f.col("open").cast("long"))
        )
        members = checkpoint(members.select("bucket", "rank", "open", "place", "pending"), f"crowd-{turn}-members")
        waiting = members.where("pending > 0").select("rank").distinct()
        waiting = checkpoint(waiting.join(removed, "rank", "left_anti"), f"crowd-{turn}-waiting")
        removed = decide(spark, edges, waiting, checkpoint, f"crowd-{turn}")
        certain = edges.join(_undecided(edges, removed, waiting), f.col("a") == f.col("rank"), "left_anti")
        best = choose(certain, removed).select(f.col("b").alias("rank"), f.col("a").alias("best"))
        # What goes matters as long as an earlier document that stays could be found for it.
        left = members.where("pending > 0").join(best, "rank", "left")
        count = left.where("best IS NULL").count()
        most = max(1, _ROUND // max(1, count))
        pivots = members.where(f.col("open") & (f.col("place") <= most))
        pivots = pivots.join(removed, "rank", "left_anti")
        met = left.join(f.broadcast(pivots.select("bucket", f.col("rank").alias("pivot"))), "bucket")
        met = met.where("rank > pivot AND (best IS NULL OR best > pivot)")
        met = met.select(f.col("pivot").alias("a"), f.col("rank").alias("b")).distinct()
        pairs = checkpoint(met, f"crowd-{turn}-pairs")
        now = removed.count()
        if pairs.isEmpty() and now == gone:
            return edges, removed
        gone = now
        new = members.where(f.col("open") & (f.col("place") <= most)).groupBy("bucket").agg(f.max("rank").alias("new"))
        frontier = checkpoint(
            frontier.join(new, "bucket", "full").select(
                "bucket", f.greatest(f.coalesce("frontier", f.lit(-1)), f.coalesce("new", f.lit(-1))).alias("frontier")
            ),
            f"crowd-{turn}-frontier",
        )
        edges = checkpoint(edges.unionByName(compare(pairs)), f"crowd-{turn}-edges")
        turn += 1


def _undecided(edges: DataFrame, removed: DataFrame, waiting: DataFrame) -> DataFrame:
    """Give the documents that may still go: those that wait, and those with an earlier neighbour that may stay."""
    from pyspark.sql import functions as f

    gone = removed.select(f.col("rank").alias("gone"))
    open_ = edges.join(gone, f.col("a") == f.col("gone"), "left_anti").join(
        gone, f.col("b") == f.col("gone"), "left_anti"
    )
    return open_.select(f.col("b").alias("rank")).union(waiting).distinct()
