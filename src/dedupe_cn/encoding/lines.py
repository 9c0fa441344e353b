"""Read each line of a file by itself, and name the lines that are in another encoding than the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.encoding.codes import read_as
from dedupe_cn.encoding.stretches import BYTEWISE, NARROW, PLAUSIBLE, Stretch, is_even, line_sums, stretches
from dedupe_cn.errors import DecodingError

if TYPE_CHECKING:
    from dedupe_cn.encoding.decoding import Decoded

#: Nats by which a line must read better than in any other encoding to prove one (as for a whole file).
PROVED = 6.0
#: The same for all lines together against one encoding for all of them.
TOGETHER = 36.0
#: Lines of another encoding that are named: a report needs some of them, not all.
NAMED = 200


class Part(NamedTuple):
    """Lines ``first`` to ``last`` (from 1) and the encoding they are read in."""

    first: int
    last: int
    encoding: str


class _Line(NamedTuple):
    """A row of bytes in one encoding (None: ASCII, or not to be told), and the number of its first line."""

    start: int
    end: int
    encoding: str | None
    number: int
    feeds: int


def read_lines(data: bytes, decode: Callable[[bytes], Decoded]) -> tuple[str, tuple[Part, ...]]:
    """Decode each line in the encoding it reads best in; give the text and the encodings by line.

    Byte order marks in front of each stretch are dropped. ``decode`` reads a line that is in none of the usual
    encodings. Raises DecodingError with the first line that no encoding
    fits.
    """
    pieces: list[str] = []
    parts: list[Part] = []
    for line in _settle(data):
        piece = data[line.start : line.end]
        before = parts[-1].encoding if parts else "utf-8"
        codec = line.encoding or ("utf-8" if before.startswith("utf-16") else before)
        for text, part in _read_row(piece, codec, line.number, decode):
            pieces.append(text.removeprefix("\ufeff"))
            if parts and parts[-1].encoding == part.encoding:
                parts[-1] = parts[-1]._replace(last=part.last)
            else:
                parts.append(part)
    return "".join(pieces), tuple(parts)


def other_lines(data: bytes, encoding: str) -> tuple[str, tuple[int, ...]]:
    """Name the encoding that most of data is in, and number the lines (from 1) that are for certain in another one.

    ``encoding`` is what it reads best in as a whole.
    """
    if encoding.startswith("utf-16") and is_even(data, encoding):
        return encoding, ()
    lines = [line for line in _settle(data, careful=True) if line.encoding is not None]
    kinds = Counter[str]()
    for line in lines:
        kinds[str(line.encoding)] += line.end - line.start
    if len(kinds) < 2:
        return "", ()
    own = kinds.most_common(1)[0][0]
    found: list[int] = []
    for line in lines:
        if line.encoding != own:
            found += range(line.number, line.number + max(line.feeds, 1))
        if len(found) >= NAMED:
            break
    return own, tuple(dict.fromkeys(found[:NAMED]))


def _read_row(
    piece: bytes, codec: str, number: int, decode: Callable[[bytes], Decoded]
) -> Iterator[tuple[str, Part]]:
    """Read a row of lines in its encoding, or line by line where one of them is in none of the usual encodings."""
    try:
        text = read_as(piece, codec)
    except UnicodeDecodeError:
        lines = re.findall(rb"[^\n]*\n|[^\n]+", piece)
        if len(lines) > 1:
            for place, line in enumerate(lines):
                yield from _read_row(line, codec, number + place, decode)
            return
        decoded = decode(piece)
        if not decoded.certain or decoded.lossy:
            raise DecodingError.of("line-unreadable", line=number) from None
        text, codec = decoded.text, decoded.encoding
    yield text, Part(number, max(number, number + text.count("\n") - text.endswith("\n")), codec)


def _settle(data: bytes, careful: bool = False) -> Iterator[_Line]:
    """Yield rows of bytes with their encodings.

    Where it is only a question whether there are two (``careful``), what proves nothing has none.
    """
    cut = stretches(data, careful)
    for stretch in cut:
        piece = data[stretch.start : stretch.end]
        if stretch.encoding != BYTEWISE:
            feeds = piece.decode(stretch.encoding, "replace").count("\n")
            yield _Line(stretch.start, stretch.end, stretch.encoding, stretch.line, feeds)
            continue
        names = _narrow_names(piece, careful)
        if careful and len(cut) > 1 and not any(names):
            names = ["utf-8"] * len(names)  # ASCII beside UTF-16
        yield from _rows(piece, stretch, names)


def _rows(piece: bytes, stretch: Stretch, names: list[str | None]) -> Iterator[_Line]:
    """Yield neighbouring lines of one encoding as one row."""
    start, number = stretch.start, stretch.line
    lines = zip(piece.split(b"\n"), names, strict=False)
    for name, row in groupby(lines, key=lambda pair: pair[1]):
        members = list(row)
        end = min(start + sum(len(line) + 1 for line, _ in members), stretch.end)
        feeds = piece.count(b"\n", start - stretch.start, end - stretch.start)
        yield _Line(start, end, name, number, feeds)
        start, number = end, number + feeds


def _narrow_names(piece: bytes, careful: bool) -> list[str | None]:
    """Choose an encoding for each line: the one it proves, else the likeliest of those that other lines prove."""
    import numpy as np

    from dedupe_cn.encoding.big5 import choose_big5

    read = [line_sums(piece, codec) for codec in NARROW]
    sums = np.stack([found.sums for found in read])
    broken = np.stack([found.broken for found in read])
    plain = (np.stack([found.foreign for found in read]) == 0).all(axis=0)
    order = np.sort(sums, axis=0)
    best = sums.argmax(axis=0)
    sound = np.take_along_axis(broken, best[None], 0)[0] == 0
    proved = sound & ~plain & (order[-1] - order[-2] >= PROVED)
    known = sorted({int(n) for n in best[proved]})
    if careful:
        if len(known) < 2 or not _differ(sums, proved, len(piece)):
            names = [NARROW[known[0]] if known else None] * len(best)
        else:
            names = [NARROW[int(n)] if ok else None for n, ok in zip(best, proved, strict=True)]
    else:
        if known:
            allowed = np.where(broken[known] > 0, -np.inf, sums[known])
            usual = np.array(known)[allowed.argmax(axis=0)]
            best = np.where(proved | ~np.isfinite(allowed.max(axis=0)), best, usual)
        names = [None if ascii_ else NARROW[int(n)] for n, ascii_ in zip(best, plain, strict=True)]
    lines = piece.split(b"\n")
    big5 = [line for line, name in zip(lines, names, strict=False) if name == "big5hkscs"]
    right = choose_big5(b"\n".join(big5)).codec if big5 else ""
    return [right if name == "big5hkscs" else name for name in names]


def _differ(sums: object, proved: object, size: int) -> bool:
    """Tell whether lines prove two encodings: together they read far better than in any one, and like text."""
    import numpy as np

    values, sure = np.asarray(sums), np.asarray(proved)
    most = float(values.max(axis=0).sum())
    one = float(values[:, sure].sum(axis=1).max())
    return most >= PLAUSIBLE * size and float(values[:, sure].max(axis=0).sum()) - one >= TOGETHER


