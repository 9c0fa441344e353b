"""What a person is told of: why a copy goes, and which of those that stay are worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedupe_cn.copies.find import TOLD, TOLD_HEADING, TOLD_LINE, TOLD_ROW, least_part
from dedupe_cn.judge.case import Case
from dedupe_cn.judge.place import whole_leaves
from dedupe_cn.judge.table import CHECKS, numbered
from dedupe_cn.judge.whole import is_near_copy
from dedupe_cn.model import Level
from dedupe_cn.reasons import NOISE, Reason
from dedupe_cn.text.characters import squash

if TYPE_CHECKING:
    from dedupe_cn.text.tree import Leaf

#: Words from which on what stays is told in a document of few blocks (principle 5 of docs/how-it-decides.md).
TOLD_IN_FEW = 8
#: Letters of a passage that says something else.
_TOLD_DIFFERENT = 17
#: Letters of a list item that stands again further on, its address among them.
_TOLD_ITEM = 24
#: Words below which passages are told only where nothing that is read differs, but an address or the like.
_TOLD_WORDS = 12
_NO_WORDS = NOISE | {"link", "identifier", "mark"}
#: Similarity (0-1) of two wordings one behind the other.
_ALIKE_IN_A_ROW = 0.75


def surely_stays(case: Case, level: Level) -> bool:
    """Tell before two stretches are lined up that a copy stays at a level, whichever of the two is kept.

    They say something else, and are too different for any level, or that one is too low for it.
    """
    least = case.page.settings.threshold
    different = level is not Level.AGGRESSIVE or (case.score < least and case.similarity < least)
    return different and case.likeness == "meaning"


def is_idle(case: Case) -> bool:
    """Tell, before that, that a copy stays at every level and nobody is told of it, whichever of the two is kept."""
    if case.rule in ("whole-document", "section") or not surely_stays(case, Level.AGGRESSIVE):
        return False
    letters = max(case.page.reader.letters(*stretch) for stretch in (case.kept, case.removed))
    return letters < _TOLD_DIFFERENT or not _is_alike(case) or (
        _is_listed(case.leaves) and _is_listed(case.kept_leaves)
    )


def is_silent(case: Case) -> bool:
    """Tell the same of passages that are alike: they say something else, and what they are keeps them.

    Whichever of the two is kept, they hide their parts or not.
    """
    if case.copy.exact or case.rule in ("whole-document", "section") or _may_be_told(case):
        return False
    if not _is_refused(case, Level.AGGRESSIVE) or case.likeness != "meaning":
        return False
    other = case.turned()
    kept = is_near_copy(other) == is_near_copy(case)
    return kept and not _may_be_told(other) and _is_refused(other, Level.AGGRESSIVE)


def why_gone(case: Case) -> Reason:
    """Say why a copy goes."""
    if case.likeness != "exact":
        kinds = ", ".join(sorted({d.kind for d in case.comparison.differences})) or "space"
        return Reason(f"copy-{case.likeness}", (kinds,))
    if case.rule == "whole-document":
        covered = case.removed[1] - case.removed[0] + case.unit
        return Reason("whole-document", (str(min(100, 100 * covered // max(1, case.page.reader.size))),))
    if case.rule == "section":
        tree = case.page.tree
        number = tree.section_of(case.page.layout.span(*case.removed).start)
        return Reason("section", (tree.sections[number].title if number >= 0 else "",))
    if case.copy.of_its_own:
        return Reason("grows" if case.copy.grows else "title-twice")
    if case.rule == "loop" and case.copy.times > 2:
        return Reason("loop", (str(case.copy.times),))
    if case.rule == "tandem" and case.copy.lines and case.copy.times > 2:
        return Reason("tandem-lines", (str(case.copy.times),))
    if case.rule == "repeated-block" and len(case.leaves) > 1:
        return Reason("repeated-run", (str(len(case.leaves)),))
    if case.rule == "running-line":
        line = case.page.layout.exact[slice(*case.kept)]
        return Reason("running-line", (str(case.page.lines[line]),))
    return Reason("tandem" if case.rule == "loop" else case.rule)


def is_told(case: Case, level: Level | None) -> bool:
    """Tell whether a copy that stays is worth a person's time (principle 5 of docs/how-it-decides.md).

    ``level`` is the lowest at which it goes, None where it stays at all.
    """
    if level is not None:
        return True
    if case.rule in ("whole-document", "section"):
        return True
    return (case.likeness != "meaning" or _is_close(case)) and _is_large(case)


def _may_be_told(case: Case) -> bool:
    """Tell it of passages that say something else, but for how they differ, which only lining them up tells."""
    return _may_be_close(case) and _is_large(case)


def _is_large(case: Case) -> bool:
    """Tell whether as much stands in a copy as a person is told of, for what it is."""
    copy, letters = case.copy, case.page.reader.letters(*case.unit_range)
    if copy.in_a_row:
        return _is_row_told(case, letters)
    if not copy.lines:
        return copy.exact and case.words >= least_part(case.page.reader, copy, letters)
    needed = TOLD_IN_FEW if case.page.has_few_blocks else TOLD
    kinds = {leaf.kind for leaf in case.leaves}
    if kinds & {"code", "row", "math"}:
        return letters >= needed and (len(case.leaves) > 1 or whole_leaves(case))
    if copy.exact and kinds <= {"item"} and whole_leaves(case):
        return letters >= _TOLD_ITEM  # its address counts here: an entry that stands twice is wrong as a rule
    return case.words >= needed


def _is_row_told(case: Case, letters: int) -> bool:
    """Tell it of copies in a row, of so many letters each."""
    kinds = {leaf.kind for leaf in case.leaves}
    least = TOLD_ROW
    if case.copy.lines or case.rule == "loop":
        least = TOLD_HEADING if "heading" in kinds else TOLD_LINE
    return letters >= least and ("code" in kinds or case.words > 0)


def _is_refused(case: Case, level: Level) -> bool:
    """Tell, before two stretches are lined up, whether a copy stays at a level for what it is, wherever it stands."""
    return any(check(case, level) is not None for check in CHECKS[case.rule][:-1])


def _is_close(case: Case) -> bool:
    """Tell whether passages that say something else are two wordings of one, and no clauses of a row."""
    few = case.words < _TOLD_WORDS
    return _may_be_close(case) and not (few and any(d.kind not in _NO_WORDS for d in case.comparison.differences))


def _may_be_close(case: Case) -> bool:
    """Tell it but for how they differ, which only lining them up tells."""
    if case.page.reader.letters(*case.unit_range) < _TOLD_DIFFERENT or not _is_alike(case):
        return False
    verse = not case.copy.in_a_row and all(leaf.kind == "verse" for leaf in case.leaves)
    return not verse and not _is_listed(case.leaves)


def _is_alike(case: Case) -> bool:
    """Tell whether two passages are alike enough to be two wordings of one, and have the same number."""
    least = _ALIKE_IN_A_ROW if case.copy.in_a_row and case.copy.lines else case.page.settings.threshold
    if case.score < least:
        return False
    ours, theirs = (numbered.match(case.page.layout.slice(*stretch)) for stretch in (case.removed, case.kept))
    if case.page.has_few_blocks or (ours and ours[0]) == (theirs and theirs[0]):
        return True
    behind = (found.string[found.end() :] if found else "" for found in (ours, theirs))
    return len(set(map(squash, behind))) == 1 and ours is not None


def _is_listed(leaves: Sequence[Leaf]) -> bool:
    """Tell whether all of a stretch is code, rows of a table or math."""
    return all(leaf.kind in ("code", "row", "math") for leaf in leaves)
