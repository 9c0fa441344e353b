"""Where in a TOML file each key stands: ``tomllib`` does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, TypeAlias

#: A way into a document: names of tables and keys, numbers of tables in an array.
Way: TypeAlias = tuple[str | int, ...]

#: A statement that goes over several lines can only end on a line with one of these.
_CLOSERS = ("]", "}", '"""', "'''")


def lines_of(text: str) -> dict[Way, int]:
    """Give the line (from 1) of every table and key of a document that ``tomllib`` reads.

    Statement by statement: lines are added until they parse on their own. A key inside an inline table has the line
    its statement begins on.
    """
    found: dict[Way, int] = {}
    counts: dict[Way, int] = {}
    table: Way = ()
    for start, statement in _statements(text):
        value = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _header(value, counts)
            found.setdefault(table, start)
        else:
            for way in _ways(value):
                found.setdefault((*table, *way), start)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Cut a document into statements with the line each begins on."""
    start, pending = 0, ""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not pending:
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            start = number
        whole = f"{pending}{line}\n"
        if pending and not any(closer in line for closer in _CLOSERS):
            pending = whole
            continue
        try:
            tomllib.loads(whole)
        except tomllib.TOMLDecodeError:
            pending = whole
        else:
            yield start, whole
            pending = ""


def _header(value: dict[str, Any], counts: dict[Way, int]) -> Way:
    """Give the way of a table's header; tables of an array are counted as they come."""
    way: Way = ()
    rest: Any = value
    while isinstance(rest, (dict, list)) and rest:
        if isinstance(rest, list):  # [[name]]: the innermost only
            counts[way] = counts.get(way, -1) + 1
            return (*way, counts[way])
        (name, rest), *_ = rest.items()
        way = (*way, name)
        if way in counts and isinstance(rest, dict):  # [name.more] below [[name]]
            way = (*way, counts[way])
    return way


def _ways(value: Any) -> Iterator[Way]:
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, rest in items:
        yield (name,)
        for way in _ways(rest):
            yield (name, *way)
