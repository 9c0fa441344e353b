"""Half a surrogate pair in lines of JSON goes through both engines as it came."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="needs pip install 'dedupe-cn[corpus]'")
sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from corpus_runs import read_jsonl
from hypothesis import given
from hypothesis import strategies as st
from lasting_spark import lasting_spark
from real_command import Cli, cli

from dedupe_cn.corpus.surrogates import hold, release, to_json
from dedupe_cn.text.characters import squash

__all__ = ["cli", "lasting_spark"]

ALL = ("--max-removal", "100%")
BASE = "渡口的老人记下了去年的雨水，天黑才回家，旁人都不明白，心里却很踏实，第二天又去了一趟码头"
#: Copies and others; halves in texts, ids and fields of which nothing is asked.
RECORDS: list[dict[str, object]] = [
    {"id": 1, "text": BASE + "\ud83d"},
    {"id": "a\ud83d", "text": BASE + "这里还有另外一段说得很长的话，别处都没有写过，说的是修表师傅的旧账。\ude00"},
    {"id": "b\udcff", "text": BASE + "\ud83d", "more\ud800": "\udc00x"},
    {"id": "a\\ud83d", "text": "修表的师傅盘算着\ud83d码头的旧账，一句话也没说，只是把抽屉一个一个地关上。"},
    {"id": 5, "text": "修表的师傅盘算着\ud83d码头的旧账，一句话也没说，只是把抽屉一个一个地关了上。"},
    {"id": 6, "text": "守林的姑娘讲述了\ud83d信里的地名。\n旁人都不明白\udc00那是哪里。\n没有人问起过。"},
]
GONE = {"b\udcff": 1, 5: "a\\ud83d"}
KEPT = [number for number, record in enumerate(RECORDS) if record["id"] not in GONE]


def _write(path: Path, ascii_only: bool = True) -> list[bytes]:
    """Write the records; without ``ascii_only`` as JavaScript does, with nothing escaped but the halves."""
    lines = [
        (json.dumps(record) if ascii_only else to_json(record)).encode() + b"\n" for record in RECORDS
    ]
    path.write_bytes(b"".join(lines))
    return lines


def _gone(path: Path) -> dict[object, object]:
    return {line["id"]: line["kept_id"] for line in read_jsonl(path)}


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("field", [(), ("--id-field", "id")])
def test_text_id_and_other_fields(cli: Cli, ascii_only: bool, field: tuple[str, ...]) -> None:
    lines = _write(cli.folder / "in.jsonl", ascii_only)
    done = cli("corpus", "in.jsonl", "-v", "-o", "out.jsonl", "--removed", "gone.jsonl", *field, *ALL)
    assert (done.code, "internal" in done.err) == (0, False)
    assert _gone(cli.folder / "gone.jsonl") == GONE
    assert (cli.folder / "out.jsonl").read_bytes() == b"".join(lines[i] for i in KEPT)


def test_an_index_meets_them_again(cli: Cli) -> None:
    lines = _write(cli.folder / "in.jsonl")
    (cli.folder / "first.jsonl").write_bytes(b"".join(lines[:4]))
    (cli.folder / "later.jsonl").write_bytes(b"".join(lines[4:]))
    assert cli("corpus", "first.jsonl", "--index", "seen", "-o", "a.jsonl", *ALL).code == 0
    for out in ("b.jsonl", "c.jsonl"):
        done = cli("corpus", "later.jsonl", "--index", "seen", "-o", out, "--removed", "gone.jsonl", *ALL)
        assert done.code == 0
        # The score of an edited copy is that of a run over both.
        assert _gone(cli.folder / "gone.jsonl") == {5: "a\\ud83d"}
        assert (cli.folder / out).read_bytes() == lines[5]
    assert "4 documents in the index already" in cli("corpus", "in.jsonl", "--index", "seen", "-o", "d.jsonl", *ALL).err


def test_an_id_that_recurs_is_named(cli: Cli) -> None:
    (cli.folder / "in.jsonl").write_bytes(b'{"id": "x\\ud83d", "text": "a"}\n' * 2)
    done = cli("corpus", "in.jsonl", "--id-field", "id")
    assert (done.code, done.errors) == (
        2,
        [
            "error: id x\\ud83d stands at in.jsonl:1 and at in.jsonl:2; "
            "make ids unique, or --on-error skip to name such records by place"
        ],
    )


@pytest.mark.parametrize("ascii_only", [True, False])
def test_paragraphs(cli: Cli, ascii_only: bool) -> None:
    _write(cli.folder / "in.jsonl", ascii_only)
    options = ("--unit", "paragraph", "--min-docs", "2", "--min-chars", "8", "--removed", "gone.jsonl", *ALL)
    assert cli("corpus", "in.jsonl", "-o", "out.jsonl", *options).code == 0
    texts = {line["id"]: line["text"] for line in read_jsonl(cli.folder / "out.jsonl")}
    assert texts[1] == BASE + "\ud83d"
    assert texts[6] == RECORDS[5]["text"]
    assert texts["b\udcff"] == ""


def test_a_file_name_that_is_not_utf_8(cli: Cli) -> None:
    folder = cli.folder / "in"
    folder.mkdir()
    for name in (b"\xc4\xe3.txt", b"\xba\xc3.txt"):
        try:
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(BASE, encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes UTF-8 names alone")
    for _ in range(2):
        done = cli("corpus", "in", "--index", "seen", "--removed", "gone.jsonl", *ALL)
        assert (done.code, "internal" in done.err) == (1, False)
    assert _gone(cli.folder / "gone.jsonl") == {"in/\udcc4\udce3.txt": "in/\udcba\udcc3.txt"}


@given(st.text(st.one_of(st.characters(), st.characters(categories=["Cs"]), st.just("\x01"))))
def test_what_is_held_is_given_back(text: str) -> None:
    form = squash(text)
    hold(form).encode("utf-8")
    assert release(hold(form)) == form
    to_json(text).encode("utf-8")
    assert json.loads(to_json(text)) == json.loads(json.dumps(text))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java 17 or newer")
@pytest.mark.usefixtures("lasting_spark")
def test_spark_gives_the_same(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="needs pip install 'dedupe-cn[spark]'")
    from corpus_runs import dedupe
    from test_spark import on_spark, parts

    _write(tmp_path / "in.jsonl", ascii_only=False)
    dedupe(tmp_path, tmp_path / "in.jsonl", output=tmp_path / "local.jsonl", max_removal=1.0)
    _, removed, output = on_spark(tmp_path, tmp_path / "in.jsonl")
    assert removed == (tmp_path / "removed.jsonl").read_text(encoding="utf-8")
    assert parts(output) == (tmp_path / "local.jsonl").read_text(encoding="utf-8")
