"""Move the blocks of Markdown along with edits, and read anew only around the edits that may change some.

Which edits change no block but its place follows from the patterns of ``line_kinds.py`` and ``markup.py``. How many
blank lines stand between two blocks, one at least, plays no part in any of them, nor what a blank line consists of.
Blanks and tabs at the end of a line play one only behind ``import`` and ``export``, and in lines so long that verse is
not looked for in them.

Of the others it matters that the reader knows nothing but its place. No block depends on what stands behind the first
line of the next one, save those that end where a mark stands, and with no such mark at the end of the text: these hold
the edit. So reading may begin at the last block that ends before the line of an edit, and may end where a block begins
that began there before: both behind a blank line, for the verse and the prose of one paragraph are blocks, but are read
together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.model import Edit
from dedupe_cn.text.block_kinds import NUMBERS, Blocks, chosen, in_order
from dedupe_cn.text.exact import widths
from dedupe_cn.text.markup import FRONT_MATTER, MarkdownReader
from dedupe_cn.text.verbatim import may_open
from dedupe_cn.text.verse import MAX_WRAP

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORDS = ("import", "export")
_SEEN = re.compile(r"\S")
#: Blocks that are read in the time of reading around one edit: with more edits, all is read anew.
_DEAR = 4
#: Blocks looked back over for a blank line: a paragraph may hold any number of stanzas.
_LOOKED_BACK = 64


def move(text: str, blocks: Blocks, edits: Sequence[Edit], after: str) -> Blocks | None:
    """Give the blocks of the Markdown text ``after``, which the edits (sorted, disjoint) make of ``text``.

    ``blocks`` are those of ``text``; such without a visible character may be missing in both. Gives None where reading
    all of it is as fast, or the edits may reach all of it.
    """
    if "\r" in text or "\r" in after or may_open(text) or may_open(after):
        return None
    harmless: list[Edit] = []
    others: list[Edit] = []
    for edit in edits:
        (harmless if _keeps_blocks(text, edit) else others).append(edit)
    if len(others) * _DEAR > blocks.starts.size:
        return None
    # A block that ends where something is put in does not grow.
    stops = np.array([edit.end + (edit.start == edit.end) for edit in harmless], np.int64)
    starts, ends = (_moved(places, stops, harmless) for places in (blocks.starts, blocks.ends))
    if not others:
        return blocks._replace(starts=starts, ends=ends)
    places = _moved(np.array([(edit.start, edit.end) for edit in others]).ravel(), stops, harmless)
    places = places.reshape(-1, 2)
    front = 0
    if FRONT_MATTER.match(text) or FRONT_MATTER.match(after):
        if blocks.kinds[0] != NUMBERS["front-matter"] or ends[0] >= places[0, 0]:
            return None
        front = int(ends[0])
    edited = [
        Edit(start, end, edit.replacement) for (start, end), edit in zip(places.tolist(), others, strict=True)
    ]
    read = _read_around(starts, ends, edited, after, front, _BlankAbove(text, blocks.starts))
    if read is None:
        return None
    stay, reader = read
    stops = np.array([edit.end for edit in edited], np.int64)
    kept = blocks._replace(starts=_moved(starts, stops, edited), ends=_moved(ends, stops, edited))
    return in_order(chosen(kept, stay), reader.blocks())


def _moved(places: NDArray[np.int64], stops: NDArray[np.int64], edits: Sequence[Edit]) -> NDArray[np.int64]:
    """Give where places (rising) are after edits of which each shifts what lies at its stop or behind it."""
    # Few edits and many places: each shift is repeated for the places behind its edit.
    shifts = np.cumsum([0, *(len(edit.replacement) - (edit.end - edit.start) for edit in edits)])
    behind = widths(0, places.searchsorted(stops), places.size)
    result: NDArray[np.int64] = places + np.repeat(shifts, behind)
    return result


class _BlankAbove:
    """Tells of a block whether a blank line, or nothing, stands above it: there the reader begins a block for sure."""

    def __init__(self, text: str, starts: NDArray[np.int64]) -> None:
        self._text = text
        self._starts = starts

    def __call__(self, index: int) -> bool:
        start = int(self._starts[index])
        if not start:
            return True
        line = self._text[self._text.rfind("\n", 0, start - 1) + 1 : start - 1]
        return self._text[start - 1] == "\n" and (not line or line.isspace())

    def last(self, index: int) -> int | None:
        """Give the last such block up to ``index``, or None when it is far."""
        for at in range(index, max(index - _LOOKED_BACK, 0), -1):
            if self(at):
                return at
        return 0 if index < _LOOKED_BACK else None


def _read_around(
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    edits: Sequence[Edit],
    after: str,
    front: int,
    above: _BlankAbove,
) -> tuple[NDArray[np.bool_], MarkdownReader] | None:
    """Read anew around edits; give which of the blocks stay, and the reader with what takes the place of the others.

    None when that would be more than half of the text. ``front`` is where the front matter ends, if there is any.
    """
    stay = np.ones(starts.size, dtype=bool)
    reader = MarkdownReader(after)
    first_read = (ends.searchsorted([edit.start for edit in edits]) - 1).tolist()
    last_line = after.rfind("\n") + 1
    end = last_line if after[last_line:].isspace() else len(after)
    left = len(after) // 2
    passed, shift = 0, 0  # edits behind the reader, and what they add to the length
    while passed < len(edits):
        first = above.last(max(0, first_read[passed]))
        if first is None:
            return None
        reader.at = begin = int(starts[first]) + shift if first else front
        first = first or int(front > 0)
        behind = starts.size
        while reader.skip_blank_lines() < end:
            while passed < len(edits) and edits[passed].start + shift + len(edits[passed].replacement) <= reader.at:
                shift += len(edits[passed].replacement) - (edits[passed].end - edits[passed].start)
                passed += 1
            index = int(starts.searchsorted(reader.at - shift))
            again = index < starts.size and starts[index] == reader.at - shift and above(index)
            if again and (passed == len(edits) or first_read[passed] >= index):
                upcoming = above.last(first_read[passed]) if passed < len(edits) else starts.size
                if upcoming is None:
                    return None
                if upcoming > index:
                    behind = index
                    break
            if reader.at - begin > left:
                return None
            reader.read(reader.at + 1)
        left -= reader.at - begin
        stay[first:behind] = False
        if behind == starts.size:
            break
    return stay, reader


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
