"""Copies that were found as what they are: lines that grow, and chapter titles that stand twice in a row."""

from __future__ import annotations

from dedupe_cn.judge.case import Case
from dedupe_cn.model import Level
from dedupe_cn.reasons import Reason

#: What such lines are taken for: short ones in a row look like verse.
_KINDS = frozenset({"paragraph", "verse", "heading"})


def of_its_own(case: Case, level: Level) -> Reason | None:
    """Hold back what is no line of prose; neither length nor place is asked for."""
    kind = next((leaf.kind for leaf in case.leaves if leaf.kind not in _KINDS), None)
    if kind is not None:
        return Reason("protected-kind", (kind,))
    return Reason("level", (level.value,)) if level is Level.SAFE and case.copy.title else None
