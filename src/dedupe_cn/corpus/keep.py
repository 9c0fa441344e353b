"""Which documents stay: the lexicographically first independent set of the similar pairs.

Documents have ranks, the earlier one has the smaller rank. A document goes if and only if an earlier similar document
stays, and the earliest of those is named. So the answer is unique, and a chain A~B~C never costs C because of B.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNKNOWN, KEPT, REMOVED = np.uint8(0), np.uint8(1), np.uint8(2)
#: Rounds over a whole chunk before its rest is decided one by one: a chain of n documents needs n rounds.
_ROUNDS = 16


@dataclass(frozen=True, slots=True)
class Edges:
    """Similar pairs of ranks ``first < second`` with their scores, in the order of (second, first)."""

    first: NDArray[np.int64] = field(repr=False)
    second: NDArray[np.int64] = field(repr=False)
    score: NDArray[np.float64] = field(repr=False)

    def __len__(self) -> int:
        return int(self.first.size)


def sort_edges(first: NDArray[np.int64], second: NDArray[np.int64], score: NDArray[np.float64]) -> Edges:
    """Put pairs in order, each once."""
    order = np.lexsort((first, second))
    first, second, score = first[order], second[order], score[order]
    fresh = np.ones(first.size, bool)
    fresh[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return Edges(first[fresh], second[fresh], score[fresh])


def decide_statuses(count: int, chunks: Iterable[Edges], waiting: NDArray[np.bool_] | None = None) -> NDArray[np.uint8]:
    """Decide ``count`` documents by their similar pairs, which come in order and may be cut anywhere behind a second.

    What is ``waiting`` has not been compared with everything yet: it may go, but it does not stay for certain.
    """
    status = np.full(count, KEPT)
    if waiting is not None:
        status[waiting] = UNKNOWN
    for edges in chunks:
        if len(edges):
            _settle_chunk(status, edges, waiting)
    return status


def _settle_chunk(status: NDArray[np.uint8], edges: Edges, waiting: NDArray[np.bool_] | None) -> None:
    starts = np.flatnonzero(np.diff(edges.second, prepend=-1))
    names = edges.second[starts]
    sizes = np.diff(starts, append=len(edges))
    first = edges.first
    stays = np.full(names.size, KEPT) if waiting is None else np.where(waiting[names], UNKNOWN, KEPT)
    status[names] = UNKNOWN
    for _ in range(_ROUNDS):
        of_first = status[first]
        begin = np.cumsum(sizes) - sizes
        goes = np.logical_or.reduceat(of_first == KEPT, begin)
        open_ = np.logical_or.reduceat(of_first == UNKNOWN, begin)
        decided = goes | ~open_
        status[names[decided]] = np.where(goes, REMOVED, stays)[decided]
        if decided.all():
            return
        if not decided.any():
            break
        first = first[np.repeat(~decided, sizes)]
        names, sizes, stays = names[~decided], sizes[~decided], stays[~decided]
    at = 0
    for name, size, stay in zip(names.tolist(), sizes.tolist(), stays.tolist(), strict=True):
        found = status[first[at : at + size]]
        at += size
        if (found == KEPT).any():
            status[name] = REMOVED
        else:
            status[name] = UNKNOWN if (found == UNKNOWN).any() else stay


def choose_kept(status: NDArray[np.uint8], edges: Edges) -> Edges:
    """Give for each removed document the earliest similar one that stays."""
    valid = np.flatnonzero((status[edges.first] == KEPT) & (status[edges.second] == REMOVED))
    second = edges.second[valid]
    chosen = valid[np.flatnonzero(np.diff(second, prepend=-1))]
    return Edges(edges.first[chosen], edges.second[chosen], edges.score[chosen])


@dataclass(frozen=True, slots=True)
class Buckets:
    """Large sets of documents that share a band: a number and a rank for each member, in the order of both.

    Comparing all members with each other would be quadratic. They are compared with the earliest ones that may stay,
    a few at a time: what is like the first goes at once, and documents that went are compared with nothing.
    """

    number: NDArray[np.int64] = field(repr=False)
    rank: NDArray[np.int64] = field(repr=False)
    #: For each bucket, the members up to this rank have been compared with all later ones that matter.
    frontier: NDArray[np.int64] = field(repr=False)

    @classmethod
    def make(cls, number: NDArray[np.int64], rank: NDArray[np.int64]) -> Buckets:
        """Sort members; buckets are numbered from 0."""
        order = np.lexsort((rank, number))
        number = np.unique(number[order], return_inverse=True)[1].astype(np.int64)
        return cls(number, rank[order], np.full(int(number.max()) + 1 if number.size else 0, -1, np.int64))

    def _pending(self, status: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Count for each member the earlier ones that may stay and have not been compared with it."""
        open_ = (status[self.rank] != REMOVED) & (self.rank > self.frontier[self.number])
        before = np.cumsum(open_) - open_
        starts = np.flatnonzero(np.diff(self.number, prepend=-1))
        pending: NDArray[np.int64] = before - np.repeat(before[starts], np.diff(starts, append=self.number.size))
        return pending

    def waiting(self, status: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Mark the documents that have not been compared with every earlier one that may stay."""
        marks = np.zeros(status.size, bool)
        marks[self.rank[self._pending(status) > 0]] = True
        return marks

    def _matters(
        self, status: NDArray[np.uint8], best: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Mark the members that are still to be compared with later ones, and those that wait for an earlier one.

        A bucket in which nobody waits has none of the former.
        """
        pending = self._pending(status)
        of = status[self.rank]
        open_ = (of != REMOVED) & (self.rank > self.frontier[self.number])
        # The rank of the first pending member decides whether one that goes could still get an earlier reason.
        lowest = np.full(self.frontier.size, np.iinfo(np.int64).max)
        places = np.flatnonzero(open_)
        owners = self.number[places]
        heads = np.flatnonzero(np.diff(owners, prepend=-1))
        lowest[owners[heads]] = self.rank[places[heads]]
        waits = (pending > 0) & ((of == UNKNOWN) | ((of == REMOVED) & (best[self.rank] > lowest[self.number])))
        active = np.zeros(self.frontier.size, bool)
        active[self.number[waits]] = True
        return open_ & active[self.number], waits

    def left(self, status: NDArray[np.uint8], best: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
        """Give the documents that are still to be compared, and how many comparisons that would be at most."""
        open_, waits = self._matters(status, best)
        open_of = np.bincount(self.number[open_], minlength=self.frontier.size)
        waits_of = np.bincount(self.number[waits], minlength=self.frontier.size)
        return _distinct(np.sort(self.rank[open_ | waits])), int((open_of * waits_of).sum())

    def next_pairs(
        self, status: NDArray[np.uint8], best: NDArray[np.int64], most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the next pairs to compare, about ``most``; none when all is compared. Moves the frontier.

        ``best`` is the rank of the document that stays for each one that goes: only an earlier one could change that.
        """
        open_, waits = self._matters(status, best)
        pivots = max(1, most // max(1, int(waits.sum())))
        starts = np.searchsorted(self.number, np.arange(self.frontier.size + 1))
        firsts: list[NDArray[np.int64]] = []
        seconds: list[NDArray[np.int64]] = []
        for bucket in _distinct(self.number[waits]).tolist():
            span = slice(int(starts[bucket]), int(starts[bucket + 1]))
            ranks = self.rank[span]
            chosen, later = ranks[open_[span]][:pivots], ranks[waits[span]]
            self.frontier[bucket] = chosen[-1]
            for pivot in chosen.tolist():
                beyond = later[np.searchsorted(later, pivot, side="right") :]
                beyond = beyond[(status[beyond] != REMOVED) | (best[beyond] > pivot)]
                firsts.append(np.full(beyond.size, pivot))
                seconds.append(beyond)
        if not firsts:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        first, second = np.concatenate(firsts), np.concatenate(seconds)
        order = np.lexsort((first, second))
        first, second = first[order], second[order]
        fresh = np.ones(first.size, bool)
        fresh[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
        return first[fresh], second[fresh]


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Drop what comes again in sorted numbers from 0 on.

    np.unique of NumPy 2.3 and later fills a hash table and takes a hundred times as long.
    """
    return values[np.flatnonzero(np.diff(values, prepend=-1))]
