"""How much a text reads like one language or another, by the tables of frequencies.py.

All values are natural logarithms (nats). NumPy is imported when a text is first scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_cn.encoding.frequencies import COUNTED, chinese_table, code_points, tables
from dedupe_cn.encoding.scripts import is_accented, quoted

if TYPE_CHECKING:
    from dedupe_cn.encoding.frequencies import Codes, Values

#: Nats for a single hanzi, kana, hangul or Greek letter squeezed in behind a small ASCII letter.
SQUEEZED = 3.0
#: A hanzi at least this likely is "common": the 3,000 or so most frequent of a language.
COMMON = -10.75


def log_values(codes: Codes, language: str) -> Values:
    """Give the log probability of each code point in a language, which may quote another script."""
    values = tables()[language][codes]
    return quoted(codes, values) if language in COUNTED else values


def log_likelihood(codes: Codes, language: str) -> float:
    """Sum the log probabilities of code points in a language."""
    return float(log_values(codes, language).sum(dtype="float64"))


def count_squeezed(codes: Codes) -> int:
    """Count single non-ASCII characters behind a small ASCII letter: sooner an accented letter than a hanzi."""
    foreign = codes > 0x7F
    alone = foreign[1:] & ~foreign[:-1]
    alone[:-1] &= ~foreign[2:]
    behind = (codes[:-1] >= ord("a")) & (codes[:-1] <= ord("z"))
    return int((alone & behind & ~is_accented(codes[1:])).sum())


def count_kinds(codes: Codes) -> int:
    """Count the different code points among the first thousand or so."""
    import numpy as np

    return len(np.unique(codes[:1024]))


def best_language(codes: Codes, languages: tuple[str, ...]) -> tuple[float, str]:
    """Find the language in which code points are likeliest: its log-likelihood and name.

    Characters squeezed in behind Latin letters count against every language but Latin ones.
    """
    price = SQUEEZED * count_squeezed(codes)
    return max((log_likelihood(codes, name) - (price if name != "latin" else 0.0), name) for name in languages)


def symbol_likelihood(codes: Codes) -> float:
    """Sum the log probabilities of single symbols and kana in a traditional Chinese or Japanese context."""
    import numpy as np

    return float(np.maximum(tables()["hant"][codes], tables()["ja"][codes]).sum(dtype="float64"))


def mean(codes: Codes, language: str) -> float:
    """Give the mean log probability of code points in a language, 0 for none."""
    return log_likelihood(codes, language) / len(codes) if len(codes) else 0.0


def chinese_gain(text: str) -> float:
    """Say how much a text reads like Chinese: its log-likelihood in the better of the two scripts."""
    return best_language(code_points(text), ("hans", "hant"))[0]


def common_share(text: str) -> float:
    """Give the share (0-1) of the non-ASCII characters that are common in simplified or traditional Chinese."""
    codes = code_points(text)
    codes = codes[codes > 0x7F]
    if not len(codes):
        return 0.0
    return float((chinese_table()[codes] >= COMMON).mean())
