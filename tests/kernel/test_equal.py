"""The compiled kernel gives what the reference gives."""

from __future__ import annotations

import random
from array import array
from typing import Any

import numpy as np
import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st
from kernels import compiled_only, passages, texts
from numpy.typing import NDArray

from dedupe_cn.kernel.compiled import forms, shingles, signatures, sketches
from dedupe_cn.kernel.compiled import passages as passages_in_c
from dedupe_cn.kernel.form_rules import PLAIN, FormRules
from dedupe_cn.kernel.reference import forms as reference_forms
from dedupe_cn.kernel.reference import passages as reference_passages
from dedupe_cn.kernel.reference import shingles as reference_shingles
from dedupe_cn.kernel.reference import signatures as reference_signatures
from dedupe_cn.kernel.reference import sketches as reference_sketches

pytestmark = compiled_only


Arrays = tuple[NDArray[Any], ...]


def same(found: Arrays, expected: Arrays) -> None:
    for one, other in zip(found, expected, strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def same_sketches(codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], k: int) -> None:
    same(sketches.sketch(codes, starts, ends, k), reference_sketches.sketch(codes, starts, ends, k))


def of_codes(size: int) -> FormRules:
    """Give rules by which every code point is a token."""
    return FormRules(np.full(size, PLAIN, np.uint8), np.empty(0, np.uint32), "chars")


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
    codes = numbers % np.uint32(1 << 16)
    arguments = codes, np.array([size]), of_codes(1 << 16), 3
    same(shingles.shingle_sets(*arguments), reference_shingles.shingle_sets(*arguments))


@given(st.randoms(use_true_random=False), st.integers(1, 9))
@budget(150)
def test_shingle_sets(chance: random.Random, k: int) -> None:
    made = texts(chance)
    same(shingles.shingle_sets(*made, k), reference_shingles.shingle_sets(*made, k))


@given(st.randoms(use_true_random=False), st.integers(1, 9), st.sampled_from(((1, 128), (32, 4), (64, 2), (5, 25))))
@budget(150)
def test_signatures(chance: random.Random, k: int, bands: tuple[int, int]) -> None:
    made = texts(chance)
    same(signatures.sign(*made, k, *bands), reference_signatures.sign(*made, k, *bands))


@given(st.lists(st.integers(0, 0x10FFFF), max_size=80), st.sets(st.integers(0, 79), max_size=9))
@budget(150)
def test_runs(codes: list[int], places: set[int]) -> None:
    arguments = np.array(codes, np.uint32), np.array(sorted(p for p in places if p < len(codes)), np.int64)
    same((forms.hash_runs(*arguments),), (reference_forms.hash_runs(*arguments),))


@given(st.randoms(use_true_random=False), st.sampled_from((1, 2, 3, 40, 3000)))
@budget(60)
def test_samples_of_passages(chance: random.Random, few: int) -> None:
    size = chance.choice((0, 11, 12, 13, 300, 1500))
    bare = memoryview(array("I", (chance.randrange(few) + 1 for _ in range(size))))
    places = memoryview(array("i", range(7, 7 + 3 * size, 3)))
    found, expected = (room.sample_passages(bare, places) for room in (passages_in_c, reference_passages))
    assert [row.tolist() for row in found] == [row.tolist() for row in expected]


def code_of(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Give the code points whose hashes, of grams of one, these are: the steps of the hash backwards."""
    inverse, half, twice = np.uint32(pow(0x9E3779B1, -1, 1 << 32)), np.uint32(15), np.uint32(30)
    codes: NDArray[np.uint32] = hashes * inverse
    codes = codes ^ (codes >> half) ^ (codes >> twice)
    codes = codes ^ (codes >> half) ^ (codes >> twice)
    codes *= inverse
    return codes


@pytest.mark.parametrize("size", [20, 1000, 100_000])
@pytest.mark.parametrize("twice", [False, True])
def test_hashes_that_were_made_to_crowd_together_are_sorted(size: int, twice: bool) -> None:
    hashes = np.random.default_rng(1).permutation(size).astype(np.uint32) // np.uint32(1 + twice)
    codes = code_of(hashes)
    _, found, _ = sketches.sketch(codes, np.array([0]), np.array([size]), 1)
    assert np.array_equal(found, np.unique(hashes))
