"""What a step of tidying is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dedupe_cn.model import Edit, Kind
from dedupe_cn.rule import RuleText
from dedupe_cn.tidy.zones import Spare


class Step(NamedTuple):
    """One rule at its place in the order: ``find`` proposes edits of a text, ``spare`` says where none may lie.

    ``find`` gives sorted edits that do not overlap, and none for a text it finds clean by a cheap test.
    """

    rule: str
    find: Callable[[str], list[Edit]]
    spare: Spare = Spare.VERBATIM


class OnRequest(NamedTuple):
    """A rule that runs only when it is asked for by name.

    First runs what makes characters, then what folds them, then white space: ``order`` is its place among the others,
    by tens. ``find`` is that of a :class:`Step`, and knows whether the text is Markdown. ``spare_in_text`` takes the
    place of ``spare`` in plain text.
    """

    order: int
    find: Callable[[str, Kind], list[Edit]]
    text: RuleText
    spare: Spare = Spare.INLINE
    spare_in_text: Spare | None = None

    def step(self, name: str, kind: Kind) -> Step:
        """Give it as a step over texts of one kind."""
        spare = self.spare if kind is Kind.MARKDOWN or self.spare_in_text is None else self.spare_in_text
        return Step(name, lambda text: self.find(text, kind), spare)
