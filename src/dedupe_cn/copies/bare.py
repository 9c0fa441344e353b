"""The bare form of a text: its letters and digits, folded, with every misread sign folded to the one it looks like.

It only proposes copies. Noise leaves few scars in it: marks, width, case, script and common misreadings are gone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.text.block_kinds import BETWEEN
from dedupe_cn.text.characters import to_text
from dedupe_cn.text.folding import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.characters import Codes

#: What is no letter and no digit; ``str.isalnum`` denies it.
_MARKS = re.compile(r"[\W_]+")
#: Code points of the BMP; all beyond it share the last row of the table.
_ROWS = 0x10001


class Bare(NamedTuple):
    """The bare form: ``codes`` (uint32, n), and ``places``, the exact offset of each (int64, n, rising)."""

    codes: NDArray[np.uint32]
    places: NDArray[np.int64]


def read_bare(codes: Codes) -> Bare:
    """Work out the bare form of an exact form."""
    folded = _table().take(codes, mode="clip")
    places = np.flatnonzero(folded).astype(np.int64, copy=False)
    return Bare(folded.take(places), places)


@cache
def _table() -> NDArray[np.uint32]:
    """Fold every code point of the BMP; what is no letter or digit becomes 0, what lies beyond the BMP one value."""
    from dedupe_cn.compare.word_tables import look_alikes

    every = np.arange(_ROWS, dtype=np.uint32)
    bare = every.copy()
    for signs in _MARKS.finditer(to_text(every[:-1])):
        bare[slice(*signs.span())] = 0
    bare[ord(BETWEEN)] = ord(BETWEEN)  # so that no gram joins two documents
    table: NDArray[np.uint32] = bare[np.minimum(fold(every), _ROWS - 1)]
    roots: dict[str, str] = {}

    def root(char: str) -> str:
        while char in roots:
            char = roots[char]
        return char

    # Only pairs of which one is no word in nearly every place: with everyday pairs all characters would be one group.
    for pair in (pair for pair, kind in look_alikes().items() if kind == "shape"):
        one, other = sorted(map(root, pair))
        if one != other:
            roots[other] = one
    for char in list(roots):
        if ord(char) < _ROWS - 1:
            table[ord(char)] = ord(root(char))
    return table
