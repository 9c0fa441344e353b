from __future__ import annotations

import re
import sys

import numpy as np
import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.text.characters import CONTROLS, PIECE, SPACES
from dedupe_cn.text.odd import CONTROL, MARK, MISREADABLE, RAGGED, REPORTED, SUSPICIOUS, odd_sorts
from dedupe_cn.tidy.first_look import idle_rules
from dedupe_cn.tidy.suspicious import warnings

assert np  # the answers are those of a run in which NumPy is loaded

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))


def test_each_character_is_of_the_sorts_that_its_rules_find() -> None:
    controls = "".join(re.findall(f"[{CONTROLS}]", EVERYTHING))
    edges = [(chr(first), chr(last)) for _, ranges in REPORTED for first, last in ranges]
    reported = "".join(EVERYTHING[ord(first) : ord(last) + 1] for first, last in edges)
    odd = {"\ufeff", *controls, *reported, *"锟斤烫屯"}
    assert odd_sorts("".join(character for character in EVERYTHING if character not in odd).replace("\t\n", "\n")) == 0
    ends = "".join(first + last for first, last in edges)
    sorts = (("\ufeff", MARK), (controls, CONTROL), (ends, SUSPICIOUS), ("锟斤烫屯", 0))
    assert all(odd_sorts(character) == sort for characters, sort in sorts for character in characters)
    assert [odd_sorts(text) for text in ("锟斤", "太烫烫", "屯屯屯", "锟\n斤")] == [MISREADABLE] * 3 + [0]
    assert sum(finding.count for finding in warnings(reported)) == len(reported)


@pytest.mark.parametrize("place", [0, 1, PIECE - 1, PIECE, 2 * PIECE])
def test_every_piece_is_looked_at(place: int) -> None:
    text = "文" * place + "\x00" + "文" * PIECE + "\ufeff"
    assert odd_sorts(text) == CONTROL | MARK
    assert odd_sorts(text[:place]) == 0
    for pair, sort in (("烫烫", MISREADABLE), (" \n", RAGGED), ("\n\n\n", RAGGED), ("文\n\n", 0)):
        assert odd_sorts("文" * place + pair) == sort
        assert odd_sorts("文" * place + pair + "文" * PIECE) == sort


@given(text=st.text(st.sampled_from("文\n\n\n \t\u3000\x0b"), max_size=12), place=st.sampled_from([0, PIECE - 5]))
@budget(200)
def test_lines_that_end_oddly_are_those_that_a_search_finds(text: str, place: int) -> None:
    text = "文" * place + text
    ragged = re.search(rf"[{SPACES}]\n|\n\n\n", text) is not None
    assert bool(odd_sorts(text) & RAGGED) is ragged
    assert idle_rules(text, "keep", ragged) == idle_rules(text, "keep")
