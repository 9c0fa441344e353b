"""Which documents go on Spark: pairs are compared exactly, then decided: by this process when few, else in rounds.

Documents are known by their numbers. Where something else than the order of the input decides what is kept, those that
may go are ranked first, and numbers are exchanged for ranks while it is decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.corpus import spark_rounds
from dedupe_cn.corpus.keep import choose_kept, settle, sort_edges
from dedupe_cn.corpus.run import Request
from dedupe_cn.corpus.spark_meet import CROWD, PAIR
from dedupe_cn.corpus.spark_read import Read, Stages

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: Bytes of shingles that a task compares at a time, about.
_COMPARED = 128 << 20
#: What is decided: a document that goes, the one that is kept for it, and their similarity.
CHOSEN = "seq long, kept_seq long, score double"


class SparkDecision:
    """The pairs and crowds that met, and what becomes of them."""

    def __init__(self, request: Request, found: Read, met: DataFrame, counts: dict[int, int], stages: Stages) -> None:
        from pyspark.sql import functions as f

        self._request, self._found, self._stages, self._counts = request, found, stages, counts
        self._pairs = met.where(f.col("kind") == PAIR).select("a", "b")
        self._crowds = met.where(f.col("kind") == CROWD).select(f.col("a").alias("bucket"), f.col("b").alias("rank"))
        self._sets: DataFrame | None = None
        self._ranks: DataFrame | None = None

    def choose(self) -> DataFrame:
        """Give the documents that go because of a similar one that stays (``CHOSEN``)."""
        from pyspark.sql import functions as f

        spark, pairs, crowds = self._stages.spark, self._counts[PAIR], self._counts[CROWD]
        if not pairs + crowds:
            return spark.createDataFrame([], CHOSEN)
        if self._request.plan.keep.kind != "first":
            self._ranks = self._rank()
        if crowds:
            self._sets = self._stages(self._shingle(), "sets", packed=True)
        edges = self._stages(self._to_ranks(self._compare(self._pairs, pairs), "a", "b"), "edges")
        if crowds:
            from dedupe_cn.corpus.spark_crowds import SparkCrowds

            buckets = self._to_ranks(self._crowds, "rank")
            threshold = self._request.plan.threshold
            members = SparkCrowds(spark, buckets, self._compare_ranks, self._tokens, self._stages, threshold)
            edges, going = members.thin_out(edges)
            chosen = spark_rounds.choose(edges, going)
        else:
            few = edges.limit(spark_rounds.FEW + 1).toArrow()
            if few.num_rows <= spark_rounds.FEW:
                chosen = _choose_here(spark, few)
            else:
                going = spark_rounds.removed_for_certain(spark, edges, None, self._stages, "round")
                chosen = spark_rounds.choose(edges, going)
        chosen = self._from_ranks(chosen, "a", "b")
        return chosen.select(f.col("b").alias("seq"), f.col("a").alias("kept_seq"), "score")

    def _members(self) -> DataFrame:
        """Give all that may be compared (``seq``)."""
        ends = [self._pairs.select(self._pairs[name].alias("seq")) for name in ("a", "b")]
        return ends[0].union(ends[1]).union(self._crowds.select(self._crowds["rank"].alias("seq")))

    def _rank(self) -> DataFrame:
        """Give the ranks in keep order of all that may be compared (``seq``, ``rank``)."""
        from pyspark.sql import functions as f

        from dedupe_cn.corpus.spark_compare import ORDERS, orderer

        count = 2 * self._counts[PAIR] + self._counts[CROWD]
        asked = self._found.ask(self._members(), count).select("first", "marks", "wanted")
        # Sorted by ranges, the running number of a partition and a row rises over all of them.
        ordered = asked.mapInArrow(orderer(self._request.plan), ORDERS).orderBy("order", "seq")
        return self._stages(ordered.select("seq", f.monotonically_increasing_id().alias("rank")), "ranks")

    def _to_ranks(self, frame: DataFrame, *columns: str) -> DataFrame:
        return self._exchange(frame, "seq", "rank", columns)

    def _from_ranks(self, frame: DataFrame, *columns: str) -> DataFrame:
        return self._exchange(frame, "rank", "seq", columns)

    def _exchange(self, frame: DataFrame, old: str, new: str, columns: tuple[str, ...]) -> DataFrame:
        if self._ranks is None:
            return frame
        names = frame.columns
        for column in columns:
            table = self._ranks.select(self._ranks[old].alias(column), self._ranks[new].alias("exchanged"))
            frame = frame.join(table, column).drop(column).withColumnRenamed("exchanged", column)
        return frame.select(*names)

    def _shingle(self) -> DataFrame:
        """Read the texts of all that may be compared, each once; give their shingles."""
        from dedupe_cn.corpus.spark_compare import SETS, shingler

        found, request = self._found, self._request
        asked = found.ask(self._members(), 2 * self._counts[PAIR] + self._counts[CROWD])
        asked = asked.select("first", "records", "wanted")
        return asked.mapInArrow(shingler(request.plan, request.fields, found.form), SETS).drop("wanted")

    def _compare_ranks(self, pairs: DataFrame) -> DataFrame:
        """Compare pairs of ranks; how many there are is not known."""
        pairs = self._from_ranks(pairs, "a", "b")
        return self._to_ranks(self._compare(pairs, None), "a", "b")

    def _compare(self, pairs: DataFrame, count: int | None) -> DataFrame:
        """Compare pairs exactly; give the similar ones with their scores."""
        from dedupe_cn.corpus.spark_compare import EDGES, SENT, chain, comparer, pair_sender, sender, shingler

        found, plan = self._found, self._request.plan
        parts = self._parts(count if count is not None else self._counts[CROWD])
        if self._sets is None:
            asked = found.ask(pairs, 2 * (count or 0), parts).select("first", "records", "wanted")
            sent = asked.mapInArrow(chain(shingler(plan, self._request.fields, found.form), sender), SENT)
        else:
            asked = found.join(self._sets, pairs, 2 * count if count is not None else 1 << 62, parts)
            sent = asked.select("seqs", "sizes", "hashes", "wanted").mapInArrow(sender, SENT)
        both = sent.unionByName(pairs.mapInArrow(pair_sender(parts), SENT))
        return both.repartition(parts, "part").mapInArrow(comparer(plan.threshold), EDGES)

    def _parts(self, pairs: int) -> int:
        """Say into how many parts the pairs go: what a part compares is held at once."""
        found = self._found
        size = 32 * pairs * found.keyed // max(1, found.documents)
        return max(self._stages.spark.sparkContext.defaultParallelism, size // _COMPARED)

    def _tokens(self, wanted: DataFrame) -> DataFrame:
        """Give every shingle of documents (``rank``) a row."""
        from dedupe_cn.corpus.spark_compare import TOKENS, unpacker

        assert self._sets is not None
        seqs = self._from_ranks(wanted, "rank").withColumnRenamed("rank", "seq")
        asked = self._found.join(self._sets, seqs, 1 << 62).select("seqs", "sizes", "hashes", "wanted")
        return self._to_ranks(asked.mapInArrow(unpacker, TOKENS), "rank")


def _choose_here(spark: object, edges: object) -> DataFrame:
    """Decide a few pairs in this process; give each document that goes, with the earliest one that stays."""
    import pyarrow as pa

    first, second, score = (edges.column(name).to_numpy() for name in ("a", "b", "score"))  # type: ignore[attr-defined]
    names, both = np.unique(np.concatenate([first, second]), return_inverse=True)
    sorted_ = sort_edges(both[: first.size], both[first.size :], score)
    chosen = choose_kept(settle(names.size, [sorted_]), sorted_)
    made = {"a": names[chosen.first], "b": names[chosen.second], "score": chosen.score}
    return spark.createDataFrame(pa.table(made))  # type: ignore[attr-defined, no-any-return]
