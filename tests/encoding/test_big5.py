"""The two readings of Big5: what depends on the rest of a file, and what does not."""

from __future__ import annotations

import decoding_samples as samples
import pytest

from dedupe_cn.encoding.codes import read_as
from dedupe_cn.encoding.decoding import decode, require_certain
from dedupe_cn.errors import DecodingError

TEXT = samples.TRADITIONAL + "\n"
CANTONESE = "我哋喺呢度嘅"
#: Code -> what it reads as whatever else the file holds.
SYMBOLS = {
    **dict(zip((0xA145, 0xA14E, 0xA1C2, 0xA1E3, 0xA1F2, 0xA1F3), "‧﹑¯～⊕⊙", strict=True)),
    **dict(zip((0xA241, 0xA242, 0xA244, 0xA246, 0xA247, 0xF9FE), "／＼￥￠￡▓", strict=True)),
}


@pytest.mark.parametrize("other", ["", CANTONESE])
@pytest.mark.parametrize("code", sorted(SYMBOLS))
def test_no_symbol_depends_on_a_character_of_hkscs(code: int, other: str) -> None:
    pair = code.to_bytes(2, "big")
    decoded = decode((TEXT + other).encode("big5hkscs") + pair)
    assert decoded.certain
    assert decoded.text.endswith(other + SYMBOLS[code])


def test_the_two_readings_differ_in_nothing_but_the_rows_of_kana() -> None:
    differ = set[int]()
    for code in range(0x8140, 0xFEFF):
        pair = code.to_bytes(2, "big")
        try:
            if read_as(pair, "cp950") != read_as(pair, "big5hkscs"):
                differ.add(code)
        except UnicodeDecodeError:
            continue
    assert min(differ) == 0xC6A1
    assert max(differ) == 0xC7FC


@pytest.mark.parametrize("number", [1, 5])
@pytest.mark.parametrize("code", [b"\xfa\x40", b"\xfe\xfe"])
def test_one_code_of_a_user_does_not_prove_hkscs(code: bytes, number: int) -> None:
    decoded = decode(TEXT.encode("cp950") + code * number)
    assert not decoded.certain
    assert decoded.confidence < 0.5
    assert code.hex().upper() in decoded.reason
    with pytest.raises(DecodingError):
        require_certain(decoded)
    assert decode(TEXT.encode("cp950") + code, "big5hkscs").certain


@pytest.mark.parametrize("more", [CANTONESE, "嘅", "屋邨", "鰂魚涌", "深水埗"])
def test_characters_of_hong_kong_do(more: str) -> None:
    decoded = decode((TEXT + more).encode("big5hkscs"))
    assert (decoded.text, decoded.encoding, decoded.certain) == (TEXT + more, "big5hkscs", True)


@pytest.mark.parametrize("code", [b"\xc6\xa1", b"\xc6\xa6", b"\xc7\xcf"])
def test_one_code_that_both_read_as_something_else_is_not_certain(code: bytes) -> None:
    decoded = decode(TEXT.encode("cp950") + code)
    assert not decoded.certain
    assert {"cp950", "big5hkscs"} <= {candidate.encoding for candidate in decoded.candidates}


@pytest.mark.parametrize("more", ["①天氣\n②公園\n③散步\n", "阿里山の茶", "うみ そら はな とり"])
def test_the_rows_of_kana_go_by_what_reads_better(more: str) -> None:
    decoded = decode((TEXT + more).encode("big5hkscs"))
    assert (decoded.text, decoded.certain) == (TEXT + more, True)
