"""Move a layout along with edits that change no block but its place, so that the text need not be read anew.

Which edits these are follows from the patterns of ``markup.py``. How many blank lines stand between two blocks, one at
least, plays no part in any of them, nor what a blank line consists of. Blanks and tabs at the end of a line play one
only behind ``import`` and ``export``, and in lines so long that verse is not looked for in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.model import Edit, Kind
from dedupe_cn.text.exact import ExactForm
from dedupe_cn.text.segments import Layout
from dedupe_cn.text.verse import MAX_WRAP

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORDS = ("import", "export")
_SEEN = re.compile(r"\S")


def move(layout: Layout, edits: Sequence[Edit], text: str) -> Layout | None:
    """Give the layout of ``text``, which the edits (sorted) make of a layout's; None when blocks may be others then."""
    if layout.kind is not Kind.MARKDOWN or "\r" in layout.text or not _keep_blocks(layout.text, edits):
        return None
    # A block that ends where something is put in does not grow.
    stops = np.array([edit.end + (edit.start == edit.end) for edit in edits], np.int64)
    shifts = np.cumsum([0, *(len(edit.replacement) - (edit.end - edit.start) for edit in edits)])

    def moved(places: NDArray[np.int64]) -> NDArray[np.int64]:
        # Few edits and many places, both rising: each shift is repeated for the places behind its edit.
        result: NDArray[np.int64] = places + np.repeat(
            shifts, np.diff(places.searchsorted(stops), prepend=0, append=places.size)
        )
        return result

    form, table = layout.form, layout.table
    edges = np.array([(edit.start, edit.end) for edit in edits]).ravel()
    stay = edges.searchsorted(form.gaps, side="right") % 2 == 0
    gaps, between = moved(form.gaps[stay]), form.between[stay]
    if edits[-1].replacement:
        gaps, between = np.append(gaps, len(text) - 1), np.append(between, np.uint32(ord("\n")))
    return Layout(
        text,
        layout.kind,
        ExactForm(form.codes, gaps, between),
        table._replace(starts=moved(table.starts), ends=moved(table.ends)),
    )


def _keep_blocks(text: str, edits: Sequence[Edit]) -> bool:
    return all(_keeps_blocks(text, edit) for edit in edits)


def _keeps_blocks(text: str, edit: Edit) -> bool:
    gone = text[edit.start : edit.end]
    if edit.rule == "final-newline":
        return not gone.strip("\n") and edit.replacement in ("", "\n") and bool(_SEEN.search(text, 0, edit.start))
    if edit.replacement or edit.start == 0:
        return False
    if edit.rule == "blank-lines":  # a line break before it, and one behind it, stay
        return not gone.strip() and text[edit.start - 1] == "\n" and text[edit.end : edit.end + 1] == "\n"
    if edit.rule != "trailing-space" or gone.strip(" \t"):
        return False
    line = text[text.rfind("\n", 0, edit.start) + 1 : edit.start]
    return edit.end - edit.start + len(line) <= 2 * MAX_WRAP and not line.lower().endswith(_WORDS)
