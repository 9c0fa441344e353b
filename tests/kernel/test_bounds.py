"""Buffers one element short, sizes that do not fit, hostile numbers: an error, and nothing written past an end."""

from __future__ import annotations

import random
from array import array
from typing import Any

import numpy as np
import pytest
from kernels import compiled_only, guarded, passages
from numpy.typing import NDArray

from dedupe_cn.kernel.library import call

pytestmark = compiled_only
MOST = (1 << 63) - 1


@pytest.mark.parametrize("short", [None, "values", "shingles", "counts"])
def test_a_sketch_with_one_buffer_short(short: str | None) -> None:
    chance = random.Random(7)
    for _ in range(40):
        codes, starts, ends = passages(chance, 1 << 16)
        # Room for the shingles is asked for before their repeats are dropped.
        room = int(np.maximum(ends - starts - 4, 0).sum())
        sizes = {"values": 128 * starts.size, "shingles": room, "counts": starts.size}
        if short is not None and not (sizes[short] and room):
            continue
        if short is not None:
            sizes[short] -= 1
        made = [
            guarded(np.uint32, sizes["values"]),
            guarded(np.uint32, sizes["shingles"]),
            guarded(np.int64, sizes["counts"]),
        ]
        values, shingles, counts = (buffer for buffer, _ in made)
        if short is None or (short == "shingles" and np.unique(codes).size < codes.size):
            # A repeat may make the room enough.
            with_room(codes, starts, ends, values, shingles, counts)
        else:
            with pytest.raises(BufferError, match="too small"):
                call("sketch", codes, starts, ends, 5, values, shingles, counts)
        assert all(untouched() for _, untouched in made)


def with_room(*buffers: NDArray[Any]) -> None:
    codes, starts, ends, values, shingles, counts = buffers
    try:
        total = call("sketch", codes, starts, ends, 5, values, shingles, counts)
    except BufferError:
        return
    assert total == counts.sum() <= shingles.size


@pytest.mark.parametrize(
    ("starts", "ends"),
    [([-1], [3]), ([0], [11]), ([4], [3]), ([0, 0], [3]), ([0], [MOST]), ([-MOST - 1], [MOST]), ([11], [11])],
)
def test_passages_that_lie_elsewhere(starts: list[int], ends: list[int]) -> None:
    buffers = (np.zeros(512, np.uint32), np.zeros(64, np.uint32), np.zeros(4, np.int64))
    with pytest.raises(ValueError, match="do not fit"):
        call("sketch", np.zeros(10, np.uint32), array("q", starts), array("q", ends), 5, *buffers)


@pytest.mark.parametrize("k", [0, -1, 4097, MOST, -MOST - 1])
def test_shingles_of_a_hostile_length(k: int) -> None:
    numbers = np.zeros(4, np.int64)
    with pytest.raises(ValueError, match="do not fit"):
        call("sketch", b"", b"", b"", k, bytearray(), bytearray(), bytearray())
    with pytest.raises(ValueError, match="do not fit"):
        call("shingle_sets", numbers, numbers, k, numbers.copy(), numbers.copy())


@pytest.mark.parametrize("sizes", [[-1], [5], [MOST], [2, 3], [MOST, MOST], [-MOST - 1, 4]])
def test_documents_larger_than_their_tokens(sizes: list[int]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        call("shingle_sets", bytes(32), array("q", sizes), 1, bytearray(64), bytearray(64))


def test_shingle_sets_with_one_buffer_short() -> None:
    tokens = np.arange(30, dtype=np.uint64)
    sizes = np.array([12, 3, 15])
    for hashes_size, counts_size in ((19, 3), (18, 3), (19, 2), (0, 3), (19, 0)):
        hashes, hashes_untouched = guarded(np.uint64, hashes_size)
        counts, counts_untouched = guarded(np.int64, counts_size)
        if (hashes_size, counts_size) == (19, 3):
            assert call("shingle_sets", tokens, sizes, 5, hashes, counts) == 19
            assert counts.tolist() == [8, 0, 11]
        else:
            with pytest.raises(BufferError, match="too small"):
                call("shingle_sets", tokens, sizes, 5, hashes, counts)
        assert hashes_untouched()
        assert counts_untouched()


def test_a_number_that_is_no_int64_and_a_buffer_too_many() -> None:
    with pytest.raises(ValueError, match="zip"):
        call("shingle_sets", b"", b"", 5, bytearray())


def test_buffers_of_all_kinds() -> None:
    tokens = np.arange(8, dtype=np.uint64)
    fixed = tokens.copy()
    fixed.setflags(write=False)
    results = []
    for given in (tokens, fixed, tokens.tobytes(), bytearray(tokens.tobytes()), array("Q", tokens), tokens.data):
        hashes, counts = bytearray(64), array("q", [0])
        assert call("shingle_sets", given, array("q", [8]), 3, hashes, counts) == 6 == counts[0]
        results.append(bytes(hashes))
    assert len(set(results)) == 1


def test_buffers_that_cannot_be_used() -> None:
    sizes, counts = array("q", [2]), array("q", [0])
    with pytest.raises(BufferError, match="cannot be written"):
        call("shingle_sets", bytes(16), sizes, 1, bytes(16), counts)
    for wrong in (bytes(15), array("i", [1, 2, 3, 4]), np.zeros(8, np.uint64)[::2], memoryview(bytearray(24))[1:17]):
        with pytest.raises(ValueError, match="elements of 8 bytes"):
            call("shingle_sets", wrong, sizes, 1, bytearray(16), counts)
