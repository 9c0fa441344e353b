"""Tell lines of data from prose: fields between tabs, bars or commas as in the lines beside them, JSON, SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Lines alike that make records: of two fields so many, of three and more fields two (design section 2).
_ROWS, _FIELDS, _FEW_ROWS = 3, 3, 2
_JSON = re.compile(r"\s*(?:\{\s*[\"'][^\n]*\}|\[\s*[\"'\d{\[][^\n]*\])\s*,?\s*$")
_SQL = re.compile(
    r"\s*(?:insert\s+into|replace\s+into|update\s+\S+\s+set|delete\s+from|select\s.+\sfrom\s"
    r"|create\s+(?:table|index)|alter\s+table|drop\s+table)\b",
    re.IGNORECASE,
)
_SPACED = re.compile(r",\s")
#: Longest line that is looked at: a bound on the work, no measure.
LONGEST = 20_000


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
        if enough and (sign != "," or count + 1 >= _FIELDS or not any(map(_is_sentence, lines[first:index]))):
            marked[first:index] = [True] * size
        first = index
    return marked


def _is_sentence(line: str) -> bool:
    return line.rstrip()[-1:] in "。！？!?."


def _is_data(line: str) -> bool:
    if len(line) > LONGEST:
        return False
    return bool(_JSON.match(line) or _SQL.match(line))


def fields_of(line: str) -> tuple[str, int]:
    """Give the sign that parts the fields of a line, and how often it stands there."""
    bare = line.strip()
    if len(bare) > LONGEST:
        return "", 0
    for sign in "\t|":
        if sign in bare:
            return sign, bare.count(sign)
    if "," in bare and 2 * len(_SPACED.findall(bare)) < bare.count(","):
        return ",", bare.count(",")
    return "", 0
