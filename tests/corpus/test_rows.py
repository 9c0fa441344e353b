"""Parquet files of other writers: columns of views, ids that are larger than signed integers."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="needs pip install 'dedupe-cn[corpus]'")
pa = pytest.importorskip("pyarrow", reason="needs pip install 'dedupe-cn[corpus]'")
sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

import pyarrow.parquet
from corpus_runs import dedupe, exact, mixture, read_jsonl
from real_command import Cli, cli

__all__ = ["cli"]

TEXTS = mixture(90, 60)
GONE = exact(TEXTS)
KEPT = [number for number in range(len(TEXTS)) if number not in GONE]
#: Ids on both sides of the largest signed integer of 64 bits.
IDS = [(2**63 - 30 + number) if number % 2 else 2**64 - 1 - number for number in range(len(TEXTS))]
ALL = ("--max-removal", "100%")


def _table(views: bool) -> Any:
    string, binary = (pa.string_view(), pa.binary_view()) if views else (pa.string(), pa.binary())
    words = [[text[:3], text[3:30]] if number % 3 else None for number, text in enumerate(TEXTS)]
    return pa.table(
        {
            "id": pa.array(IDS, pa.uint64()),
            "text": pa.array(TEXTS, string),
            "raw": pa.array([text.encode() if len(text) % 2 else None for text in TEXTS], binary),
            "words": pa.array(words, pa.list_(string)),
            "both": pa.array([{"a": text[:20], "b": 1} for text in TEXTS], pa.struct({"a": string, "b": pa.int8()})),
        },
    )


def _write(table: Any, path: Path) -> None:
    try:
        pyarrow.parquet.write_table(table, path)
    except pa.ArrowNotImplementedError:
        pytest.skip("this PyArrow writes no views")


@pytest.mark.parametrize("views", [True, False])
def test_documents_and_the_schema(cli: Cli, views: bool) -> None:
    table = _table(views)
    _write(table, cli.folder / "in.parquet")
    assert cli("corpus", "in.parquet", "-o", "out.parquet", "--removed", "gone", *ALL).code == 0
    out = pyarrow.parquet.read_table(cli.folder / "out.parquet")
    assert out.schema.equals(table.schema)
    rows = table.to_pylist()
    assert out.to_pylist() == [rows[number] for number in KEPT]
    lines = read_jsonl(cli.folder / "gone")
    assert {line["id"]: line["kept_id"] for line in lines} == {IDS[b]: IDS[a] for b, a in GONE.items()}


def test_paragraphs_of_views(cli: Cli) -> None:
    table = _table(views=True)
    _write(table, cli.folder / "in.parquet")
    done = cli("corpus", "in.parquet", "-o", "out.parquet", "--unit", "paragraph", "--min-docs", "2", *ALL)
    assert done.code == 0
    out = pyarrow.parquet.read_table(cli.folder / "out.parquet")
    assert out.schema.equals(table.schema)
    assert sum(map(len, out["text"].to_pylist())) < sum(map(len, TEXTS))


def test_a_decimal_with_places_is_no_id(cli: Cli) -> None:
    import decimal

    ids = [decimal.Decimal("1.5"), decimal.Decimal("2.0")]
    pyarrow.parquet.write_table(
        pa.table({"id": pa.array(ids, pa.decimal128(20, 1)), "text": ["一二三四五六七"] * 2}), cli.folder / "in.parquet"
    )
    cli("corpus", "in.parquet", "--removed", "gone")
    assert read_jsonl(cli.folder / "gone") == [{"id": "in.parquet:2", "kept_id": "in.parquet:1", "score": 1.0}]
    done = cli("corpus", "in.parquet", "--id-field", "id")
    assert (done.code, "in.parquet:1: no usable id in field id" in done.err) == (2, True)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java 17 or newer")
def test_spark_names_the_same_ids(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="needs pip install 'dedupe-cn[spark]'")
    from test_spark import on_spark

    path = tmp_path / "in.parquet"
    _write(_table(views=True), path)
    dedupe(tmp_path, path)
    _, removed, _ = on_spark(tmp_path, path)
    assert removed == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")
    assert {json.loads(line)["id"] for line in removed.splitlines()} == {IDS[number] for number in GONE}
