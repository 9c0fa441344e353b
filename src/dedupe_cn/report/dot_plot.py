"""Where a document says the same twice: the points of a dot plot, in which a repeated passage is a diagonal."""

from __future__ import annotations

#: Cells on each side, whatever the length of the document.
CELLS = 128
#: Characters (white space left out) that must agree for a point: seldom by chance in Chinese.
GRAM = 12
#: Longest document (code points) that is plotted: half a second.
MOST = 2_000_000
#: An odd multiplier with bits all over (the golden ratio in 64 bits).
_FACTOR = 0x9E3779B97F4A7C15


def dot_plot(text: str) -> list[int] | None:
    """Give the cells in which at least one gram stands at both places, without the main diagonal.

    A cell is row × ``CELLS`` + column, the row the later place; given are the steps from one to the next. None for a
    document that is too long. The number of cells bounds time and size: a gram that stands a thousand times counts
    once in each of 128 parts.
    """
    if len(text) > MOST:
        return None
    import numpy as np

    from dedupe_cn.text.characters import to_codes

    codes = to_codes(text).astype(np.uint64)
    white = np.array([ord(c) for c in set(text) if c.isspace()], dtype=np.uint64)
    places = np.flatnonzero(~np.isin(codes, white))
    if places.size <= GRAM:
        return []
    dense = codes[places]
    size = dense.size - GRAM + 1
    grams = np.zeros(size, dtype=np.uint64)
    for step in range(GRAM):
        grams = grams * np.uint64(_FACTOR) + dense[step : step + size]
    cells = places[:size] * CELLS // len(text)
    order = np.argsort(grams, kind="stable")
    grams, cells = grams[order], cells[order]
    first = np.ones(size, dtype=bool)
    first[1:] = (grams[1:] != grams[:-1]) | (cells[1:] != cells[:-1])
    grams, cells = grams[first], cells[first]
    points = np.zeros(CELLS * CELLS, dtype=bool)
    for step in range(1, CELLS):
        equal = np.flatnonzero(grams[step:] == grams[:-step])
        if not equal.size:
            break
        points[cells[equal + step] * CELLS + cells[equal]] = True
    found = np.flatnonzero(points)
    return [int(n) for n in np.diff(found, prepend=0)]
