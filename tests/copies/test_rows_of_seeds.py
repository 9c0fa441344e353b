"""Samples of texts that consist of short periods: few of them, and the same however the text is cut into pieces."""

from __future__ import annotations

import numpy as np
import pytest

from dedupe_cn.copies.matches import agreement, find_matches
from dedupe_cn.copies.seeds import PIECE, Sampling, sample
from dedupe_cn.text.characters import to_codes

LONG = Sampling(24, 8)


@pytest.mark.parametrize("unit", ["啊", "哈嘿", "一二三四五六七八"])
def test_a_run_of_a_short_period_holds_two_samples(unit: str) -> None:
    codes = to_codes(unit * (3 * PIECE // len(unit)))
    assert sum(positions.size for positions, _ in sample(codes, LONG)) == 2


@pytest.mark.parametrize("unit", ["啊", "哈嘿"])
def test_the_matches_of_a_run_are_all_of_its_period(unit: str) -> None:
    codes = to_codes(unit * (3 * PIECE // len(unit)))
    matches = find_matches(codes, LONG)
    assert matches.first.tolist() == [0]
    assert matches.second.tolist() == [len(unit)]
    assert matches.length.tolist() == [codes.size - len(unit)]


def test_a_run_between_other_text_is_found_again_further_on() -> None:
    rng = np.random.default_rng(7)
    other = rng.integers(0x4E00, 0x9F00, 3 * 500, dtype=np.uint32).reshape(3, 500)
    run = to_codes("—" * 60)
    codes = np.concatenate((other[0], run, other[1], run, other[2]))
    second = {(m.first, m.second, m.length) for m in find_matches(codes, LONG)}
    assert any(first < 560 <= 1060 <= later and length >= 24 for first, later, length in second)


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("length", [0, 31, 32, 33, 63, 64, 65, 256, 4096, 70_000, 200_000])
def test_agreement_ends_where_the_passages_do(length: int, step: int) -> None:
    codes = np.random.default_rng(8).integers(0x4E00, 0x9F00, 500_000, dtype=np.uint32)
    start, distance = (100, 210_000) if step == 1 else (200_100, 210_000)
    for offset in range(length):
        codes[start + distance + step * offset] = codes[start + step * offset]
    codes[start + distance + step * length] = codes[start + step * length] + 1
    for limit in (length // 2, length, 200_050):
        found = agreement(codes, np.array([start]), np.array([distance]), np.array([limit]), step)
        assert found.tolist() == [min(length, limit)]
