"""The command: formats, reports, what it refuses, what it says."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="needs pip install 'dedupe-cn[corpus]'")
sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from corpus_runs import exact, mixture, read_jsonl, shuffle_space, text, write_jsonl
from real_command import Cli, cli

__all__ = ["cli"]

TEXTS = mixture(50, 120)
GONE = exact(TEXTS)
KEPT = [i for i in range(len(TEXTS)) if i not in GONE]
ALL = ("--max-removal", "100%")


def test_jsonl_keeps_order_bytes_and_other_fields(cli: Cli) -> None:
    path = write_jsonl(cli.folder / "in.jsonl", TEXTS)
    done = cli("corpus", "in.jsonl", "-o", "out.jsonl", "--removed", "gone.jsonl", *ALL)
    assert (done.code, done.out) == (0, b"")
    lines = path.read_bytes().splitlines(keepends=True)
    assert (cli.folder / "out.jsonl").read_bytes() == b"".join(lines[i] for i in KEPT)
    assert [(line["id"], line["kept_id"]) for line in read_jsonl(cli.folder / "gone.jsonl")] == list(GONE.items())
    assert done.errors[-1].startswith(f"{len(GONE)} of 120 documents removed")
    assert sorted(p.name for p in cli.folder.iterdir()) == ["gone.jsonl", "in.jsonl", "out.jsonl"]


def test_without_output_nothing_is_written(cli: Cli) -> None:
    write_jsonl(cli.folder / "in.jsonl", TEXTS)
    done = cli("corpus", "in.jsonl")
    assert done.code == 1
    assert f"{len(GONE)} of 120 documents would be removed" in done.err
    assert done.errors[-1] == "nothing written: add -o OUT"
    assert [p.name for p in cli.folder.iterdir()] == ["in.jsonl"]
    write_jsonl(cli.folder / "in.jsonl", [TEXTS[i] for i in KEPT])
    assert cli("corpus", "in.jsonl").code == 0


def _unpack(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    import zstandard

    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True) as stream:
        return bytes(stream.read())


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_in_compressed_out(cli: Cli, suffix: str) -> None:
    plain = write_jsonl(cli.folder / "in.jsonl", TEXTS).read_bytes()
    lines = plain.splitlines(keepends=True)
    packed = cli.folder / f"in.jsonl{suffix}"
    if suffix == ".gz":
        # Two members, as programs that append leave them.
        packed.write_bytes(gzip.compress(plain[:1000]) + gzip.compress(plain[1000:]))
    else:
        import zstandard

        packed.write_bytes(zstandard.compress(plain[:1000]) + zstandard.compress(plain[1000:]))
    assert cli("corpus", packed.name, "-o", f"out.jsonl{suffix}", *ALL).code == 0
    assert _unpack(cli.folder / f"out.jsonl{suffix}") == b"".join(lines[i] for i in KEPT)
    assert cli("corpus", packed.name, "-o", "out.jsonl", *ALL).code == 0
    assert (cli.folder / "out.jsonl").read_bytes() == b"".join(lines[i] for i in KEPT)


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_tables(cli: Cli, suffix: str, delimiter: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["编号", "正文", "来源"])
    writer.writerows([f"n{i}", f'"{t}', "甲,乙"] for i, t in enumerate(TEXTS))
    data = b"\xef\xbb\xbf" + out.getvalue().encode()
    (cli.folder / f"in.{suffix}").write_bytes(data)
    fields = ("--text-field", "正文", "--id-field", "编号")
    done = cli("corpus", f"in.{suffix}", "-o", f"out.{suffix}", "--removed", "gone.jsonl", *fields, *ALL)
    assert done.code == 0, done.err
    written = (cli.folder / f"out.{suffix}").read_bytes()
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    assert [row[0] for row in rows] == ["编号", *(f"n{i}" for i in KEPT)]
    assert [row[1][1:] for row in rows[1:]] == [TEXTS[i] for i in KEPT]
    assert read_jsonl(cli.folder / "gone.jsonl")[0]["id"] == f"n{next(iter(GONE))}"
    wrong = cli("corpus", f"in.{suffix}", "--text-field", "body")
    assert wrong.code == 2
    assert wrong.errors == [
        f"error: in.{suffix}: there is no column body; name one of 编号, 正文, 来源 with --text-field"
    ]


def test_parquet_keeps_rows_and_schema(cli: Cli) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    table = pyarrow.table({"text": TEXTS, "id": range(len(TEXTS)), "when": [None, *range(119)]})
    parquet.write_table(table, cli.folder / "in.parquet", row_group_size=50)
    assert cli("corpus", "in.parquet", "-o", "out.parquet", "--removed", "gone.jsonl", *ALL).code == 0
    assert parquet.read_table(cli.folder / "out.parquet").equals(table.take(KEPT))
    assert [line["id"] for line in read_jsonl(cli.folder / "gone.jsonl")] == list(GONE)


def test_a_folder_of_files_and_a_file_of_lines(cli: Cli) -> None:
    rng = random.Random(51)
    one, other = text(rng, 5), text(rng, 5)
    folder = cli.folder / "in"
    (folder / "下层").mkdir(parents=True)
    (folder / "1.txt").write_text(one, encoding="utf-8")
    (folder / "2.txt").write_text(other, encoding="gb18030")
    (folder / "下层" / "3.md").write_text(shuffle_space(one, rng), encoding="utf-8")
    (folder / "note.pdf").write_bytes(b"%PDF")
    done = cli("corpus", "in", "-o", "out", "--removed", "gone.jsonl")
    assert done.code == 0, done.err
    assert sorted(p.relative_to(cli.folder).as_posix() for p in (cli.folder / "out").rglob("*")) == [
        "out/1.txt",
        "out/2.txt",
    ]
    assert (cli.folder / "out" / "2.txt").read_bytes() == other.encode("gb18030")
    assert read_jsonl(cli.folder / "gone.jsonl") == [{"id": "in/下层/3.md", "kept_id": "in/1.txt", "score": 1.0}]
    lines = [one.replace("\n", ""), "", other.replace("\n", ""), one.replace("\n", " ")]
    (cli.folder / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    assert cli("corpus", "lines.txt", "-o", "kept.txt", "--removed", "gone.jsonl").code == 0
    assert (cli.folder / "kept.txt").read_text(encoding="utf-8") == "\n".join(lines[:3]) + "\n"
    assert read_jsonl(cli.folder / "gone.jsonl")[0]["id"] == "lines.txt:4"


def test_a_bad_line_is_named_by_its_number(cli: Cli) -> None:
    path = write_jsonl(cli.folder / "in.jsonl", TEXTS)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[7:7] = [b"\n", b'{"id": 1, "text": "\xff"}\n', b'["list"]\n', b'{"id": 200}\n']
    path.write_bytes(b"".join(lines))
    done = cli("corpus", "in.jsonl", "-o", "out.jsonl")
    assert done.code == 2
    assert done.errors == [
        "error: in.jsonl:9: not UTF-8; mend it, or leave such records out with --on-error skip"
    ]
    assert [p.name for p in cli.folder.iterdir()] == ["in.jsonl"]
    done = cli("corpus", "in.jsonl", "-o", "out.jsonl", "--on-error", "skip", *ALL)
    assert done.code == 0
    assert done.errors[:3] == [
        "left out: in.jsonl:9: not UTF-8",
        "left out: in.jsonl:10: not a JSON object",
        "left out: in.jsonl:11: no field text",
    ]
    kept = b"".join(b"\n" * (i == 7) + lines[i + (4 if i >= 7 else 0)] for i in KEPT)
    assert (cli.folder / "out.jsonl").read_bytes().replace(b"\n\n", b"\n") == kept.replace(b"\n\n", b"\n")


def test_ids_that_recur(cli: Cli) -> None:
    rng = random.Random(52)
    lines: list[dict[str, object]] = [{"id": 7, "text": text(rng)}, {"id": 7, "text": text(rng)}, {"text": text(rng)}]
    lines.append({"id": 8, "text": lines[1]["text"]})
    (cli.folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = cli("corpus", "in.jsonl", "--removed", "gone.jsonl")
    assert read_jsonl(cli.folder / "gone.jsonl") == [{"id": 8, "kept_id": "in.jsonl:2", "score": 1.0}]
    assert "3 documents named by place, because the id is missing or not unique" in done.errors
    done = cli("corpus", "in.jsonl", "--id-field", "id")
    assert (done.code, done.errors) == (
        2,
        ["error: in.jsonl:3: no usable id in field id; mend it, or leave such records out with --on-error skip"],
    )
    (cli.folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines[:2]))
    done = cli("corpus", "in.jsonl", "--id-field", "id")
    assert done.code == 2
    assert done.errors[0].startswith("error: id 7 stands at in.jsonl:1 and at in.jsonl:2; make ids unique")


def test_the_guard_stops_and_says_why(cli: Cli) -> None:
    texts = [*TEXTS[:20], *["今天的天气预报说有雨，出门请带伞。"] * 100]
    write_jsonl(cli.folder / "in.jsonl", texts)
    done = cli("corpus", "in.jsonl", "-o", "out.jsonl", "--removed", "gone.jsonl")
    assert done.code == 1
    assert "more than --max-removal 30.0 %; nothing was written. Most are like: 20 (99)" in done.err
    assert sorted(p.name for p in cli.folder.iterdir()) == ["gone.jsonl", "in.jsonl"]
    assert cli("corpus", "in.jsonl", "-o", "out.jsonl", "--max-removal", "95％").code == 0


def test_paragraphs(cli: Cli) -> None:
    rng = random.Random(53)
    footer = "本文来源于网络，版权归原作者所有，如有侵权请联系删除。"
    posted = "".join(sentence for sentence in text(rng, 3).split("\n"))
    bodies = [text(rng, 2) for _ in range(5)]
    texts = [f"{bodies[i]}\n\n{posted if i in (1, 3) else text(rng, 1)}\n\n{footer}\n" for i in range(5)]
    texts[4] += "短句。\n"
    texts[3] += "短句。\n"
    path = write_jsonl(cli.folder / "in.jsonl", texts)
    path.write_text(path.read_text(encoding="utf-8").replace('"len": ', '"x": 1.50, "len": '), encoding="utf-8")
    done = cli("corpus", "in.jsonl", "--unit", "paragraph", "-o", "out.jsonl", "--removed", "gone.jsonl")
    assert done.code == 0, done.err
    found = read_jsonl(cli.folder / "gone.jsonl")
    for line in found:
        one, other = texts[int(str(line["id"]))], texts[int(str(line["kept_id"]))]
        span = one[int(str(line["start"])) : int(str(line["end"]))]
        assert span == other[int(str(line["kept_start"])) : int(str(line["kept_end"]))]
        assert (span, line["documents"]) in ((footer, 5), (posted, 2))
    assert [(line["id"], line["kept_id"]) for line in found] == [(1, 0), (2, 0), (3, 1), (3, 0), (4, 0)]
    written = read_jsonl(cli.folder / "out.jsonl")
    assert written[0]["text"] == texts[0]
    assert written[3]["text"] == f"{bodies[3]}\n\n短句。\n"
    assert written[1]["text"] == f"{bodies[1]}\n\n{posted}\n"
    assert '"x": 1.50, "len": ' in (cli.folder / "out.jsonl").read_text(encoding="utf-8")
    assert "5 documents: 5 paragraphs removed, 2 different" in done.err
    three = cli("corpus", "in.jsonl", "--unit", "paragraph", "--min-docs", "3")
    assert three.code == 1
    assert '"本文来源于网络，版权归原…侵权请联系删除。" × 5, also in 0' in three.err
    assert "4 paragraphs would be removed, 1 different" in three.err


def test_paragraphs_of_files_tables_and_rows(cli: Cli) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    footer = "本文来源于网络，版权归原作者所有，如有侵权请联系删除。"
    texts = [f"第{i}篇的正文只有这一段，说的是第{i}天的事情。\n{footer}" for i in range(3)]
    wanted = [texts[0], texts[1].split("\n")[0], texts[2].split("\n")[0]]
    (cli.folder / "in").mkdir()
    for i, one in enumerate(texts):
        (cli.folder / "in" / f"{i}.txt").write_text(one, encoding="utf-8")
    parquet.write_table(pyarrow.table({"text": texts, "n": [1, 2, 3]}), cli.folder / "in.parquet")
    with (cli.folder / "in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "n"), *((one, i) for i, one in enumerate(texts))])
    for name in ("in", "in.parquet", "in.csv"):
        done = cli("corpus", name, "-o", name.replace("in", "out"), "--unit", "paragraph", *ALL)
        assert done.code == 0, done.err
    assert [(cli.folder / "out" / f"{i}.txt").read_text(encoding="utf-8") for i in range(3)] == wanted
    assert parquet.read_table(cli.folder / "out.parquet").to_pydict() == {"text": wanted, "n": [1, 2, 3]}
    with (cli.folder / "out.csv").open(newline="", encoding="utf-8") as file:
        assert [row[0] for row in csv.reader(file)] == ["text", *wanted]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to read: name a folder or files of documents"),
        (("missing.jsonl",), "missing.jsonl: no such file or folder"),
        (("in.doc",), "in.doc: the format is unknown"),
        (("empty",), "empty: no documents in this folder"),
        (("in.jsonl", "--threshold", "0.3"), "threshold is 0.3; use a number from 0.5 to 1"),
        (("in.jsonl", "--keep", "last"), "--keep last cannot be read; use first, longest, priority:FIELD"),
        (("in.jsonl", "--shingle", "lines"), "--shingle lines cannot be read; use auto, chars:5, words:5"),
        (("in.jsonl", "--memory", "1MB"), "--memory 1MB cannot be used; use at least 256MB"),
        (("in.jsonl", "--max-removal", "130%"), "--max-removal 130% cannot be read"),
        (("in.jsonl", "-o", "out.parquet"), "in.jsonl would change its format"),
        (("in.jsonl", "-o", "in.jsonl"), "-o in.jsonl is also an input"),
        (("in.jsonl", "in.csv", "-o", "in.txt"), "must be a folder"),
        (("in.jsonl", "--master", "local"), "--master and --partitions are for the Spark engine"),
        (("in.jsonl", "--min-docs", "3"), "--min-docs is for --unit paragraph"),
        (("in.jsonl", "--unit", "paragraph", "--threshold", "0.9"), "--threshold is for --unit document"),
        (("in.jsonl", "--keep", "priority:score"), "in.jsonl:1: field score is not a number"),
        (("cut.jsonl.gz",), "cut.jsonl.gz: cannot be read"),
        (("cut.parquet",), "cut.parquet: cannot be read"),
        (("cut.jsonl.zst",), "cut.jsonl.zst: cannot be read"),
        (("in.jsonl", "--against", "no.index"), "no.index: no such index"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    write_jsonl(cli.folder / "in.jsonl", TEXTS[:5])
    (cli.folder / "empty").mkdir()
    for name in ("in.csv", "in.txt", "in.doc"):
        (cli.folder / name).write_text("text\n一\n", encoding="utf-8")
    (cli.folder / "cut.jsonl.gz").write_bytes(gzip.compress(os.urandom(3000))[:2000])
    for name in ("cut.parquet", "cut.jsonl.zst"):
        (cli.folder / name).write_bytes(b"PAR1 nothing")
    before = sorted(p.name for p in cli.folder.iterdir())
    done = cli("corpus", *arguments)
    assert done.code == 2
    assert said in done.err
    assert len(done.errors) == 1
    assert sorted(p.name for p in cli.folder.iterdir()) == before


def test_the_messages_in_chinese(cli: Cli) -> None:
    write_jsonl(cli.folder / "in.jsonl", ["好的，明天见。", "好的， 明天见。"])
    done = cli("corpus", "in.jsonl", "-v", env={"DEDUPE_CN_LANG": "zh"})
    assert "1：与 0 相似（100.0%）" in done.errors
    assert done.errors[0].startswith("指纹：21 段，每段 6 个值；各相似度下漏比的概率：0.80: 0.169 %")
    done = cli("corpus", "no", env={"DEDUPE_CN_LANG": "zh"})
    assert done.errors == ["错误：no：没有这个文件或目录；请检查路径"]


def test_a_dry_run_estimates(cli: Cli) -> None:
    write_jsonl(cli.folder / "in.jsonl", TEXTS)
    done = cli("corpus", "in.jsonl", "--dry-run")
    assert done.code == 0
    assert f"from a sample of 120 of about 120 documents: {len(GONE)} to {len(GONE)} would be removed" in done.err
    assert [p.name for p in cli.folder.iterdir()] == ["in.jsonl"]


def test_nothing_to_compare_is_said(cli: Cli) -> None:
    (cli.folder / "one.txt").write_text("只有一行。", encoding="utf-8")
    done = cli("corpus", "one.txt")
    assert done.code == 0
    assert "nothing was compared" in done.err
