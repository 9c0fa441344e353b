"""From the links between two files to the stretches of them that may say the same."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dedupe_cn.across.samples import Samples

#: Letters of a sampled gram (kernel/reference/passages.py).
GRAM = 12
#: Characters between two links of one stretch, and by how many more of them, beside a quarter, may stand in one file.
_GAP, _ASKEW = 300, 8
#: Links of a stretch at least, and for each of its characters: of equal text there is one for five letters.
_LEAST, _DENSE = 2, 0.07
#: Stretches that are still open, at most: links that lie in no order make no more work.
_OPEN = 8
#: Share of both files that their stretches cover when the files themselves are copies.
WHOLE = 0.6


class Links(NamedTuple):
    """Links between two files: exact offsets in the first and in the second (rising), and how many files hold each.

    0 stands for a number that is not known.
    """

    first: int
    second: int
    ours: Sequence[int]
    theirs: Sequence[int]
    files: Sequence[int]


class Stretch(NamedTuple):
    """Two stretches, in exact offsets of both files, and the number of files that hold the most common half of it."""

    first: int
    first_end: int
    second: int
    second_end: int
    files: int


def stretches(links: Links) -> list[Stretch]:
    """Chain the links of two files; what chance has put together is left out."""
    done: list[tuple[list[int], list[int]]] = []  # first and last place in both files; the files of each link
    rows = zip(links.ours, links.theirs, links.files, strict=True)
    opened: list[tuple[list[int], list[int]]] = []  # the one that grew last comes last
    for ours, theirs, files in rows:
        best, least = -1, _GAP
        for number, (ends, _) in enumerate(opened):
            ahead, across = ours - ends[1], theirs - ends[3]
            askew = abs(ahead - across)
            if -GRAM <= ahead <= _GAP and across <= _GAP and askew <= min(least, _ASKEW + across // 4):
                best, least = number, askew
        if best < 0:
            made = [ours, ours, theirs, theirs], [files]
            done.append(made)
            opened.append(made)
            del opened[:-_OPEN]
            continue
        grown = ends, counts = opened.pop(best)
        ends[1], ends[3] = max(ours, ends[1]), theirs
        counts.append(files)
        opened.append(grown)
    found = []
    for (first, first_last, second, second_last), counts in done:
        size = max(first_last - first, second_last - second) + GRAM
        if len(counts) >= _LEAST and size >= 2 * GRAM - 4 and len(counts) >= _DENSE * size:
            known = sorted(filter(None, counts))
            files = known[len(known) // 2] if known else 2
            found.append(Stretch(first, first_last + GRAM, second, second_last + GRAM, files))
    return found


def cover_both(found: list[Stretch], first_size: int, second_size: int) -> bool:
    """Tell whether stretches cover most of two files of so many characters."""
    ours = sum(stretch.first_end - stretch.first for stretch in found)
    theirs = sum(stretch.second_end - stretch.second for stretch in found)
    return ours >= WHOLE * first_size and theirs >= WHOLE * second_size


def link(first: int, second: int, one: Samples, other: Samples, files: Mapping[int, int]) -> Links:
    """Link the samples of two files, of each gram two places of the first one; ``files`` counts those that hold it."""
    known: dict[int, list[int]] = {}
    for gram, place in zip(array("q", one.hashes), array("i", one.places), strict=True):
        known.setdefault(gram, []).append(place)
    rows = zip(array("q", other.hashes), array("i", other.places), strict=True)
    found = sorted((there, here, files.get(gram, 0)) for gram, there in rows for here in known.get(gram, ())[:2])
    return Links(first, second, [row[1] for row in found], [row[0] for row in found], [row[2] for row in found])
