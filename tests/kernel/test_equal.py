"""The compiled kernel gives what the reference gives."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st
from kernels import compiled_only, passages
from numpy.typing import NDArray

from dedupe_cn.kernel.compiled import shingles, sketches
from dedupe_cn.kernel.reference import shingles as reference_shingles
from dedupe_cn.kernel.reference import sketches as reference_sketches

pytestmark = compiled_only


Arrays = tuple[NDArray[Any], ...]


def same(found: Arrays, expected: Arrays) -> None:
    for one, other in zip(found, expected, strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def same_sketches(codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], k: int) -> None:
    same(sketches.sketch(codes, starts, ends, k), reference_sketches.sketch(codes, starts, ends, k))


def same_sets(tokens: NDArray[np.uint64], sizes: NDArray[np.int64], k: int) -> None:
    same(shingles.shingle_sets(tokens, sizes, k), reference_shingles.shingle_sets(tokens, sizes, k))


@given(st.randoms(use_true_random=False), st.sampled_from((1, 2, 3, 40, 0x110000)), st.integers(1, 12))
@budget(150)
def test_sketches(chance: random.Random, few: int, k: int) -> None:
    same_sketches(*passages(chance, few), k)


@pytest.mark.parametrize("k", [1, 31, 64, 999])
@pytest.mark.parametrize("size", [0, 998, 999, 1000, 2047, 2048, 2049, 6000])
def test_grams_of_any_length_over_the_ends_of_tiles(size: int, k: int) -> None:
    codes = np.random.default_rng(size).integers(0, 1 << 32, size, np.uint32)
    same_sketches(codes, np.array([0]), np.array([size]), k)


@pytest.mark.parametrize("size", [24, 25, 4096, 32_771, 33_000, 200_000])
@pytest.mark.parametrize("few", [2, 1 << 32])
def test_sets_of_every_size_are_sorted(size: int, few: int) -> None:
    numbers = np.random.default_rng(size).integers(0, few, size, np.uint32)
    same_sketches(numbers, np.array([0]), np.array([size]), 1)
    same_sets(numbers.astype(np.uint64), np.array([size]), 3)


@given(
    st.lists(st.lists(st.one_of(st.integers(0, 3), st.integers(0, (1 << 64) - 1)), max_size=60), max_size=6),
    st.integers(1, 9),
)
@budget(150)
def test_shingle_sets(documents: list[list[int]], k: int) -> None:
    tokens = np.array([token for document in documents for token in document], np.uint64)
    sizes = np.array([len(document) for document in documents], np.int64)
    same_sets(tokens, sizes, k)


def unmix(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Give the tokens whose hashes, of shingles of one token, these are."""
    tokens: NDArray[np.uint64] = hashes ^ (hashes >> np.uint64(29)) ^ (hashes >> np.uint64(58))
    tokens *= np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
    tokens -= np.uint64(1)
    return tokens


@pytest.mark.parametrize("size", [1000, 100_000])
def test_hashes_that_were_made_to_crowd_together_are_sorted(size: int) -> None:
    hashes = np.random.default_rng(1).permutation(size).astype(np.uint64)
    found, _ = shingles.shingle_sets(unmix(hashes), np.array([size]), 1)
    assert np.array_equal(found, np.sort(hashes))
