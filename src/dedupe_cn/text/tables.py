"""The tables that come with the program."""

from __future__ import annotations

from pkgutil import get_data


def read_table(room: str, name: str) -> bytes:
    """Read a file of the folder ``data`` of a room, from a zipped package too.

    ``importlib.resources`` does the same, and loads zipfile and tempfile for it, which takes as long as all of click.
    """
    data = get_data(f"dedupe_cn.{room}", f"data/{name}")
    assert data is not None
    return data
