"""Bring runs of blank lines down to one."""

from __future__ import annotations

import re
from functools import cache

from dedupe_cn.model import Edit, Kind
from dedupe_cn.tidy.lines import BREAK, break_start

_BLANK = rf"[^\S\r\n]*+{BREAK}"
_LEADING = re.compile(f"(?:{_BLANK})+")
_INDENTED = re.compile(r"[ \t]*?(?: {4}|\t)")
# `---` on the first line would begin front matter.
_FRONT_MATTER = re.compile(r"(?:---|\+\+\+)[^\S\r\n]*+(?![^\r\n])")


def blank_lines(text: str, kind: Kind) -> list[Edit]:
    """Bring runs of blank lines (empty, or of white space only) down to one, and drop those at the beginning.

    In Markdown two things stay: blank lines between deeply indented lines, which may be code in a list, and those
    above a rule on the first line, which would become front matter.

    >>> blank_lines("一\\n\\n\\n\\n二\\n", Kind.TEXT)
    [Edit(start=2, end=4, replacement='', rule='blank-lines')]
    """
    edits = []
    leading = _LEADING.match(text)
    position = 0
    if leading:
        position = leading.end()
        if kind is Kind.TEXT or not _FRONT_MATTER.match(text, position):
            edits.append(Edit(0, position, "", "blank-lines"))
    for match in _runs(break_start(text)).finditer(text, position):
        if kind is Kind.TEXT or not _between_indented(text, position, match):
            # From behind the break that ends the text above to the break of the last blank line.
            last = match.end() - (2 if text.endswith("\r\n", match.start(1), match.end()) else 1)
            edits.append(Edit(match.start(1), last, "", "blank-lines"))
        position = match.end()
    return edits


def _between_indented(text: str, position: int, run: re.Match[str]) -> bool:
    start = run.start()
    above = max(text.rfind("\n", position, start), text.rfind("\r", position, start), position - 1) + 1
    return bool(_INDENTED.match(text, above, start) and _INDENTED.match(text, run.end()))


@cache
def _runs(first: str) -> re.Pattern[str]:
    if first == "\n":  # no CR in the text: nothing to look out for
        return re.compile(r"\n((?:[^\S\n]*+\n){2,})")
    return re.compile(rf"{first}(?:(?<=\r)\n|(?!(?<=\r)\n))((?:{_BLANK}){{2,}})")
