"""Which tidy-ups of a text are those of an earlier state of it: told by the words around them, wherever these stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.model import Edit, Outcome
from dedupe_cn.text.characters import squash

#: Tidy-ups of a file, not of a line in it.
_OF_FILE = frozenset({"bom", "final-newline"})
#: Characters at an end of a line by which it is known when another part of it was edited.
_END = 8


class Mark(NamedTuple):
    """A tidy-up by its rule, what it puts in, and the words of the line it is in, or of the last one before it."""

    rule: str
    replacement: str
    words: str

    @property
    def ends(self) -> tuple[tuple[str, str, bool, str], ...]:
        """Give what tells it by the beginning and by the end of the line."""
        head, tail = self.words[:_END], self.words[-_END:]
        return (self.rule, self.replacement, True, head), (self.rule, self.replacement, False, tail)


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
    by_end: defaultdict[tuple[str, str, bool, str], list[Mark]] = defaultdict(list)
    for mark in left.elements():
        for end in mark.ends:
            by_end[end].append(mark)
    return [edit for edit, mark in open_ones if mark is None or not _take(mark, by_end, left)]


def _take(mark: Mark, by_end: dict[tuple[str, str, bool, str], list[Mark]], left: Counter[Mark]) -> bool:
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
    cuts = {removal.rule for removal in outcome.removals}
    lines = iter(outcome.original.splitlines(keepends=True))
    end, words = 0, ""
    for edit in edits:
        while end <= edit.start and (line := next(lines, None)) is not None:
            end += len(line)
            words = squash(line) or words
        yield None if edit.rule in cuts else Mark(edit.rule, edit.replacement, "" if edit.rule in _OF_FILE else words)
