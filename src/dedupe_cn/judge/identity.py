"""What a copy is called: an id from its two passages, the same in every place, file and level, under every rule."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dedupe_cn.copies.found import Range
    from dedupe_cn.judge.case import Case, Page

#: Bytes of an id: among a million passages two meet once in 37 million repositories.
_SIZE = 8
_CODE = np.dtype("<u4")


def identity(case: Case) -> str:
    """Give the id of a copy: 16 hexadecimal digits from the exact forms of its two passages, in either order.

    Copies of one text have one id whichever of them stays and however often they stand: of a passage many times in a
    row it is the id of one copy.
    """
    if case.copy.exact:
        return name_of(case.page, case.kept)
    digests = sorted(_digest(case.page, *stretch) for stretch in (case.kept, case.removed))
    return blake2b(b"".join(digests), digest_size=_SIZE).hexdigest()


def name_of(page: Page, stretch: Range) -> str:
    """Give the id that copies of a stretch have which say the same to the letter."""
    return blake2b(2 * _digest(page, *stretch), digest_size=_SIZE).hexdigest()


def _digest(page: Page, start: int, end: int) -> bytes:
    codes = page.layout.codes[start:end]
    return blake2b(codes.astype(_CODE, copy=False).data, digest_size=_SIZE).digest()
