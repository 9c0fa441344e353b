"""Tell lines of data from prose: JSON, SQL, fields between tabs, bars, commas or semicolons as in the lines beside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dedupe_cn.regex import regex

#: Lines alike that make records: of two fields so many, of three and more fields two.
_ROWS, _FIELDS, _FEW_ROWS = 3, 3, 2
_OBJECT = r"\s*\{\s*[\"'][^\n]*\}\s*+,?\s*+$"
_JSON = regex(rf"{_OBJECT}|\s*\[\s*[\"'\d{{\[][^\n]*\]\s*+,?\s*+$")
_SQL = regex(
    r"\s*(?:insert\s+into|replace\s+into|update\s+\S+\s+set|delete\s+from|select\s.+\sfrom\s"
    r"|create\s+(?:table|index)|alter\s+table|drop\s+table)\b",
    re.IGNORECASE,
)
#: Rows of values below a statement of SQL.
_VALUES = regex(r"\s*\([^\n]*\)\s*+[,;]?\s*+$")
#: A line of a log: when it was, and how grave.
_LOG = regex(
    r"\s*[\[(]?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ]\d{1,2}:\d{2}(?::\d{2})?\S*\s[^\n]{0,40}?"
    r"\b(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b"
)
#: Signs that part fields where no blank follows most of them, and that sign with a blank behind.
_SPACED = {sign: regex(rf"{sign}\s") for sign in ",;"}
#: Longest line that is looked at: a bound on the work, no measure.
LONGEST = 20_000
_is_object = regex(_OBJECT).match


def record_lines(lines: Sequence[str]) -> list[bool]:
    """Mark the lines, of some that follow each other, that are records."""
    shapes = [fields_of(line) for line in lines]
    marked = [_is_data(line) for line in lines]
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and shapes[index] == shapes[first]:
            continue
        sign, count = shapes[first]
        size = index - first
        enough = count and (size >= _ROWS or (size >= _FEW_ROWS and count + 1 >= _FIELDS))
        if enough and (sign not in ",;" or count + 1 >= _FIELDS or not any(map(_is_sentence, lines[first:index]))):
            marked[first:index] = [True] * size
        first = index
    for index in range(1, len(lines)):
        above = lines[index - 1]
        goes_on = _SQL.match(above) or (marked[index - 1] and _VALUES.match(above))
        marked[index] |= bool(goes_on and _VALUES.match(lines[index]))
    return marked


def is_object(line: str) -> bool:
    """Tell whether a line is an object of JSON."""
    return len(line) <= LONGEST and _is_object(line) is not None


def _is_sentence(line: str) -> bool:
    return line.rstrip()[-1:] in "。！？!?."


def _is_data(line: str) -> bool:
    if len(line) > LONGEST:
        return False
    return bool(_JSON.match(line) or _SQL.match(line) or _LOG.match(line))


def fields_of(line: str) -> tuple[str, int]:
    """Give the sign that parts the fields of a line, and how often it stands there."""
    bare = line.strip()
    if len(bare) > LONGEST:
        return "", 0
    for sign in "\t|":
        if sign in bare:
            return sign, bare.count(sign)
    for sign in "^｜":
        if bare.count(sign) + 1 >= _FIELDS:
            return sign, bare.count(sign)
    for sign, spaced in _SPACED.items():
        if sign in bare and 2 * len(spaced.findall(bare)) < bare.count(sign):
            return sign, bare.count(sign)
    return "", 0
