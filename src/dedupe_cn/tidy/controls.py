"""Drop byte order marks and control characters."""

from __future__ import annotations

import re

from dedupe_cn.model import Edit
from dedupe_cn.text.characters import CONTROLS
from dedupe_cn.text.odd import CONTROL, may_hold

_MARKS = re.compile("\ufeff++")
_CONTROLS = re.compile(f"[{CONTROLS}]++")


def leading_mark(text: str) -> list[Edit]:
    """Drop U+FEFF at the very beginning, where it is a byte order mark whatever follows.

    >>> leading_mark("\\ufeff文")
    [Edit(start=0, end=1, replacement='', rule='bom')]
    """
    marks = _MARKS.match(text)
    return [Edit(0, marks.end(), "", "bom")] if marks else []


def stray_marks(text: str) -> list[Edit]:
    """Drop U+FEFF everywhere else: files with a mark each were joined, or a page was copied with it."""
    edits = []
    start = text.find("\ufeff")
    while start >= 0:  # a text with one of them is searched ten times as fast as by the pattern alone
        marks = _MARKS.match(text, start)
        end = marks.end() if marks else start + 1
        edits.append(Edit(start, end, "", "bom"))
        start = text.find("\ufeff", end)
    return edits


def control_chars(text: str) -> list[Edit]:
    """Drop C0 controls and DEL; TAB and line breaks stay.

    >>> control_chars("一\\x00二\\t")
    [Edit(start=1, end=2, replacement='', rule='control-chars')]
    """
    if not may_hold(text, CONTROL):
        return []
    return [Edit(m.start(), m.end(), "", "control-chars") for m in _CONTROLS.finditer(text)]
