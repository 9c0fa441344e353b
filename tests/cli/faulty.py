"""What the tests of faults share: a file to clean, and what a failed run looks like."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from real_command import Cli, Done

LINE = "第二天一早，他们沿着河堤走到镇上。"
DIRTY = f"{LINE}\n\n\n\n完。\n".encode()
CLEAN = f"{LINE}\n\n完。\n".encode()

unix = pytest.mark.skipif(os.name == "nt", reason="files of Unix")


def temporary_files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith(".tmp")]


def fails(cli: Cli, done: Done, said: str) -> None:
    """Hold that a run ended with one clear line and left no temporary file."""
    assert done.code == 2, done
    assert len(done.errors) == 1, done.err
    assert done.errors[0].startswith("error: ")
    assert said in done.errors[0]
    assert "internal" not in done.err
    assert temporary_files(cli.folder) == []
