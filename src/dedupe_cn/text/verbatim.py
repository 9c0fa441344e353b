"""Find what templates hand on as it stands: code between tags such as `{% raw %}`, and `\\begin{verbatim}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dedupe_cn.regex import regex

Row = tuple[str, int, int, int]
#: Tags and shortcodes that hand on what they hold.
NAMES = "raw|verbatim|code|codeblock|highlight|mermaid|math|pre|jsfiddle|uml|plantuml|comment"
_OPENING = regex(
    rf"^[ \t]*(?:\{{%-?\s*(?P<tag>{NAMES})\b[^%\n]*%\}}|\{{\{{[<%]\s*(?P<code>{NAMES})\b[^{{}}\n]*[>%]\}}\}}"
    r"|\\begin\{(?P<env>verbatim|lstlisting|minted)\})",
    re.MULTILINE,
)
#: One of these is in all that opens.
_SIGNS = ("{%", "{{<", "{{%", "\\begin{")
#: Blocks in which nothing opens.
_CLOSED = frozenset({"code", "indented-code", "front-matter", "math"})


def may_open(flat: str) -> bool:
    """Tell whether anything in a text may open such a region."""
    return any(sign in flat for sign in _SIGNS) and _OPENING.search(flat) is not None


def closing(opening: re.Match[str]) -> str:
    """Give the pattern of what closes an opener: the match has the groups tag, code and env."""
    if opening["tag"]:
        return rf"\{{%-?\s*end_?{opening['tag']}\s*-?%\}}"
    if opening["code"]:
        return rf"\{{\{{[<%]\s*/\s*{opening['code']}\s*[>%]\}}\}}"
    return rf"\\end\{{{opening['env']}\}}"


def verbatim_regions(flat: str, rows: Sequence[Row]) -> Iterator[Row]:
    """Give the blocks (kind, start, end, level), with those of a verbatim region joined to one block of code."""
    never: set[str] = set()  # what closes nothing behind here
    behind = -1
    for place, row in enumerate(rows):
        kind, start, end, _ = row
        if end <= behind:
            continue
        opening = None if kind in _CLOSED else _OPENING.search(flat, max(start, behind), end)
        sign = closing(opening) if opening else ""
        hit = re.compile(sign).search(flat, opening.end()) if opening and sign not in never else None
        if opening is None or hit is None:
            never.update([sign] if sign else [])
            yield row if start >= behind else (kind, behind + 1, end, row[3])
            continue
        stop = flat.find("\n", hit.end())
        stop = len(flat) if stop < 0 else stop
        behind = max(stop, _end_of_block(rows, place, stop))
        yield "code", start, _stripped(flat, start, behind), 0


def _end_of_block(rows: Sequence[Row], place: int, stop: int) -> int:
    """Give where the block ends in which a region ends: a list or a fence is not divided."""
    while place + 1 < len(rows) and rows[place + 1][1] < stop:
        place += 1
    return rows[place][2]


def _stripped(flat: str, start: int, end: int) -> int:
    while end > start and flat[end - 1].isspace():
        end -= 1
    return end
