"""Files that two programs have written: lines decide, and what is not certain names them."""

from __future__ import annotations

import codecs
from itertools import permutations

import pytest

from dedupe_cn.encoding.candidate import offered
from dedupe_cn.encoding.decoding import decode, require_certain
from dedupe_cn.encoding.detection import looks_binary
from dedupe_cn.encoding.lines import Part
from dedupe_cn.encoding.stretches import stretches
from dedupe_cn.errors import DecodingError

FIRST = "灯塔的看守人每晚都要写日记。\n今晚有雾，看不见对岸的灯。\n"
TRADITIONAL = "燈塔的看守人每晚都要寫日記。\n今晚有霧，看不見對岸的燈。\n"
PROGRAMS = {
    "ASCII": ("ascii", "job 12 started\njob 12 done, 0 errors\n"),
    "UTF-8": ("utf-8", FIRST),
    "UTF-8 with a mark": ("utf-8-sig", FIRST),
    "GBK": ("gbk", FIRST),
    "Big5": ("cp950", TRADITIONAL),
    "UTF-16": ("utf-16-le", FIRST),
    "UTF-16 with a mark": ("utf-16", FIRST),
    "UTF-16, big end first": ("utf-16-be", FIRST),
    "ASCII in UTF-16": ("utf-16-le", "job 12 started\njob 12 done, 0 errors\n"),
}
LITTLE = ("UTF-16", "UTF-16 with a mark", "ASCII in UTF-16")
SAME = [{"ASCII", name} for name in ("UTF-8", "UTF-8 with a mark", "GBK", "Big5")]
SAME += [{"UTF-8", "UTF-8 with a mark"}, *({one, other} for one in LITTLE for other in LITTLE)]
PAIRS = [pair for pair in permutations(PROGRAMS, 2) if set(pair) not in SAME]


@pytest.mark.parametrize("pair", PAIRS, ids=" >> ".join)
def test_two_encodings_are_uncertain_and_named_by_line_and_can_be_read_line_by_line(pair: tuple[str, str]) -> None:
    (one, first), (other, second) = (PROGRAMS[name] for name in pair)
    data = first.encode(one) + second.encode(other)
    found = decode(data)
    assert (found.certain, found.legible) == (False, False)
    assert found.mixed in ((1, 2), (3, 4))
    assert not looks_binary(data)
    with pytest.raises(DecodingError, match=r"lines (1-2|3-4) are in another encoding"):
        require_certain(found)
    read = decode(data, "per-line")
    assert read.text == first + second
    assert [(part.first, part.last) for part in read.parts] == [(1, 2), (3, 4)]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [FIRST * 20, TRADITIONAL, FIRST + "job 12 started\n" * 5, "он ушёл рано\n", "가을이 왔다\n", "𠮷野家𠀋\n" * 9],
)
def test_one_encoding_is_one_stretch(text: str, codec: str) -> None:
    data = text.encode(codec)
    assert len(stretches(data)) == 1
    decoded = decode(data)
    assert not decoded.mixed
    assert decoded.text == text or not decoded.certain


def test_an_end_in_another_encoding_is_found_in_a_long_file() -> None:
    data = (FIRST * 70_000).encode("utf-16-le") + FIRST.encode("gbk")
    assert decode(data).mixed == (140_001, 140_002)


def test_damage_is_no_other_encoding() -> None:
    data = FIRST.encode()
    for junk in (b"\xff", b"\xff\xfe", b"\x00", b"\xff\n", b"\xfe\xff\xfe\xff\n"):
        assert not decode(data + junk + data).mixed


def test_lines_are_read_by_what_other_lines_prove() -> None:
    data = FIRST.encode() + "啊\n".encode("gbk") + FIRST.encode("gbk") + b"plain\n" + "好\n".encode()
    read = decode(data, "per-line")
    assert read.text == f"{FIRST}啊\n{FIRST}plain\n好\n"
    assert read.parts == (Part(1, 2, "utf-8"), Part(3, 6, "gb18030"), Part(7, 7, "utf-8"))
    assert not read.reversible


def test_a_line_that_nothing_fits_is_an_error_with_its_number() -> None:
    with pytest.raises(DecodingError) as caught:
        decode(FIRST.encode() + b"caf\xe9 \xff\x81\n" + FIRST.encode("gbk"), "per-line")
    assert caught.value.message == "line 3 cannot be read by itself in any encoding"
    assert "3" in caught.value.words("zh")[0]


def test_a_named_encoding_that_fits_only_some_lines_points_to_reading_by_line() -> None:
    with pytest.raises(DecodingError) as caught:
        decode(FIRST.encode() + FIRST.encode("gbk") + FIRST.encode(), "utf-8")
    assert "line 3-4" in caught.value.message
    assert "--encoding per-line" in caught.value.hint


def test_empty_and_plain_files_are_read_line_by_line_too() -> None:
    assert decode(b"", "per-line").text == ""
    assert decode(b"one\ntwo", "per-line").parts == (Part(1, 2, "utf-8"),)
    assert decode(codecs.BOM_UTF8 + b"one\r\n", "PER-LINE").text == "one\r\n"


def test_a_western_list_is_offered_its_encoding() -> None:
    for text in ("café\nMünchen\nSão Paulo\nMálaga\n", "Müller\nGöthe\nJosé\nFrançois\nÅsa\nZoë\n", "Zoë\nRené\n"):
        found = decode(text.encode("latin-1"))
        assert found.text == text or "cp1252" in offered(found.candidates)


def test_doubts_are_said_in_both_languages() -> None:
    found = decode(FIRST.encode() + FIRST.encode("gbk") + FIRST.encode())
    assert found.doubt is not None
    assert found.doubt.words("zh") == "第 3-4 行与其余各行（utf-8）的编码不同"
    assert found.reason == "lines 3-4 are in another encoding than the rest (utf-8)"
