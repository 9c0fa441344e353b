"""What of a document is compared: its code points without white space and what is invisible, or its words.

White space alone moves the Jaccard similarity of real copies from 0.9 to 0.55. A document that is mostly Latin letters
is compared by its words. The forms themselves are read by the kernel, many documents at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.corpus.plan import Plan
from dedupe_cn.kernel.form_rules import LATIN, PLAIN, SPACE, UNSEEN, FormRules
from dedupe_cn.text.characters import SPACES, to_codes, visible_table
from dedupe_cn.text.folding import folds

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What are Latin letters, first and last.
_LETTERS = (("A", "Z"), ("a", "z"), ("\u00c0", "\u00d6"), ("\u00d8", "\u00f6"), ("\u00f8", "\u024f"))


def form_rules(plan: Plan) -> FormRules:
    """Give the rules by which forms are read, as the plan says."""
    return FormRules(_classes(), folds() if plan.fold == "full" else np.empty(0, np.uint32), plan.shingle.kind)


def join(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give the code points of texts one behind the other, and how many each has."""
    return to_codes("".join(texts)), np.fromiter(map(len, texts), np.int64, len(texts))


@cache
def _classes() -> NDArray[np.uint8]:
    """Sort the code points into classes."""
    table = np.where(visible_table(), np.uint8(PLAIN), np.uint8(UNSEEN))
    table[[ord(space) for space in SPACES + "\n\r"]] = SPACE
    for first, last in _LETTERS:
        table[ord(first) : ord(last) + 1] = LATIN
    table.setflags(write=False)
    return table
