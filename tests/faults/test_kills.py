"""A short run of kills.py; the long one is a command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_thirty_kills_lose_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kills.py")), "--count", "30", "--folder", str(tmp_path)],
        capture_output=True,
        timeout=600,
        check=False,
    )
    said = done.stdout.decode()
    assert done.returncode == 0, said + done.stderr.decode()
    assert int(said.split()[0]) >= 30
    assert "every file old or new, all old bytes brought back" in said
