"""What is equal in a chain: the way from a place of its one stretch to the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dedupe_cn.kernel.reference.chains import Chain
    from dedupe_cn.kernel.reference.ends import Ends
    from dedupe_cn.kernel.texts import Text

#: Characters of a gap behind which only what stands at the same places is held to be equal: to line up more takes time
#: that grows with its square.
_LONG = 2000
#: Earlier and later place, and how many characters are equal from there on.
Run = tuple[int, int, int]


def anchors(text: Text, row: Chain, ends: Ends) -> Iterator[Run]:
    """Give what is equal in a chain and up to both ends of its stretches, in exact offsets, rising."""
    places = np.asarray(text.forms.places)
    one, other = ends.kept, ends.removed
    for piece in row.pieces:
        ours = places[piece.first : piece.first + piece.size]
        theirs = places[piece.second : piece.second + piece.size]
        steps = np.flatnonzero(np.diff(theirs - ours)) + 1  # where marks stand in one of both only
        for low, high in pairwise([0, *steps.tolist(), piece.size]):
            here, there = int(ours[low]), int(theirs[low])
            if low or (here > one and there > other):
                yield from _between(text, one, here, other, there)
            size = int(ours[high - 1]) + 1 - here
            yield here, there, size
            one, other = here + size, there + size
    yield from _between(text, one, ends.kept_end, other, ends.removed_end)


def _between(text: Text, one: int, one_end: int, other: int, other_end: int) -> Iterator[Run]:
    """Give what is equal between two pieces."""
    size, size_other = one_end - one, other_end - other
    if min(size, size_other) <= 0:
        return
    codes = np.asarray(text.forms.folded)
    ours, theirs = codes[one:one_end], codes[other:other_end]
    if np.array_equal(ours, theirs):
        yield one, other, size
        return
    if max(size, size_other) > _LONG:
        size = min(size, size_other)
        edges = np.flatnonzero(np.diff(ours[:size] == theirs[:size], prepend=False, append=False)).tolist()
        for low, high in zip(edges[::2], edges[1::2], strict=True):
            yield one + low, other + low, high - low
        return
    from rapidfuzz.distance import Levenshtein

    for part in Levenshtein.opcodes(ours.tolist(), theirs.tolist()):
        if part.tag == "equal":
            yield one + part.src_start, other + part.dest_start, part.src_end - part.src_start
