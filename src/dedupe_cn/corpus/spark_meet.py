"""Which documents share a band, a fingerprint or an id, on Spark: keys travel packed, and are met by sorting arrays.

As rows of its own, every key of a band would cost Spark a hundred times what it costs NumPy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.spark_bundles import Batches, cells, check, marks_of
from dedupe_cn.kernel import hash_runs
from dedupe_cn.text.characters import to_codes

#: What keys are of, and what is found by them.
BAND, PRINT, ID, PARAGRAPH = range(4)
PAIR, CROWD, COPY, TWIN = range(4, 8)
#: What :func:`packer` and :func:`meeter` give, as Spark names the types. ``a`` and ``b`` of a pair are documents, the
#: earlier one in keep order first, and so of a copy; of a crowd the bucket and a member, of a twin a document twice.
PACKED = "part int, kind int, keys binary, more binary, seqs binary, orders binary, spans binary"
MET = "kind int, a long, b long"
#: Keys that are packed at a time (24 bytes each).
_PACKED = 1_000_000
#: An odd multiplier from the golden ratio, and the bits that choose a part.
_MIX, _BITS = np.uint64(0x9E3779B97F4A7C15), np.uint64(40)
#: Of a band's key beside it: shingles in the upper half, the lower half of the fingerprint in the lower.
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
_TURN = np.uint64(0x94D049BB133111EB)
#: Columns of packed keys, with their types.
_COLUMNS = {"keys": np.uint64, "more": np.uint64, "seqs": np.int64, "orders": np.float64, "spans": np.uint64}

Keys = dict[str, NDArray[Any]]


def packer(plan: CorpusPlan, parts: int) -> Batches:
    """Make the function that packs the keys of documents (of bundles) by the part that a key belongs to."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held: dict[int, list[Keys]] = defaultdict(list)
        size = 0
        for batch in batches:
            for first, marks, ids, keys in cells(batch, "first", "marks", "ids", "keys"):
                for kind, found in _keys(plan, first, marks_of(marks), ids, keys):
                    held[kind].append(found)
                    size += found["keys"].size
            if size >= _PACKED:
                yield from pack(held, parts)
                size = 0
        yield from pack(held, parts)

    return work


def _keys(plan: CorpusPlan, first: int, marks: NDArray[Any], ids: bytes, keys: bytes) -> Iterator[tuple[int, Keys]]:
    """Give the keys of a bundle, by their kind."""
    seqs = first + marks["number"].astype(np.int64)
    named, prints = id_prints(ids)
    yield ID, {"keys": prints[0], "more": prints[1], "seqs": seqs[named]}
    orders = orders_of(plan, marks)
    if plan.unit == "paragraph":
        found = np.frombuffer(keys, np.uint64).reshape(-1, 5)
        owner = found[:, 0].astype(np.int64)
        spans = (found[:, 1] << _HALF) | found[:, 2]
        columns = {"keys": found[:, 3], "more": found[:, 4], "seqs": seqs[owner], "spans": spans}
        yield PARAGRAPH, columns | ({} if orders is None else {"orders": orders[owner]})
        return
    filled, bands = marks["count"] > 0, plan.bands[0]
    counts = np.minimum(marks["count"], 0xFFFFFFFF).astype(np.uint64)
    columns = {
        "keys": np.frombuffer(keys, np.uint64),
        "more": np.repeat(((counts << _HALF) | (marks["p0"] & _LOW))[filled], bands),
        "seqs": np.repeat(seqs[filled], bands),
    }
    yield BAND, columns | ({} if orders is None else {"orders": np.repeat(orders[filled], bands)})
    full = marks["length"] > 0
    columns = {"keys": marks["p0"][full], "more": marks["p1"][full], "seqs": seqs[full]}
    yield PRINT, columns | ({} if orders is None else {"orders": orders[full]})


def orders_of(plan: CorpusPlan, marks: NDArray[Any]) -> NDArray[np.float64] | None:
    """Give what the documents are kept by, the smaller before the larger; None where only their numbers decide."""
    if plan.keep.kind == "first":
        return None
    found: NDArray[np.float64] = -marks["length" if plan.keep.kind == "longest" else "priority"].astype(np.float64)
    return found


def id_prints(ids: bytes) -> tuple[NDArray[np.int64], tuple[NDArray[np.uint64], NDArray[np.uint64]]]:
    """Give which documents of a bundle have an id, and a fingerprint of 128 bits for each of those."""
    texts = ids.decode().split("\n")
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    named = np.flatnonzero(sizes)
    codes, first = to_codes("".join(texts)), (np.cumsum(sizes) - sizes)[named]
    other = hash_runs(codes ^ np.uint32(0x5A5A5A), first) ^ (sizes[named].astype(np.uint64) * _TURN)
    return named, (hash_runs(codes, first), other)


def pack(held: dict[int, list[Keys]], parts: int) -> Iterator[pa.RecordBatch]:
    """Give what is held, a row for each kind and part, and hold it no more."""
    for kind, pieces in held.items():
        joined = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
        part = ((joined["keys"] * _MIX) >> _BITS) % np.uint64(parts)
        order = np.argsort(part, kind="stable")
        cuts = np.searchsorted(part[order], np.arange(1, parts, dtype=np.uint64))
        columns = [
            pa.array([piece.tobytes() for piece in np.split(joined[name][order], cuts)], pa.binary())
            if name in joined
            else pa.nulls(parts, pa.binary())
            for name in _COLUMNS
        ]
        numbers = pa.array(np.arange(parts, dtype=np.int32))
        kinds = pa.array(np.full(parts, kind, np.int32))
        yield pa.record_batch([numbers, kinds, *columns], names=["part", "kind", *_COLUMNS])
    held.clear()


def unpack(batches: Iterable[pa.RecordBatch]) -> dict[int, Keys]:
    """Give packed keys by their kind."""
    found: dict[int, dict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for batch in batches:
        check(batch, "kind", *_COLUMNS)
        kinds = batch.column("kind").to_pylist()
        for name in _COLUMNS:
            for kind, data in zip(kinds, batch.column(name).to_pylist(), strict=True):
                if data is not None:
                    found[kind][name].append(data)
    return {
        kind: {name: np.frombuffer(b"".join(pieces), _COLUMNS[name]) for name, pieces in columns.items()}
        for kind, columns in found.items()
    }


def grouped(keys: Keys, whole: bool) -> tuple[Keys, NDArray[np.bool_]]:
    """Sort what shares its key with another: by key, ``more`` (of a band its lower half, unless ``whole``), keep
    order, and span.

    Gives the columns, and marks where another key or another ``more`` begins.
    """
    order = np.argsort(keys["keys"])
    ordered = keys["keys"][order]
    same = ordered[1:] == ordered[:-1]
    order = order[np.append(False, same) | np.append(same, False)] if order.size else order
    found = {name: column[order] for name, column in keys.items()}
    more = found["more"] if whole else found["more"] & _LOW
    spans = (found["spans"],) if "spans" in found else ()
    by = (*spans, found["seqs"], *((found["orders"],) if "orders" in found else ()), more, found["keys"])
    order = np.lexsort(by)
    found, more = {name: column[order] for name, column in found.items()}, more[order]
    new = np.ones(order.size, bool)
    new[1:] = (found["keys"][1:] != found["keys"][:-1]) | (more[1:] != more[:-1])
    return found, new


def find_twins(keys: dict[int, Keys]) -> NDArray[np.int64]:
    """Give the documents whose id another one has too."""
    if ID not in keys:
        return np.zeros(0, np.int64)
    found, new = grouped(keys.pop(ID), True)
    sizes = np.diff(np.flatnonzero(new), append=new.size)
    twins: NDArray[np.int64] = found["seqs"][np.repeat(sizes, sizes) > 1]
    return twins


def meeter(small: int, threshold: float) -> Batches:
    """Make the function that finds what meets in packed keys: pairs (a, b) of bands with up to ``small`` documents, the
    members of larger ones, copies, and documents whose id another one has too. Pairs of very different sizes are left
    out.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        keys = unpack(batches)
        yield _met(TWIN, *(find_twins(keys),) * 2)
        if PRINT in keys:
            found, new = grouped(keys.pop(PRINT), True)
            yield _met(COPY, found["seqs"][np.flatnonzero(new)[np.cumsum(new) - 1]][~new], found["seqs"][~new])
        if BAND in keys:
            yield from _bands_met(keys.pop(BAND), small, threshold)

    return work


def _bands_met(keys: Keys, small: int, threshold: float) -> Iterator[pa.RecordBatch]:
    found, new = grouped(keys, False)
    # Copies share all their bands: the first of them stands for all.
    found = {name: column[new] for name, column in found.items()}
    starts = np.flatnonzero(np.append(True, found["keys"][1:] != found["keys"][:-1])[: found["keys"].size])
    sizes = np.diff(starts, append=found["keys"].size)
    sizes = np.repeat(sizes, sizes)
    large = sizes > small
    yield _met(CROWD, found["keys"][large].view(np.int64), found["seqs"][large])
    found = {name: column[(sizes > 1) & ~large] for name, column in found.items()}
    counts = (found["more"] >> _HALF).astype(np.int64)
    first, second = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for step in range(1, small):
        same = np.flatnonzero(found["keys"][step:] == found["keys"][:-step])
        if not same.size:
            break
        few, many = np.minimum(counts[same], counts[same + step]), np.maximum(counts[same], counts[same + step])
        near = same[few + 8 >= threshold * many]
        turned = _later(found, near, near + step)
        first.append(found["seqs"][np.where(turned, near + step, near)])
        second.append(found["seqs"][np.where(turned, near, near + step)])
    pairs = np.stack([np.concatenate(first), np.concatenate(second)], axis=1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    fresh = np.ones(len(pairs), bool)
    fresh[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    yield _met(PAIR, pairs[fresh, 0], pairs[fresh, 1])


def _later(keys: Keys, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark where the first of two documents comes behind the second in keep order."""
    later: NDArray[np.bool_] = keys["seqs"][one] > keys["seqs"][other]
    if "orders" in keys:
        first, second = keys["orders"][one], keys["orders"][other]
        later = (first > second) | ((first == second) & later)
    return later


def _met(kind: int, first: NDArray[np.int64], second: NDArray[np.int64]) -> pa.RecordBatch:
    columns = [pa.array(np.full(first.size, kind, np.int32)), pa.array(first), pa.array(second)]
    return pa.record_batch(columns, names=["kind", "a", "b"])
