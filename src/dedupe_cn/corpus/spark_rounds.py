"""Deciding on Spark: rounds over the similar pairs, each written down before the next begins.

In a round a document without an earlier neighbour stays, and what is similar to it goes; its pairs and those of what
went are done with. The answer is that of ``keep.settle``. When few pairs of numbers are left, the driver decides them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.corpus.keep import REMOVED, settle, sort_edges

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Pairs (of two numbers each) that the driver decides by itself.
FEW = 200_000

#: Writes a frame under a name and reads it back, so that no later step computes it again.
Checkpoint = Callable[["DataFrame", str], "DataFrame"]


def removed_for_certain(
    spark: SparkSession, edges: DataFrame, waiting: DataFrame | None, checkpoint: Checkpoint, name: str
) -> DataFrame:
    """Give the documents (``rank``) that go for certain.

    What is ``waiting`` (``rank``) has not been compared with everything yet: it may go, but it does not stay.
    """
    left = edges.select("a", "b")
    parts: list[DataFrame] = []
    turn = 0
    while True:
        count = left.count()
        if count == 0:
            break
        if count <= FEW:
            parts.append(_decide_here(spark, left, waiting))
            break
        firsts = left.select(left.a.alias("rank")).distinct().join(
            left.select(left.b.alias("rank")).distinct(), "rank", "left_anti"
        )
        if waiting is not None:
            firsts = firsts.join(waiting, "rank", "left_anti")
        gone = checkpoint(
            left.join(firsts, left.a == firsts["rank"], "left_semi").select(left.b.alias("rank")).distinct(),
            f"{name}-gone-{turn}",
        )
        if gone.isEmpty():
            break
        parts.append(gone)
        rest = left.join(gone, left.b == gone["rank"], "left_anti")
        left = checkpoint(rest.join(gone, rest.a == gone["rank"], "left_anti"), f"{name}-left-{turn}")
        turn += 1
    all_ = spark.createDataFrame([], "rank long")
    for part in parts:
        all_ = all_.unionByName(part)
    return checkpoint(all_, f"{name}-removed")


def _decide_here(spark: SparkSession, left: DataFrame, waiting: DataFrame | None) -> DataFrame:
    """Decide the last pairs in this process."""
    import pyarrow as pa

    pairs = left.toArrow()
    first, second = pairs.column("a").to_numpy(), pairs.column("b").to_numpy()
    names, both = np.unique(np.concatenate([first, second]), return_inverse=True)
    held = np.zeros(names.size, bool)
    if waiting is not None:
        known = left.select(left.a.alias("rank")).union(left.select(left.b.alias("rank"))).distinct()
        found = waiting.join(known, "rank", "left_semi").toArrow().column("rank").to_numpy()
        held[np.searchsorted(names, found)] = True
    edges = sort_edges(both[: first.size], both[first.size :], np.ones(first.size))
    status = settle(names.size, [edges], held)
    return spark.createDataFrame(pa.table({"rank": names[status == REMOVED].astype(np.int64)}))


def choose(edges: DataFrame, removed: DataFrame) -> DataFrame:
    """Give for each removed document (``b``) the earliest similar one that stays (``a``) and the score."""
    from pyspark.sql import functions as f

    going = edges.join(removed, edges.b == removed["rank"], "left_semi")
    valid = going.join(removed, going.a == removed["rank"], "left_anti")
    return valid.groupBy("b").agg(f.min(f.struct("a", "score")).alias("best")).select("b", "best.a", "best.score")
