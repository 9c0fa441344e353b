"""Samples of a text by which its passages are found again in other texts.

The sampling is by closed syncmers (Edgar 2021, "Syncmers are more sensitive than minimizers"), as within a text
(``matches.py``), of longer grams and more sparsely: two texts share many grams of 8 letters by chance.
"""

from __future__ import annotations

from array import array

import numpy as np

from dedupe_cn.kernel.reference.grams import hash_grams

#: Letters of a gram, and of the part of it that samples it: every passage of 19 undisturbed letters holds a sample.
GRAM, PART = 12, 4
#: Odd multipliers: from the golden ratio, and from SplitMix64 (Steele et al. 2014).
_MIX, _JOIN = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
#: Slots in which a hash is remembered: what repeats within a text is sampled about so many times.
_SLOTS, _TIMES = 4096, 2


def sample_passages(bare: memoryview, places: memoryview) -> tuple[memoryview, memoryview]:
    """Sample the bare form of a text (uint32, m): the hashes of the sampled grams (uint64), and where each begins.

    ``places`` are the exact offsets of the letters (int32, m), in which the answer is given (int32). A gram that was
    sampled twice a little before is left out.
    """
    letters = np.asarray(bare)
    hashes, found = array("Q"), array("i")
    if letters.size < GRAM:
        return memoryview(hashes), memoryview(found)
    parts = hash_grams(letters, PART)
    windows = np.lib.stride_tricks.sliding_window_view(parts, GRAM - PART + 1)
    least = windows.min(axis=1)
    starts = np.flatnonzero((windows[:, 0] == least) | (windows[:, -1] == least))
    wide = parts.astype(np.uint64)
    hashed = (wide[starts] << np.uint64(32) | wide[starts + PART]) * _MIX
    hashed = ((hashed ^ hashed >> np.uint64(29)) + wide[starts + 2 * PART]) * _JOIN
    hashed ^= hashed >> np.uint64(32)
    slots = [(0, 0)] * _SLOTS
    for start, value in zip(starts.tolist(), hashed.tolist(), strict=True):
        known, times = slots[value % _SLOTS]
        if known != value:
            times = 0
        if times < _TIMES:
            slots[value % _SLOTS] = value, times + 1
            hashes.append(value)
            found.append(places[start])
    return memoryview(hashes), memoryview(found)
