"""Classes of characters, and the two forms in which texts are compared without their layout.

The exact form is a text without white space, controls (Cc) and characters of no width (Cf). Everything here works on
whole texts in C: compiled patterns and array look-ups, no loop over characters.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Soft hyphen, Mongolian vowel separator, zero-width and directional marks, word joiner and invisible operators,
#: directional isolates, deprecated format characters, BOM.
ZERO_WIDTH = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
#: What the exact form leaves out, as the inside of a character class. ``\s`` is Unicode white space, U+0085 included.
DROPPED = r"\s\x00-\x1f\x7f-\x9f" + ZERO_WIDTH
#: Han characters, as the inside of a character class: URO, extensions, compatibility ideographs, 〇 and 々.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Marks with which a Chinese or Latin sentence ends.
SENTENCE_MARKS = "。！？!?….．；;"
#: Quotes and brackets that may close behind such a mark.
CLOSING_MARKS = "”’」』）)》〉】]\"'"

_DROPPED = re.compile(f"[{DROPPED}]+")
_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(f"[{re.escape(SENTENCE_MARKS)}][{re.escape(CLOSING_MARKS)}]*$|[”’」』》]$")


def squash(text: str) -> str:
    """Drop white space, controls and characters of no width: the exact form as a string.

    >>> squash(" 今天\\u200b 天气\\n")
    '今天天气'
    """
    return _DROPPED.sub("", text)


def exact_form(text: str) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give the exact form as code points (uint32, n) with the offset of each in ``text`` (int64, n, rising)."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kept = _kept_table().take(codes, mode="clip")
    origin = np.flatnonzero(kept).astype(np.int64, copy=False)
    return codes[origin], origin


@cache
def _kept_table() -> NDArray[np.bool_]:
    """Mark the code points that the exact form keeps; those beyond the BMP take the last value, True."""
    import numpy as np

    table = np.ones(0x10001, dtype=bool)
    # Everything that is dropped lies below U+3001, but for the BOM.
    low = "".join(map(chr, range(0x3001)))
    for match in _DROPPED.finditer(low):
        table[match.start() : match.end()] = False
    table[0xFEFF] = False
    return table


def han_share(text: str) -> float:
    """Give the share of Han characters in the exact form (0-1; 0 for an empty text)."""
    dense = squash(text)
    return len(_HAN.findall(dense)) / len(dense) if dense else 0.0


def letter_share(text: str) -> float:
    """Give the share of letters, Han included, in the exact form (0-1; 0 for an empty text)."""
    dense = squash(text)
    return len(_LETTER.findall(dense)) / len(dense) if dense else 0.0


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends like a sentence, with or without closing quotes.

    >>> ends_sentence("他来了。”"), ends_sentence("他来了，")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text.rstrip()))
