"""The exact form of a text and its lines, by reading.c; see ``reference/reading.py``."""

from __future__ import annotations

from dedupe_cn.kernel.compiled.numbers import numbers
from dedupe_cn.kernel.library import call
from dedupe_cn.kernel.texts import Lines, Read, Signs

#: Lines that there is room for at first: one for so many characters, and a few.
_SHARE, _FEW = 8, 64


def read_text(codes: bytes, invisible: memoryview, signs: Signs) -> Read:
    """Read a text of code points. Raises ValueError for more than 2**31 characters."""
    size = len(codes) // 4
    given = codes, invisible, signs.blanks, signs.specials, signs.longest
    exact, gaps, places = numbers("I", size), numbers("i", size), numbers("i", size)
    room = size // _SHARE + _FEW
    while True:
        columns = [numbers("i", room) for _ in range(4)]
        sorts, leads, counts = numbers("B", room), numbers("B", room), numbers("q", 3)
        try:
            call("read_text", *given, exact, gaps, places, *columns, sorts, leads, counts)
            break
        except BufferError:
            room = min(4 * room, size + 1)
    seen, hidden, lines = counts
    starts, stops, low, high = (column[:lines] for column in columns)
    told = Lines(starts, stops, low, high, bytes(sorts[:lines]), bytes(leads[:lines]))
    return Read(exact[:seen], gaps[:hidden], places[:hidden], told)


def exact_places(gaps: memoryview, offsets: memoryview) -> memoryview:
    """Give how many characters of the exact form stand before each of some offsets."""
    found = numbers("i", len(offsets))
    call("exact_places", gaps, offsets, found)
    return found


def find_classes(codes: bytes, table: bytes, rules: tuple[int, int, int, int]) -> int:
    """Give the classes that characters of a text have by a table, as bits."""
    return call("find_classes", codes, table, *rules)
