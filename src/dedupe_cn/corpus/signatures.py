"""The signature of a document: its bands, a fingerprint of its shingles, and how much there is of it.

Documents that share a band may be similar and are compared exactly; documents with the same fingerprint have the same
shingles and are collapsed before. Everything here is computed for a batch at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.corpus.forms import JOIN, MIX, TURN, Forms, make_forms
from dedupe_cn.corpus.plan import Plan
from dedupe_cn.corpus.sketches import sketch_spans

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures of documents in order.

    ``bands`` has a row of 64-bit keys for each document (the number of the band is part of the key). ``counts`` are
    the different shingles; a document with none is compared by its fingerprint alone. ``lengths`` are the characters
    of the exact form, 0 for a document without text.
    """

    bands: NDArray[np.uint64] = field(repr=False)
    prints: NDArray[np.uint64] = field(repr=False)
    counts: NDArray[np.int64] = field(repr=False)
    lengths: NDArray[np.int64] = field(repr=False)

    def __len__(self) -> int:
        return int(self.counts.size)


def sign(texts: Sequence[str], plan: Plan) -> Signatures:
    """Sign texts."""
    forms = make_forms(texts, plan)
    starts = forms.starts
    sketches = sketch_spans(forms.narrow, starts, starts + forms.sizes, plan.shingle.size)
    prints = np.zeros((len(texts), 2), np.uint64)
    filled = np.flatnonzero(sketches.counts)
    if filled.size:
        # Equal sketches and equal sums of the hashes: what is equal in both has the same shingles.
        prints[filled, 0] = np.add.reduceat(sketches.shingles, sketches.starts[filled], dtype=np.uint64)
        prints[filled, 1] = _join(sketches.values[filled], 1, sketches.values.shape[1])[:, 0]
    _print_short(prints, np.flatnonzero(sketches.counts == 0), forms)
    return Signatures(_join(sketches.values, *plan.bands), prints, sketches.counts, forms.lengths)


def _join(values: NDArray[np.uint32], bands: int, rows: int) -> NDArray[np.uint64]:
    """Join the values of each band into one key."""
    keys = np.empty((values.shape[0], bands), np.uint64)
    keys[:] = np.arange(1, bands + 1, dtype=np.uint64) * TURN
    for row in range(rows):
        keys ^= values[:, row : bands * rows : rows]
        keys *= MIX
        keys ^= keys >> np.uint64(32)
    return keys


def _print_short(prints: NDArray[np.uint64], short: NDArray[np.int64], forms: Forms) -> None:
    """Give documents shorter than a shingle a fingerprint of all their tokens."""
    if short.size == 0:
        return
    starts, sizes = forms.starts[short], forms.sizes[short]
    made = np.zeros((short.size, 2), np.uint64)
    made[:, 0] = TURN
    for place in range(int(sizes.max())):
        on = np.flatnonzero(sizes > place)
        token = forms.tokens[starts[on] + place].astype(np.uint64) + np.uint64(1)
        for column, factor in enumerate((MIX, JOIN)):
            turned = (made[on, column] ^ token) * factor
            made[on, column] = turned ^ (turned >> np.uint64(29))
    prints[short] = made
