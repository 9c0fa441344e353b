"""Tell from the letters of two passages alone that they say something else, before they are lined up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from dedupe_cn.compare.passages import Passage
from dedupe_cn.compare.punctuation import STRAY_HAN, is_mark
from dedupe_cn.compare.word_tables import look_alikes


def have_own_letters(first: Passage, second: Passage) -> bool:
    """Tell whether each of two passages has a letter more often than the other, no misreading of any letter there.

    Then neither holds all that the other says: what differs is neither noise nor only missing in one of both.
    """
    ours, theirs = first.letters, second.letters
    return _has_own(ours, theirs) and _has_own(theirs, ours)


def _has_own(ours: Mapping[str, int], theirs: Mapping[str, int]) -> bool:
    alike = _partners()
    return any(
        count > theirs.get(char, 0)
        and char not in STRAY_HAN
        and not is_mark(char)
        and alike.get(char, _NONE).isdisjoint(theirs)
        for char, count in ours.items()
    )


_NONE: frozenset[str] = frozenset()


@cache
def _partners() -> Mapping[str, frozenset[str]]:
    """Give for each character those that print alike."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in look_alikes():
        table[one].add(other)
        table[other].add(one)
    return {char: frozenset(others) for char, others in table.items()}
