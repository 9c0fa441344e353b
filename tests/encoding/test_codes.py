"""Codes that Python's codecs read otherwise than other converters."""

from __future__ import annotations

import decoding_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.encoding.codes import EDITIONS, Decoder, edition, read_as, write_as
from dedupe_cn.encoding.damage import decode_lossy
from dedupe_cn.encoding.decoding import decode
from dedupe_cn.errors import DecodingError

#: Code -> character where iconv, Node and Java agree and Python has private use, written out once more.
ASSIGNED = {
    **dict(zip(range(0xA6D9, 0xA6E0), "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16", strict=True)),
    **dict(zip((0xA6EC, 0xA6ED, 0xA6F3, 0xA8BC), "\ufe17\ufe18\ufe19ḿ", strict=True)),
    **dict(zip((0xFE59, 0xFE61, 0xFE66, 0xFE67), "龴龵龶龷", strict=True)),
    **dict(zip((0xFE6D, 0xFE7E, 0xFE90, 0xFEA0), "龸龹龺龻", strict=True)),
}
PRIVATE = (0xA3A0, 0xFE51, 0xFE52, 0xFE53, 0xFE6C, 0xFE76, 0xFE91, 0xAAA1, 0xF8A1, 0xA140)
PRICES = "".join(f"{name} €{price}，每斤\n" for name, price in [("苹果", "12.50"), ("香蕉", 3), ("葡萄", "8.8")] * 4)


def windows(text: str) -> bytes:
    """Encode as code page 936 of Windows does, with the euro sign at 80."""
    return b"\x80".join(part.encode("gbk") for part in text.split("€"))


@pytest.mark.parametrize("encoding", [None, "gbk", "gb2312", "cp936", "gb18030"])
@pytest.mark.parametrize("text", [samples.SIMPLIFIED + "门票 €12", samples.SIMPLIFIED + "€", PRICES])
def test_the_euro_sign_of_windows(text: str, encoding: str | None) -> None:
    decoded = decode(windows(text), encoding)
    assert (decoded.text, decoded.encoding, decoded.certain) == (text, "gb18030", True)


def test_a_byte_80_inside_a_character_is_no_euro_sign() -> None:
    data = b"\x81\x80\x80\x80\x81\x80"
    assert read_as(data, "gb18030") == b"\x81\x80".decode("gbk") + "€€" + b"\x81\x80".decode("gbk")


def test_euro_signs_in_lines_that_are_read_one_by_one() -> None:
    data = "第一行写的是天气，今天很好。\n".encode() + windows("门票每人€12，儿童免费，请准备零钱。\n")
    assert decode(data, "per-line").text.endswith("门票每人€12，儿童免费，请准备零钱。\n")


@pytest.mark.parametrize("code", sorted(ASSIGNED))
def test_codes_of_later_editions_are_their_characters(code: int) -> None:
    data = samples.SIMPLIFIED.encode("gbk") + code.to_bytes(2, "big")
    assert decode(data).text == samples.SIMPLIFIED + ASSIGNED[code]
    assert write_as(ASSIGNED[code], "gb18030") == code.to_bytes(2, "big")


@pytest.mark.parametrize("code", PRIVATE)
def test_private_codes_stay_private(code: int) -> None:
    data = code.to_bytes(2, "big")
    assert read_as(data, "gb18030") == data.decode("gb18030")


def test_the_table_of_editions_holds_nothing_else() -> None:
    assert sorted(int(code, 16) for codes in EDITIONS.values() for code in codes.split()[::2]) == sorted(ASSIGNED)


@pytest.mark.parametrize("step", [1, 2, 3, 5, 1000])
@given(st.lists(st.sampled_from([b"\x80", b"1", b"\n", b"\x81\x80", b"\x80\x80", b"\xa6\xd9", b"\x84\x31\x82\x36"])))
def test_pieces_are_read_like_the_whole(step: int, codes: list[bytes]) -> None:
    data = b"".join(codes)
    decoder = Decoder("gb18030")
    text = "".join(decoder.decode(data[at : at + step]) for at in range(0, len(data), step))
    assert text + decoder.decode(b"", final=True) == read_as(data, "gb18030") == decode_lossy(data, "gb18030")[0]


@pytest.mark.parametrize(
    ("data", "year", "codes"),
    [
        (b"\xa8\xbc", 2005, ("A8BC",)),
        (b"\xa8\xbc\xfe\x59\xa6\xd9", 2022, ("A6D9", "FE59")),
        (samples.SIMPLIFIED.encode("gbk"), None, ()),
        ("\ufe10ḿ".encode("gb18030"), None, ()),  # by four bytes
        (b"\xfe\x51", None, ()),
    ],
)
def test_the_edition_a_file_needs(data: bytes, year: int | None, codes: tuple[str, ...]) -> None:
    found = edition(data)
    assert (found and found.year, found.codes if found else ()) == (year, codes)


def test_other_bytes_are_as_broken_as_before() -> None:
    with pytest.raises(DecodingError):
        decode(b"\xff\x80", "gbk")
