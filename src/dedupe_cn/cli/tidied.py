"""Which tidy-ups of a text are those of an earlier state of it: told by the words around them, wherever these stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from dedupe_cn.model import Edit, Outcome
from dedupe_cn.text.characters import squash

#: Tidy-ups of a file, not of a line in it.
_OF_FILE = frozenset({"bom", "final-newline"})
#: Characters at an end of a line by which it is known when another part of it was edited.
_END = 8


#: What tells a tidy-up by one end of its line: rule, replacement, which end, characters.
_End = tuple[str, str, int, str]


class Mark(NamedTuple):
    """A tidy-up by its rule, what it puts in, and the words of its line.

    In a line without words those of the last line before it, and, ``behind``, those of the next one.
    """

    rule: str
    replacement: str
    words: str
    behind: str = ""

    @property
    def ends(self) -> tuple[_End, ...]:
        """Give what tells it by the beginning and by the end of the line, or by one of the lines around it."""
        ends = (self.words[:_END], self.words[-_END:], self.behind[:_END])
        return tuple((self.rule, self.replacement, at, end) for at, end in enumerate(ends) if end or not self.words)


def marks_of(outcome: Outcome) -> tuple[Mark, ...]:
    """Name the tidy-ups of an outcome."""
    return tuple(mark for mark in _marks(outcome, sorted(outcome.edits)) if mark is not None)


def new_edits(outcome: Outcome, known: Sequence[Mark]) -> list[Edit]:
    """Give the edits of an outcome, by place, without the tidy-ups that are ``known``: each of these is one of them.

    First those are told that stand at the same words, then those in a line of which one end is the same.
    """
    left = Counter(known)
    open_ones: list[tuple[Edit, Mark | None]] = []
    ordered = sorted(outcome.edits)
    for edit, mark in zip(ordered, _marks(outcome, ordered), strict=True):
        if mark is not None and left[mark]:
            left[mark] -= 1
        else:
            open_ones.append((edit, mark))
    by_end: defaultdict[_End, list[Mark]] = defaultdict(list)
    for mark in left.elements():
        for end in mark.ends:
            by_end[end].append(mark)
    return [edit for edit, mark in open_ones if mark is None or not _take(mark, by_end, left)]


def _take(mark: Mark, by_end: dict[_End, list[Mark]], left: Counter[Mark]) -> bool:
    """Take one of the known tidy-ups that are left, at whose line one end is the same; tell whether there was one."""
    for end in mark.ends:
        marks = by_end.get(end, [])
        while marks:
            other = marks.pop()
            if left[other]:
                left[other] -= 1
                return True
    return False


def _marks(outcome: Outcome, edits: Sequence[Edit]) -> Iterator[Mark | None]:
    """Name each of the edits, which are in order; a cut of a repeat has no name."""
    if not edits:
        return
    cuts = {removal.rule for removal in outcome.removals}
    lines = outcome.original.splitlines(keepends=True)
    ends = list(accumulate(map(len, lines)))
    words = [squash(line) for line in lines]
    full = [number for number, said in enumerate(words) if said]
    for edit in edits:
        number = bisect_right(ends, edit.start)
        at = bisect_right(full, number)
        before = words[full[at - 1]] if at else ""
        behind = words[full[at]] if at < len(full) and (not at or full[at - 1] != number) else ""
        if edit.rule in cuts:
            yield None
        else:
            yield Mark(edit.rule, edit.replacement, *(("", "") if edit.rule in _OF_FILE else (before, behind)))
