"""The exact form of a text and its lines."""

from __future__ import annotations

import numpy as np

from dedupe_cn.kernel.reference.leads import lead_of
from dedupe_cn.kernel.texts import Lines, Read, Signs, Sort


def read_text(codes: bytes, invisible: memoryview, signs: Signs) -> Read:
    """Read a text of code points (uint32 in bytes).

    ``invisible`` are ranges of code points, the first and the last of each (rising), that are no part of the exact
    form. Raises ValueError for more than 2**31 characters.
    """
    every = np.frombuffer(codes, np.uint32)
    if every.size >= 1 << 31:
        raise ValueError("a text of more than 2**31 characters")
    seen = _are_outside(every, np.asarray(invisible))
    gaps = np.flatnonzero(~seen)
    ends = _line_ends(every)
    starts, stops = np.append(0, ends + 1), np.append(ends, every.size)
    exact = every[seen]
    low, high = (at - gaps.searchsorted(at) for at in (starts, stops))
    text = codes.decode("utf-32-le", "surrogatepass")
    lengths = high - low
    bodies = [text[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
    row = np.array([Sort.TABS if body.count("\t") > 1 else 0 for body in bodies], np.uint8)
    row[lengths > 0] |= Sort.VISIBLE
    row[(lengths > 0) & (lengths <= signs.longest)] |= Sort.SHORT
    first = exact.take(low, mode="clip") if exact.size else np.zeros(low.size, np.uint32)
    row[(lengths > 0) & np.isin(first, np.asarray(signs.specials))] |= Sort.SPECIAL
    row[1:][np.abs(np.diff(lengths)) <= 1] |= Sort.EVEN
    short = (row & Sort.SHORT > 0).tolist()
    leads = "".join(lead_of(body, signs.blanks, few) for body, few in zip(bodies, short, strict=True))
    places = gaps - np.arange(gaps.size)
    lines = Lines(_places(starts), _places(stops), _places(low), _places(high), row.tobytes(), leads.encode())
    return Read(exact.data, _places(gaps), _places(places), lines)


def _places(found: np.ndarray) -> memoryview:
    return found.astype(np.int32).data


def _are_outside(codes: np.ndarray, ranges: np.ndarray) -> np.ndarray:
    """Mark the code points that lie in none of some ranges."""
    which = ranges[1::2].searchsorted(codes)
    inside = which < ranges.size // 2
    inside[inside] = ranges[::2][which[inside]] <= codes[inside]
    return ~inside


def _line_ends(codes: np.ndarray) -> np.ndarray:
    """Give the offset of the last character of every line end: LF, CR LF or CR."""
    feeds, returns = codes == ord("\n"), codes == ord("\r")
    returns[:-1] &= ~feeds[1:]
    return np.flatnonzero(feeds | returns)


def exact_places(gaps: memoryview, offsets: memoryview) -> memoryview:
    """Give how many characters of the exact form stand before each of some offsets (int32)."""
    at = np.asarray(offsets)
    return (at - np.asarray(gaps).searchsorted(at)).astype(np.int32).data


def find_classes(codes: bytes, table: bytes, rules: tuple[int, int, int, int]) -> int:
    """Give the classes that characters of a text have by a table of code points, as bits.

    ``rules`` are four classes. The first counts where two of it stand side by side. The second is that of a line feed
    (the third) between two others, or behind a blank (the fourth); these two are not given.
    """
    pair, ragged, feed, blank = rules
    every = np.frombuffer(codes, np.uint32)
    classes = np.frombuffer(table, np.uint8).take(every, mode="clip")
    classes = np.where(every < len(table), classes, 0)
    found = int(np.bitwise_or.reduce(classes)) & ~pair if classes.size else 0
    before, here = classes[:-1], classes[1:]
    if ((before & here & pair) > 0).any():
        found |= pair
    if (((before & blank) > 0) & ((here & feed) > 0)).any() or (classes[2:] & here[:-1] & before[:-1] & feed).any():
        found |= ragged
    return found & ~(feed | blank)
