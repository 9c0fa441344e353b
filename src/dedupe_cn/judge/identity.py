"""What a copy is called: an id from its two passages, the same in every place, file and level, under every rule."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedupe_cn.copies.found import Range
    from dedupe_cn.judge.case import Case, Page

#: Bytes of an id: among a million passages two meet once in 37 million repositories.
_SIZE = 8


def identity(case: Case) -> str:
    """Give the id of a copy: 16 hexadecimal digits from the exact forms of its two passages, in either order.

    Copies of one text have one id whichever of them stays and however often they stand: of a passage many times in a
    row it is the id of one copy.
    """
    if case.copy.exact:
        return name_of(case.page, case.kept)
    return pair_of(digest_passage(case.page, case.kept), digest_passage(case.page, case.removed))


def name_of(page: Page, stretch: Range) -> str:
    """Give the id that copies of a stretch have which say the same to the letter."""
    said = digest_passage(page, stretch)
    return pair_of(said, said)


def pair_of(one: bytes, other: bytes) -> str:
    """Give the id of two passages by their digests."""
    return blake2b(min(one, other) + max(one, other), digest_size=_SIZE).hexdigest()


def digest_passage(page: Page, stretch: Range) -> bytes:
    """Give the digest of a passage of a text."""
    return digest_of(page.layout.exact[slice(*stretch)])


def digest_of(exact: str) -> bytes:
    """Give the digest of an exact form, 8 bytes."""
    return blake2b(exact.encode("utf-32-le", "surrogatepass"), digest_size=_SIZE).digest()
