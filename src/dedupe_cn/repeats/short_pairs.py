"""Compare a few short paragraphs each with each, without missing a pair.

The q-gram lemma (Ukkonen 1992, "Approximate string-matching with q-grams and maximal matches") rules most pairs out
beforehand: two passages of a and b characters whose ratio reaches t differ in at most D = (1 - t)(a + b) insertions
and deletions, agree in M = (a + b - D) / 2 characters in at most D + 1 runs, and so share at least M - 3 (D + 1) of
their 4-grams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.seeds import counted, owners, salt, short_hashes
from dedupe_cn.text.exact import numbers, rows
from dedupe_cn.text.folding import fold
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.characters import Codes

_GRAM = 4
#: Bits of a word that number the paragraph; the gram stands above them.
_BITS = np.uint64(32)
_NUMBER = (np.uint64(1) << _BITS) - np.uint64(1)
#: Passages gathered at a time: bounds the memory of a step.
_PASSAGES = 1 << 12
#: A gram that stands so often is not counted pair by pair.
_CROWD = 12


def alike_short_pairs(layout: Layout, short: NDArray[np.int64], threshold: float) -> NDArray[np.int64]:
    """Give every pair of the short paragraphs (block indexes, rising) that may reach the ratio, some of them twice.

    Pairs are given as block indexes, the earlier one first (int64, n × 2).
    """
    if short.size < 2:
        return np.empty((0, 2), np.int64)
    starts, lengths = layout.starts[short], (layout.ends - layout.starts)[short]
    home = documents_of(layout, starts)
    totals = np.arange(2 * lengths.min(), 2 * lengths.max() + 1)
    if _shared(totals, threshold).min() < 1:  # the number falls wherever one edit more is allowed
        return _joined([_compared(layout, part, threshold) for part in _by_document(short, home)])
    one, other, shared, crowded = _sharing(fold(gathered(layout.codes, starts, lengths)), lengths, home)
    # At least one gram is asked for, and most pairs have none.
    enough = shared + np.minimum(crowded[one], crowded[other]) >= _shared(lengths[one] + lengths[other], threshold)
    found = [np.stack((short[one[enough]], short[other[enough]]), axis=1)]
    some = np.flatnonzero(crowded >= _least_shared(lengths, threshold))
    for part in _by_document(some, home[some]):
        one, other = (part[side] for side in np.triu_indices(part.size, 1))
        enough = np.minimum(crowded[one], crowded[other]) >= _shared(lengths[one] + lengths[other], threshold)
        found.append(np.stack((short[one[enough]], short[other[enough]]), axis=1))
    return _joined(found)


def _joined(found: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(found) if found else np.empty((0, 2), np.int64)


def documents_of(layout: Layout, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the number of the document in which each of some passages (rising) lies."""
    if layout.documents is None:
        return np.zeros(starts.size, np.int64)
    return np.repeat(np.arange(layout.documents.size), owners(starts, layout.documents))


def _by_document(passages: NDArray[np.int64], home: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Split passages where their document changes; those that are alone in theirs are left out."""
    parts = np.split(passages, np.flatnonzero(np.diff(home)) + 1)
    return [part for part in parts if part.size > 1]


def _shared(total: NDArray[np.int64], threshold: float) -> NDArray[np.float64]:
    """Give how many 4-grams passages of ``total`` characters together share at least."""
    edits = np.floor((1 - threshold) * total + 1e-9)
    result: NDArray[np.float64] = (total - edits) / 2 - (_GRAM - 1) * (edits + 1)
    return result


def _least_shared(lengths: NDArray[np.int64], threshold: float) -> NDArray[np.float64]:
    """Give how many 4-grams passages of some lengths share with any other at least, one at any rate.

    Of a and b characters min(a, b) can agree: so the shorter one has t / (2 - t) of the longer one, and both together
    have 2 / (2 - t) of either.
    """
    totals = np.ceil(2 * lengths / (2 - threshold) - 1e-9).astype(np.int64)
    shared = _shared(np.arange(2 * int(lengths.max()) + int(totals.max()) + 1), threshold)
    from_here = np.minimum.accumulate(shared[::-1])[::-1]  # it falls wherever one edit more is allowed
    result: NDArray[np.float64] = np.maximum(from_here[totals], 1)
    return result


def gathered(codes: Codes, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Codes:
    """Give the characters of passages one behind the other."""
    result, ends = np.empty(int(lengths.sum()), codes.dtype), np.cumsum(lengths)
    for begin in range(0, starts.size, _PASSAGES):
        part = slice(begin, begin + _PASSAGES)
        first = int(ends[begin] - lengths[begin])
        result[first : int(ends[part][-1])] = codes.take(numbers(starts[part], lengths[part]))
    return result


def _sharing(
    codes: Codes, lengths: NDArray[np.int64], home: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give the pairs of passages that share grams, by number, the earlier first, and how many they may share.

    Those of a pair have the same ``home``, the number of their document. Grams of a crowd are left out of these. How
    many places of a crowd each passage has comes last: two passages may share as many of them as the one with fewer.
    """
    n = lengths.size
    # The number of each passage, and above it a salt for its document, so that grams of two of them hardly ever meet.
    name = np.arange(n, dtype=np.uint64) | (salt(np.arange(home[-1] + 1)) & ~_NUMBER)[home]
    names = np.repeat(name, lengths)
    words = short_hashes(codes, _GRAM).astype(np.uint64)
    words <<= _BITS
    words ^= names[: words.size]
    words = words[names[: words.size] == names[_GRAM - 1 :]]
    words.sort()
    first, behind = rows(words[1:] ^ words[:-1] <= _NUMBER)
    behind += 1  # each row of equal neighbours is a gram with its last place
    crowd = behind - first >= _CROWD
    crowded = np.zeros(n, np.int64)
    if crowd.any():
        crowded = np.bincount(_numbers_at(words, numbers(first[crowd], (behind - first)[crowd])), minlength=n)
        first, behind = first[~crowd], behind[~crowd]
    keys, counts = counted(_pairs(words, first, behind, n))
    one, other = np.divmod(keys, n)
    if home[-1]:  # hashes of 32 bits may be equal by chance
        same = home[one] == home[other]
        one, other, counts = one[same], other[same], counts[same]
    return one, other, counts, crowded


def _numbers_at(words: NDArray[np.uint64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the numbers of the passages in which the grams at some places of the words stand."""
    return (words.take(places) & _NUMBER).view(np.int64)


def _pairs(
    words: NDArray[np.uint64], first: NDArray[np.int64], behind: NDArray[np.int64], n: int
) -> NDArray[np.int64]:
    """Pair the passages in each range of words with one another, as earlier * n + later; none with itself."""
    at = numbers(first, behind - first)
    after = np.repeat(behind, behind - first)
    one = np.repeat(_numbers_at(words, at), after - at - 1)
    other = _numbers_at(words, numbers(at + 1, after - at - 1))
    keys: NDArray[np.int64] = (one * n + other)[one != other]  # equal grams stand in the order of their passages
    return keys


def _compared(layout: Layout, short: NDArray[np.int64], threshold: float) -> NDArray[np.int64]:
    from rapidfuzz import fuzz, process

    from dedupe_cn.text.characters import squash
    from dedupe_cn.text.folding import fold_text

    texts = [fold_text(squash(layout.block_text(i))) for i in short.tolist()]
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=100 * threshold - 1, dtype=np.uint8)
    above, right = np.nonzero(np.triu(scores, 1))
    return np.stack((short[above], short[right]), axis=1)
