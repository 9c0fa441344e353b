"""Short runs of the long scripts in this folder; each is a command with --count."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def said_by(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name(script)), *arguments],
        capture_output=True,
        timeout=600,
        check=False,
    )
    said = done.stdout.decode()
    assert done.returncode == 0, said + done.stderr.decode()
    return said


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    said = said_by("kills.py", "--count", "20", "--files", "40", "--folder", str(tmp_path))
    assert int(said.split()[0]) >= 20
    assert "every file old or new, all old bytes brought back" in said
    assert list(tmp_path.iterdir()) == []


def test_undo_is_exact_in_every_encoding_and_way() -> None:
    said = said_by("undo_exact.py", "--count", "400")
    found = re.fullmatch(r"400 documents, (\d+) changed and put back, 0 differ\n", said)
    assert found, said
    assert int(found[1]) > 160


def test_undo_is_exact_on_a_folder() -> None:
    said = said_by("undo_exact.py", "--copy", str(Path(__file__).parents[2] / "samples"))
    assert re.fullmatch(r"\d+ documents, [1-9]\d* changed and put back, 0 differ\n", said), said
