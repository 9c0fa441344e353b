"""Find whole paragraphs that are nearly the same, at any distance.

Seeds propose, rapidfuzz verifies, :mod:`dedupe_cn.repeats.differences` says what differs. The seeds are k-grams of the
bare form: letters and digits of the folded form, with every look-alike folded to one of its group, so that noise leaves
few scars in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.found import Repeat
from dedupe_cn.repeats.seeds import PIECE, Sampling, link, sampled
from dedupe_cn.repeats.short_pairs import alike_short_pairs, gathered
from dedupe_cn.text.characters import to_text
from dedupe_cn.text.folding import fold
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.repeats.seeds import Samples


#: Finds every stretch of 13 undisturbed letters; copies with one look-alike in twenty have several.
NEAR = Sampling(10, 6)
#: Shortest paragraph compared; the judge asks for more in long documents.
SHORTEST = 15
#: Up to so many short paragraphs are compared each with each, so that nothing is missed among them.
FEW, SHORT = 200, 64
#: Of the seeds of the shorter paragraph this share must be met again in the other, two at least.
SHARE, LEAST_SEEDS = 0.1, 2


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two blocks by index, the earlier one first, and the similarity of their folded forms (0-1)."""

    earlier: int
    later: int
    ratio: float


def near_pairs(layout: Layout, threshold: float) -> list[NearPair]:
    """Give the pairs of paragraphs at or above ``threshold`` that are not equal, sorted by the later one."""
    eligible = _eligible(layout)
    if eligible.size < 2:
        return []
    pairs = _voted(layout, eligible, threshold) | _short_ones(layout, eligible, threshold)
    if not pairs:
        return []
    from rapidfuzz import fuzz

    folded = _folded(layout, pairs)
    found: list[NearPair] = []
    for earlier, later in sorted(pairs):
        ratio = fuzz.ratio(folded[earlier], folded[later], score_cutoff=100 * threshold) / 100
        if ratio and not _equal(layout, earlier, later):
            found.append(NearPair(earlier, later, ratio))
    return sorted(found, key=lambda pair: (pair.later, pair.earlier))


def _folded(layout: Layout, pairs: set[tuple[int, int]]) -> dict[int, str]:
    """Give the folded forms of the blocks of some pairs, by index."""
    named = np.unique(np.array(list(pairs), np.int64))
    starts, lengths = layout.starts[named], (layout.ends - layout.starts)[named]
    joined = to_text(fold(gathered(layout.codes, starts, lengths)))
    ends = np.cumsum(lengths).tolist()
    return {
        index: joined[start:end] for index, start, end in zip(named.tolist(), [0, *ends[:-1]], ends, strict=True)
    }


def near_duplicates(layout: Layout, threshold: float) -> Iterator[Repeat]:
    """Give the near-duplicates with what differs in them; the better copy is the kept one.

    Better is the fuller copy where one holds the other, else the one with fewer faults, else the first.
    """
    from dedupe_cn.repeats.differences import compare, turned

    for pair in near_pairs(layout, threshold):
        earlier = (int(layout.starts[pair.earlier]), int(layout.ends[pair.earlier]))
        later = (int(layout.starts[pair.later]), int(layout.ends[pair.later]))
        comparison = compare(layout.slice(*later), layout.slice(*earlier))
        kept, removed = earlier, later
        if comparison.verdict == "meaning":  # goes at most at aggressive: what only one copy says must stay
            later_is_better = all(not d.kept for d in comparison.differences)
        else:
            later_is_better = comparison.cleaner == "removed"
        if later_is_better:
            kept, removed = later, earlier
            comparison = turned(comparison)
        yield Repeat(
            "near-duplicate",
            kept,
            removed,
            removed[1] - removed[0],
            paragraphs=1,
            blocks=1,
            score=pair.ratio,
            comparison=comparison,
        )


def _eligible(layout: Layout) -> NDArray[np.int64]:
    lengths = layout.ends - layout.starts
    return np.flatnonzero(layout.prose & (lengths >= SHORTEST))


def _equal(layout: Layout, one: int, other: int) -> bool:
    a = layout.codes[layout.starts[one] : layout.ends[one]]
    b = layout.codes[layout.starts[other] : layout.ends[other]]
    return bool(np.array_equal(a, b))


def _voted(layout: Layout, eligible: NDArray[np.int64], threshold: float) -> set[tuple[int, int]]:
    """Give the pairs of paragraphs that share seeds."""
    first, second = link(_bare_samples(layout.codes), int(layout.codes.size))
    if not first.size:
        return set()
    blocks = np.full(layout.starts.size, -1, dtype=np.int64)
    blocks[eligible] = eligible
    one = blocks[layout.starts.searchsorted(first, side="right") - 1]
    other = blocks[layout.starts.searchsorted(second, side="right") - 1]
    good = (one >= 0) & (other >= 0) & (one != other)
    if not good.any():
        return set()
    low, high = np.minimum(one, other)[good], np.maximum(one, other)[good]
    keys, votes = np.unique(low * layout.starts.size + high, return_counts=True)
    low, high = np.divmod(keys, layout.starts.size)
    lengths = layout.ends - layout.starts
    shorter, longer = np.minimum(lengths[low], lengths[high]), np.maximum(lengths[low], lengths[high])
    # A sampled k-gram stands at two places in five (2 / (k - s + 1)).
    wanted = np.maximum(LEAST_SEEDS, SHARE * shorter * 2 / (NEAR.k - NEAR.s + 1))
    # The ratio is 2 M / (a + b) of M characters in common, and M is at most the shorter length.
    chosen = (votes >= wanted) & (2 * shorter >= threshold * (shorter + longer) - 1)
    return set(zip(low[chosen].tolist(), high[chosen].tolist(), strict=True))


def _short_ones(layout: Layout, eligible: NDArray[np.int64], threshold: float) -> set[tuple[int, int]]:
    """Give the pairs among a few short paragraphs that may be near-identical; none is missed."""
    lengths = layout.ends - layout.starts
    short = eligible[lengths[eligible] < SHORT]
    return alike_short_pairs(layout, short, threshold) if short.size <= FEW else set()


def _bare_samples(codes: NDArray[np.uint32]) -> Iterator[Samples]:
    """Sample the k-grams of the bare form piece by piece; their positions are those of the exact form."""
    table = _bare_table()
    tail, places = np.empty(0, np.uint32), np.empty(0, np.int64)
    for begin in range(0, codes.size, PIECE):
        bare = table.take(codes[begin : begin + PIECE], mode="clip")
        marked = bare.nonzero()[0]
        fresh = bare[marked]
        marked += begin
        tail = np.concatenate((tail, fresh)) if begin else fresh
        places = np.concatenate((places, marked)) if begin else marked
        positions, hashes = sampled(tail, NEAR)
        yield places[positions], hashes
        # The grams that begin in the last characters go on in the next piece.
        tail, places = tail[1 - NEAR.k :], places[1 - NEAR.k :]


@cache
def _bare_table() -> NDArray[np.uint32]:
    """Fold every code point of the BMP; what is no letter or digit becomes 0, what lies beyond the BMP one value."""
    from dedupe_cn.repeats.difference_tables import look_alikes
    from dedupe_cn.text.folding import fold_table

    table = np.arange(0x10001, dtype=np.uint32)
    signs = np.array([not chr(code).isalnum() for code in range(0x10000)] + [False])
    table[signs] = 0
    for code, folded in fold_table().items():
        if code < 0x10000:
            table[code] = table[min(folded, 0x10000)]
    roots: dict[str, str] = {}

    def root(char: str) -> str:
        while char in roots:
            char = roots[char]
        return char

    # Only pairs of which one is no word in nearly every place: with everyday pairs all characters would be one group.
    for pair in (pair for pair, kind in look_alikes().items() if kind == "shape"):
        one, other = sorted(root(char) for char in pair) if len(pair) == 2 else ("", "")
        if one != other:
            roots[other] = one
    for char in list(roots):
        if ord(char) < 0x10000:
            table[ord(char)] = ord(root(char))
    return table
