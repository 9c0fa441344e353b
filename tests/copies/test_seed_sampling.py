"""Seeds: what a sample must hold."""

from __future__ import annotations

import numpy as np
import pytest
from budget import budget
from code_arrays import codes
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedupe_cn.copies.seeds import PIECE, Sampling, links, sample, sampled, short_hashes

#: Samplings of long and of short grams.
LONG, SHORT = Sampling(24, 8), Sampling(12, 8)

SAMPLINGS = [LONG, SHORT, Sampling(10, 6), Sampling(5, 4), Sampling(7, 1)]
NAMES = ["long", "short", "ten by six", "five by four", "single characters"]
#: Few letters make many equal grams, many letters few.
TEXTS = st.one_of(st.text(alphabet="天地", max_size=120), st.text(alphabet="天地玄黄宇宙洪荒日月盈昃", max_size=120))


def taken_from(text: NDArray[np.uint32], sampling: Sampling) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    return sampled(short_hashes(text, sampling.s), sampling)


@pytest.mark.parametrize("sampling", SAMPLINGS, ids=NAMES)
@pytest.mark.parametrize("over", [-1, 0, 1], ids=["one short of k", "k", "one over k"])
def test_texts_about_as_long_as_a_gram(sampling: Sampling, over: int) -> None:
    positions, hashes = taken_from(codes("天" * (sampling.k + over)), sampling)
    assert positions.size == hashes.size == max(0, over + 1)


@pytest.mark.parametrize("sampling", SAMPLINGS, ids=NAMES)
@pytest.mark.parametrize("size", [0, 1], ids=["empty", "one character"])
def test_texts_without_a_gram(sampling: Sampling, size: int) -> None:
    first, second = links(codes("天" * size), sampling)
    assert first.size == second.size == 0


@given(TEXTS, st.sampled_from([1, 2, 3, 7, 8, 12, 24]))
@budget(100)
def test_equal_grams_have_equal_hashes_and_others_do_not(text: str, k: int) -> None:
    if len(text) < k:
        return
    hashes = short_hashes(codes(text), k)
    assert hashes.size == len(text) - k + 1
    by_gram: dict[str, int] = {}
    for place, value in enumerate(hashes.tolist()):
        assert by_gram.setdefault(text[place : place + k], value) == value
    assert len(set(by_gram.values())) == len(by_gram)


@given(TEXTS, st.sampled_from(SAMPLINGS))
@budget(150)
def test_every_passage_of_the_guaranteed_length_holds_a_sampled_gram(text: str, sampling: Sampling) -> None:
    positions, _ = taken_from(codes(text), sampling)
    assert np.array_equal(positions, np.unique(positions))
    taken = set(positions.tolist())
    for start in range(len(text) - sampling.guaranteed + 1):
        assert taken & set(range(start, start + sampling.guaranteed - sampling.k + 1))


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(SAMPLINGS))
@budget(100)
def test_both_copies_of_a_passage_are_sampled_alike(
    before: str, passage: str, between: str, sampling: Sampling
) -> None:
    first, second = len(before), len(before + passage + between)
    taken = set(taken_from(codes(before + passage + between + passage), sampling)[0].tolist())
    places = range(len(passage) - sampling.k + 1)
    assert [first + i in taken for i in places] == [second + i in taken for i in places]


@given(TEXTS, st.sampled_from(SAMPLINGS))
@budget(150)
def test_each_sample_is_linked_to_its_next_occurrence_only(text: str, sampling: Sampling) -> None:
    """But for the third and further ones of equal samples in a row."""
    first, second = links(codes(text), sampling)
    grams = [(place, text[place : place + sampling.k]) for place in taken_from(codes(text), sampling)[0].tolist()]
    following: dict[int, int] = {}
    last: dict[str, int] = {}
    for number, (place, gram) in enumerate(grams):
        if number > 1 and gram == grams[number - 1][1] == grams[number - 2][1]:
            continue
        if gram in last:
            following[last[gram]] = place
        last[gram] = place
    assert dict(zip(first.tolist(), second.tolist(), strict=True)) == following
    assert first.size == len(following)


@pytest.mark.parametrize("sampling", SAMPLINGS, ids=NAMES)
def test_a_text_sampled_in_pieces_is_sampled_as_one(sampling: Sampling) -> None:
    text = np.random.default_rng(7).integers(0x4E00, 0x4E20, 2 * PIECE + 77, dtype=np.uint32)
    pieces = list(sample(text, sampling))
    assert len(pieces) == 3
    for column, whole in zip(zip(*pieces, strict=True), taken_from(text, sampling), strict=True):
        assert np.array_equal(np.concatenate(column), whole)


@pytest.mark.parametrize("length", range(1, 18))
def test_texts_shorter_than_a_gram_have_none(length: int) -> None:
    for size in range(20):
        assert short_hashes(codes("天地玄黄" * 5)[:size], length).size == max(0, size - length + 1)
