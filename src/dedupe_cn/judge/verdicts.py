"""Hold the copies of a text against what a person has decided on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dedupe_cn.judge.case import Case
from dedupe_cn.judge.identity import identity
from dedupe_cn.model import Verdict


class Book:
    """The verdicts on a text while it is looked through: how many copies may still stay, and how many did.

    A verdict holds for so many copies of a passage; which of equal copies is the new one nobody can tell, so the first
    ones stay. Passages that are not equal are decided as a pair.
    """

    def __init__(self, verdicts: Mapping[str, Verdict]) -> None:
        self._verdicts = verdicts
        self._left = {name: verdict.count for name, verdict in verdicts.items() if verdict.keep}
        self.kept: Counter[str] = Counter()

    def ordered(self, case: Case) -> bool:
        """Tell whether a copy is to go."""
        verdict = self._verdicts.get(identity(case)) if self._verdicts else None
        return verdict is not None and not verdict.keep

    def keeps(self, case: Case) -> bool:
        """Tell whether a copy was accepted."""
        verdict = self._verdicts.get(identity(case)) if self._verdicts else None
        return verdict is not None and verdict.keep

    def open(self, case: Case) -> Case | None:
        """Give what is open of a copy: all of it, the last ones of a row, or nothing."""
        if not self._verdicts:
            return case
        name = identity(case)
        verdict = self._verdicts.get(name)
        if verdict is None or not verdict.keep:
            return case
        copies = case.copy.times - 1
        if not case.copy.exact:
            self.kept[name] += 1
            return None
        taken = min(copies, self._left[name])
        self._left[name] -= taken
        self.kept[name] += taken
        if taken == copies:
            return None
        if not taken:
            return case
        start = case.removed[0] + taken * case.unit
        copy = case.copy._replace(kept=(start - case.unit, start), removed=(start, case.removed[1]))
        return Case(case.page, case.rule, copy)
