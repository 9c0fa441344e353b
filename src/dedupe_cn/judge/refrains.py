"""Verse and refrains, and how they differ from what was typed twice."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from dedupe_cn.judge.case import Case
from dedupe_cn.judge.names import SHORT_LINE
from dedupe_cn.judge.place import beside
from dedupe_cn.judge.shapes import TANDEM
from dedupe_cn.reasons import Reason
from dedupe_cn.text.characters import squash
from dedupe_cn.text.verse import verse_runs, wrapped_runs

#: By how many characters lines of verse differ, and how many of them stand beside the lines that repeat.
_EVEN, _OTHERS = 2, 2
#: Lines of a couplet that stands twice.
_COUPLETS = 4


def is_retyped(case: Case) -> bool:
    """Tell whether a copy of lines goes on in mid-line behind its original: no refrain begins there."""
    (start, end), (kept, _) = sorted((case.kept, case.removed))
    return case.copy.in_a_row and end - start >= TANDEM and not case.page.reader.is_edge(kept)


def count_sung_words(case: Case) -> int:
    """Count the words of verse in a copy."""
    tree = case.page.tree
    return sum(tree.words(leaf.start, leaf.end) for leaf in case.leaves if leaf.kind == "verse")


def among_verse(case: Case) -> Reason | None:
    """Say that the lines are verse, or stand among others as short and as long, or as open at their ends: a refrain."""
    reader, layout = case.page.reader, case.page.layout
    starts = reader.starts
    ends = min(case.kept[0], case.removed[0]), max(case.kept[1], case.removed[1])
    if case.page.is_verse(ends):
        return Reason("verse")
    low, high = (bisect_left(starts, at) for at in ends)
    said = [layout.slice(start, end).strip() for start, end in pairwise(starts[max(0, low - 2) : high + 3])]
    if len(said) - (high - low) < _OTHERS or not {leaf.kind for leaf in case.leaves} <= {"paragraph", "verse", "quote"}:
        return None
    lines = high - low
    first = min(low, 2)
    if wrapped_runs(said[first : first + lines // 2]) == [(0, lines // 2)]:
        return None  # a paragraph that is broken at a fixed width, and lines beside it that happen to be as long
    sizes = [len(squash(line)) for line in said]
    even = max(sizes) <= SHORT_LINE and max(sizes) - min(sizes) <= _EVEN
    couplets = high - low >= _COUPLETS and verse_runs(said) == [(0, len(said))]
    return Reason("verse") if even or couplets else None


def beside_verse(case: Case) -> Reason | None:
    """Say that verse stands directly before or behind a line."""
    leaves = (beside(case.page, case.removed, step) for step in (-1, 1))
    return Reason("verse") if any(leaf is not None and leaf.kind == "verse" for leaf in leaves) else None
