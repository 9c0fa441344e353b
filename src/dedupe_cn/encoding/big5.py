"""Choose between the readings of Big5: Windows' code page 950, and Hong Kong's supplementary character set (HKSCS).

They differ in the codes beyond the standard, which Windows leaves to the user: HKSCS has characters of its own there,
and at the rows C6A1 to C7FC the kana, numerals and Cyrillic letters stand at other places. The symbols that the two
read differently are read alike (see codes.py), so that they depend on nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from dedupe_cn.encoding import frequencies, likelihood
from dedupe_cn.encoding.codes import write_as
from dedupe_cn.encoding.damage import decode_marked
from dedupe_cn.encoding.doubts import Doubt
from dedupe_cn.regex import regex

#: Nats by which the rows of kana must read better in one than in the other.
ROWS_MARGIN = 2.0
#: Nats for a mark or small kana that repeats or changes what is not in front of it: the circled digits of HKSCS are
#: such in cp950.
UNFOUNDED = 6.0
_UNFOUNDED = regex(
    "(?<![\u3041-\u3096\u30a1-\u30fa\u30fc])"
    "[ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]|(?<![\u4e00-\u9fff])々"
)
#: The one kana that stands alone in Chinese.
LONE = "の"
#: The commonest words of written Cantonese that HKSCS alone has, and characters of Hong Kong's estates and places: any
#: of them says where a text comes from. Judged, not counted.
HONG_KONG = frozenset("嘅哋喺咗啲嚟嗰嘢啱攞揾瞓嘞㗎吖脷餸邨埗鰂")


class Big5(NamedTuple):
    """The codec for a text in Big5, and why it is not certain (None when it is)."""

    codec: str
    doubt: Doubt | None = None


def choose_big5(data: bytes) -> Big5:
    """Choose the reading that leaves less broken, then the one in which the rows of kana are commoner, then cp950.

    One character alone that Windows leaves to the user may be anything its author made, and proves neither reading.
    """
    taiwan, taiwan_places = decode_marked(data, "cp950", len(data))
    hongkong, hongkong_places = decode_marked(data, "big5hkscs", len(data))
    if taiwan == hongkong or len(taiwan_places) < len(hongkong_places):
        return Big5("cp950")
    if len(hongkong_places) < len(taiwan_places) or len(taiwan) != len(hongkong):
        return Big5("big5hkscs", _doubt_lone(hongkong))
    ours, theirs = frequencies.code_points(taiwan), frequencies.code_points(hongkong)
    differ = ours != theirs
    gain = likelihood.symbol_likelihood(theirs[differ]) - likelihood.symbol_likelihood(ours[differ])
    gain -= UNFOUNDED * (len(_UNFOUNDED.findall(hongkong)) - len(_UNFOUNDED.findall(taiwan)))
    codec, kinds = ("big5hkscs", theirs[differ]) if gain > ROWS_MARGIN else ("cp950", ours[differ])
    lone = likelihood.count_kinds(kinds) == 1 and kinds[0] != ord(LONE)
    return Big5(codec, Doubt("either", ("cp950", "big5hkscs")) if lone or abs(gain) <= ROWS_MARGIN else None)


def _doubt_lone(text: str) -> Doubt | None:
    """Doubt a text in which one character alone is what HKSCS has at a code of the user."""
    own = [character for character in set(text) if character > "\x7f" and _is_own(character)]
    if len(own) != 1 or own[0] in HONG_KONG:
        return None
    return Doubt("user-defined", (write_as(own[0], "big5hkscs").hex().upper(), own[0]))


def _is_own(character: str) -> bool:
    """Tell whether HKSCS has a character at a code that cp950 does not read."""
    try:
        write_as(character, "big5hkscs").decode("cp950")
    except UnicodeDecodeError:
        return True
    except UnicodeEncodeError:  # the mark of a broken place, or half of what one code makes
        return False
    return False
