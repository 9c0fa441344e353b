"""Let what GB 2312 and EUC-JP read alike decide nothing between them.

Kana, Greek, Cyrillic and full-width letters stand at the same places in both. They are evidence against any third
encoding, but a list of Japanese words with their meaning in Chinese is no more EUC-JP for its kana than it is GBK.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dedupe_cn.encoding import frequencies, likelihood
from dedupe_cn.encoding.candidate import Candidate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.encoding.frequencies import Codes, Values

    Flags = NDArray[np.bool_]
else:
    Codes = Values = Flags = Any

PAIR = ("gb18030", "euc_jp")
#: Nats that hanzi cost in Chinese with kana directly behind them: the endings of Japanese stand there, while lists and
#: songs put a sign or a line end between the languages.
BEFORE_KANA = 5.0
#: Nats for GBK where all hanzi have kana behind them: a text that is Japanese throughout is sooner in EUC-JP.
NO_CHINESE = 5.0


@cache
def alike() -> Flags:
    """Tell of each code point beyond ASCII whether both encodings have it at the same two bytes."""
    import numpy as np

    flags = np.zeros(0x10001, bool)
    for lead in range(0xA1, 0xAA):
        for trail in range(0xA1, 0xFF):
            pair = bytes((lead, trail))
            ours, theirs = (pair.decode(codec, "ignore") for codec in PAIR)
            if ours and ours == theirs:
                flags[ord(ours)] = True
    return flags


def level(ranked: list[Candidate], sample: bytes) -> list[Candidate]:
    """Give candidates in which the two score what they read alike by the better of their two languages.

    ``sample`` is what was weighed. Each of the two notes how many characters that were.
    """
    import numpy as np

    pair = [c for name in PAIR for c in ranked if c.encoding == name]
    if len(pair) < 2 or pair[0].skip != pair[1].skip:
        return ranked
    counts, sums, own = [], [], []
    for candidate in pair:
        codes = frequencies.code_points(sample[candidate.skip :].decode(candidate.encoding, "ignore"))
        values = likelihood.log_values(codes, candidate.language)
        own.append(_before_kana(codes, values) if candidate.chinese else 0.0)
        shared = alike()[codes]
        counts.append(np.bincount(codes[shared], minlength=0x10001))
        sums.append(np.bincount(codes[shared], values[shared], minlength=0x10001))
    both = np.minimum(*counts)
    if not both.any():
        return ranked
    costs = [total / np.maximum(count, 1) for total, count in zip(sums, counts, strict=True)]
    better = np.maximum(*costs)
    number = int(both.sum())
    for candidate, cost, more in zip(pair, costs, own, strict=True):
        gain = float((both * (better - cost)).sum()) + more
        raised = candidate._replace(
            score=candidate.score + gain,
            gain=candidate.gain + gain,
            mean=candidate.mean + gain / max(candidate.foreign, 1),
            alike=number,
        )
        ranked[ranked.index(candidate)] = raised
    return sorted(ranked, key=lambda c: -c.score)


def _before_kana(codes: Codes, values: Values) -> float:
    """Say what is to be added to the values (nats) of hanzi with kana directly behind them.

    They may be words of Japanese too.
    """
    import numpy as np

    japanese = frequencies.tables()["ja"][codes]
    hanzi = (codes >= 0x3400) & (codes < 0xA000)
    kana = (codes >= 0x3041) & (codes < 0x3100)
    edges = np.flatnonzero(np.diff(hanzi, prepend=False, append=False))
    if not len(edges) or not kana.any():
        return 0.0
    first, last = edges[::2], edges[1::2]
    touching = np.append(kana, False)[last]
    own, other = (np.add.reduceat(np.append(v, 0.0) * np.append(hanzi, False), first) for v in (values, japanese))
    return float((np.maximum(other - own, -BEFORE_KANA) * touching).sum()) - NO_CHINESE * bool(touching.all())
