"""The markers with which list items and quoted lines begin."""

from __future__ import annotations

import re

#: The marker of an item of Markdown, with the box of a task; the first group is its indent.
ITEM_MARKER = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)(?:\[[ xX]\](?:[ \t]+|$))?")
QUOTE_MARKER = re.compile(r"[ \t]*> ?")
_BULLET = re.compile(r"[ \t\u3000]*(?:[-*+•●○◆■□▪·][ \t\u3000]|[•●○◆■□▪])[ \t\u3000]*")
#: Markers in a row that are looked at: a bound on the work, no measure.
_MOST = 20


def markers_end(text: str, start: int, end: int) -> int:
    """Give where the text of a line begins behind its markers: at ``start`` if it has none."""
    at = start
    for _ in range(_MOST):
        hit = QUOTE_MARKER.match(text, at, end) or ITEM_MARKER.match(text, at, end) or _BULLET.match(text, at, end)
        if hit is None or hit.end() == at:
            break
        at = hit.end()
    return at
