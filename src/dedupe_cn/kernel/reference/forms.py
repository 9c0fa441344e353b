"""The form of a document that is compared with others: its tokens.

A document that is mostly Latin letters is compared by its words, any other by its visible code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.form_rules import LATIN, PLAIN, UNSEEN, FormRules

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Odd multipliers from the golden ratio and from SplitMix64 (Steele, Lea and Flood 2014).
MIX = np.uint64(0x9E3779B97F4A7C15)
JOIN = np.uint64(0xBF58476D1CE4E5B9)
TURN = np.uint64(0x94D049BB133111EB)
#: Set in every token that is a word, so that no word is ever a code point.
WORD = np.uint64(1 << 63)


def read_tokens(
    codes: NDArray[np.uint32], sizes: NDArray[np.int64], rules: FormRules
) -> Iterator[tuple[NDArray[np.uint64], int]]:
    """Give for each text, of ``sizes`` code points one behind the other, its tokens and how many characters count.

    A token is a code point, or the hash of a word with the top bit set.
    """
    ends = np.cumsum(sizes)
    for start, end in zip((ends - sizes).tolist(), ends.tolist(), strict=True):
        own = codes[start:end]
        classes = rules.classes[own]
        if rules.folds.size:
            own = np.where(own < rules.folds.size, rules.folds[np.minimum(own, rules.folds.size - 1)], own)
        visible = classes >= PLAIN
        length = int(np.count_nonzero(visible))
        by_words = rules.kind == "words"
        if rules.kind == "auto":
            by_words = int(np.count_nonzero(classes == LATIN)) * 2 > length
        yield (_words(own, classes) if by_words else own[visible].astype(np.uint64)), length


def _words(codes: NDArray[np.uint32], classes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Hash the words: runs of visible characters; what does not count inside one does not part it."""
    codes, visible = codes[classes != UNSEEN], classes[classes != UNSEEN] >= PLAIN
    begins = visible.copy()
    begins[1:] &= ~visible[:-1]
    return hash_runs(codes[visible], np.flatnonzero(begins[visible])) | WORD


def hash_runs(codes: NDArray[np.uint32], first: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Hash runs of code points that follow each other, by the place and value of each character (64 bits).

    ``first`` are the places where they begin, rising; what stands before the first one belongs to none.
    """
    if first.size == 0:
        return np.zeros(0, np.uint64)
    places = np.arange(codes.size) - np.repeat(np.append(0, first), np.diff(first, prepend=0, append=codes.size))
    mixed = (codes.astype(np.uint64) + np.uint64(1)) * MIX + places.astype(np.uint64) * TURN
    mixed ^= mixed >> np.uint64(32)
    mixed *= JOIN
    mixed ^= mixed >> np.uint64(29)
    mixed *= MIX
    total = np.add.reduceat(mixed, first)
    total ^= total >> np.uint64(32)
    return np.asarray(total * JOIN, np.uint64)
