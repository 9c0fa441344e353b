"""Spark gives the bytes of the local engine: on two threads here, on a real cluster in ``test_spark_cluster``."""

from __future__ import annotations

import gzip
import random
import shutil
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="needs pip install 'dedupe-cn[spark]'")
if shutil.which("java") is None:
    pytest.skip("needs Java 17 or newer", allow_module_level=True)

from corpus_runs import dedupe, edit, mixture, text, write_jsonl

from dedupe_cn.corpus import spark, spark_crowds, spark_documents, spark_rounds
from dedupe_cn.corpus.plan import CorpusPlan, Keep
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.records import Fields
from dedupe_cn.corpus.run import Request, Result

# What the libraries under Spark warn of is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")


def on_spark(
    folder: Path, *inputs: Path, plan: CorpusPlan | None = None, fields: Fields | None = None, partitions: int = 2,
    on_error: str = "stop", max_removal: float = 1.0,
) -> tuple[Result, str, Path]:
    """Run on two threads; gives the result, the list of removals and the folder of output."""
    output, removed = folder / "spark-out", folder / "spark-removed.jsonl"
    shutil.rmtree(output, ignore_errors=True)
    request = Request(inputs, plan or CorpusPlan(), fields or Fields(), on_error=on_error, max_removal=max_removal)
    names = tuple(map(str, inputs))
    result = spark.run(
        request, lambda stage, done, whole: None, names, str(output), str(removed), "local[2]", partitions
    )
    return result, removed.read_text(encoding="utf-8"), output


def parts(output: Path) -> str:
    """Join the parts of an output folder."""
    return "".join(part.read_text(encoding="utf-8") for part in sorted(output.glob("part-*")))


@pytest.mark.parametrize("partitions", [7, pytest.param(1, marks=pytest.mark.cluster)])
def test_the_same_list_and_the_same_output(tmp_path: Path, partitions: int) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", mixture(20 + partitions, 400))
    local = dedupe(tmp_path, path, output=tmp_path / "local.jsonl", max_removal=1.0)
    result, removed, output = on_spark(tmp_path, path, partitions=partitions)
    assert removed == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")
    assert parts(output) == (tmp_path / "local.jsonl").read_text(encoding="utf-8")
    assert (result.documents, result.removed) == (400, local.result.removed)
    assert not [path for path in tmp_path.iterdir() if "work" in path.name]


@pytest.mark.cluster
@pytest.mark.parametrize("most", [300, 20])
def test_rounds_crowds_and_another_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    rng = random.Random(31)
    boilerplate = text(rng, 12)
    texts = [edit(boilerplate, rng, rng.randrange(12)) for _ in range(40)]
    texts += [f"{boilerplate}\n{text(rng, rng.randrange(1, 7))}" for _ in range(20)] + mixture(32, 40)
    rng.shuffle(texts)
    path = write_jsonl(tmp_path / "in.jsonl", texts)
    monkeypatch.setattr(spark_documents, "SMALL", 4)
    monkeypatch.setattr(spark_rounds, "FEW", 0)
    monkeypatch.setattr(spark_crowds, "_ROUND", most)
    plan = CorpusPlan(keep=Keep("longest"))
    dedupe(tmp_path, path, plan=plan)
    assert on_spark(tmp_path, path, plan=plan)[1] == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")


def test_parquet_names_that_could_be_globs_and_ids_that_recur(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    texts = mixture(33, 200)
    tmp_path = tmp_path / "语料 [1]"
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    names = ("第一章.parquet", "b/第[一]章 50%25,{c}.parquet")
    for name, part in zip(names, (texts[:80], texts[80:]), strict=True):
        table = pyarrow.table({"id": list(range(len(part))), "text": part, "year": [2000 + len(t) for t in part]})
        pyarrow.parquet.write_table(table, folder / name, row_group_size=30)
    dedupe(tmp_path, folder, output=tmp_path / "local", max_removal=1.0)
    result, removed, output = on_spark(tmp_path, folder)
    assert removed == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")
    assert result.renamed == 160
    written = pyarrow.parquet.read_table(output)
    local = [pyarrow.parquet.read_table(tmp_path / "local" / name) for name in names]
    assert written.to_pylist() == pyarrow.concat_tables(local).to_pylist()


def test_bad_lines_are_named_by_number(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", mixture(34, 50))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[10:10] = ["\n", "{broken\n", '{"id": 99, "text": 5}\n']
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"in\.jsonl:12: not JSON"):
        on_spark(tmp_path, path)
    dedupe(tmp_path, path, on_error="skip", output=tmp_path / "local.jsonl", max_removal=1.0)
    result, removed, output = on_spark(tmp_path, path, on_error="skip")
    assert removed == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")
    assert parts(output) == (tmp_path / "local.jsonl").read_text(encoding="utf-8")
    assert result.problems == 2
    assert result.skipped[1].words("en").endswith("in.jsonl:13: field text is not a string")


@pytest.mark.parametrize("on_error", ["stop", "skip"])
def test_a_file_that_breaks_off_is_no_end(tmp_path: Path, on_error: str) -> None:
    plain = write_jsonl(tmp_path / "in.jsonl", mixture(35, 60)).read_bytes()
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(plain[:5000]) + gzip.compress(plain[5000:]))
    dedupe(tmp_path, path, output=tmp_path / "local.jsonl", max_removal=1.0)
    assert parts(on_spark(tmp_path, path)[2]) == (tmp_path / "local.jsonl").read_text(encoding="utf-8")
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(CorpusError, match=rf"the gzip data breaks off at byte {path.stat().st_size};"):
        on_spark(tmp_path, path, on_error=on_error)
    assert not (tmp_path / "spark-out").exists()


def test_what_it_does_not_do_it_says(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,text\n1,一\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"reads \.jsonl \(also \.gz\) and \.parquet"):
        on_spark(tmp_path, path)
    for name in ("_in.jsonl", "第1章:上.jsonl", "\udcb5\udcda.jsonl"):
        with pytest.raises(CorpusError, match=rf"{name}: Spark does not read files whose names begin with"):
            on_spark(tmp_path, write_jsonl(tmp_path / name, ["一"]))
    with pytest.raises(CorpusError, match=r"more than --max-removal 0\.0 %"):
        on_spark(tmp_path, write_jsonl(tmp_path / "in.jsonl", ["一二三四五六"] * 3), max_removal=0.0)
    assert not (tmp_path / "spark-out").exists()
