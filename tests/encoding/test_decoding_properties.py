from __future__ import annotations

import pytest
from budget import budget
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe_cn.encoding.big5 import HONG_KONG
from dedupe_cn.encoding.decoding import decode
from dedupe_cn.encoding.frequencies import table_lines
from dedupe_cn.encoding.mojibake import repair_edits

CHINESE = {"gb18030", "cp950", "big5hkscs", "hz", "euc-tw", "iso-2022-cn"}


def common(language: str, number: int = 1000) -> list[str]:
    """Give the commonest hanzi of a language."""
    ranked = [c for name, _, characters in table_lines() if name == language for c in characters if "一" <= c <= "鿿"]
    return ranked[:number]


def texts(language: str, codec: str) -> st.SearchStrategy[str]:
    """Draw texts of 16 and more different common characters that a codec has."""
    alphabet = [c for c in common(language) if c.encode(codec, "ignore")]
    return st.lists(st.sampled_from(alphabet), min_size=16, max_size=60, unique=True).map("".join)


#: What makes up 99 of 100 characters of a text, and the marks between them.
COMMON = {*common("hans", 3000), *common("hant", 3000), *"，。、；：？！“”（）《》—…　"}
SIMPLIFIED = ("gb18030", "gb2312", "hz", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le")
TRADITIONAL = ("big5", "cp950", "big5hkscs", "gb18030", "utf-8", "utf-16-le", "utf-32-be")


@budget(150)
@given(st.sampled_from(SIMPLIFIED).flatmap(lambda codec: st.tuples(st.just(codec), texts("hans", codec))))
def test_simplified_text_survives_every_encoding(case: tuple[str, str]) -> None:
    codec, text = case
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.certain) == (text, True)


@budget(150)
@given(st.sampled_from(TRADITIONAL).flatmap(lambda codec: st.tuples(st.just(codec), texts("hant", codec))))
def test_traditional_text_survives_every_encoding(case: tuple[str, str]) -> None:
    """One character alone at a code that Windows leaves to the user proves nothing: then the answer is not certain."""
    codec, text = case
    decoded = decode(text.encode(codec))
    own = {char for char in text if codec == "big5hkscs" and b"?" in char.encode("cp950", "replace")}
    assert (decoded.text, decoded.certain) == (text, len(own) != 1 or own <= HONG_KONG)


@pytest.mark.parametrize(("more", "certain"), [("", True), ("黄", False), ("黄喺", True), ("喺", True)])
def test_a_character_of_the_user_alone_is_not_certain(more: str, certain: bool) -> None:
    text = f"的不一是有之了人在中以我來個們法為用行{more}"
    decoded = decode(text.encode("big5hkscs"))
    assert (decoded.text, decoded.certain) == (text, certain)


@budget(400)
@given(st.binary(max_size=200))
@example(b"\xff")
@example(b"\x80" * 9)
@example(b"\xfe\xff\xd8\x00")
@example(b"\xff\xfe\x00\x00\x00")
@example(b"\x1b$)A\x0e")
@example(b"~{!~}")
@example(bytes(range(256)))
@example(b"")
@example(b"plain")
@example("第一行。\r\n第二行。\x00".encode())
@example(b"\xef\xbb\xbf" + "带标记。".encode())
@example("断在这里的一句话，少了一截。".encode()[:-2])
@example("断在这里的一句话，少了一截。".encode()[1:])
def test_random_bytes_never_crash_and_are_certain_only_where_they_read_as_chinese(data: bytes) -> None:
    decoded = decode(data)
    if decoded.certain and decoded.encoding in CHINESE:  # by chance, but then it must read as Chinese
        assert set(decoded.text) - set(map(chr, range(128))) <= COMMON
    assert 0 <= decoded.confidence <= 1
    assert decoded.legible or decoded.reason
    assert not decoded.certain or decoded.legible
    assert not decoded.reversible or decoded.text.encode() == data
    for loss in decoded.errors:
        assert decoded.text[loss.position] == "\ufffd"


@budget(100)
@given(texts("hans", "gb18030"), st.integers(0, 255), st.data())
def test_one_stray_byte_loses_no_more_than_its_line(text: str, stray: int, data: st.DataObject) -> None:
    lines = ("第一行在这里。", text, "最后一行在这里。")
    raw = "\n".join(lines).encode("gb18030")
    at = data.draw(
        st.integers(len("第一行在这里。\n".encode("gb18030")), len(raw) - len("\n最后一行在这里。".encode("gb18030")))
    )
    decoded = decode(raw[:at] + bytes([stray]) + raw[at:])
    if not decoded.legible:  # refused with words: another encoding reads better
        assert decoded.reason
        return
    assert decoded.text.startswith(lines[0] + "\n")
    assert decoded.text.endswith("\n" + lines[2])


@budget(200)
@given(st.text(max_size=200))
def test_repairs_fit_the_text(text: str) -> None:
    end = 0
    for edit in repair_edits(text):
        assert end <= edit.start < edit.end <= len(text)
        assert edit.rule == "mojibake"
        end = edit.end
