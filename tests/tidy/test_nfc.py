from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tidying import MARKDOWN, TEXT, tidied

NO_OPS = {
    "Chinese": "文章，（一）ＡＢ①\n",
    "composed letters": "café が 한글\n",
    "inside code": "```\ncafe\u0301\n```\n",
}
REWRITES = {
    "a letter and its accent": ("cafe\u0301。\n", "café。\n"),
    "kana and Hangul": ("か\u3099 \u1112\u1161\u11ab\n", "が 한\n"),
    "accents in the wrong order": ("a\u0301\u0323中\n", "ạ\u0301中\n"),
    "an accent at the start of the text": ("\u0344甲\n", "\u0308\u0301甲\n"),
}


@pytest.mark.parametrize("text", NO_OPS.values(), ids=NO_OPS)
def test_stays(text: str) -> None:
    assert tidied(text, "nfc", kind=MARKDOWN) == text


@pytest.mark.parametrize(("text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(text: str, expected: str) -> None:
    assert tidied(text, "nfc", kind=MARKDOWN) == expected


@given(st.text(st.characters() | st.sampled_from("eか\u0301\u0323\u3099\u1112\u1161\u11ab中（\n豈")))
def test_chunks_give_what_the_whole_gives(text: str) -> None:
    plain = text.replace("`", "")
    assert tidied(plain, "nfc", kind=TEXT) == unicodedata.normalize("NFC", plain)
