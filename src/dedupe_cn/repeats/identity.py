"""What a repeat is called: an id from its two passages, the same in every place, file and level, under every rule."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dedupe_cn.repeats.found import Repeat
    from dedupe_cn.text.segments import Layout

#: Bytes of an id: among a million passages two meet once in 37 million repositories.
_SIZE = 8
_CODE = np.dtype("<u4")
#: Digits of an id that stand for a block of a longer passage; they are looked up among those of one file only.
BLOCK_DIGITS = 8
#: Blocks of a passage that are remembered one by one; a longer one is known by its id alone.
MOST_BLOCKS = 64


def identity(layout: Layout, repeat: Repeat) -> str:
    """Give the id of a repeat: 16 hexadecimal digits from the exact forms of its two passages, in either order.

    Copies of one text have one id whichever of them stays and however often they stand: of a passage many times in a
    row it is the id of one copy.
    """
    kept = _digest(layout, *repeat.kept)
    return _joined(kept, kept if repeat.comparison is None else _digest(layout, *repeat.removed))


def block_ids(layout: Layout, repeat: Repeat) -> tuple[str, ...]:
    """Give the ids of the blocks of a copy, cut to eight digits; none when it is one block, or not whole blocks."""
    start = repeat.removed[0]
    end = start + repeat.unit
    if repeat.comparison is not None or times(repeat) * repeat.unit != repeat.removed[1] - start:
        return ()
    inside = layout.blocks_in(start, end)
    if not 1 < len(inside) <= MOST_BLOCKS or layout.starts[inside[0]] != start or layout.ends[inside[-1]] != end:
        return ()
    digests = [_digest(layout, int(layout.starts[i]), int(layout.ends[i])) for i in inside]
    return tuple(_joined(digest, digest)[:BLOCK_DIGITS] for digest in digests)


def times(repeat: Repeat) -> int:
    """Count the copies beside the kept one that a repeat takes or would take."""
    if repeat.comparison is not None:
        return 1
    return max(1, (repeat.removed[1] - repeat.removed[0]) // repeat.unit)


def _digest(layout: Layout, start: int, end: int) -> bytes:
    return blake2b(layout.codes[start:end].astype(_CODE, copy=False).data, digest_size=_SIZE).digest()


def _joined(one: bytes, other: bytes) -> str:
    return blake2b(min(one, other) + max(one, other), digest_size=_SIZE).hexdigest()
