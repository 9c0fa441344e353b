"""What comparing two copies gives, apart from how: equal copies need no more than this."""

from __future__ import annotations

from typing import NamedTuple

from dedupe_cn.model import Difference

#: Differences that stay at every level.
GUARDED = frozenset(
    {
        *("number", "numeral", "date", "amount", "unit", "sign", "negation", "have-none", "moved-mark"),
        *("identifier", "link", "translation"),
    }
)


class Comparison(NamedTuple):
    """What compares two copies: similarity, the differences in order, and what they amount to.

    ``score`` is the similarity of the exact forms (0-1). ``likeness`` is ``exact`` (exact forms are the same),
    ``noise``, ``contained`` (one copy lacks whole sentences, its end or its beginning, or a word or two that only add)
    or ``meaning``. ``guarded`` holds when a difference stays at every level. ``better`` is ``removed`` or ``kept``, the
    copy that should stay (the fuller one when one lacks something, else the one with fewer faults), None when neither
    clearly is.
    """

    score: float
    differences: tuple[Difference, ...]
    likeness: str
    guarded: bool
    better: str | None


#: Two copies that are the same.
EXACT = Comparison(1.0, (), "exact", guarded=False, better=None)


def turned(comparison: Comparison) -> Comparison:
    """Give what comparing the two copies the other way round gives."""
    better = {"removed": "kept", "kept": "removed", None: None}[comparison.better]
    swapped = tuple(Difference(d.kept, d.removed, d.kind) for d in comparison.differences)
    return comparison._replace(differences=swapped, better=better)
