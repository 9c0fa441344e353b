"""Sketches against datasketch and against the exact answer."""

from __future__ import annotations

import random
import zlib

import numpy as np
import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedupe_cn.corpus.bands import most_rows, search_bands
from dedupe_cn.corpus.forms import fold
from dedupe_cn.corpus.similarity import candidate_pairs, ratio
from dedupe_cn.corpus.sketches import (
    Sketches,
    estimated_jaccard,
    exact_jaccard,
    sketch_texts,
    to_minhash,
)
from dedupe_cn.text.characters import to_codes
from dedupe_cn.text.folding import fold_text

MinHash = pytest.importorskip("datasketch").MinHash

K = 5


def sketch(texts: list[str], k: int = K) -> Sketches:
    return sketch_texts(texts, k)


def shingles(text: str) -> set[str]:
    return {text[i : i + K] for i in range(len(text) - K + 1)}


def random_text(rng: random.Random, length: int) -> str:
    return "".join(chr(rng.randrange(0x4E00, 0x5200)) for _ in range(length))


def spoil(text: str, share: float, rng: random.Random) -> str:
    chars = list(text)
    for at in rng.sample(range(len(chars)), max(1, round(share * len(chars)))):
        chars[at] = chr(rng.randrange(0x6000, 0x7000))
    return "".join(chars)


def test_shingles_are_those_of_a_set() -> None:
    texts = [
        "今天天气很好，我们一起去公园。",
        "哈哈哈哈哈哈哈哈哈",
        "短",
        "",
        "正好五个字",
        "今天天气很好，我们一起去公园。",
    ]
    sketches = sketch(texts)
    assert sketches.counts.tolist() == [len(shingles(text)) for text in texts]
    for i, one in enumerate(texts):
        for j, other in enumerate(texts):
            union = len(shingles(one) | shingles(other))
            expected = len(shingles(one) & shingles(other)) / union if shingles(one) and shingles(other) else 0.0
            assert exact_jaccard(sketches.shingles_of(i), sketches.shingles_of(j)) == expected


@given(st.lists(st.text("天地玄黄宇宙洪荒", max_size=40), max_size=8), st.integers(1, 7))
@budget(60)
def test_a_sketch_does_not_depend_on_its_company(texts: list[str], k: int) -> None:
    together = sketch(texts, k)
    assert len(together) == len(texts)
    for index, text in enumerate(texts):
        alone = sketch([text], k)
        assert np.array_equal(together.values[index], alone.values[0])
        assert np.array_equal(together.shingles_of(index), alone.shingles_of(0))


def test_equal_sets_have_equal_sketches_whatever_the_length() -> None:
    sketches = sketch(["-" * 60, "-" * 500, "哈喽" * 40, "哈喽" * 11])
    assert np.array_equal(sketches.values[0], sketches.values[1])
    assert np.array_equal(sketches.values[2], sketches.values[3])


def test_chunks_do_not_show() -> None:
    rng = random.Random(3)
    texts = [random_text(rng, rng.choice((3, 20, 200, 3000))) for _ in range(120)]
    together = sketch(texts)
    for index in range(0, 120, 7):
        assert np.array_equal(together.values[index], sketch([texts[index]]).values[0])


def test_no_passages() -> None:
    assert len(sketch([])) == 0
    assert candidate_pairs(sketch([]), 0.8).shape == (0, 2)
    assert candidate_pairs(sketch(["短", "短"]), 0.8).shape == (0, 2)


@pytest.mark.parametrize("length", [20, 45, 80, 250, 900])
def test_the_error_is_no_larger_than_that_of_datasketch(length: int) -> None:
    rng = random.Random(length)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(150):
        text = random_text(rng, length)
        pair = [text, spoil(text, rng.choice((0.01, 0.03, 0.06)), rng)]
        sketches = sketch(pair)
        exact = exact_jaccard(sketches.shingles_of(0), sketches.shingles_of(1))
        minhashes = [MinHash(num_perm=128) for _ in pair]
        for minhash, member in zip(minhashes, pair, strict=True):
            minhash.update_batch([s.encode() for s in shingles(member)])
        ours.append(estimated_jaccard(sketches.values[0], sketches.values[1]) - exact)
        theirs.append(minhashes[0].jaccard(minhashes[1]) - exact)
    # From 600 shingles on both errors are about equal; 150 pairs tell them apart by 15 %.
    assert np.mean(np.square(ours)) <= 1.15 * np.mean(np.square(theirs))
    assert abs(np.mean(ours)) < 0.015


@pytest.mark.parametrize("length", [44, 68, 131, 260, 346, 516, 1028])
def test_a_few_characters_more_cost_no_similarity(length: int) -> None:
    """How a passage is sketched depends on the number of its shingles; no step in it may tear near-duplicates apart."""
    rng = random.Random(length)
    errors: list[float] = []
    for _ in range(150):
        text = random_text(rng, length)
        sketches = sketch([text[1:-1], text])
        exact = exact_jaccard(sketches.shingles_of(0), sketches.shingles_of(1))
        errors.append(estimated_jaccard(sketches.values[0], sketches.values[1]) - exact)
    # The variance of a MinHash, and room for the chance in 150 pairs.
    assert np.mean(np.square(errors)) <= 1.3 * exact * (1 - exact) / 128
    assert abs(np.mean(errors)) < 0.01


def test_stored_sketches_stay_valid() -> None:
    """The values are written to indexes and compared with those of later versions and of other machines."""
    texts = ["山下有一条小河，河水清清的。", "".join(map(chr, range(0x4E00, 0x4E00 + 300))), "哗" * 40, "太短"]
    sketches = sketch(texts)
    assert sketches.counts.tolist() == [10, 296, 1, 0]
    sums = [zlib.crc32(row.astype("<u4").tobytes()) for row in sketches.values]
    assert sums == [4035332405, 3661649611, 2124514403, 3179004831]
    assert zlib.crc32(sketches.shingles.astype("<u4").tobytes()) == 1116146858


def test_datasketch_reads_our_values() -> None:
    rng = random.Random(5)
    text = random_text(rng, 300)
    sketches = sketch([text, spoil(text, 0.02, rng)])
    one, other = (to_minhash(row) for row in sketches.values)
    assert one.jaccard(other) == estimated_jaccard(sketches.values[0], sketches.values[1])


def test_datasketch_refuses_to_compare_ours_with_its_own() -> None:
    (row,) = sketch(["今天天气很好，我们一起去公园。"]).values
    with pytest.raises(ValueError, match="seed"):
        to_minhash(row).jaccard(MinHash(num_perm=128))


def all_pairs(sketches: Sketches, threshold: float) -> set[tuple[int, int]]:
    rows = range(len(sketches))
    return {
        (i, j)
        for j in rows
        for i in range(j)
        if exact_jaccard(sketches.shingles_of(i), sketches.shingles_of(j)) >= threshold
    }


def found(pairs: NDArray[np.int64]) -> set[tuple[int, int]]:
    assert (pairs[:, 0] < pairs[:, 1]).all()
    return {(int(i), int(j)) for i, j in pairs}


@pytest.mark.parametrize("threshold", [0.6, 0.8, 0.9])
def test_candidates_miss_next_to_nothing(threshold: float) -> None:
    rng = random.Random(11)
    texts = [random_text(rng, rng.choice((30, 80, 300))) for _ in range(120)]
    texts += [spoil(text, rng.choice((0.005, 0.01, 0.02, 0.05)), rng) for text in texts]
    sketches = sketch(texts)
    true = all_pairs(sketches, threshold)
    candidates = found(candidate_pairs(sketches, threshold))
    assert len(true & candidates) >= 0.99 * len(true)
    assert len(candidates) < 500


def test_equal_passages_by_the_thousand_stay_few_pairs() -> None:
    pairs = candidate_pairs(sketch(["同样的一行文字出现了很多很多次。"] * 5000), 0.9)
    assert len(pairs) <= 2_100_000
    assert {tuple(p) for p in pairs.tolist()} >= {(i, i + 1) for i in range(4999)}


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8, 0.9, 0.95])
def test_bands_miss_at_most_two_in_a_thousand(threshold: float) -> None:
    for bands, rows in (most_rows(threshold, 128), search_bands(threshold, 128)):
        assert bands * rows <= 128
        assert (1 - threshold**rows) ** bands <= 0.002


def test_the_ratio_is_that_of_rapidfuzz() -> None:
    assert ratio("前款罪", "前两款罪") == pytest.approx(6 / 7)
    assert ratio("", "") == 1.0


def test_folding_keeps_every_offset_and_the_numerals() -> None:
    pairs = {
        "ＡＢＣ，。": "abc,.",
        "國會學": "国会学",
        "⼀⼭": "一山",
        "「」『』“”": '""""""',
        "萬億兩": "万亿两",
        "一二三四五六七八九十百千": "一二三四五六七八九十百千",
        "壹贰叁": "壹贰叁",
        "①②³Ⅳ": "①②³ⅳ",
        "２０２６": "2026",
        "\U0002f800": "丽",
        "ﬁ㎏": "ﬁ㎏",
    }
    for text, folded in pairs.items():
        assert fold_text(text) == folded
        assert fold(to_codes(text)).tolist() == [ord(c) for c in folded]


@given(st.text(max_size=30))
@budget(200)
def test_both_foldings_agree_and_settle(text: str) -> None:
    folded = fold_text(text)
    assert len(folded) == len(text)
    assert fold_text(folded) == folded
    assert fold(to_codes(text)).tolist() == to_codes(folded).tolist()
