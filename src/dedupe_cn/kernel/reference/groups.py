"""The lines of Markdown between two blank ones, by their leads."""

from __future__ import annotations

from array import array

from dedupe_cn.kernel.texts import Groups, Lines
from dedupe_cn.regex import regex

#: One block for sure, as its first sign says, or ``other``. In prose no four short lines follow one another, which may
#: be verse; a list may go on behind a blank line.
_GROUP = regex(
    rb"(?P<P>(?=[Pp])(?:p{0,3}P)*p{0,3})(?![^B])|(?P<heading>[1-6])(?![^B])|(?P<Q>Q+)(?![^B])"
    rb"|(?P<T>T+)(?![^B])|(?P<L>L[LI]*)(?![^B])(?!B+[LIX])|(?P<X>[^B]+)"
)


def find_groups(lines: Lines) -> Groups:
    """Find the groups of lines between blank ones."""
    groups = list(_GROUP.finditer(lines.leads))
    starts = array("i", (lines.starts[group.start()] for group in groups))
    stops = array("i", (lines.stops[group.end() - 1] for group in groups))
    names = (group.lastgroup if group.lastgroup != "heading" else group[0].decode() for group in groups)
    return Groups(memoryview(starts), memoryview(stops), "".join(filter(None, names)).encode())
