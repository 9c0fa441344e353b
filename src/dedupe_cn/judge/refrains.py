"""What is sung again: a refrain among other lines, and how it differs from lines that were typed twice."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from dedupe_cn.judge.case import Case
from dedupe_cn.judge.place import SHORT_LINE, beside
from dedupe_cn.judge.shapes import TANDEM
from dedupe_cn.reasons import Reason
from dedupe_cn.text.verse import verse_runs

#: By how many characters lines of verse differ, and how many of them stand beside the lines that repeat.
_EVEN, _OTHERS = 2, 2
#: Lines of a couplet that stands twice.
_COUPLETS = 4


def is_retyped(case: Case) -> bool:
    """Tell whether a copy of lines goes on in mid-line behind its original: no refrain begins there."""
    (start, end), (kept, _) = sorted((case.kept, case.removed))
    return case.copy.in_a_row and end - start >= TANDEM and not case.page.reader.is_edge(kept)


def among_verse(case: Case) -> Reason | None:
    """Say that the lines stand among others as short and as long as they are: a refrain."""
    reader = case.page.reader
    starts = reader.starts
    ends = min(case.kept[0], case.removed[0]), max(case.kept[1], case.removed[1])
    low, high = (bisect_left(starts, at) for at in ends)
    sizes = [end - start for start, end in pairwise(starts[max(0, low - 2) : high + 3])]
    others = len(sizes) - (high - low)
    even = sizes and max(sizes) <= SHORT_LINE and max(sizes) - min(sizes) <= _EVEN
    if even and others >= _OTHERS:
        return Reason("verse")
    if high - low < _COUPLETS or any(leaf.kind != "paragraph" for leaf in case.leaves):
        return None
    layout = case.page.layout  # couplets of lines that end in no mark are verse whatever their length
    said = [layout.slice(start, end).strip() for start, end in pairwise(starts[max(0, low - 2) : high + 3])]
    runs = verse_runs(said)
    return Reason("verse") if others >= _OTHERS and runs == [(0, len(said))] else None


def beside_verse(case: Case) -> Reason | None:
    """Say that verse stands directly before or behind a line."""
    leaves = (beside(case.page, case.removed, step) for step in (-1, 1))
    return Reason("verse") if any(leaf is not None and leaf.kind == "verse" for leaf in leaves) else None
