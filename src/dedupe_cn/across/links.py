"""From the samples of all files to the links between them: each sampled gram with its next occurrence in another file.

Occurrences are linked to the next one only, in the order of the files, but for the first and the last of three; so the
links are hardly more than the samples, whatever the files hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import numpy as np

from dedupe_cn.across.chains import Links
from dedupe_cn.across.samples import MANY, Samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Samples that are held before they are put into parts: 16 bytes each.
_HELD = 1 << 18
#: Parts of the samples, by their hashes: each is sorted by itself.
PARTS = 64
#: Files that hold a gram up to which each is linked to each: the likest of three need not stand side by side.
_ALL = 3
_ROW = np.dtype([("hash", "<u8"), ("file", "<u4"), ("place", "<i4")])


class Store(Protocol):
    """Where samples wait, in parts; ``put`` adds to a part and ``take`` gives all of it."""

    def put(self, part: int, data: bytes) -> None: ...

    def take(self, part: int) -> bytes: ...


class Gathered:
    """The samples of the files of a run, in the order in which they are added; files are known by their numbers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: list[NDArray[np.void]] = []
        self._held = 0
        self._parted = False
        #: Characters of the exact form of each file.
        self.sizes: list[int] = []

    def add(self, samples: Samples) -> int:
        """Add a file; give its number. Raises OSError when the store is full."""
        number = len(self.sizes)
        self.sizes.append(samples.size)
        hashes = np.frombuffer(samples.hashes, "<u8")
        rows = np.empty(hashes.size, _ROW)
        rows["hash"], rows["file"], rows["place"] = hashes, number, np.frombuffer(samples.places, "<i4")
        self._rows.append(rows)
        self._held += rows.size
        if self._held >= _HELD:
            self._part()
        return number

    def _part(self) -> None:
        """Put what is held into parts."""
        rows = self._joined()
        part = (rows["hash"] >> np.uint64(58)).astype(np.intp)
        order = np.argsort(part, kind="stable")
        rows, bounds = rows[order], np.searchsorted(part[order], np.arange(PARTS + 1))
        for number in range(PARTS):
            self._store.put(number, rows[bounds[number] : bounds[number + 1]].tobytes())
        self._parted = True

    def _joined(self) -> NDArray[np.void]:
        rows = np.concatenate(self._rows) if self._rows else np.empty(0, _ROW)
        self._rows, self._held = [], 0
        return rows

    def links(self) -> Iterator[Links]:
        """Give the links of every two files that share two samples, in the order of the second file, then the first."""
        if self._parted:
            self._part()
            found = [_linked(np.frombuffer(self._store.take(part), _ROW)) for part in range(PARTS)]
        else:
            found = [_linked(self._joined())]
        first, second, ours, theirs, files = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((theirs, first, second))
        pair = second[order].astype(np.int64) << 32 | first[order]
        starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1])) if pair.size else np.empty(0, np.int64)
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), pair.size], strict=False):
            if end - start > 1:
                some = order[start:end]
                places = (ours[some].tolist(), theirs[some].tolist(), files[some].tolist())
                yield Links(int(first[some[0]]), int(second[some[0]]), *places)


def _linked(rows: NDArray[np.void]) -> tuple[NDArray[np.int32], ...]:
    """Link the samples of one part: first and second file, places in both, and how many files hold the gram.

    Of each gram the first two places in a file count: a summary may say again what the file has said above.
    """
    rows = rows[np.argsort(rows["hash"], kind="stable")]
    hashes, files, places = rows["hash"], rows["file"].astype(np.int32), rows["place"]
    once = np.ones(rows.size, dtype=bool)  # the first place in each file
    once[1:] = (hashes[1:] != hashes[:-1]) | (files[1:] != files[:-1])
    firsts = np.flatnonzero(once)
    following = np.minimum(firsts + 1, max(0, rows.size - 1))
    again = np.where(once[following], -1, places[following]) if rows.size else firsts
    hashes, files, places = hashes[once], files[once], places[once]
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if hashes.size else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, hashes.size))
    count, rank = np.repeat(sizes, sizes).astype(np.int32), np.arange(hashes.size) - np.repeat(starts, sizes)
    later = [np.flatnonzero((rank > 0) & ((count <= MANY) | (rank == 1))), np.flatnonzero((rank > 1) & (count <= _ALL))]
    found = [
        (files[some - step], files[some], ours[some - step], theirs[some], count[some])
        for step, some in enumerate(later, 1)
        for ours in (places, again)
        for theirs in (places, again)
    ]
    first, second, ours, theirs, number = (np.concatenate(column) for column in zip(*found, strict=True))
    there = (ours >= 0) & (theirs >= 0)
    return first[there], second[there], ours[there], theirs[there], number[there]
