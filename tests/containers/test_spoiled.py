"""What other tools have spoiled is told, and never cleaned."""

from __future__ import annotations

import pytest
from archive_files import STORY, cleaned, texts, word
from caption_files import cleaned as clean_captions
from caption_files import spoken, srt

from dedupe_cn.encoding.decoding import decode
from dedupe_cn.errors import InputError
from dedupe_cn.library import open_captions

LINE = "今天我们来看看这座老桥的由来。"


def misread(text: str, codec: str = "latin-1") -> str:
    return text.encode().decode(codec, "ignore")


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_utf_8_that_was_read_as_latin_1_is_told(codec: str) -> None:
    said = [LINE, misread("正常的一天", codec), "它建成的那一年，镇上还没有电灯。"]
    data = srt(spoken(said)).encode()
    done = clean_captions(data)
    assert done.data == data
    assert [(warning.rule, warning.count) for warning in done.outcome.warnings] == [("misread-passages", 1)]
    book = word(texts(STORY[0], misread("正常的一天", codec)))
    assert "misread-passages" in [warning.rule for warning in cleaned(book, "docx").outcome.warnings]


def test_hard_blanks_that_are_text_are_told() -> None:
    data = srt(spoken([r"甲方\h乙方", LINE])).encode()
    done = clean_captions(data)
    assert done.data == data
    assert [(warning.rule, warning.start) for warning in done.outcome.warnings] == [("hard-blanks", 2)]


def test_characters_cut_to_one_byte_are_told() -> None:
    cut = "".join(chr(ord(sign) & 0xFF) for sign in "我们一起走")
    done = clean_captions(srt(spoken([LINE, cut])).encode())
    assert "cut-characters" in [warning.rule for warning in done.outcome.warnings]


def test_ordinary_text_is_not_told() -> None:
    said = [LINE, "Café déjà vu — naïve résumé", "C:\\home 目录", "“好”……—— ™"]
    assert clean_captions(srt(spoken(said)).encode()).outcome.warnings == ()


def test_utf_16_that_lost_a_byte_at_each_line_is_an_error() -> None:
    data = b"\xff\xfe" + srt(spoken([LINE, LINE[3:]])).encode("utf-16-le").replace(b"\n\x00", b"\n")
    with pytest.raises(InputError):
        open_captions(data, decode(data), "srt")
