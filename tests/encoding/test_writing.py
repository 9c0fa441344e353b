"""What nothing changed keeps its bytes in every encoding."""

from __future__ import annotations

from itertools import pairwise

import pytest
from budget import budget
from hypothesis import assume, given
from hypothesis import strategies as st

from dedupe_cn.edits import OffsetMap, apply
from dedupe_cn.encoding.codes import read_as
from dedupe_cn.encoding.writing import CannotHoldError, encode, rewrite
from dedupe_cn.laws import check_written
from dedupe_cn.library import clean_bytes
from dedupe_cn.model import Edit

#: Codes of each encoding, among them several for one character, and some that make two characters or shift.
CODES: dict[str, list[bytes]] = {
    "gb18030": [b"\x80", b"\xa2\xe3", b"\xa6\xd9", b"\x84\x31\x82\x36", b"\xa8\xbc", b"\xfe\x59", b"\x95\x34\xca\x33"],
    "big5hkscs": [b"\xf9\xf9", b"\xa2\xa4", b"\xa1\xfe", b"\xa2\x41", b"\xa2\xcc", b"\x88\x62", b"\xa1\x45"],
    "cp950": [b"\xf9\xf9", b"\xa2\xa4", b"\xf9\xfa", b"\xa2\x7e", b"\xa1\xfe", b"\xa2\x41", b"\xa2\xce", b"\xa4\xca"],
    "cp932": [b"\x87\x90", b"\x81\xe0", b"\xee\xf9", b"\x81\xca", b"\xfa\x40", b"\xee\xef", b"\xb1"],
    "euc_jp": ["雨かア".encode("euc_jp"), b"\x8f\xb0\xa1", b"\x8e\xb1"],
    "euc_jis_2004": [b"\xa4\xf7", b"\xa4\xab", "雨".encode("euc_jp")],  # the first is two characters
    "utf-7": [b"+ZsiWKg-", b"+AEE-", b"+ZshZKQ-"],
    "hz": [b"~{SjQ)~}", b"~{Sj~}~{Q)~}", b"~~", b"~{~}"],
    "iso2022_jp": [b"\x1b$B1+\x1b(B", b"\x1b$@1+\x1b(B", b"\x1b$B1+1+\x1b(J\x1b(B"],
    "utf-16-le": ["雨𠮷".encode("utf-16-le"), "é".encode("utf-16-le")],
    "utf-32-be": ["雨𠮷".encode("utf-32-be")],
    "cp1252": [b"\x80", b"\xe9"],
}
STATEFUL = ("utf-7", "hz", "iso2022_jp")
#: What an edit puts in.
NEW = ("", "x", "\n", " ", "12")


def pieces(codec: str) -> list[bytes]:
    """Give codes, and ASCII in the same encoding."""
    return [*CODES[codec], *(part.encode(codec) for part in ("a", "1", " ", "\n", "\n"))]


def edits_of(text: str, data: st.DataObject) -> list[Edit]:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    starts = list(zip(places[::2], places[1::2], strict=False))
    return [Edit(start, end, data.draw(st.sampled_from(NEW))) for start, end in starts]


@pytest.mark.parametrize("codec", CODES)
@given(data=st.data())
@budget(60)
def test_untouched_lines_keep_their_bytes(codec: str, data: st.DataObject) -> None:
    raw = b"".join(data.draw(st.lists(st.sampled_from(pieces(codec)), max_size=30)))
    original = text = read_as(raw, codec)
    offsets = OffsetMap()
    touched = set[int]()
    for _ in range(2):  # an edit of the edited text, too
        edits = edits_of(text, data)
        for edit in edits:
            touched.update(range(offsets.original(edit.start), offsets.original_end(edit.end) + 1))
        text, offsets = apply(text, edits), offsets.after(edits)
    try:
        written = rewrite(raw, codec, original, text, offsets)
    except CannotHoldError as problem:  # half of what one code makes
        assume(problem.characters not in ("\u0304 (U+0304)", "\u309a (U+309A)"))
        raise
    check_written(written, codec, text)
    assert read_as(written, codec) == text
    feed = "\n".encode(codec)
    rest, at = written, 0
    for line in original.splitlines(keepends=True):
        here = range(at, at + len(line))
        at += len(line)
        if line.endswith("\n") and touched.isdisjoint((*here, here[0], here[-1] + 1)):
            number = original.count("\n", 0, here[0])
            kept = split_lines(raw, feed)[number]
            assert kept in rest
            rest = rest[rest.index(kept) + len(kept) :]


def split_lines(raw: bytes, feed: bytes) -> list[bytes]:
    """Cut bytes behind each line feed that begins where a unit does."""
    size = len(feed)
    ends = [at + size for at in range(0, len(raw), size) if raw[at : at + size] == feed]
    return [raw[start:end] for start, end in pairwise([0, *ends, len(raw)])]


@pytest.mark.parametrize("codec", [codec for codec in CODES if codec not in STATEFUL])
@given(data=st.data())
@budget(60)
def test_characters_beside_an_edit_keep_their_bytes(codec: str, data: st.DataObject) -> None:
    codes = data.draw(st.lists(st.sampled_from(pieces(codec)), min_size=1, max_size=30))
    gone = data.draw(st.integers(0, len(codes) - 1))
    before, behind = b"".join(codes[:gone]), b"".join(codes[gone + 1 :])
    start = len(read_as(before, codec))
    edits = [Edit(start, start + len(read_as(codes[gone], codec)), "12")]
    original = read_as(b"".join(codes), codec)
    text = apply(original, edits)
    written = rewrite(b"".join(codes), codec, original, text, OffsetMap().after(edits))
    assert written == before + "12".encode(codec) + behind


@pytest.mark.parametrize(
    ("codec", "line"),
    [
        ("hz", b"~{Sj~}~{Q)~}~{~}\n"),
        ("iso2022_jp", b"\x1b$@1+\x1b(B\n"),
        ("iso2022_jp", b"\x1b$B1+1+\x1b(J\x1b(B\n"),
        ("utf-7", b"+ZsiWKg-+AEE-\n"),
    ],
)
def test_lines_with_shifts_keep_their_bytes(codec: str, line: bytes) -> None:
    data = line + b"a \n" + line
    original = read_as(data, codec)
    edits = [Edit(original.index(" "), original.index(" ") + 1)]
    written = rewrite(data, codec, original, apply(original, edits), OffsetMap().after(edits))
    assert written == line + b"a\n" + line


def test_half_of_a_code_is_encoded_anew() -> None:
    data = b"a\x88\x62b"
    original = read_as(data, "big5hkscs")
    edits = [Edit(2, 3)]
    text = apply(original, edits)
    assert rewrite(data, "big5hkscs", original, text, OffsetMap().after(edits)) == b"a\x88\x66b"


def test_what_is_new_must_be_held() -> None:
    data = b"\xa2\xa4\xf9\xf9"
    original = read_as(data, "cp950")
    edits = [Edit(0, 0, "é"), Edit(2, 2, "ü")]
    with pytest.raises(CannotHoldError) as caught:
        rewrite(data, "cp950", original, apply(original, edits), OffsetMap().after(edits))
    assert caught.value.characters == "é (U+00E9) ü (U+00FC)"


@pytest.mark.parametrize(
    ("encoding", "odd"),
    [
        ("gb18030", b"\x80 1\x80\xa2\xe3"),
        ("gb18030", b"\xa6\xd9\xfe\x59\xa8\xbc\x84\x31\x82\x36"),
        ("gb18030", b"\xfe\x51\xa3\xa0"),
        ("big5", b"\xf9\xf9\xa2\xa4\xa1\xfe\xa2\x41\xa2\xcc"),
        ("big5hkscs", b"\xf9\xf9\xa2\xa4\xfa\x40\xa1\x45"),
        ("cp932", b"\x87\x90\x81\xe0"),
    ],
)
def test_keep_changes_no_byte_but_those_of_the_edits(encoding: str, odd: bytes) -> None:
    codec = "gbk" if encoding == "gb18030" else encoding
    first, last = ("雨落在木板上".encode(codec) + tail for tail in (b"", b"\n"))
    data = first + odd + b" \t\n\n\n\n\n" + odd + last + odd + b"\r\n" + last[:-1]
    wanted = first + odd + b"\n\n" + odd + last + odd + b"\n" + last
    result = clean_bytes(data, encoding=encoding, output_encoding="keep", eol="lf")
    assert result.data == wanted
    again = clean_bytes(wanted, encoding=encoding, output_encoding="keep", eol="lf")
    assert again.data == wanted


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"])
@pytest.mark.parametrize("rules", [(), ("bom",)])
def test_byte_order_marks_under_keep(codec: str, rules: tuple[str, ...]) -> None:
    text = "雨落在木板上，一夜没有停。\n第二天，天晴了。"
    data = encode(text, codec, mark=True)
    result = clean_bytes(data, output_encoding="keep", disable=rules)
    kept = bool(rules) or codec.startswith(("utf-16", "utf-32"))
    assert result.data == encode(text + "\n", codec, mark=kept)
    assert read_as(data, codec).startswith("\ufeff")


def test_utf_16_that_begins_with_a_zero_is_not_utf_32() -> None:
    text = "\0第一个字符是零的一段文字，后面照常。  \n"  # whose first four bytes are the mark of UTF-32
    data = text.encode("utf-16")
    assert clean_bytes(data).outcome.original == text
    cleaned = clean_bytes(data, output_encoding="keep", disable=("control-chars",))
    assert cleaned.data == text.replace("  \n", "\n").encode("utf-16")


def test_a_mark_of_gb_18030_that_goes_is_named() -> None:
    data = "\ufeff带着标记的一行，编码是国标。\n".encode("gb18030")
    cleaned = clean_bytes(data, output_encoding="keep")
    assert cleaned.data == data[4:]
    assert dict(cleaned.outcome.edit_counts) == {"bom": 1}


def test_a_mark_that_is_not_of_the_encoding_is_not_kept() -> None:
    body = "雨落在木板上，一夜没有停。第二天，天晴了，大家都出门去看花。".encode("gbk") + b"\x80\n"
    result = clean_bytes(b"\xef\xbb\xbf" + body, output_encoding="keep", disable=["bom"])
    assert result.data == body


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_beside_bytes_that_cannot_be_read_all_others_stay(mark: bytes) -> None:
    first = "雨落在木板上，一夜没有停。第二天，天晴了，大家都出门去看花。".encode("gbk")
    data = mark + first + b"\x80\n\xff\n" + first + b" \n" + first + b"\x80\n"
    result = clean_bytes(data, output_encoding="keep")
    assert result.decoded.lossy
    assert result.data == first + b"\x80\n\x84\x31\xa4\x37\n" + first + b"\n" + first + b"\x80\n"
