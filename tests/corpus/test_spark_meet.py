"""Packed keys meet as single ones would: against every pair of documents, for any number of parts; no Spark needed."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest

pa = pytest.importorskip("pyarrow", reason="needs pip install 'dedupe-cn[corpus]'")

from dedupe_cn.corpus import spark_meet
from dedupe_cn.corpus.spark_meet import check, meeter, packer


@pytest.mark.parametrize(("parts", "packed", "small"), [(1, 10**6, 4), (3, 50, 4), (7, 1, 32), (2, 10**6, 2)])
def test_the_pairs_and_crowds_of_every_band(
    monkeypatch: pytest.MonkeyPatch, parts: int, packed: int, small: int
) -> None:
    monkeypatch.setattr(spark_meet, "_PACKED", packed)
    rng = np.random.default_rng(parts)
    bands = rng.integers(0, 60, (120, 5)).astype(np.uint64) * np.uint64(0x1234567)
    bands[:20, 2] = 5  # a crowd
    counts = rng.integers(10, 40, 120)
    ranks = rng.permutation(1000)[:120]
    batches = [
        pa.record_batch(
            {
                "rank": ranks[at : at + 30],
                "count": counts[at : at + 30],
                "bands": pa.array([own.tobytes() for own in bands[at : at + 30]], pa.binary()),
            }
        )
        for at in range(0, 120, 30)
    ]
    sent = pa.Table.from_batches(list(packer(parts)(batches)))
    pairs: list[tuple[int, int]] = []
    crowds: set[tuple[int, int]] = set()
    for part in range(parts):
        own = sent.filter(pa.compute.equal(sent["part"], part)).to_batches(max_chunksize=2)
        for row in (row for batch in meeter(small, 0.8)(own) for row in batch.to_pylist()):
            if row["bucket"] is None:
                pairs.append((row["a"], row["b"]))
            else:
                crowds.add((row["bucket"], row["a"]))
    buckets: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(bands.tolist()):
        for key in own:
            buckets[key].append(number)
    expected, members = set(), set()
    for key, documents in buckets.items():
        if len(documents) > small:
            members |= {(key, int(ranks[document])) for document in documents}
            continue
        for one, other in combinations(documents, 2):
            few, many = sorted((counts[one], counts[other]))
            if few + 8 >= 0.8 * many:
                first, second = sorted((int(ranks[one]), int(ranks[other])))
                expected.add((first, second))
    assert set(pairs) == expected
    assert crowds == members


def test_columns_are_held_against_names() -> None:
    check(pa.record_batch({"a": [1], "b": [2]}), "b", "a")
    with pytest.raises(ValueError, match=r"columns \['c'\] are missing"):
        check(pa.record_batch({"a": [1], "b": [2]}), "a", "c")
