"""The index: later runs meet earlier documents; what does not fit or is broken is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from corpus_runs import dedupe, exact, mixture, write_jsonl

from dedupe_cn.corpus.plan import CorpusPlan, Shingle
from dedupe_cn.corpus.problems import CorpusError

TEXTS = mixture(70, 240)


def part(folder: Path, first: int, last: int) -> Path:
    """Write some of the texts with their numbers as ids."""
    lines = write_jsonl(folder / "all.jsonl", TEXTS).read_text(encoding="utf-8").splitlines(keepends=True)
    path = folder / f"{first}-{last}.jsonl"
    path.write_text("".join(lines[first:last]), encoding="utf-8")
    return path


def test_parts_give_what_the_whole_gives(tmp_path: Path) -> None:
    index = tmp_path / "seen.index"
    gone: dict[object, object] = {}
    for first, last in ((0, 100), (100, 180), (180, 240)):
        done = dedupe(tmp_path, part(tmp_path, first, last), index=index)
        gone |= done.gone
        assert done.result.added == last - first - len(done.gone) - done.result.empty
    assert gone == exact(TEXTS)


def test_against_leaves_the_index_alone(tmp_path: Path) -> None:
    index = tmp_path / "seen.index"
    dedupe(tmp_path, part(tmp_path, 0, 120), index=index)
    before = index.read_bytes()
    first = dedupe(tmp_path, part(tmp_path, 120, 240), against=index)
    assert first.gone == {b: a for b, a in exact(TEXTS).items() if b >= 120}
    assert dedupe(tmp_path, part(tmp_path, 120, 240), against=index).lines == first.lines
    assert index.read_bytes() == before


def test_a_grown_file_adds_only_what_is_new(tmp_path: Path) -> None:
    index = tmp_path / "seen.index"
    first = dedupe(tmp_path, part(tmp_path, 0, 100), index=index)
    again = dedupe(tmp_path, part(tmp_path, 0, 240), index=index)
    assert again.gone == exact(TEXTS)
    assert again.result.known == first.result.added
    assert again.result.known + again.result.added == 240 - len(again.gone) - again.result.empty


def test_a_changed_document_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    index = tmp_path / "seen.index"
    dedupe(tmp_path, write_jsonl(tmp_path / "a.jsonl", TEXTS[:3]), index=index)
    changed = [TEXTS[0] + "补记一句。", *TEXTS[1:3]]
    done = dedupe(tmp_path, write_jsonl(tmp_path / "a.jsonl", changed), index=index)
    assert (done.gone, done.result.known, done.result.added) == ({}, 2, 1)


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        (CorpusPlan(0.7), "threshold"),
        (CorpusPlan(shingle=Shingle("chars", 7)), "shingle"),
        (CorpusPlan(fold="full"), "fold"),
    ],
)
def test_another_plan_is_refused(tmp_path: Path, plan: CorpusPlan, name: str) -> None:
    index = tmp_path / "seen.index"
    path = part(tmp_path, 0, 20)
    dedupe(tmp_path, path, index=index)
    before = index.read_bytes()
    with pytest.raises(CorpusError, match=f"the index was made with {name}"):
        dedupe(tmp_path, path, plan=plan, index=index)
    assert index.read_bytes() == before


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "flip", "foreign", "rows"])
def test_a_damaged_index_is_refused(tmp_path: Path, damage: str) -> None:
    import duckdb

    index = tmp_path / "seen.index"
    path = part(tmp_path, 0, 60)
    dedupe(tmp_path, path, index=index)
    data = bytearray(index.read_bytes())
    if damage == "text":
        index.write_text("not a database\n" * 1000)
    elif damage == "empty":
        index.write_bytes(b"")
    elif damage == "cut":
        index.write_bytes(data[: len(data) // 2])
    elif damage == "flip":
        for place in range(len(data) // 2, len(data), 4096):
            data[place] ^= 0xFF
        index.write_bytes(data)
    else:
        with duckdb.connect(str(index)) as db:
            if damage == "rows":
                db.execute("UPDATE texts SET form = form || '。' WHERE n = 3")
            else:
                db.execute("DROP TABLE header")
    with pytest.raises(CorpusError) as caught:
        dedupe(tmp_path, path, against=index)
    assert caught.value.code == "index-damaged"


def test_an_index_in_use_is_locked(tmp_path: Path) -> None:
    index = tmp_path / "seen.index"
    path = part(tmp_path, 0, 20)
    dedupe(tmp_path, path, index=index)
    program = "import duckdb, sys\ndb = duckdb.connect(sys.argv[1])\nprint('open', flush=True)\nsys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(index)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"open\n"
    try:
        with pytest.raises(CorpusError, match="the index is in use by another run"):
            dedupe(tmp_path, path, index=index)
    finally:
        holder.communicate()
    assert dedupe(tmp_path, path, index=index).result.known > 0


def test_an_index_is_made_for_the_oldest_duckdb(tmp_path: Path) -> None:
    index = tmp_path / "seen.index"
    for first, last in ((0, 100), (100, 240)):
        dedupe(tmp_path, part(tmp_path, first, last), index=index)
        # The number of the storage of DuckDB 0.10 to 1.1, behind the word.
        assert (index.read_bytes()[8:12], int.from_bytes(index.read_bytes()[12:20], "little")) == (b"DUCK", 64)


def test_an_index_of_a_newer_duckdb_is_named_so(tmp_path: Path) -> None:
    import duckdb

    index = tmp_path / "seen.index"
    path = part(tmp_path, 0, 60)
    dedupe(tmp_path, path, index=index)
    data = bytearray(index.read_bytes())
    # A version that is yet to come: the number of its storage and its name.
    data[12:20] = (4711).to_bytes(8, "little")
    data[52:84] = b"v99.1.2".ljust(32, b"\0")
    # The header's own checksum over words of eight bytes, as DuckDB computes it.
    checksum = 5381
    for place in range(8, 4096, 8):
        checksum ^= int.from_bytes(data[place : place + 8], "little") * 0xBF58476D1CE4E5B9 & (1 << 64) - 1
    data[:8] = checksum.to_bytes(8, "little")
    index.write_bytes(data)
    command = [sys.executable, "-m", "dedupe_cn", "corpus", path.name, "--index", index.name]
    environment = {**os.environ, "DEDUPE_CN_LANG": "en"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.decode().splitlines()) == (
        2,
        [
            f"error: seen.index: the index was made by DuckDB 99.1.2, this is DuckDB {duckdb.__version__}, "
            "which cannot read it; pip install -U duckdb, or build the index anew with this version"
        ],
    )
    assert index.read_bytes() == data
