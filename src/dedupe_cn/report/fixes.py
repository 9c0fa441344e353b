"""What a reader must delete to carry out one removal, and no other."""

from __future__ import annotations

from bisect import bisect_right

from dedupe_cn.between import Standing
from dedupe_cn.model import Edit, FileResult, Outcome, Removal
from dedupe_cn.report.findings import standing
from dedupe_cn.report.places import Places
from dedupe_cn.report.run import OF_SEVERAL
from dedupe_cn.text.characters import squash


class Fixes:
    """The cuts of one file by place, for removals that were not written.

    A cut is the passage and the white space it brought. In offsets of the original a later cut may reach over passages
    that went before it, so what a removal deletes is its passage and the white space around it, inside of its cut.
    """

    def __init__(self, result: FileResult) -> None:
        """Take the outcome of a file; one that was written needs no fixes."""
        self._path = result.path
        self._outcome: Outcome | None = None if result.written else result.outcome
        self._places: Places | None = None
        self._cuts: list[Edit] = []
        self._starts: list[int] = []
        #: For each cut the one that reaches furthest of those up to it.
        self._furthest: list[Edit] = []

    def of(self, removal: Removal) -> list[Standing]:
        """Give what to delete for a removal: nothing when it only reports or is done."""
        outcome = self._outcome
        if outcome is None or not removal.applied or removal.rule in OF_SEVERAL:
            return []
        if self._places is None:
            self._places = Places(outcome.original)
            self._prepare(outcome)
        start, end = removal.span.start, removal.span.end
        cut = self._around(start, end)
        if cut is not None:
            return [standing(self._path, self._places, *_with_white_space(outcome.original, start, end, cut))]
        return [standing(self._path, self._places, *piece) for piece in self._pieces(start, end)]

    def _prepare(self, outcome: Outcome) -> None:
        rules = {removal.rule for removal in outcome.applied}
        self._cuts = sorted(edit for edit in outcome.edits if edit.rule in rules)
        self._starts = [cut.start for cut in self._cuts]
        for cut in self._cuts:
            before = self._furthest[-1] if self._furthest else cut
            self._furthest.append(cut if cut.end > before.end else before)

    def _around(self, start: int, end: int) -> Edit | None:
        """Give a cut that takes a whole passage: the nearest, else the one that reaches furthest."""
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return None
        return next((cut for cut in (self._cuts[at], self._furthest[at]) if cut.end >= end), None)

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the parts of a passage that went one by one."""
        pieces: list[tuple[int, int]] = []
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._cuts) and self._cuts[at].start < end:
            first, last = max(start, self._cuts[at].start), min(end, self._cuts[at].end)
            if first < last and (not pieces or first >= pieces[-1][1]):
                pieces.append((first, last))
            at += 1
        return pieces


def _with_white_space(text: str, start: int, end: int, cut: Edit) -> tuple[int, int]:
    while start > cut.start and not squash(text[start - 1]):
        start -= 1
    while end < cut.end and not squash(text[end]):
        end += 1
    return start, end
