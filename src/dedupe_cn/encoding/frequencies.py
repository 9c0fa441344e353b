"""How likely each character is in running Chinese, Japanese and Korean text, and in texts of letters.

The table in ``data/`` holds counted log probabilities (``data/ORIGIN.md`` says from what); characters it lacks get
the value of their class: the level of the national character set they are in, or their Unicode block. All values are
natural logarithms (nats). NumPy is imported when a text is first scored.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from dedupe_cn.text.characters import to_codes
from dedupe_cn.text.tables import read_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]
    Values = NDArray[np.float32]
else:
    Codes = Values = Any

#: Languages with counted characters, and those described by their letters alone.
COUNTED = ("hans", "hant", "ja", "ko")
LETTERED = ("latin", "script")
LANGUAGES = COUNTED + LETTERED
CHINESE = frozenset(("hans", "hant"))
#: Steps of the table per nat (as in scripts/count_characters.py).
STEPS = 4
#: What a character costs that no class describes, such as an unassigned code point.
UNKNOWN = -20.0
#: The code point that stands for a broken sequence (see damage.py); it costs nothing here, candidates.py prices it.
MARK = 0xDC80

#: Unicode blocks as (first, last, cost in hans, hant, ja, ko, latin, script). A later line overrides an earlier one.
#: Judged, not counted: what a script or symbol costs in a text of each language. Two characters of the wrong kind
#: should weigh about as much as one broken byte sequence.
BLOCKS: tuple[tuple[int, int, float, float, float, float, float, float], ...] = (
    (0x00A0, 0x00FF, -13.0, -13.0, -13.0, -13.0, -10.0, -13.0),
    (0x0100, 0x024F, -15.0, -15.0, -15.0, -15.0, -10.5, -15.0),
    (0x02B0, 0x02FF, -15.0, -15.0, -15.0, -15.0, -13.0, -15.0),
    (0x0370, 0x03FF, -13.0, -13.0, -13.0, -13.0, -13.0, -14.0),
    (0x0400, 0x04FF, -13.5, -13.5, -13.5, -13.5, -14.0, -10.0),
    (0x2000, 0x206F, -12.5, -12.5, -12.5, -12.5, -9.5, -9.5),
    (0x20A0, 0x214F, -13.0, -13.0, -13.0, -13.0, -10.0, -10.0),
    (0x2150, 0x2BFF, -12.5, -12.5, -12.5, -12.5, -12.0, -12.0),
    (0x2E80, 0x2FDF, -16.0, -16.0, -16.0, -17.0, -20.0, -20.0),
    (0x3000, 0x303F, -11.0, -11.0, -10.0, -11.0, -17.0, -17.0),
    (0x3040, 0x30FF, -12.5, -12.5, -9.0, -14.0, -18.0, -18.0),
    (0x3100, 0x312F, -13.5, -12.5, -17.0, -17.0, -20.0, -20.0),
    (0x3130, 0x318F, -16.0, -16.0, -17.0, -10.0, -20.0, -20.0),
    (0x3200, 0x33FF, -13.5, -13.5, -12.5, -13.0, -20.0, -20.0),
    (0x3400, 0x4DBF, -17.0, -17.0, -19.0, -20.0, -20.0, -20.0),
    (0x4E00, 0x9FFF, -15.5, -15.5, -16.5, -17.5, -19.0, -19.0),
    (0xAC00, 0xD7A3, -16.0, -16.0, -17.0, -15.5, -20.0, -20.0),
    (0xE000, 0xF8FF, -17.0, -17.0, -18.0, -18.0, -20.0, -20.0),
    (0xF900, 0xFAFF, -17.0, -17.0, -16.0, -16.0, -20.0, -20.0),
    (0xFE30, 0xFE6F, -14.0, -11.0, -16.0, -16.0, -20.0, -20.0),
    (0xFF01, 0xFF5E, -10.0, -10.0, -10.0, -12.0, -17.0, -17.0),
    (0xFF61, 0xFF9F, -16.0, -16.0, -10.0, -17.0, -20.0, -20.0),
    (0xFFE0, 0xFFE6, -12.0, -12.0, -12.0, -12.0, -18.0, -18.0),
    # Symbols that only a wrong reading of Big5 makes of the full-width solidus, reverse solidus, tilde and macron.
    *(
        (code, code, -16.0, -16.0, -16.0, -16.0, -16.0, -16.0)
        for code in (0x2215, 0xFE68, 0x223C, 0x203E, 0x2641, 0xFF64)
    ),
)

#: Levels of national character sets as (codec, first lead, last lead, trails, language, cost).
LEVELS: tuple[tuple[str, int, int, str, float], ...] = (
    ("gb2312", 0xD8, 0xF7, "hans", -13.5),
    ("gb2312", 0xB0, 0xD7, "hans", -12.5),
    ("big5", 0xC9, 0xF9, "hant", -14.5),
    ("big5", 0xA4, 0xC6, "hant", -12.5),
    ("euc_jp", 0xD0, 0xF4, "ja", -14.0),
    ("euc_jp", 0xB0, 0xCF, "ja", -11.5),
    ("euc_kr", 0xCA, 0xFD, "ko", -14.0),
    ("euc_kr", 0xB0, 0xC8, "ko", -11.0),
)

#: Letters of Western and Central European text beside ASCII, the most frequent first.
LATIN_LETTERS = (
    ("éáíóäöèüàñçãêßåøæúîôâ", -5.5),
    ("ëïùûòìõęąłśžščćżýřůňőűěńğşıİșțăđ¡¿", -7.0),
    ("ÉÀÁÄÖÜÇÅØÆŠŽČÍÓÚÊÈŁŚŞ“”’‘–—…«»©®°§·•€£±²³½´", -8.0),
)
#: Letters of texts without Latin ones: Russian by frequency, Thai by three ranks, Greek, Hebrew and Arabic flat.
SCRIPT_LETTERS = (
    ("оеаинтсрвл", -3.2),
    ("кмдпуяызьбгчйхжшюцщэфёъіїєґ«»—–№", -4.5),
    ("".join(map(chr, range(0x410, 0x430))), -7.0),
    ("".join(map(chr, range(0x3AC, 0x3CF))), -3.5),
    ("".join(map(chr, range(0x391, 0x3AA))), -7.0),
    ("".join(map(chr, range(0x5D0, 0x5EB))), -3.3),
    ("".join(map(chr, range(0x621, 0x64B))), -3.5),
    ("".join(map(chr, [*range(0xE01, 0xE3B), *range(0xE40, 0xE4F)])), -7.5),
    ("ปบคหแจพชขใไุูื์็", -4.5),
    ("านรอกเงมยลวดทสต\u0e30\u0e31\u0e34\u0e35\u0e48\u0e49", -3.3),
)


def table_lines() -> Iterator[tuple[str, float, str]]:
    """Yield language, log probability and characters from the counted table."""
    packed = read_table("encoding", "frequencies.txt.gz")
    for line in gzip.decompress(packed).decode("utf-8").split("\n"):
        language, step, characters = line.split("\t")
        yield language, -int(step) / STEPS, characters


def level_characters(codec: str, first: int, last: int) -> str:
    """Give the characters of a range of lead bytes of a two-byte character set."""
    low = (0x40, 0x7E) if codec == "big5" else (0xA1, 0xA0)
    trails = [*range(low[0], low[1] + 1), *range(0xA1, 0xFF)]
    return bytes(b for lead in range(first, last + 1) for trail in trails for b in (lead, trail)).decode(
        codec, "ignore"
    )


@cache
def tables() -> dict[str, Values]:
    """Build one array per language: the log probability of each code point of the BMP, and of all beyond at the end."""
    import numpy as np

    built = {name: np.full(0x10001, UNKNOWN, np.float32) for name in LANGUAGES}
    for first, last, *costs in BLOCKS:
        for name, cost in zip(LANGUAGES, costs, strict=True):
            built[name][first : last + 1] = cost
    for codec, first, last, name, cost in LEVELS:
        built[name][code_points(level_characters(codec, first, last))] = cost
    for name, letters in (("latin", LATIN_LETTERS), ("script", SCRIPT_LETTERS)):
        for characters, cost in letters:
            built[name][code_points(characters)] = cost
    for name, cost, characters in table_lines():
        built[name][code_points(characters)] = cost
    for array in built.values():
        fill_ascii(array)
        array[MARK] = 0.0
        array.flags.writeable = False
    return built


def fill_ascii(array: Values) -> None:
    """Set what ASCII costs, the same in every language, so that a codec that swallows ASCII bytes gains nothing."""
    array[:0x20] = array[0x7F] = UNKNOWN
    array[0x20:0x7F] = -5.5
    array[ord("A") : ord("Z") + 1] = -5.0
    array[ord("0") : ord("9") + 1] = -4.5
    array[ord("a") : ord("z") + 1] = -3.0
    array[[0x09, 0x0A, 0x0D]] = -4.0
    array[0x20] = -2.0


@cache
def chinese_table() -> Values:
    """Give for each code point the better of its log probabilities in simplified and traditional Chinese."""
    import numpy as np

    return np.maximum(tables()["hans"], tables()["hant"])


def code_points(text: str) -> Codes:
    """Give the code points of a text as an array, all beyond the BMP as 0x10000."""
    import numpy as np

    codes = to_codes(text)
    return np.minimum(codes, 0x10000)

