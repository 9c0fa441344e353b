"""What is right and wrong about the documents that a system removed, by the exact pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from typing import NamedTuple

from corpora.exact import Pairs


class Score(NamedTuple):
    """How many documents went, and the shares of them that should (0-1) and of those that should that did."""

    removed: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(pairs: Pairs, documents: int, gone: Set[int]) -> Score:
    """Score the removals among the first ``documents``.

    A removal is right when a document that stays is similar to it. What was missed are the removals that would still be
    needed until no two documents that stay are similar, the first one kept.
    """
    similar: defaultdict[int, list[int]] = defaultdict(list)
    for first, second in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        if second < documents:
            similar[first].append(second)
            similar[second].append(first)
    right = sum(any(other not in gone for other in similar[number]) for number in gone)
    stays: set[int] = set()
    missed = 0
    for number in sorted(similar.keys() - gone):
        if any(other in stays for other in similar[number]):
            missed += 1
        else:
            stays.add(number)
    return Score(len(gone), right / len(gone) if gone else 1.0, right / (right + missed) if right + missed else 1.0)
