"""What the executors of Spark do for ``--unit paragraph``: find what stands in several documents, cut it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe_cn.corpus.editing import cut_line
from dedupe_cn.corpus.finish import paragraph_removal_line
from dedupe_cn.corpus.nested import pick, put_texts, top
from dedupe_cn.corpus.paragraphs import cut, shorten
from dedupe_cn.corpus.records import Fields
from dedupe_cn.corpus.spark_bundles import LINE, Batches, cells, lines_of, rows_of, stays_of, texts_of
from dedupe_cn.corpus.spark_compare import Ints, wanted_of
from dedupe_cn.corpus.spark_meet import PARAGRAPH, TWIN, Keys, find_twins, grouped, unpack
from dedupe_cn.corpus.spark_work import Numbers, joined

#: What :func:`paragraph_meeter` and :func:`teller` give, as Spark names the types. A ``span`` has the first code point
#: of a paragraph in its upper half, the last one (excluded) in its lower.
MET = "kind int, seq long, start long, span long, kept_seq long, kept_start long, kept_span long, documents long"
TEXTS = "seq long, span long, text binary"
_HALF, _LOW = np.int64(32), np.int64(0xFFFFFFFF)


def paragraph_meeter(min_docs: int) -> Batches:
    """Make the function that finds the paragraphs (of packed keys) that stand in at least ``min_docs`` documents.

    Gives those that an earlier document has too, each with the first; and the documents whose id is not unique.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        keys = unpack(batches)
        twins = find_twins(keys)
        nothing = np.zeros_like(twins)
        yield _met(TWIN, twins, *(nothing,) * 4)
        if PARAGRAPH in keys:
            yield _recurring(keys.pop(PARAGRAPH), min_docs)

    return work


def _recurring(keys: Keys, min_docs: int) -> pa.RecordBatch:
    found, new = grouped(keys, True)
    seqs, spans = found["seqs"], found["spans"].view(np.int64)
    starts = np.flatnonzero(new)
    group = np.cumsum(new) - 1
    # What is in order stands together: a document is counted where it begins.
    fresh = new.copy()
    fresh[1:] |= seqs[1:] != seqs[:-1]
    documents = np.bincount(group[fresh], minlength=starts.size)
    first = starts[group] if starts.size else starts
    goes = (documents[group] >= min_docs) & (seqs != seqs[first])
    first = first[goes]
    return _met(PARAGRAPH, seqs[goes], spans[goes], seqs[first], spans[first], documents[group[goes]])


def _met(kind: int, seqs: Ints, spans: Ints, kept: Ints, kept_spans: Ints, documents: Ints) -> pa.RecordBatch:
    columns = [np.full(seqs.size, kind, np.int32), seqs, spans >> _HALF, spans]
    columns += [kept, kept_spans >> _HALF, kept_spans, documents]
    names = ["kind", "seq", "start", "span", "kept_seq", "kept_start", "kept_span", "documents"]
    return pa.record_batch([pa.array(column) for column in columns], names=names)


def paragraph_line(numbers: Numbers, row: dict[str, Any]) -> str:
    """Write the removal of a paragraph."""
    own, kept = numbers.name(row["id"], row["seq"]), numbers.name(row["kept_id"], row["kept_seq"])
    places = [row["start"], row["span"] & _LOW, row["kept_start"], row["kept_span"] & _LOW]
    start, stop, kept_start, kept_stop = map(int, places)
    return paragraph_removal_line(own, kept, (start, stop), (kept_start, kept_stop), row["documents"]).rstrip("\n")


def _grouped_spans(asked: Iterable[bytes], first: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Give the numbers of records in a bundle with the spans that are wanted of each."""
    seqs, spans = wanted_of(asked)
    begins = np.flatnonzero(np.diff(seqs, prepend=-1))
    for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), seqs.size], strict=True):
        own = spans[begin:end]
        yield int(seqs[begin]) - first, list(zip((own >> _HALF).tolist(), (own & _LOW).tolist(), strict=True))


def editor(form: str, fields: Fields) -> Batches:
    """Make the function that gives the records of bundles with texts without the spans that are wanted; what cannot be
    used is left out.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        edit = _edit_lines if form == LINE else _edit_rows
        for batch in batches:
            for first, size, records, faults, asked in cells(batch, "first", "size", "records", "faults", "wanted"):
                spans = dict(_grouped_spans(asked or [], first))
                yield edit(records, spans, stays_of(size, faults), fields)

    return work


def _edit_lines(
    records: bytes, spans: dict[int, list[tuple[int, int]]], stays: NDArray[np.bool_], fields: Fields
) -> pa.RecordBatch:
    lines = lines_of(records)
    for number, own in spans.items():
        lines[number] = cut_line(lines[number].decode(), fields.text, own).encode()
    return joined([lines[number] for number in np.flatnonzero(stays).tolist()])


def _edit_rows(
    records: bytes, spans: dict[int, list[tuple[int, int]]], stays: NDArray[np.bool_], fields: Fields
) -> pa.RecordBatch:
    rows = rows_of(records)
    if spans:
        texts = {number: cut(str(pick(row, fields.text)), spans[number]) for number, row in _rows(rows, spans, fields)}
        rows = put_texts(rows, fields.text, texts)
    return rows.filter(pa.array(stays))


def _rows(rows: pa.RecordBatch, numbers: Iterable[int], fields: Fields) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give some rows, with their numbers: of their columns the one that holds the text."""
    chosen = list(numbers)
    columns = rows.select([top(fields.text, rows.schema.names)]).take(pa.array(chosen))
    return zip(chosen, columns.to_pylist(), strict=True)


def teller(form: str, fields: Fields) -> Batches:
    """Make the function that gives the paragraphs (spans) that are wanted of bundles, long ones shortened."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for first, records, asked in cells(batch, "first", "records", "wanted"):
                for number, spans in _grouped_spans(asked, first):
                    text = texts_of(records, form, np.array([number]), fields)[0]
                    shown = [shorten(text[start:stop]).encode("utf-8", "surrogatepass") for start, stop in spans]
                    columns = [
                        pa.array([first + number] * len(spans), pa.int64()),
                        pa.array([(start << 32) | stop for start, stop in spans], pa.int64()),
                        pa.array(shown, pa.binary()),
                    ]
                    yield pa.record_batch(columns, names=["seq", "span", "text"])

    return work
