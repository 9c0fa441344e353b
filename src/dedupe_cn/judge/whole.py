"""What stays as a whole, so that no piece of it is offered."""

from __future__ import annotations

from collections.abc import Sequence

from dedupe_cn.judge.case import Case

#: Characters of a stretch for which copies that stay are noted, and how many of them.
_STRETCH, _MOST = 512, 64
#: Characters of a copy that is not exact from which on nothing inside of it is taken out before it is decided on.
_LARGE = 80
#: Similarity (0-1) from which passages that say something else are copies.
_LIKE_WHOLE = 0.85


def is_near_copy(case: Case) -> bool:
    """Tell whether something is a copy as a whole and not to the letter, rather than two passages about one thing."""
    if case.unit < _LARGE or case.copy.wider:
        return False
    if _LIKE_WHOLE <= case.score < 1:  # then they need not be lined up
        return True
    return case.likeness not in ("exact", "meaning") or (case.likeness == "meaning" and case.score >= _LIKE_WHOLE)


class Whole:
    """What stays as a whole: of it no piece is offered.

    Where every copy is asked about (``pairs``), only what lies in both stretches of it at the same places is a piece.
    ``hidden`` (characters at each place) tells of stretches that nobody looked at: these stay too, and hide all but
    what is known to stay by itself.
    """

    def __init__(self, hidden: Sequence[int], pairs: bool = False) -> None:
        self._hidden, self._pairs = hidden, pairs
        self._rows: dict[int, list[Case]] = {}
        self._noted: set[Case] = set()

    def add(self, case: Case) -> None:
        """Note a copy that stays, at all that it and its original reach over."""
        self._noted.add(case)
        for stretch in (case.kept, case.removed):
            for row in range(stretch[0] // _STRETCH, stretch[1] // _STRETCH + 1):
                cases = self._rows.setdefault(row, [])
                if len(cases) < _MOST:
                    cases.append(case)

    def holds(self, case: Case) -> bool:
        """Tell whether a copy lies in one that stays, at the same places of both stretches.

        A running line in either of them is a part of it as well; and in what is not the same to the letter nothing is
        taken out, for a person has to look at both.
        """
        kept, (start, end) = case.kept[0], case.removed
        reach = abs(end - kept if case.copy.in_a_row else case.unit)
        if not self._pairs and case not in self._noted and self._is_hidden(start, end, reach):
            return True
        others = self._rows.get(start // _STRETCH, ())
        return any(self._lies_in(case, other, reach) for other in others)

    def _is_hidden(self, start: int, end: int, reach: int) -> bool:
        """Tell whether longer stretches that stay cover all of a range; mostly its first place denies it."""
        return self._hidden[start] > reach and min(self._hidden[start:end]) > reach

    def _lies_in(self, case: Case, other: Case, reach: int) -> bool:
        """Tell it of one that stays; ``reach`` is what the copy takes of either stretch (characters)."""
        if other is case or other.copy is case.copy:
            return False
        (kept, kept_end), (start, end) = case.kept, case.removed
        (first, last), (begin, behind) = other.kept, other.removed
        inside = begin <= start and end <= behind
        if (self._pairs or case.rule != "running-line") and inside and first <= kept and kept_end <= last:
            return True
        large = min(last - first, behind - begin) > reach
        whole = large and (case.rule == "running-line" or other.likeness != "exact")
        return whole and not self._pairs and (inside or (first <= start and end <= last))
