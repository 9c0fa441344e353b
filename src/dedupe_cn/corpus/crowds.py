"""Bands that a crowd of documents shares: boilerplate around texts that differ, or one text a thousand times.

First the members are compared with the earliest ones, a few at a time; one text a thousand times is done with then.
What is left differs: its members are sorted anew by their rarest shingles. Two sets of similarity t share one of the
first n - ceil(t * n) + 1 of their n shingles in any common order (prefix filtering, Chaudhuri, Ganti and Kaushik
2006), and in the order of rarity hardly any others do. Both ways leave out only what cannot change the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.corpus import store
from dedupe_cn.corpus.compare import Comparer, edge_chunks, put_pairs
from dedupe_cn.corpus.keep import UNKNOWN, Buckets, choose_kept, settle
from dedupe_cn.corpus.shingles import prefix_size

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

#: An odd multiplier from the golden ratio.
_MIX = np.uint64(0x9E3779B97F4A7C15)
#: Pairs that a round compares, and rounds before the members are sorted anew.
_ROUND = 500_000
_ROUNDS = 4
#: Bits of the table that counts how many documents hold a shingle; a few share a place, which only costs comparisons.
_COUNTED = 24


class Crowds:
    """Documents (by rank) in large buckets, and what is decided about all ``count`` documents."""

    def __init__(
        self,
        db: duckdb.DuckDBPyConnection,
        comparer: Comparer,
        bucket: NDArray[np.int64],
        rank: NDArray[np.int64],
        old: int,
        count: int,
        threshold: float,
    ) -> None:
        self._db, self._comparer, self._old, self._threshold = db, comparer, old, threshold
        self._buckets = Buckets.make(bucket, rank)
        self.status = np.full(count, UNKNOWN)
        self._best = np.full(count, -1, np.int64)
        self._compared = 0

    def thin_out(self) -> Iterator[int]:
        """Compare until every document is decided. Gives the pairs compared."""
        yield from self._rounds(self._buckets, _ROUNDS)
        ranks, pairs = self._buckets.left(self.status, self._best)
        if pairs > _ROUNDS * _ROUND:
            yield from self._rounds(self._sort_anew(ranks), None)
        else:
            yield from self._rounds(self._buckets, None)

    def _settle(self, buckets: Buckets) -> None:
        waiting = buckets.waiting(self.status)
        waiting[: self._old] = False
        self.status = settle(self.status.size, edge_chunks(self._db, self._old), waiting)
        self._best.fill(-1)
        for edges in edge_chunks(self._db, self._old):
            chosen = choose_kept(self.status, edges)
            self._best[chosen.second] = chosen.first

    def _rounds(self, buckets: Buckets, most: int | None) -> Iterator[int]:
        """Compare the first members that may stay with the later ones, again and again."""
        anew = buckets is not self._buckets
        while most is None or most > 0:
            most = None if most is None else most - 1
            before = self.status
            self._settle(buckets)
            first, second = buckets.next_pairs(self.status, self._best, _ROUND)
            if not first.size and np.array_equal(before, self.status):
                return
            if anew:
                met = self._met(first, second)
                first, second = first[met], second[met]
            for edges in self._comparer.compare(first - self._old, second - self._old):
                similar = edges.score >= self._threshold
                put_pairs(self._db, "edges", edges.first[similar], edges.second[similar], edges.score[similar])
                self._compared += len(edges)
                yield self._compared
        self._settle(buckets)

    def _met(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the pairs that share a band: only those are candidates, on every engine."""
        order = np.lexsort((self._buckets.number, self._buckets.rank))
        rank, number = self._buckets.rank[order], self._buckets.number[order]
        width = np.int64(self._buckets.frontier.size)
        codes = rank * width + number
        begin, end = np.searchsorted(rank, first), np.searchsorted(rank, first, side="right")
        sizes = end - begin
        places = np.repeat(begin - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        wanted = np.repeat(second, sizes) * width + number[places]
        found = np.searchsorted(codes, wanted)
        hits = codes[np.minimum(found, codes.size - 1)] == wanted
        met = np.zeros(first.size, bool)
        met[np.repeat(np.arange(first.size), sizes)[hits]] = True
        return met

    def _sort_anew(self, ranks: NDArray[np.int64]) -> Buckets:
        """Put documents into buckets by their rarest shingles."""
        mask = np.uint64((1 << _COUNTED) - 1)
        counts = np.zeros(1 << _COUNTED, np.int32)
        for _, own in self._comparer.sets(ranks - self._old):
            counts[own & mask] += 1  # within one document places hardly ever fall together
        tokens: list[NDArray[np.uint64]] = []
        owners: list[NDArray[np.int64]] = []
        for rank, own in self._comparer.sets(ranks - self._old):
            rarity = counts[own & mask]
            # Sorted by hash already, so a stable sort by rarity is one order for all documents.
            chosen = np.argsort(rarity, kind="stable")[: prefix_size(own.size, self._threshold)]
            chosen = chosen[rarity[chosen] > 1]
            tokens.append(own[chosen])
            owners.append(np.full(chosen.size, rank + self._old))
        token, owner = np.concatenate(tokens), np.concatenate(owners)
        order = np.lexsort((owner, token))
        token, owner = token[order], owner[order]
        starts = np.flatnonzero(np.concatenate([np.ones(min(1, token.size), bool), token[1:] != token[:-1]]))
        sizes = np.diff(starts, append=token.size)
        # Shingles of the same documents say the same: one of them is enough.
        mixed = (owner.astype(np.uint64) + np.uint64(1)) * _MIX
        mixed = (mixed ^ (mixed >> np.uint64(32))) * _MIX
        sums = np.add.reduceat(mixed, starts) if starts.size else np.zeros(0, np.uint64)
        once = np.zeros(starts.size, bool)
        once[np.unique(sums, return_index=True)[1]] = True
        kept = np.repeat(once & (sizes > 1), sizes)
        return Buckets.make(np.repeat(np.arange(starts.size), sizes)[kept], owner[kept])


def choose_documents(db: duckdb.DuckDBPyConnection, comparer: Comparer | None, threshold: float) -> Iterator[int]:
    """Make ``chosen``: each document that goes with the one that stays. Gives the pairs compared in large buckets."""
    old = -store.number(db, "SELECT min(rank) FROM ranks WHERE rank < 0")
    count = store.number(db, "SELECT max(rank) + 1 FROM ranks") + old
    db.execute("CREATE OR REPLACE TABLE chosen(a BIGINT, b BIGINT, score DOUBLE)")
    crowds = store.columns(db, "SELECT bucket, rank FROM crowds")
    if crowds["rank"].size:
        assert comparer is not None
        members = Crowds(db, comparer, crowds["bucket"], crowds["rank"] + old, old, count, threshold)
        yield from members.thin_out()
        status = members.status
    else:
        status = settle(count, edge_chunks(db, old))
    for edges in edge_chunks(db, old):
        chosen = choose_kept(status, edges)
        put_pairs(db, "chosen", chosen.first - old, chosen.second - old, chosen.score)
    yield 0
