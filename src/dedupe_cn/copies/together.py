"""Look for the copies of several documents in one go, and tell which of them hold none.

What is found serves the search in each document as if it had looked by itself.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.copies.bare import Bare
from dedupe_cn.copies.find import find_copies
from dedupe_cn.copies.reader import Reader
from dedupe_cn.copies.running import may_run

if TYPE_CHECKING:
    from dedupe_cn.copies.found import Copy
    from dedupe_cn.text.joint import Joint
    from dedupe_cn.text.segments import Layout


class Seen(NamedTuple):
    """What was found in a document: what reads it, and its copies."""

    reader: Reader
    copies: list[Copy]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to decide on, neither copies nor lines that may run."""
        return not self.copies and not may_run(self.reader).size


def look_at(layout: Layout) -> Seen:
    """Look for the copies of one document."""
    reader = Reader(layout)
    return Seen(reader, find_copies(reader))


def look(joint: Joint) -> list[Seen | None]:
    """Look for copies in all documents; give what was found in each, None for one that holds none."""
    reader = Reader(joint.layout)
    found: list[list[Copy]] = [[] for _ in joint.texts]
    copies = find_copies(reader)
    documents = reader.document_of(np.array([copy.kept[0] for copy in copies], np.int64))
    for copy, number in zip(copies, documents.tolist(), strict=True):
        found[number].append(copy)
    running = set(reader.document_of(reader.edges.take(may_run(reader))).tolist())
    bounds = [*reader.letters_before.tolist(), reader.bare.places.size + 1]
    seen: list[Seen | None] = []
    for number, (low, (first, behind)) in enumerate(zip(reader.low.tolist(), pairwise(bounds), strict=True)):
        if not found[number] and number not in running:
            seen.append(None)
            continue
        letters = slice(first, behind - 1)  # without the sign between two documents
        own = Bare(reader.bare.codes[letters], reader.bare.places[letters] - low)
        alone = Reader(joint.document(number), own)
        alone.hidden = reader.hidden[low : low + alone.size]
        seen.append(Seen(alone, [copy.moved(-low) for copy in found[number]]))
    return seen
