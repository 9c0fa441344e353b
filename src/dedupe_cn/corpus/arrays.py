"""A JSON file that is one array: where its elements stand, so that each is a record.

The place of an element reaches to the beginning of the next, its comma and white space with it. So what stays is an
array again, but for a comma behind the last one when those behind it go (``last_comma``).
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.regex import regex

#: Bytes read at a time; an element is held as a whole.
_PIECE = 2 << 20
_SPACE = regex(r"[ \t\r\n]*")
_COMMA = regex(rb",[ \t\r\n]*\Z")
#: Characters before the end of what was read, from which on an error may be that more is to come.
_MARGIN = 64
_decoder = json.JSONDecoder()


def wrong_json(problem: Exception) -> tuple[object, ...]:
    """Tell what is wrong with a JSON value, as a code and values."""
    if isinstance(problem, json.JSONDecodeError):
        return "not-json", problem.pos + 1
    return ("json-deep",) if isinstance(problem, RecursionError) else ("json-number",)


def last_comma(record: bytes) -> int:
    """Give how many bytes of a record are the comma behind its element and the white space behind that."""
    found = _COMMA.search(record)
    return len(found[0]) if found else 0


def elements(data: bytes, first: bool) -> Iterator[tuple[int, int, Any]]:
    """Give start, size (bytes) and value of each element of a block; the ``first`` of a file begins with a bracket."""
    text = data.decode("utf-8")
    place = _behind_bracket(text) if first else _skip(text, 0)
    start = len(text[:place].encode())
    while place < len(text) and text[place] != "]":
        value, end = _decoder.raw_decode(text, place)
        comma = _skip(text, end)
        if text.startswith(",", comma):
            end = comma = _skip(text, comma + 1)
        yield start, len(text[place:end].encode()), value
        # What stands behind the last element is no part of it.
        start += len(text[place:comma].encode())
        place = comma


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _behind_bracket(text: str) -> int:
    return _skip(text, _skip(text, text.startswith("\ufeff")) + 1)


def cut(stream: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    """Cut an array into blocks of whole elements, each with its place. Raises CorpusError where it is no array."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    text, start, first, count, size = "", 0, True, 0, _PIECE
    more = True
    while more:
        piece = stream.read(size)
        more = bool(piece)
        try:
            text += decoder.decode(piece, final=not more)
        except UnicodeDecodeError as problem:
            raise CorpusError("array", path=name, number=count + 1, detail=("not-utf-8",)) from problem
        place, found, ended = _advance(text, _behind_bracket(text) if first else 0, more, name, count)
        count += found
        if ended:
            while piece := stream.read(_PIECE):
                text += decoder.decode(piece)
            if text[place:].strip(" \t\r\n") != "]":
                raise CorpusError("array", path=name, number=count + 1, detail=("array-behind",))
            yield start, text.encode()
            return
        if found:
            data = text[:place].encode()
            yield start, data
            start, text, first, size = start + len(data), text[place:], False, _PIECE
        else:
            size *= 2
    raise CorpusError("array", path=name, number=count + 1, detail=("array-open",))


def _advance(text: str, place: int, more: bool, name: str, count: int) -> tuple[int, int, bool]:
    """Go over whole elements: give the place of the next, how many there were, and whether the array ends there.

    At its end the place is that of the closing bracket or before it.
    """
    found = 0
    while place < len(text):
        if text[place] == "]" and not count + found:
            return place, found, True
        try:
            _, end = _decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as problem:
            if more and _may_go_on(problem, text):
                break
            raise CorpusError("array", path=name, number=count + found + 1, detail=wrong_json(problem)) from problem
        behind = _skip(text, end)
        if text.startswith("]", behind):
            return behind, found + 1, True
        following = _skip(text, behind + 1)
        if following >= len(text):
            break
        if text[behind] != ",":
            raise CorpusError("array", path=name, number=count + found + 1, detail=("array-behind",))
        place, found = following, found + 1
    return place, found, False


def _may_go_on(problem: Exception, text: str) -> bool:
    """Tell whether an error may come from the end of what was read."""
    if not isinstance(problem, json.JSONDecodeError):
        return False
    return problem.pos >= len(text) - _MARGIN or problem.msg.startswith("Unterminated")
