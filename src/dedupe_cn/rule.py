"""What is said of a rule."""

from __future__ import annotations

from typing import NamedTuple

from dedupe_cn.model import Kind, Level

Pair = tuple[str, str]

REMOVE, REPORT, NONE = "remove", "report", "-"
#: How an example is read that is no plain text.
MARKDOWN = Kind.MARKDOWN


class RuleText(NamedTuple):
    """A rule explained.

    ``what`` and ``risk`` are in English and Chinese, ``before`` and ``after`` are an example; ``levels`` says what
    each level does with what the rule finds (empty for tidy-ups, which do not depend on the level).
    """

    what: Pair
    risk: Pair
    before: str = ""
    after: str = ""
    levels: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT

    @property
    def level(self) -> Level:
        """Give the lowest level that acts, for the example."""
        return list(Level)[self.levels.index(REMOVE)] if REMOVE in self.levels else Level.STANDARD
