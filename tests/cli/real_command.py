"""Run the real command in an empty folder."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from warm import Done, run_command

__all__ = ["Cli", "Done", "cli", "environment", "runner"]


class Cli(Protocol):
    folder: Path
    state: Path

    def __call__(self, *arguments: str, stdin: bytes | None = None, env: Mapping[str, str] = ...) -> Done: ...


@cache
def _state() -> str:
    """Give one state folder to all commands that were given none, away from that of whoever runs the tests."""
    folder = tempfile.mkdtemp(prefix="dedupe-cn-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give an environment without the settings of whoever runs the tests."""
    dropped = {"NO_COLOR", "FORCE_COLOR", "DEDUPE_CN_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG", "PRE_COMMIT"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    own = {"DEDUPE_CN_LANG": "en", "DEDUPE_CN_STATE_DIR": _state(), "PYTHONIOENCODING": "utf-8"}
    return {**kept, **own, **(extra or {})}


def runner(work: Path, own: Path) -> Cli:
    """Give what runs the command in the folder ``work``, with its state in ``own``."""

    class Runner:
        folder = work
        state = own

        def __call__(self, *arguments: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None) -> Done:
            variables = environment({"DEDUPE_CN_STATE_DIR": str(own), **(env or {})})
            return run_command(arguments, work, variables, stdin or b"")

    return Runner()


@pytest.fixture
def cli(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    return runner(tmp_path, tmp_path_factory.mktemp("state"))
