"""Matches: complete from the guaranteed length on, exact and maximal."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from budget import budget
from code_arrays import codes
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.copies.matches import Match, agreement, find_matches
from dedupe_cn.copies.seeds import Sampling

#: Samplings of long and of short grams.
LONG, SHORT = Sampling(24, 8), Sampling(12, 8)

SAMPLINGS = st.sampled_from([LONG, SHORT, Sampling(10, 6)])
LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
TEXTS = st.one_of(
    st.text(alphabet="天地", max_size=200),
    st.text(alphabet=LETTERS, max_size=200),
    st.lists(st.sampled_from(["天地玄黄，宇宙洪荒。", "日月盈昃，辰宿列张。", "寒来暑往。", "天"]), max_size=40).map(
        "".join
    ),
)


def private(index: int, size: int) -> str:
    """Give characters that stand nowhere else."""
    return "".join(chr(0x4E00 + 1000 * index + i) for i in range(size))


def check(text: str, match: Match) -> None:
    a, b, n = match.first, match.second, match.length
    assert 0 <= a < b
    assert n > 0
    assert match.distance == b - a
    assert text[a : a + n] == text[b : b + n]
    assert a == 0 or text[a - 1] != text[b - 1], "it could begin earlier"
    assert b + n == len(text) or text[a + n] != text[b + n], "it could go on"


@given(TEXTS, SAMPLINGS)
@budget(200)
def test_matches_are_equal_maximal_sorted_and_told_once(text: str, sampling: Sampling) -> None:
    found = list(find_matches(codes(text), sampling))
    for match in found:
        check(text, match)
    assert found == sorted(set(found))


@given(st.integers(0, 60), st.integers(0, 40), st.integers(0, 60), st.integers(0, 60), SAMPLINGS)
@budget(100)
def test_a_planted_repeat_is_found_at_its_place(
    before: int, more: int, between: int, behind: int, sampling: Sampling
) -> None:
    passage = private(1, sampling.guaranteed + more)
    text = private(2, before) + passage + private(3, between) + passage + private(4, behind)
    second = before + len(passage) + between
    assert list(find_matches(codes(text), sampling)) == [Match(before, second, len(passage))]


@given(TEXTS, st.text(alphabet=LETTERS, min_size=LONG.guaranteed, max_size=80), TEXTS, TEXTS)
@budget(150)
def test_a_repeat_planted_among_others_is_met_again_in_every_part(
    before: str, passage: str, between: str, behind: str
) -> None:
    """Each part of guaranteed length is touched by a match, though not always by one with the planted copy."""
    text = before + passage + between + passage + behind
    found = list(find_matches(codes(text), LONG))
    for start in range(len(before), len(before) + len(passage) - LONG.guaranteed + 1):
        end = start + LONG.guaranteed
        assert any(min(m.first + m.length, end) - max(m.first, start) >= LONG.k for m in found)


@pytest.mark.parametrize("copies", [2, 3, 5, 40])
def test_each_copy_is_linked_to_the_next(copies: int) -> None:
    passage = private(1, 50)
    text = "".join(passage + private(3, copies)[i] for i in range(copies))
    found = [match for match in find_matches(codes(text), LONG) if match.length >= 50]
    places = [i for i in range(len(text)) if text.startswith(passage, i)]
    assert [(m.first, m.second) for m in found] == list(pairwise(places))


@pytest.mark.parametrize("period", [1, 2, 3, 24, 39, 40, 1000])
def test_a_periodic_text_is_one_match_of_its_period(period: int) -> None:
    text = private(0, period) * (3 + 4000 // (period * 4)) + private(3, 30)
    body = len(text) - 30
    assert Match(0, period, body - period) in find_matches(codes(text), LONG)


def test_a_fibonacci_string_gives_few_matches() -> None:
    a, b = "天", "天地"
    while len(b) < 20_000:
        a, b = b, b + a
    found = list(find_matches(codes(b), LONG))
    assert found
    for match in found:
        check(b, match)
    assert len(found) < len(b)


@pytest.mark.parametrize("size", [0, 1, LONG.k - 1, LONG.k], ids=["empty", "one", "one short of k", "k"])
def test_texts_too_short_for_a_repeat(size: int) -> None:
    assert list(find_matches(codes(private(1, size)), LONG)) == []


def test_equal_texts_of_exactly_k_characters_are_found_when_sampled() -> None:
    text = "天" * (LONG.k + 1)
    assert list(find_matches(codes(text), LONG)) == [Match(0, 1, LONG.k)]


@given(st.text(alphabet="天地", max_size=80), st.data())
@budget(100)
def test_agreement_counts_equal_characters_both_ways(text: str, data: st.DataObject) -> None:
    if len(text) < 2:
        return
    distance = data.draw(st.integers(1, len(text) - 1))
    start = data.draw(st.integers(0, len(text) - distance - 1))
    ahead = 0
    while start + distance + ahead < len(text) and text[start + ahead] == text[start + distance + ahead]:
        ahead += 1
    back = 0
    while start - back >= 0 and text[start - back] == text[start + distance - back]:
        back += 1

    def count(limit: int, step: int) -> int:
        one = np.array([start])
        return int(agreement(codes(text), one, np.array([distance]), np.array([limit]), step)[0])

    assert count(len(text) - distance - start, 1) == ahead
    assert count(start + 1, -1) == back
    assert count(min(1, ahead), 1) == min(1, ahead)
