"""Find where UTF-16 begins and ends in a file that two programs have written one behind the other.

A line feed byte ends a line whatever the encoding, and no character of UTF-8, GBK or Big5 reaches across it. Each line
is weighed as text of these, and as UTF-16 in both byte orders and from even and odd bytes on; what reads best in all,
with a price for each change, says which stretches there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from dedupe_cn.encoding import frequencies
from dedupe_cn.encoding.candidates import BROKEN
from dedupe_cn.encoding.scripts import letter_costs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sums = NDArray[np.float64]
else:
    Sums = Any

#: Nats for a change of encoding: one or two odd characters are none, four letters of ASCII in a row are.
CHANGE = 18.0
#: Bytes at the beginning and at the end that are looked at.
SEARCHED = 1 << 21
#: Nats a byte below which nothing here reads like text: random bytes have -5.5 in any encoding.
PLAUSIBLE = -4.6
#: Nats for half a character beyond the BMP, of which UTF-16 has two.
_HALF = -9.0
#: Bytes of the shortest stretch that is believed: three characters of UTF-16.
LEAST = 6
BYTEWISE = "bytes"
NARROW = ("utf-8", "gb18030", "big5hkscs")
#: The readings as UTF-16: codec, type of its units, the byte at which it begins.
_WIDE = tuple((f"utf-16-{order}", sign + "u2", first) for order, sign in (("le", "<"), ("be", ">")) for first in (0, 1))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes ``start`` to ``end`` in one manner: ``utf-16-le``, ``utf-16-be``, or ``bytes`` for all other encodings.

    ``line`` is the number of its first line (from 1) in the file.
    """

    start: int
    end: int
    encoding: str
    line: int


def stretches(data: bytes, brief: bool = False) -> list[Stretch]:
    """Cut data where UTF-16 begins or ends; data of one kind is one stretch.

    To be ``brief``, only both ends of long data are looked at.
    """
    if not data:
        return []
    if not brief or len(data) <= 2 * SEARCHED:
        return _cut(data)
    middle = (data.find(b"\n", SEARCHED) + 1 or SEARCHED) & ~1
    behind = (data.rfind(b"\n", 0, len(data) - SEARCHED) + 1 or len(data) - SEARCHED) & ~1
    front, back = _cut(data[:middle]), _cut(data[behind:])
    before = front[-1].line + data.count(b"\n", front[-1].start, behind)
    moved = [Stretch(s.start + behind, s.end + behind, s.encoding, s.line + before - 1) for s in back]
    if front[-1].encoding == moved[0].encoding:
        moved[0] = Stretch(front.pop().start, moved[0].end, moved[0].encoding, front[-1].line if front else 1)
    return front + moved


def is_even(data: bytes, encoding: str) -> bool:
    """Tell whether every line of UTF-16 reads like text, which proves that it is all there is."""
    starts, ends = _edges(data)
    unit = next(unit for name, unit, _ in _WIDE if name == encoding)
    sizes = ends - starts
    return not ((_wide_sums(data, starts, ends, unit, 0) < PLAUSIBLE * sizes) & (sizes >= LEAST)).any()


def _edges(data: bytes) -> tuple[Any, Any]:
    """Give where lines begin and end, behind each byte of a line feed."""
    import numpy as np

    feeds = np.flatnonzero(np.frombuffer(data, np.uint8) == 0x0A) + 1
    ends = feeds if len(feeds) and feeds[-1] == len(data) else np.append(feeds, len(data))
    return np.concatenate(([0], ends[:-1])), ends


def _cut(data: bytes) -> list[Stretch]:
    """Cut data that is looked at as a whole."""
    import numpy as np

    starts, ends = _edges(data)
    sums = np.stack([_narrow_sums(data), *(_wide_sums(data, starts, ends, *wide[1:]) for wide in _WIDE)])
    states = _best_path(sums, _entries(data, starts))
    if float(sums[states, np.arange(len(states))].sum()) < PLAUSIBLE * len(data):
        return [Stretch(0, len(data), BYTEWISE, 1)]  # no text
    states = _believable(states, sums, ends - starts)
    names = (BYTEWISE, *(name for name, _, _ in _WIDE))
    firsts = [0, *(int(n) for n in np.flatnonzero(np.diff(states)) + 1)]
    places = [int(starts[first]) for first in firsts]
    places = [place + (place > 0 and data[place - 1 : place + 1] == b"\n\0") for place in places]
    found: list[Stretch] = []
    line = 1
    for first, (start, end) in zip(firsts, pairwise([*places, len(data)]), strict=True):
        found.append(Stretch(start, end, names[int(states[first])], line))
        line += _count_feeds(data[start:end], found[-1].encoding)
    return found


def _believable(states: Any, sums: Sums, sizes: Any) -> Any:
    """Give a stretch that is too short, or reads like no text, to the one in front of it (the first to the next)."""
    import numpy as np

    states = states.copy()
    firsts = [0, *(int(n) for n in np.flatnonzero(np.diff(states)) + 1), len(states)]
    kept: list[int] = []
    for first, last in pairwise(firsts):
        size = int(sizes[first:last].sum())
        if size >= LEAST and float(sums[states[first], first:last].sum()) >= PLAUSIBLE * size:
            kept.append(int(states[first]))
            if len(kept) == 1:
                states[:first] = kept[0]
        elif kept:
            states[first:last] = kept[-1]
    return states


def _entries(data: bytes, starts: Any) -> Sums:
    """Give for each reading and line what it costs to begin there: half a character would be left out in front.

    The second half of a line feed in UTF-16 is none.
    """
    import numpy as np

    array = np.frombuffer(data, np.uint8)
    loose = array[starts] == 0
    loose[0] = False
    loose[1:] &= array[starts[1:] - 1] == 0x0A
    prices = [np.where((starts + loose - first) % 2 == 1, -BROKEN / 2, 0.0) for _, _, first in _WIDE]
    return np.stack([np.zeros(len(starts)), *prices])


def _count_feeds(piece: bytes, encoding: str) -> int:
    if encoding == BYTEWISE:
        return piece.count(b"\n")
    return piece.decode(encoding, "replace").count("\n")


class LineSums(NamedTuple):
    """For each line its log-likelihood in one encoding, its broken sequences and its non-ASCII characters."""

    sums: Sums
    broken: Sums
    foreign: Sums


def line_sums(data: bytes, codec: str) -> LineSums:
    """Weigh each line of data in an encoding whose line feed is one byte; a last line may be without its line feed.

    Broken sequences are not noted one by one, which would take fifty times as long where most of it is broken. A U+FFFD
    that UTF-8 holds is none.
    """
    import numpy as np

    if codec == "utf-8":
        data = data.replace(b"\xef\xbf\xbd", "〓".encode())
    text = data.decode(codec, "replace")
    codes = frequencies.code_points(text)
    values = (any_table() if codec == "utf-8" else chinese_and_quoted())[codes].astype(np.float64)
    broken = codes == 0xFFFD
    values[broken] = -BROKEN
    values[1:][(codes[1:] == 0) & (codes[:-1] == 0x0A)] = 0.0  # the second half of a line feed in UTF-16
    ends = np.flatnonzero(codes == 0x0A) + 1
    if not len(ends) or ends[-1] < len(codes):
        ends = np.append(ends, len(codes))
    totals = (np.concatenate(([0.0], np.cumsum(row)))[ends] for row in (values, broken, codes > 0x7F))
    return LineSums(*(np.diff(total, prepend=0.0) for total in totals))


def _narrow_sums(data: bytes) -> Sums:
    """Give for each line its best log-likelihood in the encodings whose line feed is one byte."""
    import numpy as np

    return np.asarray(np.maximum.reduce([line_sums(data, codec).sums for codec in NARROW]))


def _wide_sums(data: bytes, starts: Any, ends: Any, unit: str, first: int) -> Sums:
    """Give for each line its log-likelihood in UTF-16; half a character counts half."""
    import numpy as np

    codes = np.frombuffer(data, unit, (len(data) - first) // 2, first).astype(np.uint32)
    values = any_table()[codes].astype(np.float64)
    sums = np.concatenate(([0.0], np.cumsum(values)))
    values = np.append(values, -BROKEN)  # half a character at the end
    read = []
    for places in (starts, ends):
        index, half = np.divmod(np.maximum(places - first, 0), 2)
        read.append(sums[index] + half * values[index] / 2)
    return np.asarray(read[1] - read[0])


def _best_path(sums: Sums, entries: Sums) -> Any:
    """Choose a reading for each line so that all together, less the changes and what they cost, is likeliest."""
    import numpy as np

    totals = sums.sum(axis=1) + entries[:, 0]
    one = int(totals.argmax())
    gains = (sums.max(axis=0) - sums[one]).sum()
    if gains < CHANGE:
        return np.full(sums.shape[1], one)
    best = sums[:, 0] + entries[:, 0]
    came = np.zeros(sums.shape, np.int8)
    own = np.arange(len(sums))
    for n in range(1, sums.shape[1]):
        top = int(best.argmax())
        entered = best[top] - CHANGE + entries[:, n]
        changed = entered > best
        came[:, n] = np.where(changed, top, own)
        best = np.where(changed, entered, best) + sums[:, n]
    states = np.empty(sums.shape[1], np.int8)
    states[-1] = best.argmax()
    for n in range(sums.shape[1] - 1, 0, -1):
        states[n - 1] = came[states[n], n]
    return states


@cache
def chinese_and_quoted() -> Any:
    """Give the log probability of each code point in Chinese, or in the language of the script that it quotes."""
    import numpy as np

    costs = letter_costs()
    chinese = frequencies.chinese_table()
    return np.where(costs < 0, np.maximum(chinese, costs), chinese)


@cache
def any_table() -> Any:
    """Give the log probability of each code point in the language it is likeliest in."""
    import numpy as np

    table = np.maximum.reduce([*(frequencies.tables()[name] for name in frequencies.LANGUAGES), chinese_and_quoted()])
    table[0xD800:0xE000] = _HALF
    table[0xFEFF] = 0.0
    table[0x85] = table[0x2028] = frequencies.UNKNOWN
    return table
