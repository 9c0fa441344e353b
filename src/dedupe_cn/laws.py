"""What every outcome must obey. A breach is an error of this program: the file stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dedupe_cn.edits import apply
from dedupe_cn.errors import LawError
from dedupe_cn.model import Edit, Kind
from dedupe_cn.settings import TIDY_ON_REQUEST
from dedupe_cn.text.characters import squash

if TYPE_CHECKING:
    from dedupe_cn.repeats.found import Repeat
    from dedupe_cn.text.segments import Layout

_HINT = "the file was left as it was; please report this with the text that caused it"


def check_removals(layout: Layout, going: Iterable[Repeat]) -> None:
    """Check that each exact removal says what its kept copy says, and that no kept copy goes in the same pass.

    Near-duplicates are whole paragraphs; what differs in them the judge has weighed. Protected blocks go whole or not
    at all, except with a copy of the whole document, which may begin in mid-block.
    Raises LawError with the law's name.
    """
    import numpy as np

    gone = np.zeros(layout.codes.size, dtype=bool)
    repeats = list(going)
    for repeat in repeats:
        gone[slice(*repeat.removed)] = True
    for repeat in repeats:
        if gone[slice(*repeat.kept)].any():
            raise LawError("law 2 is broken: a kept passage would be removed too", _HINT)
        if repeat.comparison is not None:
            continue
        kept = layout.codes[slice(*repeat.kept)]
        removed = layout.codes[slice(*repeat.removed)]
        copies, title = divmod(removed.size, kept.size)
        said = np.tile(kept, copies)
        if not any(np.array_equal(said, part) for part in (removed[title:], removed[: removed.size - title])):
            raise LawError("law 2 is broken: a removed passage differs from the kept one", _HINT)
        if repeat.rule == "whole-document":
            continue
        for index in layout.blocks_in(*repeat.removed):
            whole = repeat.removed[0] <= layout.starts[index] and layout.ends[index] <= repeat.removed[1]
            if not layout.prose[index] and not whole:
                raise LawError("law 3 is broken: a protected block would be cut", _HINT)


def check_cut(before: str, cuts: Sequence[Edit], after: str, rules: frozenset[str]) -> None:
    """Check that only what the cuts name is missing: apart from layout, ``before`` less the cuts is ``after``.

    ``cuts`` are sorted edits of ``before``. Skipped when a tidy-up that changes characters was asked for. Raises
    LawError.
    """
    if rules.intersection(TIDY_ON_REQUEST):
        return
    if squash(apply(before, cuts)) != squash(after):
        raise LawError("law 2 is broken: characters are missing that no removal names", _HINT)


def check_marks(original: str, text: str, kind: Kind) -> None:
    """Check that the marks of a text are all there, and that nothing is changed where all rules are off.

    Raises LawError.
    """
    from dedupe_cn.text.mark_reach import reach, same_marks

    if not same_marks(reach(original, kind), reach(text, kind)):
        raise LawError("law 3 is broken: a mark, or what a mark protects, would be changed", _HINT)
