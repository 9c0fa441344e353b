"""A line of JSON with another text in one of its fields; all its other bytes stay as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dedupe_cn.corpus.paragraphs import cut
from dedupe_cn.corpus.surrogates import to_json

_SPACE = " \t\r\n"


def cut_line(line: str, field: str, spans: Sequence[tuple[int, int]]) -> str:
    """Take the lines that hold spans (code points) out of the text of a line of JSON."""
    start, end = value_span(line, field)
    new = cut(json.loads(line[start:end]), spans)
    return line[:start] + to_json(new, line.isascii()) + line[end:]


def value_span(line: str, field: str) -> tuple[int, int]:
    """Find where the value of a field stands in a line of JSON, so that the rest of the line can stay as it is.

    The last one counts when a field stands there twice, as for Python's reader.
    """
    decoder = json.JSONDecoder()

    def skip(place: int, characters: str = _SPACE) -> int:
        while line[place] in characters:
            place += 1
        return place

    place, found = skip(0) + 1, (0, 0)
    while line[place := skip(place, _SPACE + ",")] != "}":
        key, place = decoder.raw_decode(line, place)
        start = skip(skip(place) + 1)
        _, place = decoder.raw_decode(line, start)
        if key == field:
            found = (start, place)
    return found
