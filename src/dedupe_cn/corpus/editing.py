"""A line of JSON with another text in one of its fields; all its other bytes stay as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dedupe_cn.corpus.paragraphs import cut
from dedupe_cn.corpus.surrogates import to_json

_decoder = json.JSONDecoder()
_SPACE = " \t\r\n"


def cut_line(line: str, field: str, spans: Sequence[tuple[int, int]]) -> str:
    """Take the lines that hold spans (code points) out of the text of a line of JSON."""
    start, end = value_span(line, field)
    new = cut(json.loads(line[start:end]), spans)
    return line[:start] + to_json(new, line.isascii()) + line[end:]


def value_span(line: str, field: str) -> tuple[int, int]:
    """Find where the value of a field stands in a line of JSON, so that the rest of the line can stay as it is.

    The last one counts when a field stands there twice, as for Python's reader. ``a.b`` stands inside of ``a``, unless
    there is a field of that very name.
    """
    begin = _skip(line, 0)
    found = _member(line, begin, field)
    if found is None and "." in field:
        found = begin, len(line)
        for part in field.split("."):
            found = _member(line, found[0], part)
            assert found is not None
    return found or (0, 0)


def _skip(line: str, place: int, characters: str = _SPACE) -> int:
    while line[place] in characters:
        place += 1
    return place


def _member(line: str, begin: int, name: str) -> tuple[int, int] | None:
    """Find a field of the object that begins there."""
    place, found = begin + 1, None
    while line[place := _skip(line, place, _SPACE + ",")] != "}":
        key, place = _decoder.raw_decode(line, place)
        start = _skip(line, _skip(line, place) + 1)
        _, place = _decoder.raw_decode(line, start)
        if key == name:
            found = (start, place)
    return found
