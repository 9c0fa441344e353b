"""Run the real command in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest


@dataclass(frozen=True)
class Done:
    """What a finished command said."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


class Cli(Protocol):
    folder: Path

    def __call__(self, *arguments: str, stdin: bytes | None = None, env: Mapping[str, str] = ...) -> Done: ...


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give an environment without the settings of whoever runs the tests."""
    dropped = {"NO_COLOR", "FORCE_COLOR", "DEDUPE_CN_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG", "PRE_COMMIT"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "DEDUPE_CN_LANG": "en", "PYTHONIOENCODING": "utf-8", **(extra or {})}


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    class Runner:
        folder = tmp_path

        def __call__(self, *arguments: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None) -> Done:
            done = subprocess.run(
                [sys.executable, "-m", "dedupe_cn", *arguments],
                cwd=tmp_path,
                env=environment(env),
                input=b"" if stdin is None else stdin,
                capture_output=True,
                timeout=60,
                check=False,
            )
            return Done(done.returncode, done.stdout, done.stderr.decode())

    return Runner()
