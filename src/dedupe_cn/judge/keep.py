"""Which of two copies stays: the better one, else the first or the last, as it is asked for."""

from __future__ import annotations

from dedupe_cn.compare.comparison import turned
from dedupe_cn.judge.case import Case
from dedupe_cn.judge.place import other_place
from dedupe_cn.judge.table import judge
from dedupe_cn.judge.torn import torn
from dedupe_cn.model import Level


def settled(case: Case) -> Case:
    """Choose which copy stays."""
    if case.settled is None:
        case.settled = _settled(case)
    return case.settled


def _settled(case: Case) -> Case:
    better = case.comparison.better
    if better is None and case.likeness == "meaning" and not case.titled and _says_more(case):
        return _turned(case)
    if better is None or case.likeness == "exact":
        return _asked_for(_untorn(case))
    return _turned(case) if better == "removed" and not case.titled else case


def _untorn(case: Case) -> Case:
    """Keep the last copy of a row where it would be torn otherwise: which one goes makes no difference to the text."""
    if not (case.copy.in_a_row and case.copy.exact) or case.titled or torn(case) is None:
        return case
    other = _last(case)
    return case if torn(other) is not None else other


def _asked_for(case: Case) -> Case:
    """Keep the last copy where that is asked for; whether one goes is what it would be if the first one stayed.

    Where something would break without the first one, the last one goes after all.
    """
    if case.page.settings.keep != "last" or case.titled or case.rule == "running-line" or case.kept > case.removed:
        return case
    if (case.copy.in_a_row or case.rule == "whole-document") and other_place(case) is not None:
        return case  # what is left would stand under the headings of what goes
    other = _last(case)
    if any(judge(case, level) is None and judge(other, level) is not None for level in Level):
        return case
    other.verdicts, other.row = case.verdicts, case.row
    return other


def kept_at(case: Case, place: str) -> Case | None:
    """Let the first or the last copy stay; None where that cannot be: a title goes with the other one only."""
    if case.rule == "running-line":  # the lines are equal, so any of them may stay
        return settled(case)
    if (case.kept > case.removed) == (place == "last"):
        return case
    return None if case.titled else _last(case)


def _says_more(case: Case) -> bool:
    """Tell whether what would go only adds to what would stay."""
    return all(d.removed.startswith(d.kept) or d.removed.endswith(d.kept) for d in case.comparison.differences)


def _turned(case: Case) -> Case:
    comparison = turned(case.comparison)
    other = case.turned()
    other.comparison = comparison
    return other


def _last(case: Case) -> Case:
    """Keep the last copy."""
    copy = case.copy
    if copy.times == 2:
        return _turned(case)
    start, end = copy.kept[0], copy.removed[1]
    other = Case(case.page, case.rule, copy._replace(kept=(end - copy.unit, end), removed=(start, end - copy.unit)))
    other.part = case.part
    return other
