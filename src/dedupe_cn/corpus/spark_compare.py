"""Exact comparison on Spark: bundles are asked for documents, shingles travel packed to where a pair is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.records import Fields
from dedupe_cn.corpus.shingles import jaccard, may_reach, shingle_sets
from dedupe_cn.corpus.spark_bundles import Batches, cells, check, marks_of, texts_of
from dedupe_cn.corpus.spark_meet import orders_of

#: What :func:`asker`, :func:`shingler`, :func:`sender`, :func:`comparer`, :func:`orderer` and :func:`unpacker`
#: give, as Spark names the types.
ASKED = "first long, wanted binary"
SETS = "first long, seqs binary, sizes binary, hashes binary, wanted array<binary>"
SENT = "part int, pairs boolean, seqs binary, sizes binary, hashes binary"
EDGES = "a long, b long, score double"
ORDERS = "seq long, order double"
TOKENS = "rank long, token long, size long"
_MIX, _BITS = np.uint64(0x9E3779B97F4A7C15), np.uint64(40)

Ints = NDArray[np.int64]


def asker(starts: Ints, parts: int = 0) -> Batches:
    """Make the function that asks bundles, which begin at the sorted ``starts``, for documents.

    The documents are a column ``seq``, beside it there may be a ``span`` of each; with ``parts`` those of pairs
    (``a``, ``b``), each wanted where its pair is compared. ``wanted`` holds documents and spans (or parts) by turns.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, *(("a", "b") if parts else ("seq",)))
            if parts:
                first, second = (batch.column(name).to_numpy() for name in ("a", "b"))
                part = _part(first, parts)
                wanted = np.stack([np.append(first, second), np.append(part, part)], axis=1)
            else:
                seqs = batch.column("seq").to_numpy()
                spans = batch.column("span").to_numpy() if "span" in batch.schema.names else np.zeros_like(seqs)
                wanted = np.stack([seqs, spans], axis=1)
            wanted = wanted[np.lexsort((wanted[:, 1], wanted[:, 0]))]
            owner = np.searchsorted(starts, wanted[:, 0], side="right") - 1
            begins = np.flatnonzero(np.diff(owner, prepend=-1))
            pieces = np.split(wanted, begins[1:]) if begins.size else []
            columns = [pa.array(starts[owner[begins]]), pa.array([own.tobytes() for own in pieces], pa.binary())]
            yield pa.record_batch(columns, names=["first", "wanted"])

    return work


def _part(first: Ints, parts: int) -> Ints:
    return (((first.view(np.uint64) * _MIX) >> _BITS) % np.uint64(parts)).astype(np.int64)


def wanted_of(asked: Iterable[bytes]) -> tuple[Ints, Ints]:
    """Give the documents that were asked for, sorted, and the part (or span) of each; once for each of those."""
    both = np.frombuffer(b"".join(asked), np.int64).reshape(-1, 2)
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    new = np.append(True, (both[1:] != both[:-1]).any(axis=1))[: len(both)]
    return both[new, 0], both[new, 1]


def once(numbers: Ints) -> Ints:
    """Drop what comes again in sorted numbers."""
    return numbers[np.flatnonzero(np.diff(numbers, prepend=-1))]


def shingler(plan: CorpusPlan, fields: Fields, form: str) -> Batches:
    """Make the function that gives the shingles of what is ``wanted`` of bundles, packed, and who wants them."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for first, records, asked in cells(batch, "first", "records", "wanted"):
                seqs = once(wanted_of(asked)[0])
                sets = shingle_sets(texts_of(records, form, seqs - first, fields), plan)
                columns = [pa.array([first]), *_packed(seqs, sets), pa.array([asked], pa.list_(pa.binary()))]
                yield pa.RecordBatch.from_arrays(columns, names=_SETS)

    return work


_SETS = ["first", "seqs", "sizes", "hashes", "wanted"]


def _packed(seqs: Ints, sets: list[NDArray[np.uint64]]) -> list[pa.Array]:
    sizes = np.fromiter(map(len, sets), np.int64, len(sets))
    hashes = np.concatenate([*sets, np.zeros(0, np.uint64)])
    return [pa.array([data.tobytes()], pa.binary()) for data in (seqs, sizes, hashes)]


def _unpacked(seqs: bytes, sizes: bytes, hashes: bytes) -> tuple[Ints, list[NDArray[np.uint64]]]:
    cuts = np.cumsum(np.frombuffer(sizes, np.int64))[:-1]
    return np.frombuffer(seqs, np.int64), np.split(np.frombuffer(hashes, np.uint64), cuts)


def sender(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Send packed shingles to the parts that want them."""
    for batch in batches:
        for *packed, asked in cells(batch, *_SETS[1:]):
            there, sets = _unpacked(*packed)
            wanted, parts = wanted_of(asked)
            for part in np.unique(parts).tolist():
                own = wanted[parts == part]
                chosen = [sets[place] for place in np.searchsorted(there, own).tolist()]
                columns = [pa.array([part], pa.int32()), pa.array([False]), *_packed(own, chosen)]
                yield pa.RecordBatch.from_arrays(columns, names=_SENT)


_SENT = ["part", "pairs", "seqs", "sizes", "hashes"]


def orderer(plan: CorpusPlan) -> Batches:
    """Make the function that gives what the documents that are wanted of bundles are kept by."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for first, marks, asked in cells(batch, "first", "marks", "wanted"):
                known = marks_of(marks)
                orders = orders_of(plan, known)
                assert orders is not None
                wanted = once(wanted_of(asked)[0])
                own = orders[np.searchsorted(first + known["number"].astype(np.int64), wanted)]
                yield pa.record_batch([pa.array(wanted), pa.array(own)], names=["seq", "order"])

    return work


def chain(first: Batches, second: Batches) -> Batches:
    """Put two such functions one behind the other."""
    return lambda batches: second(first(batches))


def pair_sender(parts: int) -> Batches:
    """Make the function that sends pairs to their parts: ``a`` in the column ``seqs``, ``b`` in ``sizes``."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            check(batch, "a", "b")
            first, second = (batch.column(name).to_numpy() for name in ("a", "b"))
            part = _part(first, parts)
            for number in np.unique(part).tolist():
                own = part == number
                blobs = [pa.array([data.tobytes()], pa.binary()) for data in (first[own], second[own])]
                columns = [pa.array([number], pa.int32()), pa.array([True]), *blobs, pa.nulls(1, pa.binary())]
                yield pa.RecordBatch.from_arrays(columns, names=_SENT)

    return work


def comparer(threshold: float) -> Batches:
    """Make the function that compares the pairs of its parts exactly and gives the similar ones."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        sets: dict[int, NDArray[np.uint64]] = {}
        pairs: list[NDArray[Any]] = []
        for batch in batches:
            for are_pairs, *blobs in cells(batch, *_SENT[1:]):
                if are_pairs:
                    pairs.append(np.stack([np.frombuffer(blob, np.int64) for blob in blobs[:2]], axis=1))
                else:
                    seqs, own = _unpacked(*blobs)
                    sets.update(zip(seqs.tolist(), own, strict=True))
        if pairs:
            yield _compare(sets, np.concatenate(pairs), threshold)

    return work


def _compare(sets: dict[int, NDArray[np.uint64]], pairs: Ints, threshold: float) -> pa.RecordBatch:
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    pairs = pairs[np.append(True, (pairs[1:] != pairs[:-1]).any(axis=1))]
    scores = np.array(
        [
            jaccard(sets[one], sets[other]) if may_reach(threshold, sets[one].size, sets[other].size) else 0.0
            for one, other in pairs.tolist()
        ]
    )
    similar = scores >= threshold
    columns = [pa.array(column[similar].copy()) for column in (pairs[:, 0], pairs[:, 1], scores)]
    return pa.record_batch(columns, names=["a", "b", "score"])


def unpacker(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give every shingle of what is wanted of packed ones a row, with the number of its document's."""
    for batch in batches:
        for *packed, asked in cells(batch, *_SETS[1:]):
            there, sets = _unpacked(*packed)
            wanted = once(wanted_of(asked)[0])
            own = [sets[place] for place in np.searchsorted(there, wanted).tolist()]
            counts = np.fromiter(map(len, own), np.int64, len(own))
            tokens = np.concatenate([*own, np.zeros(0, np.uint64)]).view(np.int64)
            columns = [pa.array(np.repeat(wanted, counts)), pa.array(tokens), pa.array(np.repeat(counts, counts))]
            yield pa.record_batch(columns, names=["rank", "token", "size"])
