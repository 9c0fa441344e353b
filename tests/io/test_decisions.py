"""The decisions file: read, written, found, wrong in every way, and written by several at once."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from dedupe_cn.cli.messages import Say
from dedupe_cn.io.decisions import (
    KEEP,
    NAME,
    REMOVE,
    BadDecisionsError,
    Decisions,
    Entry,
    dump,
    find_root,
    load,
    parse,
    update,
)

ONE = Entry("docs/a.md", "0123456789abcdef", KEEP, 2, "tandem", "一段…文字")
TWO = Entry("docs/b.md", "fedcba9876543210", REMOVE, note="合并时留下的")


def file_of(*entries: Entry) -> bytes:
    return dump(entries)


def test_what_is_written_is_read_again_and_can_be_compared_line_by_line() -> None:
    data = file_of(ONE, TWO)
    assert parse(data) == (ONE, TWO)
    assert len(data.splitlines()) == 4 + 2 + 2
    value = json.loads(data)
    assert value["version"] == 1
    assert value["verdicts"][1] == {
        "path": "docs/b.md", "id": "fedcba9876543210", "verdict": "remove", "count": 1, "note": "合并时留下的"
    }  # fmt: skip
    assert json.loads(file_of()) == {"version": 1, "tool": "dedupe-cn", "verdicts": []}


def test_a_mark_of_order_and_both_sides_of_a_merge_are_taken() -> None:
    assert parse(b"\xef\xbb\xbf" + file_of(ONE)) == (ONE,)
    assert parse(file_of(ONE, replace(ONE, count=5), TWO)) == (replace(ONE, count=5), TWO)


def changed(**values: object) -> bytes:
    value = json.loads(file_of(ONE))
    value["verdicts"][0] |= values
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("data", "key", "said"),
    [
        (b"", "decisions-not-json", "line 1"),
        (file_of(ONE)[:-9], "decisions-not-json", "line 5"),
        (file_of(ONE).replace("一段".encode(), b"\xce\xc4"), "decisions-not-utf-8", "byte"),
        (b"<<<<<<< HEAD\n" + file_of(ONE), "decisions-conflict", "line 1"),
        (b"[" * 100_000, "decisions-not-json", "JSON"),
        (b"[]", "decisions-shape", "not a decisions file"),
        (b'{"verdicts": 3}', "decisions-shape", "not a decisions file"),
        (file_of(ONE).replace(b'"version": 1', b'"version": 2'), "decisions-version", "update"),
        (file_of(ONE).replace(b'"keep"', b'"Keep"'), "decisions-value", "verdict 1"),
        (changed(count=0), "decisions-value", "count cannot be 0"),
        (changed(count=True), "decisions-value", "count"),
        (changed(blocks="a"), "decisions-value", "blocks"),
        (changed(id=""), "decisions-value", "id"),
        (changed(verdit="keep"), "decisions-key-near", "did you mean verdict?"),
        (changed(zzz=1), "decisions-key", "zzz"),
        (b'{"version": 1, "verdicts": [1]}', "decisions-row", "verdict 1"),
        (b'{"version": 1, "verdicts": [{"id": "ab", "path": "a"}]}', "decisions-lacks", "has no verdict"),
        (file_of(ONE, replace(ONE, verdict=REMOVE)), "decisions-both", "verdict 2 contradicts"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_line(data: bytes, key: str, said: str) -> None:
    with pytest.raises(BadDecisionsError) as caught:
        parse(data)
    assert caught.value.key == key
    english, chinese = (Say(language)(key, **caught.value.values) for language in ("en", "zh"))
    assert said in english
    assert "\n" not in english + chinese
    assert english != chinese


def test_a_conflict_as_git_leaves_it_names_its_line() -> None:
    lines = file_of(ONE, TWO).splitlines(keepends=True)
    lines[4:4] = [b"<<<<<<< HEAD\n"]
    with pytest.raises(BadDecisionsError) as caught:
        parse(b"".join(lines))
    assert caught.value.values == {"line": 5}


@pytest.mark.parametrize("mark", [".git", "dedupe-cn.toml", "pyproject.toml"])
def test_the_root_is_the_nearest_folder_a_project_starts_in(tmp_path: Path, mark: str) -> None:
    below = tmp_path / "书" / "第一章"
    below.mkdir(parents=True)
    (below / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    (tmp_path / mark).write_text("[tool.dedupe-cn]\n", encoding="utf-8")
    assert find_root(below) == tmp_path


def test_paths_count_from_the_file_and_renamed_files_keep_their_verdicts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("a.md", "c.md"):
        (tmp_path / "docs" / name).touch()
    decisions = Decisions(tmp_path / NAME, (ONE, TWO))
    monkeypatch.chdir(tmp_path / "docs")
    assert decisions.path_of("a.md") == decisions.path_of("../docs/./a.md") == "docs/a.md"
    assert decisions.path_of(unicodedata.normalize("NFD", "é.md")) == unicodedata.normalize("NFC", "docs/é.md")
    assert decisions.of_file("a.md") == {ONE.id: ONE, TWO.id: TWO}  # b.md is gone
    assert decisions.of_file("c.md") == {TWO.id: TWO}
    assert decisions.of_file(None) == {ONE.id: ONE, TWO.id: TWO}
    (tmp_path / "docs" / "b.md").touch()
    assert Decisions(tmp_path / NAME, (ONE, TWO)).of_file("c.md") == {}


def test_a_bad_file_is_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(b"{")
    with pytest.raises(BadDecisionsError):
        update(file, lambda before: before.entries)
    assert file.read_bytes() == b"{"


def test_nothing_to_write_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / NAME
    update(file, lambda before: before.entries)
    assert not file.exists()
    update(file, lambda before: [TWO, ONE])
    stamp = file.stat().st_mtime_ns
    assert load(file).entries == (ONE, TWO)
    update(file, lambda before: reversed(before.entries))
    assert file.stat().st_mtime_ns == stamp


WRITER = """
import sys
from pathlib import Path
from dedupe_cn.io.decisions import Entry, update
for n in range(8):
    update(Path(sys.argv[1]), lambda before: [*before.entries, Entry(f"{sys.argv[2]}-{n}.md", "00", "keep")])
"""


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / NAME
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in "abcd"]
    assert [process.wait(60) for process in running] == [0] * 4
    assert len(load(file).entries) == 32
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
