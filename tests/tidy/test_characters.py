from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.text.characters import (
    CLOSING_QUOTES,
    SENTENCE_END,
    SPACES,
    ends_sentence,
    han_share,
    is_han,
    letter_share,
    squash,
)
from dedupe_cn.text.exact import read_exact

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))
# Format characters that are seen: signs of Arabic, Syriac, Kaithi and Egyptian.
VISIBLE_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd" + "".join(
    map(chr, range(0x13430, 0x13440))
)


def test_spaces_are_all_white_space_but_line_ends() -> None:
    assert set(SPACES) == {c for c in EVERYTHING if c.isspace()} - {"\r", "\n"}


def test_the_exact_form_drops_white_space_controls_and_formats() -> None:
    dropped = set(EVERYTHING) - set(squash(EVERYTHING))
    formats = {c for c in EVERYTHING if unicodedata.category(c) in ("Cc", "Cf")} - set(VISIBLE_FORMATS)
    unassigned = {c for c in dropped if unicodedata.category(c) == "Cn"}
    assert dropped - unassigned == formats | {c for c in EVERYTHING if c.isspace()}
    assert all(c == "\u2065" or c >= "\U000e0000" for c in unassigned)


def test_the_two_exact_forms_agree_on_every_character() -> None:
    assert read_exact(EVERYTHING).codes.tolist() == [ord(c) for c in squash(EVERYTHING)]


@given(st.text(st.characters() | st.sampled_from(" \n　\u200b中a")))
def test_the_exact_form_points_back(text: str) -> None:
    form = read_exact(text)
    assert "".join(map(chr, form.codes.tolist())) == squash(text)
    assert "".join(text[form.offset(place)] for place in range(len(form.codes))) == squash(text)


def test_nothing_has_an_exact_form() -> None:
    form = read_exact("")
    assert (len(form.codes), len(form.gaps)) == (0, 0)


@pytest.mark.parametrize("character", "一龥〇々㐀\u2f08\uf900𠀀𰀀〡")
def test_is_han(character: str) -> None:
    assert is_han(character)


@pytest.mark.parametrize("character", ["a", "１", "，", "か", "한", "ㄅ", "①", " ", "", "中文"])
def test_is_not_han(character: str) -> None:
    assert not is_han(character)


@pytest.mark.parametrize(
    "text", ["好。", "好！”", "好？」）", "Good.", "好……", "好。』", *SENTENCE_END, *CLOSING_QUOTES]
)
def test_ends_like_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "好", "好，", "如下：", "一；", "所谓“人”", "（一）", ")", "好。 "])
def test_does_not_end_like_a_sentence(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    ("text", "han", "letters"),
    [("", 0, 0), (" \n", 0, 0), ("中文", 1, 1), ("中 文\nab12", 1 / 3, 2 / 3), ("，。", 0, 0), ("かé_", 0, 2 / 3)],
)
def test_shares_are_of_the_exact_form(text: str, han: float, letters: float) -> None:
    assert han_share(text) == pytest.approx(han)
    assert letter_share(text) == pytest.approx(letters)


def test_what_is_dropped_is_not_printable() -> None:
    """The proof by which a text without numpy is not searched for such characters."""
    assert not [c for c in set(EVERYTHING) - set(squash(EVERYTHING)) if c.isprintable() and c != " "]
