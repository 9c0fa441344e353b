"""Find lines that are in another encoding than the rest of their file."""

from __future__ import annotations

from dedupe_cn.encoding.candidates import CODECS, is_plausible, weigh
from dedupe_cn.encoding.encodings import BY_LINE
from dedupe_cn.encoding.odd_lines import count_lines

#: Characters that are searched: a text this long with two encodings shows it long before the end.
SEARCHED = 2 * 1024 * 1024
#: Non-ASCII characters a line needs for a judgement, and their mean log probability (nats) below which it is foreign
#: to its file. Lines of real prose stay above -9, lines of another encoding below -11.
LEAST, FOREIGN_MEAN = 4, -10.0
#: Nats by which another encoding must read a line better.
GAIN = 12.0
#: Continuation bytes that valid lines need before they prove anything.
PROOF = 20
#: Lines that are weighed one by one: a report needs some of them, not all.
WEIGHED = 200
_CHINESE = tuple(codec for codec in CODECS if codec.name in ("gb18030", "big5hkscs", "utf-8"))


def mixed_lines(data: bytes, text: str, encoding: str) -> tuple[bool, tuple[int, ...]]:
    """Tell whether lines make no sense in ``encoding``, and number those (from 1) that are Chinese in another one."""
    if encoding not in BY_LINE:
        return False, ()
    counts = count_lines(text[:SEARCHED])
    odd = ((counts.foreign >= LEAST) & (counts.sums < FOREIGN_MEAN * counts.foreign)).nonzero()[0]
    if not len(odd):
        return False, ()
    lines = data[: 4 * SEARCHED].split(b"\n")  # a character has four bytes at most
    return True, tuple(int(n) + 1 for n in odd[:WEIGHED] if n < len(lines) and _is_other(lines[n], encoding))


def is_mostly_utf_8(data: bytes) -> bool:
    """Tell whether most lines with non-ASCII bytes are valid UTF-8: such a file is UTF-8 with something else in it."""
    sound = broken = proof = 0
    for line in data[:SEARCHED].split(b"\n"):
        if line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            broken += 1
        else:
            sound += 1
            proof += len(line) - len(text)
    return sound > broken and proof >= PROOF


def _is_other(line: bytes, encoding: str) -> bool:
    """Tell whether a line reads as Chinese in another encoding, and much better than in its file's."""
    found = {codec.name: weigh(line, codec) for codec in _CHINESE}
    own = found.pop("big5hkscs" if encoding == "cp950" else encoding)
    others = [c for c in found.values() if c is not None and c.chinese and not c.broken and is_plausible(c)]
    best = max((c.score for c in others), default=None)
    return best is not None and (own is None or best >= own.score + GAIN)
