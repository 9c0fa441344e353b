"""The index of passages: what it gives back, and what becomes of a damaged, foreign or locked one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dedupe_cn.io import passage_index
from dedupe_cn.io.passage_index import NAME, VERSION, BusyError, Grams, PassageIndex


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PassageIndex]:
    made = PassageIndex(tmp_path / "index")
    made.add(lambda held: [Grams("a", [1, 2, -3]), Grams("b", [2, -3, 9])])
    yield made
    made.close()


def test_it_tells_who_holds_a_gram(index: PassageIndex) -> None:
    known = index.known()
    assert set(known) == {"a", "b"}
    found = sorted(index.holders([2, -3, 5]))
    assert found == sorted((gram, known[id]) for gram in (2, -3) for id in "ab")
    assert list(index.holders([])) == []
    assert len(list(index.holders(list(range(-2000, 2000))))) == 6


def test_what_is_there_is_not_put_in_again(index: PassageIndex) -> None:
    index.add(lambda held: [Grams("a", [77]), Grams("c", [])] if "a" in held else [])
    assert set(index.known()) == {"a", "b", "c"}
    assert list(index.holders([77])) == []
    index.add(lambda held: [Grams("d", [1])] if "a" not in held else [], anew=True)
    assert set(index.known()) == {"d"}


def test_all_or_nothing_is_written(index: PassageIndex) -> None:
    def killed(held: object) -> Iterator[Grams]:
        yield Grams("c", [4])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.add(killed)
    assert set(index.known()) == {"a", "b"}
    index.add(lambda held: [Grams("c", [4])])
    assert set(index.known()) == {"a", "b", "c"}


@pytest.mark.parametrize("damage", [b"no index at all", b"", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_one_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / NAME).write_bytes(damage)
    index = PassageIndex(tmp_path)
    assert index.known() == {}
    index.add(lambda held: [Grams("a", [1])])
    assert list(index.holders([1])) == [(1, index.known()["a"])]
    index.close()


def test_one_that_was_cut_off_is_no_error_for_long(tmp_path: Path) -> None:
    index = PassageIndex(tmp_path)
    index.add(lambda held: [Grams(str(number), range(number, number + 300)) for number in range(200)])
    index.close()
    file = tmp_path / NAME
    file.write_bytes(file.read_bytes()[: 5 * 4096])
    (tmp_path / f"{NAME}-wal").unlink(missing_ok=True)
    for _ in range(3):
        try:
            again = PassageIndex(tmp_path)
            again.add(lambda held: [Grams("a", [1])])
            assert 1 in dict(again.holders([1]))
            again.close()
            return
        except OSError:
            continue
    pytest.fail("it stays damaged")


def test_one_of_another_version_is_made_anew(tmp_path: Path) -> None:
    index = PassageIndex(tmp_path)
    index.add(lambda held: [Grams("a", [1])])
    index.close()
    with sqlite3.connect(tmp_path / NAME) as base:
        base.execute(f"PRAGMA user_version = {VERSION + 1}")
    base.close()
    again = PassageIndex(tmp_path)
    assert again.known() == {}
    again.close()


def test_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_index, "_PATIENCE", 0.1)
    index = PassageIndex(tmp_path)
    index.add(lambda held: [Grams("a", [1])])
    other = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError):
        index.add(lambda held: [Grams("b", [2])])
    assert set(index.known()) == {"a"}  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    index.close()


def test_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        PassageIndex(tmp_path / "file" / "index")
