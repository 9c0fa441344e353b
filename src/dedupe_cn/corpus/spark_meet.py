"""Which documents share a band, on Spark: keys travel packed by the thousand, and are met by sorting arrays.

As rows of its own, every key of a band would cost Spark a hundred times what it costs NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Batches = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]

#: What :func:`packer` and :func:`meeter` give, as Spark names the types.
PACKED = "part int, keys binary, ranks binary, counts binary"
MET = "bucket long, a long, b long"
#: Keys that are packed at a time (20 bytes each).
_PACKED = 1_000_000
#: An odd multiplier from the golden ratio, and the bits that choose a part.
_MIX, _BITS = np.uint64(0x9E3779B97F4A7C15), np.uint64(40)


def packer(parts: int) -> Batches:
    """Make the function that packs the bands of documents (rank, count, bands) by the part that a key belongs to."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held: list[tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[Any]]] = []
        size = 0
        for batch in batches:
            check(batch, "rank", "count", "bands")
            documents = batch.num_rows
            bands = [data or b"" for data in batch.column("bands").to_pylist()]
            width = np.fromiter((len(data) // 8 for data in bands), np.int64, documents)
            keys = np.frombuffer(b"".join(bands), np.uint64)
            counts = np.minimum(batch.column("count").to_numpy(), 0xFFFFFFFF).astype(np.uint32)
            held.append((keys, np.repeat(batch.column("rank").to_numpy(), width), np.repeat(counts, width)))
            size += keys.size
            if size >= _PACKED:
                yield _pack(held, parts)
                held, size = [], 0
        if size:
            yield _pack(held, parts)

    return work


def _pack(
    held: list[tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[Any]]], parts: int
) -> pa.RecordBatch:
    keys, ranks, counts = (np.concatenate(columns) for columns in zip(*held, strict=True))
    part = ((keys * _MIX) >> _BITS) % np.uint64(parts)
    order = np.argsort(part, kind="stable")
    cuts = np.searchsorted(part[order], np.arange(1, parts, dtype=np.uint64))
    columns = [
        pa.array([piece.tobytes() for piece in np.split(column[order], cuts)], pa.binary())
        for column in (keys, ranks, counts)
    ]
    numbers = pa.array(np.arange(parts, dtype=np.int32))
    return pa.record_batch([numbers, *columns], names=["part", "keys", "ranks", "counts"])


def print_packer(parts: int) -> Batches:
    """Make the function that packs the fingerprints of documents (rank, p0, p1) by part."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, "rank", "p0", "p1")
            first, second = (batch.column(name).to_numpy().view(np.uint64) for name in ("p0", "p1"))
            yield _pack([(first, batch.column("rank").to_numpy(), second)], parts)

    return work


def find_copies(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give from packed fingerprints each document (rank) whose fingerprint an earlier one has, with the ``first``."""
    first, ranks, second = _unpack(batches, (np.uint64, np.int64, np.uint64))
    if not first.size:
        return
    order = np.lexsort((ranks, second, first))
    first, second, ranks = first[order], second[order], ranks[order]
    fresh = np.ones(first.size, bool)
    fresh[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    firsts = ranks[np.flatnonzero(fresh)[np.cumsum(fresh) - 1]]
    yield pa.record_batch([pa.array(ranks[~fresh]), pa.array(firsts[~fresh])], names=["rank", "first"])


def _unpack(batches: Iterable[pa.RecordBatch], kinds: tuple[type, type, type]) -> tuple[NDArray[Any], ...]:
    packed: tuple[list[bytes], ...] = ([], [], [])
    for batch in batches:
        check(batch, "keys", "ranks", "counts")
        for column, pieces in zip(("keys", "ranks", "counts"), packed, strict=True):
            pieces.extend(batch.column(column).to_pylist())
    return tuple(np.frombuffer(b"".join(pieces), kind) for pieces, kind in zip(packed, kinds, strict=True))


def meeter(small: int, threshold: float) -> Batches:
    """Make the function that finds what meets in packed keys: pairs (a, b) of bands with up to ``small`` documents, the
    members (bucket, a) of larger ones. Pairs of very different sizes are left out.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        keys, ranks, counts = _unpack(batches, (np.uint64, np.int64, np.uint32))
        if keys.size:
            yield from _met(keys, ranks, counts, small, threshold)

    return work


def _met(
    keys: NDArray[np.uint64], ranks: NDArray[np.int64], counts: NDArray[np.uint32], small: int, threshold: float
) -> Iterator[pa.RecordBatch]:
    order = np.argsort(keys, kind="stable")
    keys, ranks, counts = keys[order], ranks[order], counts[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.repeat(np.diff(starts, append=keys.size), np.diff(starts, append=keys.size))
    shared = (sizes > 1) & (sizes <= small)
    keys_, ranks_, counts_ = keys[shared], ranks[shared], counts[shared]
    first, second = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for step in range(1, small):
        same = np.flatnonzero(keys_[step:] == keys_[:-step])
        if not same.size:
            break
        few = np.minimum(counts_[same], counts_[same + step]).astype(np.int64)
        many = np.maximum(counts_[same], counts_[same + step]).astype(np.int64)
        near = same[few + 8 >= threshold * many]
        first.append(np.minimum(ranks_[near], ranks_[near + step]))
        second.append(np.maximum(ranks_[near], ranks_[near + step]))
    pairs = np.stack([np.concatenate(first), np.concatenate(second)], axis=1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    fresh = np.ones(len(pairs), bool)
    fresh[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    pairs = pairs[fresh]
    yield _rows(pa.nulls(len(pairs), pa.int64()), pa.array(pairs[:, 0].copy()), pa.array(pairs[:, 1].copy()))
    large = sizes > small
    buckets = pa.array(keys[large].view(np.int64))
    yield _rows(buckets, pa.array(ranks[large]), pa.nulls(len(buckets), pa.int64()))


def _rows(*columns: pa.Array) -> pa.RecordBatch:
    return pa.record_batch(list(columns), names=["bucket", "a", "b"])


def check(batch: pa.RecordBatch, *names: str) -> None:
    """Hold a batch against what is expected: Spark hands columns over by their places. Raises ValueError."""
    there = batch.schema.names
    if missing := [name for name in names if name not in there]:
        raise ValueError(f"columns {missing} are missing among {there}")
