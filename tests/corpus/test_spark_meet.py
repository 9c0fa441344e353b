"""Packed keys meet as single ones would: against every pair of documents, for any number of parts; no Spark needed."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any

import numpy as np
import pytest

pa = pytest.importorskip("pyarrow", reason="needs pip install 'dedupe-cn[corpus]'")

from corpus_runs import mixture

from dedupe_cn.corpus import spark_meet
from dedupe_cn.corpus.plan import CorpusPlan, Keep
from dedupe_cn.corpus.records import Fields
from dedupe_cn.corpus.spark_bundles import BUNDLE, LINE, MARKS, bundler, check, lines_of, marks_of, texts_of
from dedupe_cn.corpus.spark_compare import asker, chain, comparer, pair_sender, sender, shingler
from dedupe_cn.corpus.spark_meet import COPY, CROWD, PAIR, TWIN, meeter, packer


def bundles(plan: CorpusPlan, bands: Any, marks: Any, ids: list[str]) -> list[Any]:
    """Put documents into bundles of 30, with chosen keys."""
    return [
        pa.record_batch(
            {
                "first": [1000 * at],
                "marks": pa.array([marks[at : at + 30].tobytes()], pa.binary()),
                "ids": pa.array(["\n".join(ids[at : at + 30]).encode()], pa.binary()),
                "keys": pa.array([bands[at : at + 30].tobytes()], pa.binary()),
            }
        )
        for at in range(0, len(marks), 30)
    ]


@pytest.mark.parametrize(("parts", "packed", "small"), [(1, 10**6, 4), (3, 50, 4), (7, 1, 32), (2, 10**6, 2)])
@pytest.mark.parametrize("keep", ["first", "longest", "priority"])
def test_the_pairs_crowds_copies_and_twins(
    monkeypatch: pytest.MonkeyPatch, parts: int, packed: int, small: int, keep: str
) -> None:
    monkeypatch.setattr(spark_meet, "_PACKED", packed)
    rng = np.random.default_rng(parts)
    plan = CorpusPlan(threshold=1.0 if small == 2 else 0.8, keep=Keep(keep, "f" if keep == "priority" else ""))
    width = plan.bands[0]
    # As in real ones, the number of the band is part of a key.
    bands = (rng.integers(0, 60, (120, width)) * width + np.arange(width)).astype(np.uint64) * np.uint64(0x1234567)
    bands[:20, 0] = 5  # a crowd
    marks = np.zeros(120, MARKS)
    marks["number"] = np.tile(np.arange(30), 4)
    marks["count"], marks["length"] = rng.integers(10, 40, 120), rng.integers(90, 100, 120)
    marks["priority"] = rng.integers(0, 3, 120) - 1
    marks["p0"], marks["p1"] = np.arange(120) * 77, np.arange(120) * 3
    for one, other in ((3, 100), (50, 51), (50, 90)):  # copies have the same keys and lengths
        bands[other], marks[other] = bands[one], (marks[other]["number"], *marks[one].tolist()[1:])
    ids = [f"第{i % 100}号" if i % 3 else "" for i in range(120)]
    sent = pa.Table.from_batches(list(packer(plan, parts)(bundles(plan, bands, marks, ids))))
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for part in range(parts):
        own = sent.filter(pa.compute.equal(sent["part"], part)).to_batches(max_chunksize=2)
        for row in (row for batch in meeter(small, plan.threshold)(own) for row in batch.to_pylist()):
            found[row["kind"]].append((row["a"], row["b"]))
    seqs = [1000 * (i // 30 * 30) + i % 30 for i in range(120)]
    by = {"first": marks["number"] * 0, "longest": -marks["length"], "priority": -marks["priority"]}[keep]
    order = sorted(range(120), key=lambda i: (by[i], i))
    first_of: dict[int, int] = {}
    copies = {}
    for i in order:
        first = first_of.setdefault(int(marks["p0"][i]), i)
        if first != i:
            copies[i] = first
    live = [i for i in order if i not in copies]
    buckets: dict[int, list[int]] = defaultdict(list)
    for i in live:
        for key in bands[i].tolist():
            buckets[key].append(i)
    pairs, members = set(), set()
    for key, documents in buckets.items():
        if len(documents) > small:
            members |= {(key, seqs[i]) for i in documents}
            continue
        for one, other in combinations(documents, 2):
            few, many = sorted((int(marks["count"][one]), int(marks["count"][other])))
            if few + 8 >= plan.threshold * many:
                pairs.add((seqs[one], seqs[other]))
    assert set(found[PAIR]) == pairs
    assert set(found[CROWD]) == members
    assert set(found[COPY]) == {(seqs[first], seqs[i]) for i, first in copies.items()}
    assert sorted(found[TWIN]) == sorted((seqs[i], seqs[i]) for i in range(120) if ids[i] and ids.count(ids[i]) > 1)


def test_bundles_give_back_what_they_hold_and_pairs_are_compared() -> None:
    import json

    texts = mixture(95, 60)
    lines = [json.dumps({"id": i, "text": own}, ensure_ascii=i % 2 == 0).encode() for i, own in enumerate(texts)]
    lines[10:10] = [b"", b"\xff", b'{"text": "\\ud83d"}']
    places = {"path": ["file:/a"] * 40 + ["file:/b"] * 23, "block": [0] * 63, "at": range(63)}
    batch = pa.record_batch({"line": pa.array(lines, pa.binary()), **places})
    plan = CorpusPlan(threshold=0.6)
    made = list(bundler(plan, Fields())([batch.slice(0, 25), batch.slice(25)]))
    assert [field.split()[0] for field in BUNDLE.split(", ")] == made[0].schema.names
    rows = [row for own in made for row in own.to_pylist()]
    assert [(row["path"], row["at"], row["size"]) for row in rows] == [
        ("file:/a", 0, 25), ("file:/a", 25, 15), ("file:/b", 40, 23)
    ]
    assert [line for row in rows for line in lines_of(row["records"])] == lines
    counts = [(row["documents"], row["named"], row["problems"]) for row in rows]
    assert counts == [(23, 22, 1), (15, 15, 0), (23, 23, 0)]
    whole: dict[int, str] = {}
    for row in rows:
        numbers = marks_of(row["marks"])["number"].astype(np.int64)
        own = texts_of(row["records"], LINE, numbers, Fields())
        whole |= dict(zip((row["at"] + numbers).tolist(), own, strict=True))
    assert list(whole.values()) == [*texts[:10], "\ud83d", *texts[10:]]
    pairs = pa.record_batch({"a": [0, 0, 3, 20], "b": [1, 1, 50, 40]})
    starts = np.array([row["at"] for row in rows])
    asked: dict[int, list[bytes]] = defaultdict(list)
    for row in (row for own in asker(starts, 3)([pairs]) for row in own.to_pylist()):
        asked[row["first"]].append(row["wanted"])
    given = [
        pa.RecordBatch.from_pylist([{"first": row["at"], "records": row["records"], "wanted": asked[row["at"]]}])
        for row in rows
        if row["at"] in asked
    ]
    sent = [*chain(shingler(plan, Fields(), LINE), sender)(given), *pair_sender(3)([pairs])]
    compared: list[tuple[int, int]] = []
    for part in range(3):
        own = [one.filter(pa.compute.equal(one["part"], part)) for one in sent]
        compared += [(row["a"], row["b"]) for one in comparer(0.0)(own) for row in one.to_pylist()]
    assert sorted(compared) == [(0, 1), (3, 50), (20, 40)]


def test_columns_are_held_against_names() -> None:
    check(pa.record_batch({"a": [1], "b": [2]}), "b", "a")
    with pytest.raises(ValueError, match=r"columns \['c'\] are missing"):
        check(pa.record_batch({"a": [1], "b": [2]}), "a", "c")
