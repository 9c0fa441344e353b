"""How often characters stand beside one another in Chinese text (origin of the counts: ``data/ORIGIN.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import log2

from dedupe_cn.text.characters import is_han
from dedupe_cn.text.tables import read_table

#: Steps of the table in a doubling.
STEPS = 2
#: Characters that were counted, about, with the marks between them and those of words.
TOTAL = 30_000_000
#: Counts of an unseen kind that every pair is lent, shared out by how common the second character is. Of 16, 64, 256
#: and 512 this told most misreadings in text that was not counted.
LENT = 64.0


def sign(char: str) -> str:
    """Give what stands for a character of folded text: itself, or one sign for all of its class.

    >>> "".join(map(sign, "一3b:\\",")), sign("")
    ('一#a:"，', '，')
    """
    if is_han(char):
        return char
    if char in (":", '"'):
        return char
    if char.isalnum():
        return "#" if char.isnumeric() else "a"
    return "，"


@cache
def _rows() -> Mapping[str, str]:
    import gzip

    data = gzip.decompress(read_table("compare", "neighbours.tsv.gz")).decode()
    return {row[0]: row for row in data.splitlines()[1:]}


@lru_cache(maxsize=1024)
def _row(char: str) -> tuple[float, str]:
    """Give how often a character was counted, and what follows it; one after the other, for few are asked for."""
    row = _rows().get(char)
    if row is None:
        return 0.0, ""
    _, level, followers = row.split("\t")
    return 2 ** (int(level) / STEPS), followers


def count(char: str) -> float:
    """Give how often a character was counted."""
    return _row(char)[0]


def pair_count(first: str, second: str) -> float:
    """Give how often ``second`` followed ``first``, 0 when fewer than five times."""
    followers = _row(first)[1]
    at = followers.find(second)
    if at < 0 or second.isdecimal():
        return 0.0
    start = followers.rfind(" ", 0, at) + 1
    return float(2 ** (int("".join(c for c in followers[start : start + 2] if c.isdecimal())) / STEPS))


@lru_cache(maxsize=1024)
def variety(char: str) -> int:
    """Give behind how many different signs a character was counted."""
    return sum(char in row.rsplit("\t", 1)[1] for row in _rows().values())


def likelihood(before: str, char: str, after: str) -> float:
    """Give log2 of how likely a character is between two signs, but for what is the same for all characters.

    This is P(char | before) P(after | char) of a bigram model that lends unseen pairs what the characters alone say
    (Jurafsky and Martin, Speech and Language Processing, chapter on n-grams): of two characters that nobody saw in a
    place the common one is likelier.
    """
    number = count(char)
    there = pair_count(before, char) + LENT * number / TOTAL
    ahead = (pair_count(char, after) + LENT * count(after) / TOTAL) / (number + LENT)
    return log2(there + 1e-6) + log2(ahead + 1e-6)
