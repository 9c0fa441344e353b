"""Find whole paragraphs that are nearly the same, at any distance.

Seeds propose, rapidfuzz verifies, :mod:`dedupe_cn.repeats.differences` says what differs. The seeds are k-grams of the
bare form: letters and digits of the folded form, with every look-alike folded to one of its group, so that noise leaves
few scars in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.repeats.found import Repeat
from dedupe_cn.repeats.seeds import PIECE, Sampling, counted, hashes_of_mixed, link, mixed, owners, salted, sampled
from dedupe_cn.repeats.short_pairs import alike_short_pairs, documents_of, gathered
from dedupe_cn.text.block_kinds import BETWEEN
from dedupe_cn.text.characters import to_text
from dedupe_cn.text.exact import widths
from dedupe_cn.text.folding import fold
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.repeats.seeds import Samples
    from dedupe_cn.text.characters import Codes


#: Finds every stretch of 13 undisturbed letters; copies with one look-alike in twenty have several.
NEAR = Sampling(10, 6)
#: Shortest paragraph compared; the judge asks for more in long documents.
SHORTEST = 15
#: Up to so many short paragraphs are compared each with each, so that nothing is missed among them.
FEW, SHORT = 200, 64
#: Of the seeds of the shorter paragraph this share must be met again in the other, two at least.
SHARE, LEAST_SEEDS = 0.1, 2


class NearPair(NamedTuple):
    """Two blocks by index, the earlier one first, and the similarity of their folded forms (0-1)."""

    earlier: int
    later: int
    ratio: float


def near_pairs(layout: Layout, threshold: float) -> list[NearPair]:
    """Give the pairs of paragraphs at or above ``threshold`` that are not equal, sorted by the later one."""
    eligible = _eligible(layout, threshold)
    if eligible.size < 2:
        return []
    pairs = _pairs(layout, eligible, threshold)
    if not pairs.size:
        return []
    from rapidfuzz import fuzz

    named, texts = _folded(layout, pairs)
    first, second = named.searchsorted(pairs).T.tolist()
    found: list[NearPair] = []
    for (earlier, later), one, other in zip(pairs.tolist(), first, second, strict=True):
        ratio = fuzz.ratio(texts[one], texts[other], score_cutoff=100 * threshold) / 100
        if ratio and (ratio < 1 or not _equal(layout, earlier, later)):
            found.append(NearPair(earlier, later, ratio))
    return sorted(found, key=lambda pair: (pair.later, pair.earlier))


def _pairs(layout: Layout, eligible: NDArray[np.int64], threshold: float) -> NDArray[np.int64]:
    """Give the pairs of paragraphs to compare (n, 2), sorted, the earlier block first."""
    short = _few_short_ones(layout, eligible)
    among_short = alike_short_pairs(layout, eligible[short], threshold)
    # Whatever is like one that is far shorter than SHORT is short itself, and compared with it already.
    lengths = (layout.ends - layout.starts)[eligible]
    settled = short & ~_may_be_alike(lengths, np.full_like(lengths, SHORT), threshold)
    keys = _voted(layout, eligible[~settled])
    if among_short.size:
        one, other = among_short.T
        keys, _ = counted(np.concatenate((keys, one * layout.starts.size + other)))
    pairs = np.stack(np.divmod(keys, layout.starts.size), axis=1)
    one, other = (layout.ends - layout.starts)[pairs].T
    result: NDArray[np.int64] = pairs[_may_be_alike(one, other, threshold)]
    return result


def _may_be_alike(one: NDArray[np.int64], other: NDArray[np.int64], threshold: float) -> NDArray[np.bool_]:
    """Mark the pairs of lengths whose passages may reach the ratio.

    It is 2 M / (a + b) of M characters in common, and M is at most the shorter length.
    """
    result: NDArray[np.bool_] = 2 * np.minimum(one, other) >= threshold * (one + other) - 1
    return result


def _folded(layout: Layout, pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[str]]:
    """Give the blocks of some pairs, each once and rising, and their folded forms."""
    named, _ = counted(pairs.ravel().copy())
    starts, lengths = layout.starts[named], (layout.ends - layout.starts)[named]
    joined = to_text(fold(gathered(layout.codes, starts, lengths)))
    ends = np.cumsum(lengths).tolist()
    return named, [joined[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def near_duplicates(layout: Layout, threshold: float, pairs: Sequence[NearPair] | None = None) -> Iterator[Repeat]:
    """Give the near-duplicates with what differs in them; the better copy is the kept one.

    Better is the fuller copy where one holds the other, else the one with fewer faults, else the first. ``pairs`` are
    those of :func:`near_pairs` where they are known.
    """
    from dedupe_cn.repeats.differences import compare, turned

    for pair in near_pairs(layout, threshold) if pairs is None else pairs:
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


def _eligible(layout: Layout, threshold: float) -> NDArray[np.int64]:
    """Give the paragraphs of which another one in the document has a length that lets both be alike."""
    lengths = layout.ends - layout.starts
    long = np.flatnonzero(layout.prose & (lengths >= SHORTEST))
    if not long.size:
        return long
    home, widest = documents_of(layout, layout.starts[long]), int(lengths[long].max()) + 1
    # Plain words are sorted many times faster than an order of two keys: document, length and number in one.
    words = (home * widest + lengths[long]) * long.size + np.arange(long.size)
    words.sort()
    keys, order = np.divmod(words, long.size)
    home, lengths = np.divmod(keys, widest)
    # Of the lengths of a document the nearest are neighbours.
    alike = (home[1:] == home[:-1]) & _may_be_alike(lengths[:-1], lengths[1:], threshold)
    paired = np.append(alike, False)
    paired[1:] |= alike
    result: NDArray[np.int64] = long[np.sort(order[paired])]
    return result


def _equal(layout: Layout, one: int, other: int) -> bool:
    a = layout.codes[layout.starts[one] : layout.ends[one]]
    b = layout.codes[layout.starts[other] : layout.ends[other]]
    return bool(np.array_equal(a, b))


def _voted(layout: Layout, eligible: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the pairs of paragraphs that share seeds, as earlier * blocks + later, rising."""
    edges = np.stack((layout.starts[eligible], layout.ends[eligible]), axis=1).ravel()
    bare = (salted(samples, layout.documents) for samples in _bare_samples(layout.codes, edges))
    samples = _in_blocks(layout, bare)
    one, other = link(samples, int(layout.starts.size), NEAR.likely(int((edges[1::2] - edges[::2]).sum())))
    apart = one != other
    keys, votes = counted(one[apart] * layout.starts.size + other[apart])
    low, high = np.divmod(keys, layout.starts.size)
    lengths = layout.ends - layout.starts
    shorter = np.minimum(lengths[low], lengths[high])
    # A sampled k-gram stands at two places in five (2 / (k - s + 1)).
    wanted = np.maximum(LEAST_SEEDS, SHARE * shorter * 2 / (NEAR.k - NEAR.s + 1))
    result: NDArray[np.int64] = keys[votes >= wanted]
    return result


def _few_short_ones(layout: Layout, eligible: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the short paragraphs in each document that has a few; among these no pair is missed."""
    lengths = layout.ends - layout.starts
    short = lengths[eligible] < SHORT
    if layout.documents is None:
        return short if np.count_nonzero(short) <= FEW else np.zeros_like(short)
    counts = owners(layout.starts[eligible[short]], layout.documents)
    short[short] = np.repeat(counts <= FEW, counts)
    return short


def _in_blocks(layout: Layout, samples: Iterable[Samples]) -> Iterator[Samples]:
    """Give the block of every sample in the place of its position.

    Both rise, and of blocks there are fewer: each is repeated for the positions in it.
    """
    for positions, hashes in samples:
        if not positions.size:
            continue
        first = layout.block_at(int(positions[0]))
        starts = layout.starts[first + 1 : layout.block_at(int(positions[-1])) + 1]
        counts = widths(0, positions.searchsorted(starts), positions.size)
        yield np.repeat(np.arange(first, first + counts.size), counts), hashes


def _bare_samples(codes: Codes, edges: NDArray[np.int64]) -> Iterator[Samples]:
    """Sample the k-grams of the bare form of some passages, as if they were one, piece by piece.

    ``edges`` are the passages: start, end, start, end … (exact offsets, rising). The positions are exact offsets too.
    """
    table = _bare_table()
    tail, places = np.empty(0, np.uint32), np.empty(0, np.int64)
    short = NEAR.k - 1
    for begin in range(0, codes.size, PIECE):
        piece = codes[begin : begin + PIECE]
        bare = table.take(piece, mode="clip")
        first, behind = edges.searchsorted([begin, begin + piece.size], side="right").tolist()
        lengths = widths(begin, edges[first:behind], begin + piece.size)
        seen = bare != 0
        seen &= np.repeat(np.arange(first, behind + 1) % 2 == 1, lengths)
        marked = np.flatnonzero(seen)
        fresh = bare.take(marked)
        marked += begin
        # The grams that begin in the last characters of one piece end in the first ones of the next.
        over = np.concatenate((tail, fresh[:short])), np.concatenate((places, marked[:short]))
        for row, origin in (over, (fresh, marked)):
            positions, hashes = sampled(hashes_of_mixed(row, NEAR.s), NEAR)
            yield origin.take(positions), hashes
        tail = np.concatenate((tail, fresh[-short:]))[-short:]
        places = np.concatenate((places, marked[-short:]))[-short:]


@cache
def _bare_table() -> NDArray[np.uint32]:
    """Fold every code point of the BMP; what is no letter or digit becomes 0, what lies beyond the BMP one value.

    What they fold to is :func:`~dedupe_cn.repeats.seeds.mixed`, so that not each text has to be.
    """
    from dedupe_cn.repeats.difference_tables import look_alikes

    every = np.arange(0x10001, dtype=np.uint32)
    bare = every.copy()
    for signs in re.finditer(r"[\W_]+", to_text(every[:-1])):  # what ``isalnum`` denies
        bare[slice(*signs.span())] = 0
    bare[ord(BETWEEN)] = ord(BETWEEN)  # so that no gram joins two documents
    table = bare[np.minimum(fold(every), 0x10000)]
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
        if ord(char) < 0x10000:
            table[ord(char)] = ord(root(char))
    return mixed(table)
