"""What finding hands to judging: a copy as far as it reaches, in exact offsets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Range = tuple[int, int]


class Copy(NamedTuple):
    """Two stretches that say the same, or nearly; ``kept`` is the earlier one.

    Where copies follow one another directly, ``bounds`` are where each of the row begins and the last one ends. Such a
    row may be cut at any character of one period with the same result; this is the best place. ``lines`` tells that
    both stretches are whole lines, but for a sentence to which the later one is glued, ``exact`` that their exact forms
    are equal, ``open`` that one begins or ends inside of a line of which more than that is not alike. ``reach`` is how
    far the two are alike, before they were widened or narrowed to lines. A ``wider`` copy is a row of two seen as the
    lines in which they stand; a ``doubled`` one is a sentence of a run in which each stands twice. One that ``grows``
    is a line that begins those behind it, with the beginning of the last of them. One that is a ``title`` says again
    what the chapter title beside it says.
    """

    kept: Range
    removed: Range
    bounds: Sequence[int] = ()
    lines: bool = False
    exact: bool = False
    open: bool = False
    reach: tuple[Range, Range] | None = None
    wider: bool = False
    doubled: bool = False
    grows: bool = False
    title: bool = False

    @property
    def of_its_own(self) -> bool:
        """Tell whether it was found as what it is: no length and no place is asked of it."""
        return self.grows or self.title

    @property
    def in_a_row(self) -> bool:
        """Tell whether the copies follow one another directly."""
        return bool(self.bounds)

    @property
    def unit(self) -> int:
        """Count the characters of the copy that stays."""
        return self.kept[1] - self.kept[0]

    @property
    def times(self) -> int:
        """Count the copies, with the one that stays: more than two where a row of exact ones goes at once."""
        return 1 + round((self.removed[1] - self.removed[0]) / self.unit) if self.exact else 2

    def turned(self) -> Copy:
        """Exchange the two stretches."""
        return self._replace(kept=self.removed, removed=self.kept)
