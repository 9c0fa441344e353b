"""Find lines that are in another encoding than the rest of their file."""

from __future__ import annotations

from dedupe_cn.text import frequencies
from dedupe_cn.text.candidates import CODECS, is_plausible, weigh

#: Characters that are searched: a text this long with two encodings shows it long before the end.
SEARCHED = 2 * 1024 * 1024
#: Non-ASCII characters a line needs for a judgement, and their mean log probability (nats) below which it is foreign
#: to its file. Lines of real prose stay above -9, lines of another encoding below -11.
LEAST, FOREIGN_MEAN = 4, -10.0
#: Nats by which another encoding must read a line better.
GAIN = 12.0
#: Lines that are weighed one by one: a report needs some of them, not all.
WEIGHED = 200
_CHINESE = tuple(codec for codec in CODECS if codec.name in ("gb18030", "big5hkscs", "utf-8"))
#: Encodings in which a line feed is one byte that nothing else uses.
_BY_LINE = frozenset(("gb18030", "cp950", "big5hkscs", "utf-8"))


def mixed_lines(data: bytes, text: str, encoding: str) -> tuple[int, ...]:
    """Number the lines (from 1) that read as Chinese in another encoding and make no sense in ``encoding``."""
    if encoding not in _BY_LINE:
        return ()
    suspects = _odd_lines(text[:SEARCHED])
    if not suspects:
        return ()
    lines = data[: 4 * SEARCHED].split(b"\n")
    return tuple(n + 1 for n in suspects[:WEIGHED] if n < len(lines) and _is_other(lines[n], encoding))


def _odd_lines(text: str) -> list[int]:
    """Number the lines (from 0) whose characters are improbable in Chinese."""
    import numpy as np

    codes = frequencies.code_points(text)
    if not len(codes):
        return []
    starts = np.concatenate(([0], np.flatnonzero(codes == 0x0A) + 1))
    starts = starts[starts < len(codes)]
    foreign = codes > 0x7F
    values = frequencies.chinese_table()[codes] * foreign
    counts = np.add.reduceat(foreign.astype(np.int64), starts)
    sums = np.add.reduceat(values, starts)
    odd = (counts >= LEAST) & (sums < FOREIGN_MEAN * counts)
    return [int(n) for n in np.flatnonzero(odd)]


def _is_other(line: bytes, encoding: str) -> bool:
    """Tell whether a line reads as Chinese in another encoding, and much better than in its file's."""
    found = {codec.name: weigh(line, codec) for codec in _CHINESE}
    own = found.pop("big5hkscs" if encoding == "cp950" else encoding)
    others = [c for c in found.values() if c is not None and c.chinese and not c.broken and is_plausible(c)]
    best = max((c.score for c in others), default=None)
    return best is not None and (own is None or best >= own.score + GAIN)
