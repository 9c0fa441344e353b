from __future__ import annotations

import codecs

import decoding_samples as samples
import pytest

from dedupe_cn.encoding.decoding import decode, require_certain
from dedupe_cn.errors import DecodingError

CHINESE = {"gb18030", "cp950", "big5hkscs", "hz", "euc-tw", "iso-2022-cn"}


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (samples.SIMPLIFIED, "utf-8", "utf-8"),
        (samples.SIMPLIFIED, "gb2312", "gb18030"),
        (samples.SIMPLIFIED, "gbk", "gb18030"),
        (samples.SIMPLIFIED, "gb18030", "gb18030"),
        (samples.SIMPLIFIED + "𠮷野家的㐂字", "gb18030", "gb18030"),
        (samples.TRADITIONAL, "gbk", "gb18030"),
        (samples.TRADITIONAL, "big5", "cp950"),
        (samples.TRADITIONAL, "cp950", "cp950"),
        (samples.TRADITIONAL + "我哋喺呢度嘅", "big5hkscs", "big5hkscs"),
        (samples.SIMPLIFIED, "hz", "hz"),
        (samples.SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (samples.SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (samples.SIMPLIFIED, "utf-32-le", "utf-32-le"),
        (samples.TRADITIONAL, "utf-32-be", "utf-32-be"),
        ("plain ASCII\n", "ascii", "utf-8"),
        ("", "ascii", "utf-8"),
    ],
)
def test_whole_files(text: str, written: str, read: str) -> None:
    decoded = decode(text.encode(written))
    assert (decoded.text, decoded.encoding, decoded.certain, decoded.legible) == (text, read, True, True)
    assert not decoded.bom
    assert not decoded.lossy
    assert decoded.reason == ""
    assert decoded.confidence > 0.7


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_byte_order_marks_are_believed_and_dropped(mark: bytes, codec: str) -> None:
    decoded = decode(mark + samples.SIMPLIFIED.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.certain, decoded.bom) == (samples.SIMPLIFIED, codec, True, True)


def test_a_utf_8_mark_in_front_of_gbk_is_not_believed() -> None:
    decoded = decode(codecs.BOM_UTF8 + samples.SIMPLIFIED.encode("gbk"))
    assert (decoded.text, decoded.encoding, decoded.bom) == (samples.SIMPLIFIED, "gb18030", True)


@pytest.mark.parametrize("length", [8, 16, 32])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (samples.SIMPLIFIED, "gb18030"),
        (samples.TRADITIONAL, "cp950"),
        (samples.SIMPLIFIED, "utf-8"),
        (samples.SIMPLIFIED, "utf-16-le"),
    ],
)
def test_snippets(text: str, codec: str, length: int) -> None:
    for start in range(0, len(text) - length, 3):
        piece = text[start : start + length]
        decoded = decode(piece.encode(codec))
        assert (decoded.text, decoded.certain) == (piece, True)


@pytest.mark.parametrize("text", [samples.MARKDOWN, samples.HTML, samples.CODE])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "utf-16-le"])
def test_mixes_of_ascii_and_chinese(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.certain) == (text, True)


@pytest.mark.parametrize(
    ("text", "codec"), [(samples.SIMPLIFIED, "gb18030"), (samples.TRADITIONAL, "cp950"), (samples.SIMPLIFIED, "utf-8")]
)
def test_a_cut_last_character_survives(text: str, codec: str) -> None:
    decoded = decode(text.rstrip().rstrip("。」”").encode(codec)[:-1])
    assert decoded.text == text.rstrip().rstrip("。」”")[:-1] + "\ufffd"
    assert (decoded.encoding, decoded.certain, decoded.lossy) == (codec, True, True)
    assert decoded.errors[0].position == len(decoded.text) - 1


@pytest.mark.parametrize(
    ("text", "codec"),
    [(samples.SIMPLIFIED, "gb18030"), (samples.TRADITIONAL[2:], "cp950"), (samples.SIMPLIFIED, "utf-8")],
)
def test_a_cut_first_character_survives(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec)[1:])
    assert decoded.text.lstrip("\ufffd") == text[1:]
    assert (decoded.encoding, decoded.certain, decoded.lossy) == (codec, True, True)
    assert decoded.errors[0].offset == 0


@pytest.mark.parametrize(
    ("text", "codec"), [(samples.SIMPLIFIED, "gb18030"), (samples.TRADITIONAL, "cp950"), (samples.SIMPLIFIED, "utf-8")]
)
def test_a_stray_byte_is_reported_with_its_place(text: str, codec: str) -> None:
    at = len(text[:40].encode(codec))
    data = text.encode(codec)
    decoded = decode(data[:at] + b"\xff" + data[at:])
    assert decoded.text == text[:40] + "\ufffd" + text[40:]
    assert [(e.offset, e.data, e.position) for e in decoded.errors] == [(at, b"\xff", 40)]
    assert (decoded.encoding, decoded.legible, decoded.certain) == (codec, True, False)
    assert require_certain(decoded) is decoded


@pytest.mark.parametrize(
    ("text", "codec", "read"),
    [
        (samples.JAPANESE, "cp932", {"cp932"}),
        (samples.JAPANESE, "euc_jp", {"euc_jp"}),
        (samples.JAPANESE, "iso2022_jp", {"iso2022_jp_2"}),
        (samples.KOREAN, "cp949", {"cp949"}),
        (samples.RUSSIAN, "cp1251", {"cp1251"}),
    ],
)
def test_other_languages_are_read_as_themselves(text: str, codec: str, read: set[str]) -> None:
    decoded = decode((text * 4).encode(codec))
    assert decoded.text == text * 4
    assert decoded.encoding in read


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (samples.JAPANESE, "cp932"),
        (samples.JAPANESE, "euc_jp"),
        (samples.KOREAN, "cp949"),
        (samples.FRENCH, "cp1252"),
        (samples.GERMAN, "cp1252"),
        (samples.RUSSIAN, "cp1251"),
        (samples.RUSSIAN, "koi8-r"),
        (samples.POLISH, "iso8859-2"),
        (samples.POLISH, "cp1250"),
    ],
)
@pytest.mark.parametrize("length", [8, 16, 40])
def test_other_languages_never_become_certain_chinese(text: str, codec: str, length: int) -> None:
    for start in range(0, len(text) - length, 5):
        piece = text[start : start + length]
        decoded = decode(piece.encode(codec))
        assert decoded.text == piece or not decoded.certain or decoded.encoding not in CHINESE


@pytest.mark.parametrize(
    "data",
    [
        b"if (~{a}~) x=~{b1}~;\n",
        b"a ~{VVND~} b\n",
        b"echo ~{home~}/x ~{foo~}\n",
        b"regex [^~{}]+~} and ~{\n",
        b"\x1b[31mred\x1b[0m log line\n",
    ],
)
def test_ascii_that_looks_like_an_escape_stays(data: bytes) -> None:
    assert decode(data).text == data.decode()


def test_little_hz_is_uncertain_and_more_is_not() -> None:
    few, more = (f"note: {text}\n".encode("hz") for text in ("中文", "明天上午开会"))
    assert not decode(few).certain
    assert decode(few).text == few.decode("ascii")
    assert (decode(more).text, decode(more).encoding) == ("note: 明天上午开会\n", "hz")


#: 你好，世界。今天的天氣很好，我們去河邊走走。 in CNS 11643, plane 1.
EUC_TW = bytes.fromhex("c9a3c7efa1a2c5e0d2cca1a4c4f4c5b2cefbc5b2d6b4d0fec7efa1a2cabcd4afc6aacec8f9b1cbcccbcca1a4")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (EUC_TW, "euc-tw"),
        (b"\x1b$)A\x0eVPND\x0f and ASCII\n", "iso-2022-cn"),
        (b"\x1b$)G\x0eDfD@\x0f\n", "iso-2022-cn"),
    ],
)
def test_encodings_without_a_codec_are_refused_with_words(data: bytes, name: str) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.certain, decoded.legible) == (name, False, False)
    assert "cannot be read here" in decoded.reason
    with pytest.raises(DecodingError, match=name.upper()):
        require_certain(decoded)


@pytest.mark.parametrize("good", ["utf-8", "gb18030"])
@pytest.mark.parametrize("odd", ["gb18030", "utf-8", "cp950"])
def test_a_paragraph_in_another_encoding_is_reported_by_line(good: str, odd: str) -> None:
    if good == odd:
        return
    lines = samples.SIMPLIFIED.splitlines() * 4
    data = [line.encode(good) for line in lines]
    foreign = samples.TRADITIONAL if odd == "cp950" else samples.SIMPLIFIED
    data[4] = foreign.splitlines()[0].encode(odd)
    data[9] = foreign.splitlines()[1].encode(odd)
    decoded = decode(b"\n".join(data))
    assert (decoded.encoding, decoded.mixed, decoded.certain) == (good, (5, 10), False)
    assert "lines 5, 10" in decoded.reason
    assert decoded.text.split("\n")[0] == lines[0]


def test_a_few_gbk_characters_are_not_taken_for_utf_8() -> None:
    assert decode("实施诈骗".encode("gbk")).text == "实施诈骗"
    assert decode("为为为为为为为为".encode("gbk")).certain is False


@pytest.mark.parametrize("text", ["é", "½", "© 2020", "Привет", "שלום", "Ünïcödé", "naïve café", "·", "été", "Ωμέγα"])
def test_short_utf_8_stays_utf_8(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding, decoded.certain) == (text, "utf-8", True)


def test_big5_symbols_decide_between_its_readings() -> None:
    assert decode((samples.TRADITIONAL + "甲／乙").encode("cp950")).encoding == "cp950"
    decoded = decode((samples.TRADITIONAL + "甲／乙").encode("big5hkscs"))
    assert decoded.text.endswith("甲／乙")


@pytest.mark.parametrize(
    ("encoding", "read"), [("gb2312", "gb18030"), ("GBK", "gb18030"), ("big5", "cp950"), ("utf-16", "utf-16-le")]
)
def test_a_named_encoding_is_read_by_its_widest_codec(encoding: str, read: str) -> None:
    text = samples.TRADITIONAL if encoding == "big5" else samples.SIMPLIFIED
    decoded = decode(text.encode(read), encoding)
    assert (decoded.text, decoded.encoding, decoded.certain) == (text, read, True)


def test_a_named_encoding_that_does_not_fit_names_the_place() -> None:
    data = "第一行\n第二行\n".encode("gbk") + b"\xff\n"
    with pytest.raises(DecodingError) as caught:
        decode(data, "gbk")
    assert caught.value.message == "line 3, byte 14: FF is not gbk"
    assert "--encoding" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "hint"), [("gb18300", "gb18030"), ("big-5x", "big5"), ("euc-tw", "iconv"), ("rot13", "")]
)
def test_an_unknown_encoding_is_an_error_with_a_suggestion(name: str, hint: str) -> None:
    with pytest.raises(DecodingError) as caught:
        decode(b"abc", name)
    assert hint in caught.value.hint


def test_what_is_uncertain_is_refused_with_its_candidates() -> None:
    decoded = decode("为为为为为为为为".encode("gbk"))
    with pytest.raises(DecodingError) as caught:
        require_certain(decoded, "notes.txt")
    assert caught.value.message.startswith("notes.txt: the encoding is not certain")
    assert "gb18030" in caught.value.message
    assert caught.value.hint == "use --encoding NAME"


@pytest.mark.parametrize(
    ("data", "reversible"),
    [
        ("第一行。\n".encode(), True),
        (b"plain\r\n", True),
        (b"", True),
        ("第一行。\n".encode("utf-8-sig"), False),
        (samples.SIMPLIFIED.encode("gb18030"), False),
        (samples.SIMPLIFIED.encode("utf-16"), False),
        (samples.SIMPLIFIED.encode("hz"), False),
        (samples.SIMPLIFIED.encode()[:-1] + b"\xff\n", False),
    ],
)
def test_only_whole_utf_8_without_a_mark_gives_its_bytes_again(data: bytes, reversible: bool) -> None:
    decoded = decode(data)
    assert decoded.reversible is reversible
    assert not reversible or decoded.text.encode() == data
