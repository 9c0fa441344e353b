"""Look-alikes: is one of two characters a misreading of the other, and which one?

The evidence is how often each of the two was counted beside the same neighbours. With p and n the characters before
and behind, the score of c is log2 of N(p c) N(c n) / N(c), the likelihood of c under a bigram model; the difference of
two scores says by how many doublings one reading is likelier (Jurafsky and Martin, Speech and Language Processing,
chapter on n-grams; the noisy channel of Kernighan, Church and Gale 1990 without its channel).
"""

from __future__ import annotations

from typing import NamedTuple

from dedupe_cn.compare.word_tables import commonness, look_alikes, pair_level
from dedupe_cn.text.characters import is_han

#: Score of a pair of characters never counted together: below the lowest level kept (log2 3), above nothing at all.
_UNSEEN = -1.0
#: Characters counted less often than 2**6 are taken as that common: their few neighbours say little.
_RARE = 6
#: Doublings from which one reading is clear: of 65,000 misreadings made in text not counted, 3 in 100 point the wrong
#: way by so much, 75 in 100 the right way.
CLEAR = 4.0
#: Doublings from which one reading is clear beyond doubt.
CERTAIN = 7.0


class Reading(NamedTuple):
    """Two look-alikes at one place: their class, and by how many doublings the first is likelier than the second."""

    first: str
    second: str
    kind: str
    evidence: float
    attested: bool

    @property
    def clear(self) -> bool:
        """Tell whether one of the two cannot well be meant there."""
        return abs(self.evidence) >= CERTAIN or (abs(self.evidence) >= CLEAR and not self.attested)


def look_alike_class(first: str, second: str) -> str | None:
    """Give the class of a pair of characters that print alike, None for others."""
    return look_alikes().get((first, second) if first < second else (second, first))


def read_place(first: str, at_first: int, second: str, at_second: int) -> Reading:
    """Weigh the look-alikes ``first[at_first]`` and ``second[at_second]`` (folded forms) by their neighbours."""
    one, other = first[at_first], second[at_second]
    score_one, seen_one = _score(first, at_first)
    score_other, seen_other = _score(second, at_second)
    evidence = score_one - score_other
    attested = seen_other if evidence > 0 else seen_one
    return Reading(one, other, look_alike_class(one, other) or "word", evidence, attested)


def _score(text: str, at: int) -> tuple[float, bool]:
    """Give the score of a character at its place, and whether it was ever counted beside a neighbour there."""
    char = text[at]
    score, neighbours, seen = 0.0, 0, False
    if at and is_han(text[at - 1]):
        level = pair_level(text[at - 1], char)
        score += level or _UNSEEN
        neighbours += 1
        seen |= level > 1
    if at + 1 < len(text) and is_han(text[at + 1]):
        level = pair_level(char, text[at + 1])
        score += level or _UNSEEN
        neighbours += 1
        seen |= level > 1
    return score - (neighbours - 1) * max(commonness(char), _RARE), seen
