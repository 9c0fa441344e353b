"""Sketches of many passages at once: sorted shingles, and a MinHash of few permutations read off them.

The shingles of all passages are hashed over one array of code points by doubling, sorted together and deduplicated;
no step loops over characters or shingles. The hash of a shingle names one of 128 ranges, and a sketch keeps the
smallest hash in each (Li, Owen and Zhang 2012, "One Permutation Hashing"). An empty range copies from the first filled
one of a fixed random sequence (Shrivastava 2017, "Optimal Densification"). With that alone passages below 100 shingles
err more than with MinHash (measured: 0.0375 against 0.0341 at 40 shingles and similarity 0.8), so short ones are placed
again before, with other multipliers, earlier rounds before later ones (Dahlgaard, Knudsen and Thorup 2017, "Fast
Similarity Sketching"); then they err less (0.0298).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_cn.repeats.seeds import gram_hashes
from dedupe_cn.text.characters import to_codes

if TYPE_CHECKING:
    from datasketch import LeanMinHash
    from numpy.typing import NDArray

#: Values of a sketch: the default of datasketch, and what the corpus measurements of design section 8 used.
VALUES = 128
#: The upper bits of a 32-bit hash that name its range: log2 of VALUES.
_RANGE_BITS = 7
#: Marks a range without a value; also every value of a passage shorter than a shingle.
_EMPTY = np.uint32(0xFFFFFFFF)
#: Marks our sketches among datasketch's, which refuses to compare sketches of different seeds.
SEED = 0xC42D
#: Code points sketched at a time: the working arrays stay in the cache of one core, and small enough for the allocator
#: to keep their memory (faulting in new pages took longer than the hashing). Smaller chunks cost more: each goes
#: through every round its shortest passage needs.
_CHUNK = 1 << 16
#: Code points sorted at a time.
_SORTED = 1 << 12
#: Rows densified at a time: many, since each takes a dozen small steps, but their indices stay in the cache too.
_DENSIFIED = 512
#: Shingles are placed until their number times the rounds is this: then e**-1.25 of the 128 ranges is empty. More
#: rounds err less (0.026 against 0.030 for twice as many, at 60 shingles and similarity 0.8) and cost a fifth more.
_PLACED = 5 * VALUES // 4
#: Most rounds (five shingles fill 98 ranges by then).
_ROUNDS = 32
#: Lower bits of a value, those of the hash that do not name the range; the number of the round stands above them.
_HASH_BITS = 32 - _RANGE_BITS
#: Marks a shingle that runs over the end of its passage.
_NO_PASSAGE = np.uint64(0xFFFFFFFFFFFFFFFF)
#: Tries to fill an empty range: one filled range of 128 is missed with a chance of 1e-7.
_TRIES = 2048


@dataclass(frozen=True, slots=True)
class Sketches:
    """Sketches of passages in order.

    ``values`` has a row of 128 hashes for each passage. ``shingles`` holds the different 32-bit shingle hashes of all
    passages, sorted within each; those of passage i are ``shingles[starts[i] : starts[i] + counts[i]]``.
    """

    values: NDArray[np.uint32] = field(repr=False)
    shingles: NDArray[np.uint32] = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)
    counts: NDArray[np.int64] = field(repr=False)

    def __len__(self) -> int:
        return int(self.values.shape[0])

    def shingles_of(self, index: int) -> NDArray[np.uint32]:
        """Give the sorted shingle hashes of one passage (empty when it is shorter than a shingle)."""
        start = int(self.starts[index])
        return self.shingles[start : start + int(self.counts[index])]


def sketch_texts(texts: Sequence[str], k: int = 5) -> Sketches:
    """Sketch strings by shingles of ``k`` characters, as :func:`sketch_spans` does."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    # Encoded chunk by chunk: the code points of all would be written to fresh pages and read back from memory.
    return _sketch(lambda first, last: to_codes("".join(texts[first:last])), sizes, k)


def sketch_spans(codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], k: int = 5) -> Sketches:
    """Sketch the passages ``codes[starts[i] : ends[i]]`` by shingles of ``k`` code points.

    Which form is sketched is the caller's choice (folded for near-duplicates inside a document). Passages shorter
    than ``k`` get no shingles: compare them exactly.
    """

    def cut(first: int, last: int) -> NDArray[np.uint32]:
        if np.array_equal(starts[first + 1 : last], ends[first : last - 1]):
            joined: NDArray[np.uint32] = codes[int(starts[first]) : int(ends[last - 1])]
            return joined
        sizes = ends[first:last] - starts[first:last]
        places = np.repeat(starts[first:last] - np.cumsum(sizes) + sizes, sizes)
        places += np.arange(places.size)
        gathered: NDArray[np.uint32] = codes[places]
        return gathered

    return _sketch(cut, ends - starts, k)


def _sketch(cut: Callable[[int, int], NDArray[np.uint32]], sizes: NDArray[np.int64], k: int) -> Sketches:
    """Sketch passages of these sizes; ``cut`` gives the code points of the passages of a range, joined."""
    values = np.full((sizes.size, VALUES), _EMPTY)
    counts = np.zeros(sizes.size, np.int64)
    # One array for all chunks: parts to be joined at the end would be written, and their pages faulted in, twice.
    shingles = np.empty(int(sizes.sum()), np.uint32)
    total = 0
    for first, last in pairwise(_cuts(sizes, _CHUNK)):
        codes = cut(first, last) if last else shingles
        if codes.size >= k:
            keys, counts[first:last] = _shingle(codes, sizes[first:last], k)
            hashes = shingles[total : total + keys.size]
            # The hash is the lower half of a key.
            np.copyto(hashes, keys, casting="unsafe")
            _fill_values(values[first:last], hashes, counts[first:last])
            total += keys.size
    for first in range(0, sizes.size, _DENSIFIED):
        _densify(values[first : first + _DENSIFIED].reshape(-1))
    return Sketches(values, shingles[:total], np.cumsum(counts) - counts, counts)


def _cuts(sizes: NDArray[np.int64], step: int) -> list[int]:
    """Cut passages into runs of about ``step`` code points: the numbers of the passages at the cuts, from 0 to all."""
    return [0, *(np.flatnonzero(np.diff(np.cumsum(sizes) // step)) + 1).tolist(), sizes.size]


def _shingle(
    codes: NDArray[np.uint32], sizes: NDArray[np.int64], k: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Give the different shingles of passages in a row and how many each has.

    A shingle is a number of the passage and, in the lower 32 bits, a hash; so one sort orders both.
    """
    keys = gram_hashes(codes, (k,))[0]
    # The product spreads the code points over the upper bits (Fibonacci hashing, Knuth 6.4); 32 of them are kept.
    keys *= np.uint64(0x9E3779B97F4A7C15)
    keys >>= np.uint64(32)
    keys |= np.repeat(np.arange(sizes.size, dtype=np.uint64) << np.uint64(32), sizes)[: keys.size]
    ends = np.cumsum(sizes)
    over_an_end = (ends[:, None] - np.arange(1, k)).ravel()
    keys[over_an_end[(over_an_end >= 0) & (over_an_end < keys.size)]] = _NO_PASSAGE
    # The passages are in order already: sorting a few at a time saves the first steps of a quicksort.
    for first, last in pairwise(_cuts(sizes, _SORTED)):
        keys[ends[first] - sizes[first] : ends[last - 1]].sort()
    fresh = np.empty(keys.size, bool)
    fresh[0] = True
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    fresh &= keys != _NO_PASSAGE
    keys = keys[fresh]
    ends = np.searchsorted(keys, np.arange(1, sizes.size + 1, dtype=np.uint64) << np.uint64(32))
    return keys, np.diff(ends, prepend=0)


def _fill_values(values: NDArray[np.uint32], hashes: NDArray[np.uint32], counts: NDArray[np.int64]) -> None:
    """Place the hashes into the ranges of their passages, round by round, and keep the smallest.

    The rounds depend on the number of different shingles only, so that equal sets have equal sketches.
    """
    flat = values.reshape(-1)
    rounds = np.clip(-(-_PLACED // np.maximum(counts, 1)), 1, _ROUNDS)
    rounds[counts == 0] = 0
    rows = np.repeat(np.arange(counts.size) * VALUES, counts)
    for number in range(int(rounds.max())):
        goes_on = rounds > number
        if number and not goes_on[counts > 0].all():
            active = np.repeat(goes_on, counts)
            hashes, rows = hashes[active], rows[active]
            counts = np.where(goes_on, counts, 0)
        turned = hashes * _multipliers()[number]
        places = rows + (turned >> np.uint32(32 - _RANGE_BITS))
        turned &= np.uint32((1 << _HASH_BITS) - 1)
        turned |= np.uint32(number << _HASH_BITS)
        np.minimum.at(flat, places, turned)


@cache
def _multipliers() -> NDArray[np.uint32]:
    """Give the odd multiplier of each round (multiply-shift hashing, Dietzfelbinger et al. 1997)."""
    return (_random(_ROUNDS, 1) >> np.uint64(32)).astype(np.uint32) | np.uint32(1)


def _random(size: int, stream: int) -> NDArray[np.uint64]:
    """Give fixed random numbers, for good: stored sketches rest on them (SplitMix64, Steele, Lea and Flood 2014)."""
    state = np.arange(size, dtype=np.uint64) + np.uint64(SEED + (stream << 32))
    state *= np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@cache
def _sequences() -> NDArray[np.int64]:
    """Give for each try the range from which each empty range copies."""
    return (_random(_TRIES * VALUES, 2) >> np.uint64(64 - _RANGE_BITS)).astype(np.int64).reshape(_TRIES, VALUES)


def _densify(values: NDArray[np.uint32]) -> None:
    """Fill each empty range from the first filled one of its sequence; rows without any value stay empty."""
    empty = np.flatnonzero(values == _EMPTY)
    columns = empty & (VALUES - 1)
    rows = empty - columns
    found = np.full(empty.size, _EMPTY)
    missing: NDArray[np.int64] | slice = slice(None)
    for targets in _sequences():
        got = values[rows + targets[columns]]
        found[missing] = got
        again = np.flatnonzero(got == _EMPTY)
        if again.size == 0:
            break
        missing = again if isinstance(missing, slice) else missing[again]
        rows, columns = rows[again], columns[again]
    # Written at the end only: a range must not copy from one that was itself empty.
    values[empty] = found


def to_minhash(values: NDArray[np.uint32]) -> LeanMinHash:
    """Carry a row of values as a datasketch hash, for its LSH indexes and its ``jaccard``.

    The seed marks it as ours: datasketch refuses to compare it with a sketch it made itself.
    """
    from datasketch import LeanMinHash

    options: dict[str, Any] = {"seed": SEED, "hashvalues": values.astype(np.uint64)}
    try:
        return LeanMinHash(scheme="affine32", **options)
    except TypeError:  # datasketch before 2.0 knows no scheme
        return LeanMinHash(**options)


def estimated_jaccard(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> float:
    """Estimate the Jaccard similarity of two passages by their rows of values."""
    return float(np.count_nonzero(first == second)) / VALUES


def exact_jaccard(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> float:
    """Give the Jaccard similarity of two sorted sets of shingle hashes; 0 when either is empty."""
    if first.size == 0 or second.size == 0:
        return 0.0
    small, large = (first, second) if first.size <= second.size else (second, first)
    places = np.searchsorted(large, small)
    common = int(np.count_nonzero(large[np.minimum(places, large.size - 1)] == small))
    return common / (first.size + second.size - common)
