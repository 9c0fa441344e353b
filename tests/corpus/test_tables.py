"""Tables as they come: stray quotes, NULL, other encodings, arrays; and the account of every record."""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="needs pip install 'dedupe-cn[corpus]'")
pa = pytest.importorskip("pyarrow", reason="needs pip install 'dedupe-cn[corpus]'")
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import damaged_tables
import pyarrow.parquet
from corpus_runs import dedupe, mixture, read_jsonl

from dedupe_cn.corpus import arrays, tables
from dedupe_cn.corpus.account import Reading, check_tables
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.records import Fields, Records
from dedupe_cn.corpus.sources import find_sources

ONE, TWO, THREE = "河堤上的老人记下了去年的雨水。", "县里的会计抄写着码头的旧账。", "守林的姑娘想起了信里的地名。"


@pytest.mark.parametrize("seed", range(40))
def test_whole_rows_are_read_as_the_csv_module_reads_them(seed: int) -> None:
    rng = random.Random(seed)
    cells = ("", "a", "一,二", "三\t四", "五\n六", '说"好"', '"', "\r\n", " ")
    rows = [[rng.choice(cells) for _ in range(3)] for _ in range(12)]
    out = io.StringIO(newline="")
    kind = rng.choice(("csv", "tsv"))
    csv.writer(out, delimiter="\t" if kind == "tsv" else ",", lineterminator=rng.choice(("\n", "\r\n"))).writerows(rows)
    data = out.getvalue().encode()
    between = tables.delimiter(kind)
    found = list(tables.rows(data, 0, between, 3))
    assert [[value.decode() for value in row.fields or ()] for row in found] == rows
    assert found[-1].end == len(data)
    # Whatever has arrived of a file, a row that is given is the row that it will be.
    for cut in range(len(data)):
        assert list(tables.rows(data[:cut], 0, between, 3, final=False)) == [row for row in found if row.end <= cut]


@pytest.mark.parametrize(
    ("data", "ends"),
    [
        (b'1\ta"b\n2\tc\n', [6, 10]),
        (b'1\t"ab\n2\tc\n', [6, 10]),
        (b'1\t"a"b\n2\tc\n', [7, 11]),
        (b'1\t"a\n2\tb"\tc\n3\td\n', [5, 12, 16]),
        (b'1\t"a"', [5]),
        (b'1\t"a"\r', [6]),
    ],
)
def test_where_damaged_rows_end(data: bytes, ends: list[int]) -> None:
    assert [row.end for row in tables.rows(data, 0, b"\t", 2)] == ends


class Counted(bytes):
    """Bytes that count how many of them are copied by slices."""

    copied = 0

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        Counted.copied += len(found) if isinstance(key, slice) else 0
        return found


def test_quoted_rows_copy_little_more_than_themselves() -> None:
    data = Counted('7,"一句话，""引"",\n两行",甲\n'.encode() * 2000)
    found = list(tables.rows(data, 0, b",", 3))
    assert [row.fields is not None for row in found] == [True] * 2000
    assert Counted.copied < 3 * len(data)


def test_a_stray_quote_takes_no_row_along(tmp_path: Path) -> None:
    path = tmp_path / "in.tsv"
    rows = ["id\ttext", f'1\t他说"{ONE}', f'2\t"{TWO}', f"3\t{THREE}", f"4\t{THREE}", "5"]
    path.write_text("\n".join(rows), encoding="utf-8")
    left = tmp_path / "left"
    found = dedupe(tmp_path, path, output=tmp_path / "out.tsv", on_error="skip", left_out=left, max_removal=1.0)
    assert found.gone == {"4": "3"}
    assert [line["place"] for line in read_jsonl(left)] == [f"{path}:3", f"{path}:6"]
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == "\n".join([*rows[:2], rows[3], ""])


def test_null_is_a_document_without_text(tmp_path: Path) -> None:
    rows = [{"id": number, "text": value} for number, value in enumerate((ONE, None, ONE, None))]
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet")
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for kind in ("parquet", "jsonl"):
        found = dedupe(tmp_path, tmp_path / f"in.{kind}", output=tmp_path / f"out.{kind}", max_removal=1.0)
        assert (found.gone, found.result.empty) == ({2: 0}, 2)
    assert pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist() == [rows[0], rows[1], rows[3]]


@pytest.mark.parametrize("unit", ["document", "paragraph"])
def test_columns_of_other_kinds(tmp_path: Path, unit: str) -> None:
    texts = [*mixture(7, 30), None]
    for kind in (pa.dictionary(pa.int32(), pa.string()), pa.large_string()):
        nested = pa.array([{"a": [{"b": text}], "c": None} for text in texts])
        table = pa.table({"text": pa.array(texts, pa.string()).cast(kind), "nested": nested})
        pyarrow.parquet.write_table(table, tmp_path / "in.parquet", row_group_size=4)
        found = dedupe(
            tmp_path,
            tmp_path / "in.parquet",
            plan=CorpusPlan(unit=unit),
            output=tmp_path / "out.parquet",
            max_removal=1.0,
        )
        out = pyarrow.parquet.read_table(tmp_path / "out.parquet")
        assert out.schema.equals(table.schema)
        if unit == "document":
            gone = {int(str(place).rpartition(":")[2]) - 1 for place in found.gone}
            assert out.to_pylist() == [row for number, row in enumerate(table.to_pylist()) if number not in gone]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("kind", ["csv", "jsonl", "lines"])
def test_tables_in_other_encodings(tmp_path: Path, encoding: str, kind: str) -> None:
    texts = [text.replace("\n", "").replace('"', "") for text in mixture(8, 40)]
    whole = {
        "csv": "id,text\n" + "".join(f'{number},"{text}"\n' for number, text in enumerate(texts)),
        "jsonl": "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts),
        "lines": "".join(f"{text}\n" for text in texts),
    }[kind]
    suffix = "txt" if kind == "lines" else kind
    path, plain, out = tmp_path / f"in.{suffix}", tmp_path / f"plain.{suffix}", tmp_path / f"out.{suffix}"
    path.write_bytes(whole.encode(encoding))
    plain.write_text(whole, encoding="utf-8")
    named = "" if encoding == "utf-8-sig" else encoding
    wanted = dedupe(tmp_path, plain, output=out, max_removal=1.0)
    left = out.read_text(encoding="utf-8")
    for codec in dict.fromkeys(("", named)):
        found = dedupe(tmp_path, path, output=out, max_removal=1.0, encoding=codec)
        assert out.read_bytes() == left.encode(encoding)
        assert len(found.gone) == len(wanted.gone) > 0


@pytest.mark.parametrize(
    ("name", "how"),
    [("in.parquet", "FORMAT parquet"), ("in.csv", "HEADER"), ("in.json", "FORMAT json, ARRAY true")],
)
def test_files_that_duckdb_writes(tmp_path: Path, name: str, how: str) -> None:
    import duckdb

    texts = (ONE, TWO, None, f"{ONE}，\n“引”\"号\"")
    db = duckdb.connect()
    db.execute("CREATE TABLE made(id BIGINT, text VARCHAR)")
    db.executemany("INSERT INTO made VALUES (?, ?)", [*enumerate(texts), (4, ONE)])
    path = tmp_path / name
    db.execute(f"COPY made TO '{path}' ({how})")
    found = dedupe(tmp_path, path, output=tmp_path / f"out-{name}", max_removal=1.0)
    assert {str(gone): str(kept) for gone, kept in found.gone.items()} == {"4": "0"}
    assert found.result.empty == 1


def test_an_array_of_records(tmp_path: Path) -> None:
    rows = [{"id": number, "text": text} for number, text in enumerate([ONE, ONE, TWO, THREE, TWO, ONE])]
    for number, written in enumerate((json.dumps(rows, indent=2), json.dumps(rows, ensure_ascii=False) + "\n")):
        (tmp_path / "in.json").write_text(written, encoding="utf-8")
        dedupe(tmp_path, tmp_path / "in.json", output=tmp_path / f"{number}.json", max_removal=1.0)
        assert json.loads((tmp_path / f"{number}.json").read_bytes()) == [rows[0], rows[2], rows[3]]
    (tmp_path / "in.json").write_text("[]")
    dedupe(tmp_path, tmp_path / "in.json", output=tmp_path / "none.json")
    assert (tmp_path / "none.json").read_text() == "[]"
    for damaged in ('[{"text": "一"}, {"text" "二"}]', '[{"text": "一"}', '[{"text": "一"}] x', '[{"text": "一"},]'):
        (tmp_path / "in.json").write_text(damaged, encoding="utf-8")
        with pytest.raises(CorpusError, match=r"element [12] of the array"):
            dedupe(tmp_path, tmp_path / "in.json", on_error="skip")


def test_an_array_is_cut_between_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "_PIECE", 7)
    values = [{"text": ONE}, 1, [2, "]"], {"a": {"b": [3]}}]
    data = json.dumps(values, indent=1, ensure_ascii=False).encode()
    found = list(arrays.cut(io.BytesIO(data), "in"))
    assert b"".join(piece for _, piece in found) == data
    assert [start for start, _ in found] == [data.find(piece) for _, piece in found]
    assert [v for number, (_, piece) in enumerate(found) for *_, v in arrays.elements(piece, not number)] == values


def test_a_failed_run_leaves_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dedupe_cn.corpus import finish

    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": ONE}) + "\n" for _ in range(3)))

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(finish, "copy_changed", broken)
    with pytest.raises(CorpusError, match="no space is left on the disk") as caught:
        dedupe(tmp_path, tmp_path / "in.jsonl", output=tmp_path / "out.jsonl", max_removal=1.0)
    assert "磁盘空间已满" in caught.value.words("zh")[0]
    assert not [path.name for path in tmp_path.iterdir() if path.name in ("removed.jsonl", "out.jsonl")]


def test_an_index_keeps_to_its_text_field(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": ONE, "body": TWO}) + "\n")
    dedupe(tmp_path, tmp_path / "in.jsonl", index=tmp_path / "index")
    with pytest.raises(CorpusError, match="made with --text-field text, this run has body"):
        dedupe(tmp_path, tmp_path / "in.jsonl", index=tmp_path / "index", fields=Fields("body"))


def test_a_breach_of_the_account_ends_the_run(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "in.jsonl"
    path.write_text("{}\n")
    sources = find_sources((path,))
    with pytest.raises(CorpusError, match="the account does not come out"):
        Reading(sources).add(0, Records(size=3))
    short = Reading(sources)
    with pytest.raises(CorpusError, match="not all of the file was read"):
        short.close(duckdb.connect())
    db = duckdb.connect()
    db.execute("CREATE TABLE docs AS SELECT 0 AS seq, 0 AS source")
    db.execute("CREATE TABLE removals AS SELECT 0 AS seq, 0 AS kept")
    db.execute("CREATE TABLE problems(source INTEGER)")
    whole = Reading(sources)
    whole.add(0, Records(size=3, rest=3))
    whole.close(db)
    with pytest.raises(CorpusError, match="other records than were read"):
        check_tables(db, sources, documents=True)
    db.execute("UPDATE account SET documents = 1")
    with pytest.raises(CorpusError, match="goes itself"):
        check_tables(db, sources, documents=True)


def test_some_damaged_tables() -> None:
    assert damaged_tables.main(12, 0) == 0
