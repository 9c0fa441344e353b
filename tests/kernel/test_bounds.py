"""Buffers one element short, sizes that do not fit, hostile numbers: an error, and nothing written past an end."""

from __future__ import annotations

import random
from array import array
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from kernels import compiled_only, guarded, passages
from numpy.typing import NDArray

from dedupe_cn.kernel.library import call

if TYPE_CHECKING:
    from dedupe_cn.kernel.library import Buffer

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


def ask(codes: Buffer, sizes: Buffer, *outputs: Buffer, k: int = 5, name: str = "shingle_sets") -> int:
    """Call with tables of two code points and a kind, and for signatures 32 bands of 4 rows."""
    shape = (32, 4) if name == "sign" else ()
    return call(name, codes, sizes, bytes(2), bytes(8), 1, k, *shape, *outputs)


@pytest.mark.parametrize("k", [0, -1, 4097, MOST, -MOST - 1])
def test_shingles_of_a_hostile_length(k: int) -> None:
    empty = bytearray()
    with pytest.raises(ValueError, match="do not fit"):
        call("sketch", b"", b"", b"", k, empty, empty, empty)
    with pytest.raises(ValueError, match="do not fit"):
        ask(b"", b"", empty, empty, k=k)
    with pytest.raises(ValueError, match="do not fit"):
        ask(b"", b"", empty, empty, empty, empty, k=k, name="sign")


@pytest.mark.parametrize(
    ("bands", "rows"), [(0, 1), (1, 0), (1, 129), (129, 1), (64, 3), (-1, -1), (MOST, MOST), (1, MOST), (MOST, 1)]
)
def test_bands_of_a_hostile_number(bands: int, rows: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        call("sign", b"", b"", b"", b"", 0, 5, bands, rows, *[bytearray(4096)] * 4)


@pytest.mark.parametrize("sizes", [[-1], [5], [MOST], [2, 3], [MOST, MOST], [-MOST - 1, 4]])
def test_texts_larger_than_their_code_points(sizes: list[int]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        ask(bytes(16), array("q", sizes), bytearray(64), bytearray(64))
    with pytest.raises(ValueError, match="do not fit"):
        ask(bytes(16), array("q", sizes), *[bytearray(4096)] * 4, name="sign")


@pytest.mark.parametrize("first", [[-1], [4], [0, 0], [2, 1], [0, 4], [MOST], [0, MOST], [-MOST - 1, 2]])
def test_runs_that_begin_elsewhere(first: list[int]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        call("hash_runs", bytes(16), array("q", first), bytearray(16))


def test_runs_with_one_hash_short() -> None:
    hashes, untouched = guarded(np.uint64, 1)
    with pytest.raises(BufferError, match="too small"):
        call("hash_runs", bytes(16), array("q", [0, 2]), hashes)
    assert call("hash_runs", bytes(16), array("q", [3]), hashes) == 1
    assert untouched()


def test_shingle_sets_with_one_buffer_short() -> None:
    codes = np.arange(30, dtype=np.uint32) + 2
    sizes = np.array([12, 3, 15])
    for hashes_size, counts_size in ((19, 3), (18, 3), (19, 2), (0, 3), (19, 0)):
        hashes, hashes_untouched = guarded(np.uint64, hashes_size)
        counts, counts_untouched = guarded(np.int64, counts_size)
        if (hashes_size, counts_size) == (19, 3):
            assert ask(codes, sizes, hashes, counts) == 19
            assert counts.tolist() == [8, 0, 11]
        else:
            with pytest.raises(BufferError, match="too small"):
                ask(codes, sizes, hashes, counts)
        assert hashes_untouched()
        assert counts_untouched()


def test_signatures_with_one_buffer_short() -> None:
    codes, sizes = np.arange(30, dtype=np.uint32), np.array([12, 3, 15])
    enough = (3 * 32, 3 * 2, 3, 3)
    for short in range(5):
        made = [
            guarded(np.uint64 if number < 2 else np.int64, size - (number == short))
            for number, size in enumerate(enough)
        ]
        outputs = [buffer for buffer, _ in made]
        if short == 4:
            assert ask(codes, sizes, *outputs, name="sign") == 0
        else:
            with pytest.raises(BufferError, match="too small"):
                ask(codes, sizes, *outputs, name="sign")
        assert all(untouched() for _, untouched in made)


def test_samples_with_one_buffer_short() -> None:
    bare = np.arange(200, dtype=np.uint32) + 1
    places = np.arange(200, dtype=np.int32)
    enough = call("sample_passages", bare, places, np.zeros(200, np.uint64), np.zeros(200, np.int32))
    for short in range(3):
        hashes, hashes_untouched = guarded(np.uint64, enough - (short == 0))
        found, found_untouched = guarded(np.int32, enough - (short == 1))
        if short == 2:
            assert call("sample_passages", bare, places, hashes, found) == enough
        else:
            with pytest.raises(BufferError, match="too small"):
                call("sample_passages", bare, places, hashes, found)
        assert hashes_untouched()
        assert found_untouched()
    with pytest.raises(ValueError, match="do not fit"):
        call("sample_passages", bare, places[1:], np.zeros(200, np.uint64), np.zeros(200, np.int32))


def test_a_call_with_a_buffer_too_few() -> None:
    with pytest.raises(ValueError, match="zip"):
        call("hash_runs", b"", b"")


def test_buffers_of_all_kinds() -> None:
    codes = np.arange(8, dtype=np.uint32)
    fixed = codes.copy()
    fixed.setflags(write=False)
    results = []
    for given in (codes, fixed, codes.tobytes(), bytearray(codes.tobytes()), array("I", codes), codes.data):
        hashes = array("Q", [0, 0])
        assert call("hash_runs", given, array("q", [0, 3]), hashes) == 2
        results.append(bytes(hashes))
    assert len(set(results)) == 1


def test_buffers_that_cannot_be_used() -> None:
    codes, hashes = bytes(16), array("Q", [0])
    with pytest.raises(BufferError, match="cannot be written"):
        call("hash_runs", codes, bytes(8), bytes(8))
    for wrong in (bytes(15), array("i", [1, 2]), np.zeros(8, np.uint64)[::2], memoryview(bytearray(24))[1:17]):
        with pytest.raises(ValueError, match="elements of 8 bytes"):
            call("hash_runs", codes, wrong, hashes)
