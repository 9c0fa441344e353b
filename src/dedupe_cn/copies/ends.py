"""How far chains reach: all of a text at once where they end for sure, so that few have to be lined up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.copies.extend import LAST, WINDOW, reach
from dedupe_cn.copies.matches import agreement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.copies.chains import Chain
    from dedupe_cn.copies.reader import Reader

#: Characters by which places may be shifted against each other behind a difference that still pays: of a window of 40,
#: more than two are equal for each that is shifted.
_SHIFT = (WINDOW - 1) // 3
#: Windows over which a chain is extended at each end, at least, and characters of it for each more of them.
_WINDOWS, _LETTERS = 8, 8
#: Chains that go on over differences and reach over one place, at most.
_CROWD = 8
#: How many times as far as its windows go a chain may reach over what is equal between them, and to the end of a line.
_FAR = 4
#: No characters: what stands behind the end of a document, on either side.
_NOTHING, _NEITHER = np.uint32(0xFFFFFFFF), np.uint32(0xFFFFFFFE)


class Ends(NamedTuple):
    """Where the two stretches of chains begin and end (exact offsets, n each)."""

    kept: NDArray[np.int64]
    kept_end: NDArray[np.int64]
    removed: NDArray[np.int64]
    removed_end: NDArray[np.int64]


def equal_ends(reader: Reader, rows: Sequence[Chain]) -> Ends:
    """Give how far chains reach to the letter."""
    codes = reader.folded_codes
    letters = np.array([(row.first, row.first_end - 1, row.second, row.second_end - 1) for row in rows], np.int64)
    first, first_end, second, second_end = reader.bare.places.take(letters.reshape(-1, 4)).T
    first_end, second_end = first_end + 1, second_end + 1
    document = reader.document_of(first)
    low, high = reader.low.take(document), reader.high.take(document)
    ahead = agreement(codes, first_end, second_end - first_end, high - second_end, 1)
    back = agreement(codes, first - 1, second - first, first - low, -1)
    return Ends(first - back, first_end + ahead, second - back, second_end + ahead)


class Crowd:
    """How many chains reach over each place of a text, of those that go on over what differs.

    Where everything is like everything, each of any number of chains would be lined up over the same stretch. What
    lies wholly in ``_CROWD`` longer ones is not looked at. It is missed, and counts as what stays as a whole as far as
    it might have reached: nothing goes, and nothing is told, that it would have hidden.
    """

    def __init__(self, reader: Reader) -> None:
        self._times = np.zeros(reader.size, np.uint8)
        self._hidden = reader.hidden

    def is_full(self, begin: int, end: int) -> bool:
        """Tell whether as many chains as are looked at reach over the whole of a stretch."""
        return bool(self._times[begin] >= _CROWD and self._times[begin:end].min() >= _CROWD)

    def add(self, begin: int, end: int) -> None:
        """Count a chain that was looked at."""
        part = self._times[begin:end]
        part += part < _CROWD

    def hide(self, begin: int, end: int) -> None:
        """Note a stretch of a chain that is not looked at."""
        part = self._hidden[begin:end]
        np.maximum(part, end - begin, out=part)


def find_ends(reader: Reader, rows: Sequence[Chain], crowd: Crowd) -> tuple[Ends, NDArray[np.bool_]]:
    """Give how far chains reach, over what differs a little, and which of them are to be looked at.

    What is equal behind their ends is gone over at once; only where more may pay both sides are lined up. The chains
    come in the order in which they make the ``crowd``.
    """
    codes, size = reader.folded_codes, reader.size
    kept, kept_end, removed, removed_end = ends = equal_ends(reader, rows)
    document = reader.document_of(kept)
    low, high = reader.low.take(document), reader.high.take(document)
    most = _WINDOWS + (kept_end - kept) // _LETTERS
    ahead = _may_pay(codes, kept_end, removed_end, (low, high), 1)
    back = _may_pay(codes, kept - 1, removed - 1, (low, high), -1)
    looked_at = np.ones(len(rows), dtype=bool)
    for row in np.flatnonzero(ahead | back).tolist():
        begin, end, first, last, windows = (int(column[row]) for column in (removed, removed_end, low, high, most))
        if crowd.is_full(begin, end):
            far = _FAR * windows * WINDOW
            for one, other in ((int(kept[row]), int(kept_end[row])), (begin, end)):
                crowd.hide(max(first, one - far), min(last, other + far))
            looked_at[row] = False
            continue
        if ahead[row]:
            one, other = reach(reader.folded, int(kept_end[row]), end, last, windows)
            kept_end[row] += one
            removed_end[row] += other
        if back[row]:
            one, other = reach(reader.backwards, size - int(kept[row]), size - begin, size - first, windows)
            kept[row] -= one
            removed[row] -= other
        crowd.add(int(removed[row]), int(removed_end[row]))
    return ends, looked_at


def _may_pay(
    codes: NDArray[np.uint32],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    bounds: tuple[NDArray[np.int64], NDArray[np.int64]],
    step: int,
) -> NDArray[np.bool_]:
    """Tell where going on over a difference may pay (:func:`~dedupe_cn.copies.extend.reach`), going by ``step``.

    What pays ends in so many equal characters, and more than two thirds of what is gone over have an equal one near.
    """
    there = np.arange(-_SHIFT, WINDOW + _SHIFT)
    ours = _window(codes, one, np.arange(WINDOW) * step, bounds, _NOTHING)
    theirs = _window(codes, other, there * step, bounds, _NEITHER)
    theirs[:, (there < 0)] = _NEITHER
    theirs[:, (there >= WINDOW)] = _NEITHER
    shifted = np.lib.stride_tricks.sliding_window_view(theirs, WINDOW, axis=1)
    equal = ours == np.moveaxis(shifted, 1, 0)  # shifts first: over a last axis that is short NumPy is slow
    held = np.cumsum(equal.any(axis=0), axis=1)
    ends = equal[:, :, : WINDOW - LAST + 1].copy()
    for at in range(1, LAST):
        ends &= equal[:, :, at : WINDOW - LAST + 1 + at]
    enough = 3 * held[:, LAST - 1 :] > 2 * np.arange(LAST, WINDOW + 1)
    result: NDArray[np.bool_] = (ends.any(axis=0) & enough).any(axis=1)
    return result


def _window(
    codes: NDArray[np.uint32],
    begin: NDArray[np.int64],
    steps: NDArray[np.int64],
    bounds: tuple[NDArray[np.int64], NDArray[np.int64]],
    nothing: np.uint32,
) -> NDArray[np.uint32]:
    """Give the characters at some steps from each of some places, ``nothing`` outside of the bounds of each."""
    at = begin[:, None] + steps
    window = codes.take(at, mode="clip")
    window[(at < bounds[0][:, None]) | (at >= bounds[1][:, None])] = nothing
    return window
