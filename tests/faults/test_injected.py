"""A full disk, missing rights and a read-only disk at every call that writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

SCRIPT = Path(__file__).with_name("inject.py")
#: Calls whose failure stops nothing: forcing a folder to the disk, where the file itself was forced before.
HARMLESS = {"fsync", "ftruncate", "unlink", "chown", "rename", "open"}


def outcomes(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), arguments[0], arguments[1], str(folder / "ground"), *arguments[2:]],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("ENOSPC", "once"),
        ("EROFS", "on"),
        *(pytest.param(*ways, marks=pytest.mark.slow) for ways in (("ENOSPC", "on"), ("EROFS", "once"))),
        *(pytest.param("EACCES", how, marks=pytest.mark.slow) for how in ("once", "on")),
    ],
)
def test_every_call_that_writes_may_fail(tmp_path: Path, code: str, how: str) -> None:
    seen = outcomes(tmp_path, code, how)
    assert len(seen) > 20
    assert seen[-1]["call"] == ""
    assert {"open", "write", "fsync", "mkdir", "replace"} <= {one["call"] for one in seen}
    for one in seen:
        assert None not in one["files"], one
        if all(one["files"]):
            assert one["code"] == 0 or one["call"] == "", one
            assert one["call"] in HARMLESS | {""}, one
        else:
            assert one["code"] == 2, one
            assert one["errors"], one
        errors = [line for line in one["errors"] if not line.startswith("no home folder")]
        assert len(errors) == (0 if all(one["files"]) else 1 if how == "once" else len(errors)), one
        for line in errors:
            assert line.startswith("error: "), one
            assert "internal" not in line, one
            assert "cannot be written" in line, one
        assert one["next"] == 0, one
        assert one["clean"] == [True, True], one
        assert one["stray"] == [], one
        assert one["back"] == [True, True], one


def test_the_visible_copy_fails_like_the_rest(tmp_path: Path) -> None:
    for one in outcomes(tmp_path, "ENOSPC", "once", "--backup", ".bak"):
        assert None not in one["files"], one
        assert one["code"] == (0 if all(one["files"]) else 2), one
        assert one["clean"] == one["back"] == [True, True], one
        assert one["stray"] == [], one
