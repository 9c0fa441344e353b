"""What a step of tidying is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dedupe_cn.model import Edit
from dedupe_cn.tidy.zones import Spare


@dataclass(frozen=True, slots=True)
class Step:
    """One rule at its place in the order: ``find`` proposes edits of a text, ``spare`` says where none may lie.

    ``find`` gives sorted edits that do not overlap, and none for a text it finds clean by a cheap test.
    """

    rule: str
    find: Callable[[str], list[Edit]]
    spare: Spare = Spare.VERBATIM
