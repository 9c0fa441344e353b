"""Rows of CSV and TSV: where each ends, and its fields.

A quote opens a field only at the field's beginning; anywhere else it is a character like any other. A row whose quoted
field does not end as it should, or that runs over several lines and has not as many fields as the header, is damaged:
it ends at the first line end behind its beginning, so that one stray quote never takes the rows behind it along.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

#: Bytes a row may have; a quote that is not closed within so many does not open a field. It bounds what is held.
LONGEST = 64 << 20
_QUOTE = b'"'


class Row(NamedTuple):
    """A row: place behind its last byte (line end included) and its fields; no fields at all when it is damaged."""

    end: int
    fields: list[bytes] | None


def delimiter(kind: str) -> bytes:
    """Give the byte between two fields."""
    return b"\t" if kind == "tsv" else b","


def rows(data: bytes, at: int, between: bytes, width: int = 0, final: bool = True) -> Iterator[Row]:
    """Give the rows of ``data`` from a place on; ``width`` is the number of fields of the header, 0 when unknown.

    Unless ``final``, the rest of the file is still to come, and a row that it could change is not given.
    """
    while at < len(data):
        end = data.find(b"\n", at) + 1
        if not end and not final:
            return
        end = end or len(data)
        if data.find(_QUOTE, at, end) < 0:
            yield Row(end, _plain(data[at:end]).split(between))
            at = end
            continue
        row = _scan(data, at, between)
        if not final and len(data) - at < LONGEST and (row is None or _open(data, row)):
            return
        if row is None or row.fields is None or (row.end > end and width and len(row.fields) != width):
            row = Row(end, None)
        yield row
        at = row.end


def _open(data: bytes, row: Row) -> bool:
    """Tell whether what follows the data could change a row."""
    return row.end >= len(data) - 1 and data[row.end - 1 : row.end] != b"\n"


def _plain(line: bytes) -> bytes:
    """Drop the line end."""
    return line[: -2 if line.endswith(b"\r\n") else -1] if line.endswith(b"\n") else line


def _scan(data: bytes, at: int, between: bytes) -> Row | None:
    """Read a row with quotes; None when the data ends inside of it."""
    fields: list[bytes] = []
    while True:
        if data[at : at + 1] == _QUOTE:
            close = _closing(data, at + 1)
            if close < 0:
                return None
            fields.append(data[at + 1 : close].replace(b'""', _QUOTE))
            at = close + 1
            if data[at : at + 1] == between:
                at += 1
                continue
            # Only the last two bytes are looked at: a slice to the end of a block would copy it for every row.
            if at >= len(data) - 1 and data[at:] in (b"", b"\r"):
                return Row(len(data), fields)
            ending = next((mark for mark in (b"\n", b"\r\n") if data.startswith(mark, at)), None)
            return Row(at + len(ending), fields) if ending else Row(at, None)
        end = data.find(b"\n", at) + 1 or len(data)
        cut = data.find(between, at, end)
        if cut < 0:
            fields.append(_plain(data[at:end]))
            return Row(end, fields)
        fields.append(data[at:cut])
        at = cut + 1


def _closing(data: bytes, at: int) -> int:
    """Find the quote that closes a field, from behind the one that opens it; -1 when there is none."""
    while (at := data.find(_QUOTE, at)) >= 0 and data[at + 1 : at + 2] == _QUOTE:
        at += 2
    return at
