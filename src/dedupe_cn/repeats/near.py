"""Find whole paragraphs that are nearly the same, at any distance.

Seeds propose, rapidfuzz verifies, :mod:`dedupe_cn.repeats.differences` says what differs. The seeds are k-grams of the
bare form: letters and digits of the folded form, with every look-alike folded to one of its group, so that noise leaves
few scars in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.found import Repeat
from dedupe_cn.repeats.seeds import Sampling, links
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray


#: Finds every stretch of 13 undisturbed letters; copies with one look-alike in twenty have several.
NEAR = Sampling(10, 6)
#: Shortest paragraph compared; the judge asks for more in long documents.
SHORTEST = 15
#: Up to so many short paragraphs are compared each with each, so that nothing is missed among them.
FEW, SHORT = 200, 64
#: Up to so many of them are looked through for shared pairs of characters first: loading rapidfuzz takes 8 ms.
VERY_FEW = 40
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
    pairs = _voted(layout, eligible) | _short_ones(layout, eligible, threshold)
    if not pairs:
        return []
    from rapidfuzz import fuzz

    from dedupe_cn.text.characters import squash
    from dedupe_cn.text.folding import fold_text

    folded: dict[int, str] = {}

    def form(index: int) -> str:
        if index not in folded:
            folded[index] = fold_text(squash(layout.block_text(index)))
        return folded[index]

    found: list[NearPair] = []
    for earlier, later in sorted(pairs):
        ratio = fuzz.ratio(form(earlier), form(later), score_cutoff=100 * threshold) / 100
        if ratio and not _equal(layout, earlier, later):
            found.append(NearPair(earlier, later, ratio))
    return sorted(found, key=lambda pair: (pair.later, pair.earlier))


def near_duplicates(layout: Layout, threshold: float) -> Iterator[Repeat]:
    """Give the near-duplicates with what differs in them; the better copy is the kept one.

    Better is the fuller copy where one holds the other, else the one with fewer faults, else the first.
    """
    pairs = near_pairs(layout, threshold)
    if not pairs:
        return
    from dedupe_cn.repeats.differences import compare

    for pair in pairs:
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
            comparison = compare(layout.slice(*removed), layout.slice(*kept))
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


def _voted(layout: Layout, eligible: NDArray[np.int64]) -> set[tuple[int, int]]:
    """Give the pairs of paragraphs that share seeds."""
    bare, origin = bare_form(layout.codes)
    first, second = links(bare, NEAR)
    if not first.size:
        return set()
    blocks = np.full(layout.starts.size, -1, dtype=np.int64)
    blocks[eligible] = eligible
    one = blocks[layout.starts.searchsorted(origin[first], side="right") - 1]
    other = blocks[layout.starts.searchsorted(origin[second], side="right") - 1]
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
    chosen = (votes >= wanted) & (2 * shorter >= longer)
    return set(zip(low[chosen].tolist(), high[chosen].tolist(), strict=True))


def _short_ones(layout: Layout, eligible: NDArray[np.int64], threshold: float) -> set[tuple[int, int]]:
    """Give the near-identical pairs among a few short paragraphs, compared each with each."""
    lengths = layout.ends - layout.starts
    short = eligible[lengths[eligible] < SHORT]
    if not 2 <= short.size <= FEW:
        return set()
    from dedupe_cn.text.folding import fold_text

    texts = [fold_text(layout.block_text(i)) for i in short.tolist()]
    if short.size <= VERY_FEW and not any_alike(texts, threshold - 0.05):
        return set()
    from rapidfuzz import fuzz, process

    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=100 * threshold - 5, dtype=np.uint8)
    above, right = np.nonzero(np.triu(scores, 1))
    return set(zip(short[above].tolist(), short[right].tolist(), strict=True))


def any_alike(texts: Sequence[str], threshold: float) -> bool:
    """Tell whether two of the texts may reach a similarity (0-1): never False when two do.

    Similarity t of texts of n and m characters means a common subsequence of t (n + m) / 2. Each character of the first
    that is not in it spoils two of its n - 1 pairs of neighbours, each of the second one at most.
    """
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in texts]
    for i, one in enumerate(texts):
        spare = len(one) - 1 - len(pairs[i])  # pairs that recur count once in the set
        for j in range(i):
            common = threshold * (len(one) + len(texts[j])) / 2 - 1e-9
            if common > min(len(one), len(texts[j])):
                continue
            spoilt = 2 * (len(one) - common) + len(texts[j]) - common
            if len(pairs[i] & pairs[j]) + spare >= len(one) - 1 - spoilt:
                return True
    return False


def bare_form(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give the bare form of an array of code points, and where each of its characters stands in it."""
    table = _bare_table()
    bare = table[np.minimum(codes, np.uint32(table.size - 1))]
    origin = np.flatnonzero(bare)
    return bare[origin], origin


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
