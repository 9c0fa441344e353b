"""Maximal matches between a passage and its next occurrence: sample, link, extend (Li 2018, minimap2).

The sampling is by closed syncmers (Edgar 2021, "Syncmers are more sensitive than minimizers"): a gram of k letters is
taken when the smallest of the hashes of its parts of s letters stands first or last in it. Both copies of a passage are
sampled alike, and any passage of at least ``k + (k - s) - 1`` letters holds a sampled gram.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.kernel.reference.grams import hash_grams

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Letters = NDArray[np.uint32]

#: Letters of a gram, and of the part of it that samples it: every passage of 11 undisturbed letters holds a sample.
GRAM, PART = 8, 4
GUARANTEED = 2 * GRAM - PART - 1
#: An odd 64-bit multiplier (from the golden ratio).
_MIX = np.uint64(0x9E3779B97F4A7C15)


def find_matches(letters: Letters) -> tuple[Numbers, Numbers, Numbers]:
    """Find the maximal matches of a bare form with a sampled gram in them: earlier and later places, and sizes.

    They are sorted by their later places, then their earlier ones.
    """
    found: list[tuple[int, int, int]] = []
    diagonal, reached = 0, 0
    for distance, first in _links(letters):
        if distance == diagonal and first < reached:
            continue
        ahead = agreement(letters, first, first + distance, letters.size - distance - first, 1)
        back = agreement(letters, first - 1, first + distance - 1, first, -1)
        found.append((first - back + distance, first - back, back + ahead))
        diagonal, reached = distance, first + ahead
    second, first_, size = np.array(sorted(found), np.int64).reshape(-1, 3).T
    return first_, second, size


def _links(letters: Letters) -> list[tuple[int, int]]:
    """Link every sampled gram to its next occurrence: how far apart they are, and the earlier place; sorted.

    Each is linked to the next one only, so there are no more than samples, whatever the input.
    """
    places = sample(letters)
    hashes = np.zeros(places.size, np.uint64)
    for at in range(GRAM):  # of all letters: what is equal by chance is one in 10**19
        hashes = (hashes ^ letters.take(places + at).astype(np.uint64)) * _MIX
        hashes ^= hashes >> np.uint64(29)
    order = np.argsort(hashes, kind="stable")
    same = np.flatnonzero(hashes[order[1:]] == hashes[order[:-1]])
    earlier, later = places[order[same]], places[order[same + 1]]
    return sorted(zip((later - earlier).tolist(), earlier.tolist(), strict=True))


def sample(letters: Letters) -> Numbers:
    """Choose the places of the sampled grams.

    Of equal samples in a row only the first two are given: such a row is a run of a period shorter than the gram, which
    those two show, and in a text of one letter it would hold every place.
    """
    if letters.size < GRAM:
        return np.empty(0, np.int64)
    parts = np.lib.stride_tricks.sliding_window_view(hash_grams(letters, PART), GRAM - PART + 1)
    least = parts.min(axis=1)
    places = np.flatnonzero((parts[:, 0] == least) | (parts[:, -1] == least))
    grams = np.lib.stride_tricks.sliding_window_view(letters, GRAM)
    again = (grams[places[1:]] == grams[places[:-1]]).all(axis=1)
    fresh = np.ones(places.size, dtype=bool)
    fresh[2:] = ~(again[1:] & again[:-1])
    result: Numbers = places[fresh]
    return result


def agreement(codes: Letters, one: int, other: int, most: int, step: int) -> int:
    """Count how far two places of a text go on alike going by ``step`` (1 or -1), up to ``most`` characters."""
    done, width = 0, 64
    while done < most:
        size = min(width, most - done)
        here, there = (at + done if step > 0 else at - done - size + 1 for at in (one, other))
        differs = (codes[here : here + size] != codes[there : there + size])[::step]
        at = int(differs.argmax())
        if differs[at]:
            return done + at
        done, width = done + size, 4 * width
    return done
