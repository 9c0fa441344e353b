"""What every outcome must obey. A breach is an error of this program: the file stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dedupe_cn.edits import apply
from dedupe_cn.errors import LawError
from dedupe_cn.model import Edit
from dedupe_cn.settings import TIDY_ON_REQUEST
from dedupe_cn.text.characters import squash

if TYPE_CHECKING:
    from dedupe_cn.repeats.found import Repeat
    from dedupe_cn.text.segments import Layout

_MISSING = "law 2 is broken: characters are missing that no removal names"
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


def check_cut(before: Layout, going: Iterable[Repeat], after: Layout) -> None:
    """Check that only what the repeats name is missing: apart from layout, ``before`` less them is ``after``.

    Raises LawError.
    """
    import numpy as np

    stays = np.ones(before.codes.size, dtype=bool)
    for repeat in going:
        stays[slice(*repeat.removed)] = False
    if not np.array_equal(before.codes[stays], after.codes):
        raise LawError(_MISSING, _HINT)


def check_tidied(before: str, steps: Iterable[Sequence[Edit]], after: str, rules: frozenset[str]) -> None:
    """Check that tidying changed layout only: ``after`` is what the edits make, and none touches a visible character.

    Each step's edits are sorted and in offsets of the text before it. The visible characters are not looked at when a
    tidy-up that changes them was asked for. Raises LawError.
    """
    text = before
    for edits in steps:
        for edit in edits:
            gone, new = text[edit.start : edit.end], edit.replacement
            if gone != new and squash(gone) != squash(new) and not rules.intersection(TIDY_ON_REQUEST):
                raise LawError(_MISSING, _HINT)
        text = apply(text, edits)
    if text != after:
        raise LawError(_MISSING, _HINT)
