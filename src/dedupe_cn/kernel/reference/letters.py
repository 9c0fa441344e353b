"""The forms of a text in which copies are looked for, and where its lines and sentences begin."""

from __future__ import annotations

import numpy as np

from dedupe_cn.kernel.texts import Forms

#: The first code point of Han characters and kana, and the last digit.
_HAN, _DIGIT = 0x2E80, ord("9")


def read_forms(codes: memoryview, folds: memoryview, letters: memoryview) -> Forms:
    """Read the forms of a text from the code points of its exact form (uint32).

    ``folds`` gives the folded code point of each (uint32); those behind its end fold to themselves. ``letters`` gives
    what stands in the bare form for each, 0 for what is no letter; those behind its end are as its last row. Raises
    ValueError for a text of more than 2**31 characters.
    """
    here = np.asarray(codes)
    if here.size >= 1 << 31:
        raise ValueError("a text of more than 2**31 characters")
    table = np.asarray(folds)
    folded = np.where(here < table.size, table.take(here, mode="clip"), here).astype(np.uint32, copy=False)
    bare = np.asarray(letters).take(here, mode="clip")
    places = np.flatnonzero(bare)
    bare = bare.take(places)
    words = _count_words(bare, places)
    return Forms(folded.data, bare.data, places.astype(np.int32).data, words.astype(np.int32).data)


def _count_words(bare: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Count the words before each letter and before the end: Han characters, and Latin words where they begin."""
    wide, letter = bare >= _HAN, bare > _DIGIT
    begins = letter & ~wide
    begins[1:] &= wide[:-1] | ~letter[:-1] | (places[1:] > places[:-1] + 1)
    counts = np.zeros(bare.size + 1, np.int64)
    np.cumsum(begins | wide, out=counts[1:])
    return counts


def find_sentences(codes: memoryview, signs: memoryview, edges: memoryview) -> memoryview:
    """Give the places behind each of some signs (rising code points), and among them the edges of lines (int64)."""
    here = np.flatnonzero(np.isin(np.asarray(codes), np.asarray(signs)))
    return np.union1d(here + 1, np.asarray(edges)).astype(np.int64, copy=False).data


def find_sentence_ends(codes: memoryview, marks: memoryview, closers: memoryview, edges: memoryview) -> memoryview:
    """Give where sentences end that may be doubled, and among these places the edges of lines (int64, rising).

    A sentence ends behind the last of the ``marks`` that touch one another, if one of the last three is none of the
    ``closers``: a quote in brackets at most. A point before a digit ends none.
    """
    every = np.asarray(codes)
    places = np.flatnonzero(np.isin(every, np.asarray(marks)))
    here, behind = every.take(places), every.take(places + 1, mode="clip") if places.size else places
    ends = ~np.isin(here, np.asarray(closers)) & ((here != ord(".")) | (behind > ord("9")))
    touching = np.diff(places, prepend=-2) == 1
    for _ in range(2):
        ends[1:] |= touching[1:] & ends[:-1]
    ends[:-1] &= ~touching[1:]
    return np.union1d(places[ends] + 1, np.asarray(edges)).astype(np.int64, copy=False).data
