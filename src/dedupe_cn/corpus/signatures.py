"""The signature of a document: its bands, a fingerprint of its shingles, and how much there is of it.

Documents that share a band may be similar and are compared exactly; documents with the same fingerprint have the same
shingles and are collapsed before. Everything here is computed for a batch at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dedupe_cn import kernel
from dedupe_cn.corpus.forms import form_rules, join
from dedupe_cn.corpus.plan import CorpusPlan

if TYPE_CHECKING:
    import numpy as np
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


def sign(texts: Sequence[str], plan: CorpusPlan) -> Signatures:
    """Sign texts."""
    return Signatures(*kernel.sign(*join(texts), form_rules(plan), plan.shingle.size, *plan.bands))
