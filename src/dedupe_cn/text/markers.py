"""The markers with which list items and quoted lines begin."""

from __future__ import annotations

from dedupe_cn.regex import regex

#: The marker of an item of Markdown, with the box of a task; the first group is its indent.
ITEM_MARKER = regex(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)(?:\[[ xX]\](?:[ \t]+|$))?")
QUOTE_MARKER = regex(r"[ \t]*> ?")
_BULLET = r"[ \t\u3000]*(?:[-*+•●○◆■□▪·][ \t\u3000]|[•●○◆■□▪])[ \t\u3000]*"
#: Markers in a row, up to 20 of them: a bound on the work, no measure.
_MARKERS = regex(rf"(?:{QUOTE_MARKER.pattern}|{ITEM_MARKER.pattern}|{_BULLET}){{0,20}}+")


def markers_end(text: str, start: int, end: int) -> int:
    """Give where the text of a line begins behind its markers: at ``start`` if it has none."""
    markers = _MARKERS.match(text, start, end)
    return markers.end() if markers else start
