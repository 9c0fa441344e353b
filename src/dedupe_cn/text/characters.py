"""The character classes of the project, and the exact form of a text.

The exact form is the text minus white space, controls, zero-width and format characters. It decides what is equal,
and every "so many characters" counts in it. Class constants are strings for use between the brackets of a regular
expression: ``re.compile(f"[{HAN}]+")``.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dedupe_cn.regex import regex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: White space that does not end a line; a line ends with CR LF, LF or CR only. The characters themselves, so that
#: it serves ``str.rstrip`` as well as a regular expression.
SPACES = (
    "\t\x0b\x0c\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
#: C0 controls and DEL that no text needs: not TAB, LF and CR.
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
#: Chinese ideographs with their radicals, iteration marks (々〇) and numerals (〡〸).
HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Marks and forms that only East Asian text has: 、。〈〉「」…, ！（），：…, and the vertical ones.
CJK_MARKS = "\u3001-\u3004\u3006\u3008-\u3020\u302a-\u3037\u303c-\u303f\ufe30-\ufe4f\uff01-\uff65\uffe0-\uffee"
#: Quotes, dashes and dots that Chinese shares with other scripts.
SHARED_MARKS = "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026"
#: What a sentence ends with, before closing quotes and brackets. Colons and semicolons only end clauses.
SENTENCE_END = "。！？!?….．｡"
CLOSING_QUOTES = '”’」』"'
CLOSING_BRACKETS = "）)】〕》〉］]"

#: Zero-width and format characters (category Cf but for the visible signs of Arabic and others) as ranges.
_FORMAT = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x061C, 0x061C),  # Arabic letter mark
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200F),  # zero-width space, non-joiner, joiner, direction marks
    (0x202A, 0x202E),  # bidi embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, bidi isolates
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE007F),  # tags
)
_CONTROL = ((0x00, 0x1F), (0x7F, 0x9F))
_INVISIBLE = "".join(f"{chr(first)}-{chr(last)}" for first, last in (*_CONTROL, *_FORMAT))

#: Characters from which arrays are quicker than strings, where NumPy is loaded.
_LONG = 300

#: Characters read at a time: 256 KiB of code points, which stay in the processor's cache.
PIECE = 1 << 16

#: What is no part of the exact form: white space, and what is not seen.
UNSEEN = regex(rf"[\s{_INVISIBLE}]+")
_DROPPED = regex(f"[{_INVISIBLE}]+")
_HAN_RUN = regex(f"[{HAN}]+")
_LETTERS = regex(r"[^\W\d_]+")
_CLOSERS = CLOSING_QUOTES + CLOSING_BRACKETS


def squash(text: str) -> str:
    """Give the exact form of a text as a string.

    >>> squash("一 二\\u200b\\u3000三\\r\\n")
    '一二三'
    """
    dense = "".join(text.split())
    # What is dropped is not printable, and asking Python for that takes a quarter of the time of a search.
    return dense if dense.isprintable() else _DROPPED.sub("", dense)


def with_line_feeds(text: str) -> str:
    """Write every line end as LF without moving an offset: CR LF becomes a blank and LF."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def exact_pieces(text: str) -> Iterator[str]:
    """Give the exact form of a text piece by piece: all of a huge one at once would be a second copy of it."""
    return (squash(text[begin : begin + PIECE]) for begin in range(0, len(text), PIECE))


def to_codes(text: str) -> NDArray[np.uint32]:
    """Give the code points of a string as an array (uint32, one for each character; lone surrogates included)."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)


def to_text(codes: NDArray[np.uint32]) -> str:
    """Give the string of an array of code points: the way back from :func:`to_codes`."""
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


@cache
def invisible_ranges() -> memoryview:
    """Give the code points that are no part of the exact form, as ranges: the first and last of each (uint32)."""
    ranges = sorted([*_CONTROL, *_FORMAT, *((ord(space), ord(space)) for space in SPACES)])
    merged: list[int] = []
    for first, last in ranges:
        if merged and first <= merged[-1] + 1:
            merged[-1] = max(merged[-1], last)
        else:
            merged += [first, last]
    return memoryview(array("I", merged))


@lru_cache(maxsize=4096)
def is_han(character: str) -> bool:
    """Tell whether one character is a Chinese ideograph.

    >>> is_han("漢"), is_han("〇"), is_han("か"), is_han("，")
    (True, True, False, False)
    """
    return len(character) == 1 and _HAN_RUN.match(character) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends like a sentence: with its mark, closing quotes and brackets behind it or not.

    A closing quote that is all there is counts, so that the last character of a line of dialogue may be asked for
    alone. Colons and semicolons do not end a sentence.

    >>> ends_sentence("他来了。”"), ends_sentence("”"), ends_sentence("叫作“人”"), ends_sentence("如下：")
    (True, True, False, False)
    """
    bare = text.rstrip(_CLOSERS)
    return bare[-1] in SENTENCE_END if bare else text[-1:] != "" and text[-1] in CLOSING_QUOTES


def han_share(text: str) -> float:
    """Give the share of Chinese ideographs in the exact form, 0 for an empty one.

    >>> han_share("中文 ab")
    0.5
    """
    return _share(_HAN_RUN, text)


def letter_share(text: str) -> float:
    """Give the share of letters of all scripts (ideographs too, digits not) in the exact form, 0 for an empty one.

    >>> letter_share("中文 a1")
    0.75
    """
    return _share(_LETTERS, text)


def _share(runs: re.Pattern[str], text: str) -> float:
    return _short_share(runs, text) if len(text) <= _LONG else _counted_share(runs, text)


@lru_cache(maxsize=256)
def _short_share(runs: re.Pattern[str], text: str) -> float:
    """Give the share in a short text; a passage is asked about once for each level."""
    return _counted_share(runs, text)


def _counted_share(runs: re.Pattern[str], text: str) -> float:
    exact = squash(text)
    return sum(map(len, runs.findall(exact))) / len(exact) if exact else 0.0
