"""Bands that a crowd of documents shares, on Spark: the two ways of ``crowds`` in DataFrames.

A few members of each band at a time are compared with the later ones that are not decided; what goes is compared with
nothing more. When many pairs are left after some rounds, the members are sorted anew by their rarest shingles.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dedupe_cn.corpus.spark_rounds import Checkpoint, choose, removed_for_certain

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Pairs that a round compares, about, and rounds before the members are sorted anew.
_ROUND = 5_000_000
_ROUNDS = 4

Work = Callable[["DataFrame"], "DataFrame"]


class SparkCrowds:
    """Members (``bucket``, ``rank``) of large bands, and what is decided about them so far."""

    def __init__(
        self,
        spark: SparkSession,
        crowds: DataFrame,
        compare: Work,
        shingle: Work,
        checkpoint: Checkpoint,
        threshold: float,
    ) -> None:
        self._spark, self._crowds, self._threshold = spark, crowds, threshold
        self._compare, self._shingle, self._checkpoint = compare, shingle, checkpoint
        self._removed = spark.createDataFrame([], "rank long")
        self._turn = 0

    def thin_out(self, edges: DataFrame) -> tuple[DataFrame, DataFrame]:
        """Compare until all is decided: all similar pairs, and what goes (``rank``)."""
        edges, left = self._rounds(edges, self._crowds, _ROUNDS)
        if left is None:
            return edges, self._removed
        if self._pairs_left(left) > _ROUNDS * _ROUND:
            edges, _ = self._rounds(edges, self._sort_anew(left), None, anew=True)
        else:
            edges, _ = self._rounds(edges, self._crowds, None)
        return edges, self._removed

    def _rounds(
        self, edges: DataFrame, buckets: DataFrame, most: int | None, anew: bool = False
    ) -> tuple[DataFrame, DataFrame | None]:
        """Do some rounds, or all; gives the similar pairs, and the members when some are left to compare."""
        from pyspark.sql import functions as f

        frontier = self._spark.createDataFrame([], "bucket long, frontier long")
        members: DataFrame | None = None
        gone = -1
        while most is None or most >= 0:
            turn = self._turn = self._turn + 1
            members = self._members(buckets, frontier)
            waiting = members.where("pending > 0").select("rank").distinct().join(self._removed, "rank", "left_anti")
            waiting = self._checkpoint(waiting, f"crowd-{turn}-waiting")
            removed = removed_for_certain(self._spark, edges, waiting, self._checkpoint, f"crowd-{turn}")
            self._removed = removed
            certain = edges.join(_undecided(edges, removed, waiting), f.col("a") == f.col("rank"), "left_anti")
            best = choose(certain, removed).select(f.col("b").alias("rank"), f.col("a").alias("best"))
            # What goes matters as long as an earlier document that stays could be found for it.
            left = members.where("pending > 0").join(best, "rank", "left")
            if most == 0:
                return edges, members
            count = left.where("best IS NULL").count()
            chosen = members.where(f.col("open") & (f.col("place") <= max(1, _ROUND // max(1, count))))
            pivots = chosen.join(removed, "rank", "left_anti").select("bucket", f.col("rank").alias("pivot"))
            met = left.join(f.broadcast(pivots), "bucket")
            met = met.where("rank > pivot AND (best IS NULL OR best > pivot)")
            pairs = met.select(f.col("pivot").alias("a"), f.col("rank").alias("b")).distinct()
            pairs = self._checkpoint(self._met(pairs) if anew else pairs, f"crowd-{turn}-pairs")
            now = removed.count()
            if met.isEmpty() and now == gone:
                return edges, None
            gone = now
            new = chosen.groupBy("bucket").agg(f.max("rank").alias("new"))
            low = f.lit(-1)
            frontier = self._checkpoint(
                frontier.join(new, "bucket", "full").select(
                    "bucket", f.greatest(f.coalesce("frontier", low), f.coalesce("new", low)).alias("frontier")
                ),
                f"crowd-{turn}-frontier",
            )
            edges = self._checkpoint(edges.unionByName(self._compare(pairs)), f"crowd-{turn}-edges")
            most = None if most is None else most - 1
        return edges, members

    def _members(self, buckets: DataFrame, frontier: DataFrame) -> DataFrame:
        """Mark the members that may stay and were not compared with later ones, and count those before each member."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        in_order = Window.partitionBy("bucket").orderBy("rank")
        found = (
            buckets.join(self._removed.withColumn("removed", f.lit(True)), "rank", "left")
            .join(f.broadcast(frontier), "bucket", "left")
            .withColumn("open", f.col("removed").isNull() & (f.col("rank") > f.coalesce("frontier", f.lit(-1))))
            .withColumn("place", f.sum(f.col("open").cast("long")).over(in_order))
            .withColumn("pending", f.col("place") - f.col("open").cast("long"))
        )
        return self._checkpoint(
            found.select("bucket", "rank", "open", "place", "pending"), f"crowd-{self._turn}-members"
        )

    @staticmethod
    def _pairs_left(members: DataFrame) -> int:
        from pyspark.sql import functions as f

        by_bucket = members.groupBy("bucket").agg(
            f.sum(f.col("open").cast("double")).alias("open"),
            f.sum((f.col("pending") > 0).cast("double")).alias("wait"),
        )
        found = by_bucket.agg(f.sum(f.col("open") * f.col("wait")).alias("pairs")).collect()[0]["pairs"]
        return int(found or 0)

    def _met(self, pairs: DataFrame) -> DataFrame:
        """Keep the pairs that share a band: only those are candidates, on every engine."""
        from pyspark.sql import functions as f

        first = self._crowds.select("bucket", f.col("rank").alias("a"))
        second = self._crowds.select("bucket", f.col("rank").alias("b"))
        return pairs.join(first, "a").join(second, ["bucket", "b"]).select("a", "b").distinct()

    def _sort_anew(self, members: DataFrame) -> DataFrame:
        """Put the documents that are left into buckets by their rarest shingles."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        left = members.where("open OR pending > 0").select("rank").distinct()
        tokens = self._checkpoint(self._shingle(left), "crowd-tokens")
        held = tokens.groupBy("token").agg(f.count("*").alias("held"))
        rarest = Window.partitionBy("rank").orderBy("held", "token")
        size = f.col("size")
        needed = f.least(size, size - f.ceil(f.lit(self._threshold - 1e-9) * size) + 1)
        chosen = (
            tokens.join(held, "token").withColumn("at", f.row_number().over(rarest)).where(f.col("at") <= needed)
        )
        chosen = self._checkpoint(chosen.where("held > 1").select("token", "rank"), "crowd-rarest")
        # Shingles of the same documents say the same: one of them is enough.
        groups = chosen.groupBy("token").agg(
            f.count("*").alias("n"), f.bit_xor(f.xxhash64("rank")).alias("x"), f.bit_xor(f.hash("rank")).alias("y")
        )
        once = groups.where("n > 1").groupBy("n", "x", "y").agg(f.min("token").alias("token"))
        buckets = chosen.join(once.select("token"), "token").select(f.col("token").alias("bucket"), "rank")
        return self._checkpoint(buckets, "crowd-anew")


def _undecided(edges: DataFrame, removed: DataFrame, waiting: DataFrame) -> DataFrame:
    """Give the documents that may still go: those that wait, and those with an earlier neighbour that may stay."""
    from pyspark.sql import functions as f

    gone = removed.select(f.col("rank").alias("gone"))
    open_ = edges.join(gone, f.col("a") == f.col("gone"), "left_anti").join(
        gone, f.col("b") == f.col("gone"), "left_anti"
    )
    return open_.select(f.col("b").alias("rank")).union(waiting).distinct()
