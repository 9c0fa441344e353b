"""Look for the copies of several documents in one go, and tell which of them hold none.

What is found serves the search in each document as if it had looked by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.copies.bare import Bare, read_bare
from dedupe_cn.copies.doubled import doubled_sentences
from dedupe_cn.copies.matches import SEED, Matches, find_matches
from dedupe_cn.copies.reader import LEAST, Reader
from dedupe_cn.copies.screen import lines_repeat

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.joint import Joint


class Seen(NamedTuple):
    """What was found in a document: what reads it, and the matches of its bare form."""

    reader: Reader
    matches: Matches


def look(joint: Joint) -> list[Seen | None]:
    """Look for copies in all documents; give what was found in each, None for one that holds none."""
    bare = read_bare(joint.layout.codes)
    low, high = bare.places.searchsorted(joint.low), bare.places.searchsorted(joint.high)
    matches = find_matches(bare.codes, SEED, low)
    begins, ends = matches.first.searchsorted(low), matches.first.searchsorted(high)
    alike = _may_be_copies(matches, begins, ends)
    for copy in doubled_sentences(Reader(joint.layout, bare)):
        alike[int(joint.low.searchsorted(copy.kept[0], side="right")) - 1] = True
    seen: list[Seen | None] = []
    for number, text in enumerate(joint.texts):
        if not alike[number] and not lines_repeat(text):
            seen.append(None)
            continue
        start, part = int(low[number]), slice(int(begins[number]), int(ends[number]))
        letters = slice(start, int(high[number]))
        own = Bare(bare.codes[letters], bare.places[letters] - int(joint.low[number]))
        found = Matches(matches.first[part] - start, matches.second[part] - start, matches.length[part])
        seen.append(Seen(Reader(joint.document(number), own), found))
    return seen


def _may_be_copies(matches: Matches, begins: NDArray[np.int64], ends: NDArray[np.int64]) -> list[bool]:
    """Tell of each document whether its matches may become a copy: two, a longer one, or one that touches itself."""
    near = matches.second - matches.first <= matches.length + 4
    weights = np.concatenate(([0], np.cumsum(np.where(near, LEAST, matches.length))))
    told: list[bool] = (weights[ends] - weights[begins] >= LEAST).tolist()
    return told
