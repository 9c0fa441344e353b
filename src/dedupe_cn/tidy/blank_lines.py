"""Bring runs of blank lines down to one."""

from __future__ import annotations

import re
from functools import cache

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.text.record_runs import RecordRuns
from dedupe_cn.tidy.lines import BREAK, break_start

# A line of other white space is a paragraph of Markdown (CommonMark 0.31, section 2.1).
_WHITE = {Kind.TEXT: r"[^\S\r\n]*+", Kind.MARKDOWN: r"[ \t]*+"}
_LEADING = {kind: regex(f"(?:{white}{BREAK})+") for kind, white in _WHITE.items()}
_MARKER = r"(?:[-*+]|\d{1,9}[.)])"
# Behind a marker, five columns begin code.
_INDENTED = regex(rf"[ \t]*?(?: {{4}}|\t|{_MARKER}(?: {{5}}| {{0,4}}\t))")
_EMPTY_ITEM = regex(rf"[ \t]*+(?:{_MARKER}[ \t]++)*{_MARKER}[ \t]*+(?![^\r\n])")
# `---` on the first line would begin front matter.
_FRONT_MATTER = regex(r"(?:---|\+\+\+)[^\S\r\n]*+(?![^\r\n])")


def blank_lines(text: str, kind: Kind) -> list[Edit]:
    """Bring runs of blank lines (empty, or of white space only) down to one, and drop those at the beginning.

    In Markdown three things stay: blank lines between deeply indented lines, which may be code in a list; those behind
    an empty list item, of which two end the list and one does not; and those above a rule on the first line, which
    would become front matter. In plain text records without a field that is not empty stay.

    >>> blank_lines("一\\n\\n\\n\\n二\\n", Kind.TEXT)
    [Edit(start=2, end=4, replacement='', rule='blank-lines')]
    """
    edits = []
    leading = _LEADING[kind].match(text)
    position = 0
    records = RecordRuns(text) if kind is Kind.TEXT else None
    if leading:
        position = leading.end()
        if not (_holds_records(text, records, 0, position) if records else _FRONT_MATTER.match(text, position)):
            edits.append(Edit(0, position, "", "blank-lines"))
    for match in _runs(break_start(text), _WHITE[kind]).finditer(text, position):
        if not (
            _holds_records(text, records, *match.span(1)) if records else _means_something(text, position, match)
        ):
            # From behind the break that ends the text above to the break of the last blank line.
            last = match.end() - (2 if text.endswith("\r\n", match.start(1), match.end()) else 1)
            edits.append(Edit(match.start(1), last, "", "blank-lines"))
        position = match.end()
    return edits


def _holds_records(text: str, records: RecordRuns, start: int, end: int) -> bool:
    """Tell whether among some blank lines stand records of TABs alone."""
    tab = text.find("\t", start, end)
    while tab >= 0:
        if records.holds(tab):
            return True
        tab = text.find("\t", records.line(tab)[1], end)
    return False


def _means_something(text: str, position: int, run: re.Match[str]) -> bool:
    """Tell whether Markdown reads one blank line otherwise than several."""
    start = run.start()
    above = max(text.rfind("\n", position, start), text.rfind("\r", position, start), position - 1) + 1
    if _EMPTY_ITEM.match(text, above, start):
        return True
    return bool(_INDENTED.match(text, above, start) and _INDENTED.match(text, run.end()))


@cache
def _runs(first: str, white: str) -> re.Pattern[str]:
    if first == "\n":  # no CR in the text: nothing to look out for
        return re.compile(rf"\n((?:{white}\n){{2,}})")
    return re.compile(rf"{first}(?:(?<=\r)\n|(?!(?<=\r)\n))((?:{white}{BREAK}){{2,}})")
