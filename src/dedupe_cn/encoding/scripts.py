"""What letters of another script cost that stand in a text as a word or a line of another language.

A table of one language makes each kana of a Chinese list of words a surprise of its own. That a list quotes another
language is one surprise; from there on its letters are as likely as in their own language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dedupe_cn.encoding.frequencies import tables

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.encoding.frequencies import Codes, Values

    Kinds = NDArray[np.uint8]
else:
    Codes = Values = Kinds = Any

#: Nats for the change to another script: one letter alone never gains by it (it costs up to 15 in Chinese and 3 to 5
#: in its own language), two hardly. Pinyin has one letter a syllable, and the rest of it is ASCII.
SWITCH, SWITCH_TO_PINYIN = 12.0, 6.0
#: Letters by script: what one costs (nats; None is the cost in the language that has it), and the change to it. 37
#: letters of zhuyin and 62 full-width ones carry about 4 nats each, a letter with a tone amid pinyin a little more.
_KANA, _CYRILLIC, _GREEK = (
    "".join(map(chr, range(first, last)))
    for first, last in ((0x3041, 0x3100), (0x0400, 0x0460), (0x0391, 0x03CA))
)
_ZHUYIN = "".join(map(chr, range(0x3105, 0x312E))) + "ˉˊˇˋ˙"
_PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêɑńňǹɡḿ"
_FULL_WIDTH = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
SCRIPTS: tuple[tuple[str, str, float | None, float], ...] = (
    (_KANA, "ja", None, SWITCH),
    (_CYRILLIC, "script", None, SWITCH),
    (_GREEK, "script", None, SWITCH),
    (_ZHUYIN, "hant", -4.0, SWITCH),
    (_PINYIN, "hans", -5.0, SWITCH_TO_PINYIN),
    (_FULL_WIDTH, "hans", -5.0, SWITCH),
)
#: Marks that belong to any script, as ASCII does.
_MARKS = "　、。，．：；？！…—～·「」『』（）“”‘’《》〈〉【】"
_ANY = 255
_PINYIN_NUMBER = 1 + [letters for letters, *_ in SCRIPTS].index(_PINYIN)


@cache
def _kinds() -> Kinds:
    """Give the script of each code point (from 1), 0 for none of these, 255 for what belongs to any."""
    import numpy as np

    kinds = np.zeros(0x10001, np.uint8)
    kinds[:0x80] = _ANY
    kinds[[ord(mark) for mark in _MARKS]] = _ANY
    for number, (letters, *_) in enumerate(SCRIPTS, 1):
        kinds[[ord(letter) for letter in letters]] = number
    return kinds


@cache
def letter_costs() -> Values:
    """Give what each letter of these scripts costs in its own language (nats), 0 for all else."""
    import numpy as np

    costs = np.zeros(0x10001, np.float32)
    for letters, language, cost, _ in SCRIPTS:
        codes = [ord(letter) for letter in letters]
        costs[codes] = tables()[language][codes] if cost is None else cost
    return costs


def is_accented(codes: Codes) -> Any:
    """Tell which code points are letters of pinyin."""
    return _kinds()[codes] == _PINYIN_NUMBER


def quoted(codes: Codes, values: Values) -> Values:
    """Give the log probabilities of code points, where runs of another script pay for the change once.

    ``values`` are those of one language. A run goes on over ASCII and marks.
    """
    import numpy as np

    kinds = _kinds()[codes]
    places = np.flatnonzero(kinds != _ANY)
    kinds = kinds[places]
    if not kinds.any():
        return values
    starts = np.concatenate(([0], 1 + np.flatnonzero(np.diff(kinds))))
    lengths = np.diff(starts, append=len(kinds))
    gains = np.where(kinds > 0, letter_costs()[codes[places]] - values[places], 0.0)
    prices = np.array([0.0, *(price for *_, price in SCRIPTS)])[kinds[starts]]
    ahead = np.add.reduceat(gains, starts) - prices
    taken = np.repeat((ahead > 0) & (kinds[starts] > 0), lengths)
    values = values.copy()
    values[places[taken]] += (gains - np.repeat(prices / lengths, lengths))[taken]
    return values
