"""Fields inside of fields: of objects in lines of JSON, of structs in parquet, on both engines."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from corpus_runs import dedupe, exact, mixture, read_jsonl, text

from dedupe_cn.corpus.editing import value_span
from dedupe_cn.corpus.plan import CorpusPlan, Keep
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.records import Fields

FIELDS = Fields("page.body.text", "page.id", "stats.views")
FOOTER = "本站内容仅供学习交流之用，未经许可不得转载，违者必究。"


def nested(texts: list[str]) -> list[dict[str, Any]]:
    """Put texts, ids and numbers into records of records."""
    return [
        {"page": {"id": f"第{i}页", "body": {"text": own, "size": len(own)}}, "stats": {"views": 1000 - i}, "id": 0}
        for i, own in enumerate(texts)
    ]


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    """Write lines of JSON."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def write_rows(path: Path, records: list[dict[str, Any]]) -> Path:
    """Write a parquet file of several groups."""
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(records), path, row_group_size=30)
    return path


def test_documents_of_lines_and_rows(tmp_path: Path) -> None:
    texts = mixture(90, 100)
    expected = {f"第{i}页": f"第{kept}页" for i, kept in exact(texts).items()}
    plan = CorpusPlan(keep=Keep("priority", "stats.views"))
    for path in (write_lines(tmp_path / "in.jsonl", nested(texts)), write_rows(tmp_path / "in.parquet", nested(texts))):
        output = tmp_path / f"out{path.suffix}"
        found = dedupe(tmp_path, path, plan=plan, fields=FIELDS, output=output, max_removal=1.0)
        assert found.gone == expected
    left = [record for record in nested(texts) if record["page"]["id"] not in expected]
    assert read_jsonl(tmp_path / "out.jsonl") == left


def test_paragraphs_leave_all_else_as_it_is(tmp_path: Path) -> None:
    import pyarrow.parquet

    texts = [f"{own}\n{FOOTER}" for own in ("春天到了，河边的柳树发了芽。", "他把旧船翻过来，在船底刷上桐油。")]
    records: list[dict[str, Any]] = [*nested(texts), {"page": None, "stats": {"views": 1}, "id": 0}]
    plan = CorpusPlan(unit="paragraph")
    fields = Fields("page.body.text")
    lines = write_lines(tmp_path / "in.jsonl", records)
    rows = write_rows(tmp_path / "in.parquet", records)
    for path in (lines, rows):
        output = tmp_path / f"out{path.suffix}"
        found = dedupe(tmp_path, path, plan=plan, fields=fields, output=output, max_removal=1.0)
        assert [line["kept_id"] for line in found.lines] == [f"{path.as_posix()}:1"]
        assert found.result.empty == 1
    first, second = lines.read_text(encoding="utf-8").rsplit(f"\\n{FOOTER}", 1)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == first + second
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table.schema == pyarrow.parquet.read_schema(rows)
    assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()] == (
        table.to_pylist()
    )


def test_a_name_with_a_dot_comes_first_and_what_is_not_there_is_named(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "in.jsonl", [{"a.b": text_, "a": {"b": "别的"}} for text_ in ("一二三四五六",) * 2])
    assert dedupe(tmp_path, path, fields=Fields("a.b")).gone == {f"{path.as_posix()}:2": f"{path.as_posix()}:1"}
    line = '{"a": {"b": 1, "b": "末"}, "c": {"a": {"b": "内"}}}'
    assert line[slice(*value_span(line, "a.b"))] == '"末"'
    assert line[slice(*value_span(line, "c.a.b"))] == '"内"'
    strange: list[dict[str, Any]] = [{"a": {"c": "一"}}, {"a": "一"}]
    for record in strange:
        with pytest.raises(CorpusError, match=r"in\.jsonl:1: no field a\.b"):
            dedupe(tmp_path, write_lines(tmp_path / "in.jsonl", [record]), fields=Fields("a.b"))
        with pytest.raises(CorpusError, match=r"in\.parquet: .*a\.b"):
            dedupe(tmp_path, write_rows(tmp_path / "in.parquet", [record]), fields=Fields("a.b"))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("unit", ["document", pytest.param("paragraph", marks=pytest.mark.cluster)])
def test_spark_reads_them_too(tmp_path: Path, unit: str) -> None:
    pytest.importorskip("pyspark", reason="needs pip install 'dedupe-cn[spark]'")
    if shutil.which("java") is None:
        pytest.skip("needs Java 17 or newer")
    import random

    import pyarrow.parquet
    from test_spark import on_spark

    texts = [f"{own}\n{FOOTER}\n{text(random.Random(i), 1)}" for i, own in enumerate(mixture(91, 60))]
    plan = CorpusPlan(unit=unit, keep=Keep("priority", "stats.views"))
    path = write_rows(tmp_path / "in.parquet", nested(texts))
    found = dedupe(tmp_path, path, plan=plan, fields=FIELDS, output=tmp_path / "local.parquet", max_removal=1.0)
    assert found.lines
    _, removed, output = on_spark(tmp_path, path, plan=plan, fields=FIELDS)
    assert removed == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")
    local = pyarrow.parquet.read_table(tmp_path / "local.parquet")
    assert pyarrow.parquet.read_table(output).to_pylist() == local.to_pylist()
