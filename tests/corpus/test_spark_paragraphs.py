"""``--unit paragraph`` on Spark gives the bytes of the local engine: the list, the texts, the account of records."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="needs pip install 'dedupe-cn[spark]'")
if shutil.which("java") is None:
    pytest.skip("needs Java 17 or newer", allow_module_level=True)

from corpus_runs import dedupe, sentence
from test_spark import on_spark, parts

from dedupe_cn.corpus.plan import CorpusPlan, Keep
from dedupe_cn.corpus.problems import CorpusError

pytestmark = pytest.mark.filterwarnings("ignore")


def posts(seed: int, count: int) -> list[str]:
    """Write texts with lines of their own and lines that stand in others too, some of them several times."""
    rng = random.Random(seed)
    common = ["版权所有，未经本报书面许可不得转载、摘编或镜像。"]
    common.append("　责任编辑 ：河湾镇新闻中心　值班电话见报头背面的小字")
    common += [sentence(rng) + sentence(rng) for _ in range(12)]
    texts = []
    for _ in range(count):
        lines = [sentence(rng) for _ in range(rng.randrange(1, 5))]
        lines += rng.choices(common, k=rng.randrange(4))
        rng.shuffle(lines)
        texts.append(rng.choice(("\n", "\r\n", "\n\n")).join(lines) + rng.choice(("", "\n")))
    return texts


@pytest.mark.parametrize(
    ("keep", "min_docs", "partitions"), [("first", 2, 7), pytest.param("longest", 3, 1, marks=pytest.mark.cluster)]
)
def test_lines_of_json(tmp_path: Path, keep: str, min_docs: int, partitions: int) -> None:
    texts = posts(60 + partitions, 300)
    path = tmp_path / "in.jsonl"
    # An id that recurs, none, escaped text, a mark of byte order, blank and broken lines, half a pair of surrogates.
    lines = [
        json.dumps({"id": i if i % 5 else 7, "text": t, "url": f"甲/{i}"}, ensure_ascii=i % 7 == 0)
        for i, t in enumerate(texts)
    ]
    broken = json.dumps({"text": texts[0] + "\n半个字符\ud83d也要照样留下来，一个字都不能少。"})
    lines[50:50] = [json.dumps({"text": texts[3]}), "  ", "{broken", '{"id": 5, "text": null}', broken, broken]
    path.write_bytes(b"\xef\xbb\xbf" + "".join(f"{line}\n" for line in lines).encode())
    plan = CorpusPlan(unit="paragraph", keep=Keep(keep), min_docs=min_docs)
    local = dedupe(tmp_path, path, plan=plan, output=tmp_path / "local.jsonl", on_error="skip", max_removal=1.0)
    result, removed, output = on_spark(tmp_path, path, plan=plan, partitions=partitions, on_error="skip")
    assert local.lines
    assert removed == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")
    # Hadoop takes the mark away, which would stand in the middle when the parts are put together.
    assert parts(output) == (tmp_path / "local.jsonl").read_text(encoding="utf-8-sig")
    assert result == local.result
    assert (result.problems, result.empty) == (1, 1)


def test_rows_of_parquet(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    texts: list[str | None] = [*posts(70, 120), None, ""]
    table = pyarrow.table({"note": range(len(texts)), "text": texts, "kind": [{"a": [i]} for i in range(len(texts))]})
    path = tmp_path / "in.parquet"
    pyarrow.parquet.write_table(table, path, row_group_size=50)
    plan = CorpusPlan(unit="paragraph", fold="full", min_chars=25)
    local = dedupe(tmp_path, path, plan=plan, output=tmp_path / "local.parquet", max_removal=1.0)
    result, removed, output = on_spark(tmp_path, path, plan=plan)
    assert removed == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")
    assert result == local.result
    written = pyarrow.parquet.read_table(output)
    assert written.to_pylist() == pyarrow.parquet.read_table(tmp_path / "local.parquet").to_pylist()
    with pytest.raises(CorpusError, match=r"paragraphs.*more than --max-removal 0\.1 %"):
        on_spark(tmp_path, path, plan=plan, max_removal=0.001)
    assert not output.exists()
