"""What changed between two sequences of lines, and between two passages, in nearly linear time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from dedupe_cn.regex import regex

T = TypeVar("T", str, bytes)

#: Gaps between anchors up to this many lines (or characters) are compared one by one; larger ones are replaced whole,
#: so that the time stays linear.
_SMALL = 400
#: Where a Chinese or Latin passage is cut into clauses.
_CLAUSE = regex(r"[^。！？；，、：.!?;,:\n]*+(?:[。！？；，、：.!?;,:\n]++|$)")
#: A stretch of equal characters shorter than this, between two changes, is chance.
_CHANCE = 2

Block = tuple[int, int, int, int]


def changes(old: Sequence[T], new: Sequence[T]) -> list[Block]:
    """Find what is replaced: ``old[a:b]`` by ``new[c:d]``, in order, in nearly linear time.

    Equal lines are paired by their number of occurrence; the longest rising chain of pairs anchors the rest.
    """
    blocks: list[Block] = []
    a = b = 0
    for i, j in [*_anchors(old, new), (len(old), len(new))]:
        if i > a or j > b:
            blocks += _between(old, new, (a, i, b, j))
        a, b = i + 1, j + 1
    return blocks


def passage_changes(old: str, new: str) -> list[Block]:
    """Find what is replaced between two passages, in characters: by clauses, then inside of those that changed."""
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    first, last = old[start : len(old) - end], new[start : len(new) - end]
    if not first and not last:
        return []
    if not first or not last or len(first) + len(last) <= _SMALL:
        found = _by_character(first, last)
    else:
        found = _by_clause(first, last)
    return _merged((start + a, start + b, start + c, start + d) for a, b, c, d in found)


def _by_clause(old: str, new: str) -> list[Block]:
    left, right = _CLAUSE.findall(old), _CLAUSE.findall(new)
    places, others = _offsets(left), _offsets(right)
    found: list[Block] = []
    for a, b, c, d in changes(left, right):
        at, to, start, stop = places[a], places[b], others[c], others[d]
        first, last = old[at:to], new[start:stop]
        head = _common(first, last)
        tail = min(_common(first[::-1], last[::-1]), len(first) - head, len(last) - head)
        inner = _by_character(first[head : len(first) - tail], last[head : len(last) - tail])
        found += [(at + head + e, at + head + f, start + head + g, start + head + h) for e, f, g, h in inner]
    return found


def _by_character(old: str, new: str) -> list[Block]:
    return _between(old, new, (0, len(old), 0, len(new))) if old or new else []


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets


def _merged(blocks: Iterable[Block]) -> list[Block]:
    """Join changes between which only a character or two are equal."""
    result: list[Block] = []
    for block in blocks:
        if result and block[0] - result[-1][1] < _CHANCE:
            a, _, c, _ = result.pop()
            block = (a, block[1], c, block[3])
        result.append(block)
    return result


def _common(one: str, other: str) -> int:
    """Count the equal characters at the start, by halving: comparing slices is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _anchors(old: Sequence[T], new: Sequence[T]) -> list[tuple[int, int]]:
    places: dict[T, list[int]] = defaultdict(list)
    for j, line in enumerate(new):
        if line.strip():
            places[line].append(j)
    used: dict[T, int] = defaultdict(int)
    pairs: list[tuple[int, int]] = []
    for i, line in enumerate(old):
        if line in places and used[line] < len(places[line]):
            pairs.append((i, places[line][used[line]]))
            used[line] += 1
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the longest chain in which the second numbers rise too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [k]
    chain: list[tuple[int, int]] = []
    k = ends[-1] if ends else -1
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    return chain[::-1]


def _between(old: Sequence[T], new: Sequence[T], gap: Block) -> list[Block]:
    a, i, b, j = gap
    while a < i and b < j and old[a] == new[b]:
        a, b = a + 1, b + 1
    while a < i and b < j and old[i - 1] == new[j - 1]:
        i, j = i - 1, j - 1
    if a == i and b == j:
        return []
    if a == i or b == j or i - a + j - b > _SMALL:
        return [(a, i, b, j)]
    matcher = SequenceMatcher(None, old[a:i], new[b:j], autojunk=False)
    return [(a + s, a + e, b + t, b + f) for tag, s, e, t, f in matcher.get_opcodes() if tag != "equal"]
