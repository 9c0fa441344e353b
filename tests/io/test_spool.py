"""Values that wait on the disk come back as they were, in order."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

import pytest

from dedupe_cn.io.spool import Spool


def test_values_beyond_the_limit_come_back_in_order() -> None:
    spool: Spool[str] = Spool(10)
    values = ["甲" * 8, "", "乙" * 8, "丙", "\ud800\r\n", "丁" * 9]
    for value in values:
        spool.append(value, len(value))
    assert list(spool) == values
    assert len(spool) == len(values)
    assert [spool[i] for i in (5, 0, -2)] == [values[5], values[0], values[-2]]
    assert spool[1:4] == values[1:4]
    outer = iter(spool)
    assert [(next(outer), list(spool)) for _ in values] == [(value, values) for value in values]


def test_it_can_be_added_to_after_it_was_read() -> None:
    spool: Spool[str] = Spool(0)
    for value in ("一", "二", "三"):
        spool.append(value, 1)
        assert spool[0] == "一"
    assert list(spool) == ["一", "二", "三"]


def test_what_is_beyond_the_limit_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    spool: Spool[str] = Spool(3)
    spool.append("一二三", 3)
    spool.append("四五六", 3)
    held = gc.get_referents(spool._entries)
    assert "一二三" in held
    assert "四五六" not in held
    assert spool[1] == "四五六"
    del spool
    assert list(tmp_path.iterdir()) == []
