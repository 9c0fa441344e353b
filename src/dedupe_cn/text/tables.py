"""The tables that come with the program."""

from __future__ import annotations

import zlib
from pkgutil import get_data


def read_table(room: str, name: str) -> bytes:
    """Read a file of the folder ``data`` of a room, from a zipped package too.

    ``importlib.resources`` does the same, and loads zipfile and tempfile for it, which takes as long as all of click.
    """
    data = get_data(f"dedupe_cn.{room}", f"data/{name}")
    assert data is not None
    return data


def read_row(room: str, name: str) -> memoryview:
    """Read one of the tables of scripts/fold_tables.py, which has a code point for each code point (uint32)."""
    places = zlib.decompress(read_table(room, name))
    size = len(places) // 3
    row = bytearray(4 * size)
    for place in range(3):
        row[place::4] = places[place * size : (place + 1) * size]
    return memoryview(row).cast("I")
