"""The cleaners that are measured, at which versions, and the environments they run in."""

from __future__ import annotations

import glob
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from copies.peers.exchange import Answer, load

#: How a script is started: this folder's parent comes last on the path, for one of its modules is called like
#: one of Python's.
_START = (
    "import runpy, sys; sys.path.append(sys.argv.pop(1)); name = sys.argv.pop(1); "
    "runpy.run_module('copies.peers.' + name, run_name='__main__', alter_sys=False)"
)


class Environment(NamedTuple):
    """What is installed for a cleaner, and the least version of Python it wants."""

    name: str
    packages: tuple[str, ...]
    python: tuple[int, int] = (3, 11)


_SCRIPTS = Environment("scripts", ("datasketch==2.0.0", "rensa==0.5.0"))
_JSCPD = Environment("jscpd", ("jscpd==5.4.2",))
_TEXT_DEDUP = Environment("text-dedup", ("text-dedup==0.4.1",), (3, 12))
#: What its removal of sentences needs of its extras; all of them take ten minutes, and newer xxhash takes no text.
_DATATROVE = Environment(
    "datatrove",
    (
        "datatrove==0.10.1", "spacy==3.8.18", "jieba==0.42.1", "tokenizers==0.23.3", "regex==2026.11.19",
        "xxhash==3.8.2",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class System:
    """A cleaner: its names in both languages, the script that runs it, where."""

    english: str
    chinese: str
    script: str
    arguments: tuple[str, ...] = ()
    environment: Environment | None = None


def _datatrove(english: str, chinese: str, *arguments: str) -> System:
    name = "datatrove 0.10.1"
    return System(f"{name}, {english}", f"{name}，{chinese}", "datatrove_spans", arguments, _DATATROVE)


SYSTEMS = (
    System("doing nothing", "什么都不做", "nothing"),
    System("drop later equal lines", "删除后面相同的行", "equal_lines"),
    System("dedupe-cn `safe`", "dedupe-cn `safe`", "ours", ("safe",)),
    System("dedupe-cn `standard`", "dedupe-cn `standard`", "ours", ("standard",)),
    System("dedupe-cn `aggressive`", "dedupe-cn `aggressive`", "ours", ("aggressive",)),
    System("jscpd 5.4.2", "jscpd 5.4.2", "jscpd_report", (), _JSCPD),
    System(
        "jscpd 5.4.2, from 1 line and 10 tokens", "jscpd 5.4.2，1 行 10 词起", "jscpd_report",
        ("--min-lines", "1", "--min-tokens", "10"), _JSCPD,
    ),
    System("datasketch 2.0.0, a script over lines", "datasketch 2.0.0 脚本，逐行", "datasketch_lines", (), _SCRIPTS),
    System("rensa 0.5.0, a script over lines", "rensa 0.5.0 脚本，逐行", "rensa_lines", (), _SCRIPTS),
    System(
        "text-dedup 0.4.1, MinHash over lines", "text-dedup 0.4.1 MinHash，逐行", "text_dedup_lines",
        (), _TEXT_DEDUP,
    ),
    _datatrove("3 sentences", "每 3 句", "sentences", "3"),
    _datatrove("1 sentence", "每 1 句", "sentences", "1"),
    _datatrove("1 line", "每 1 行", "lines", "1"),
)  # fmt: skip


class UnavailableError(Exception):
    """A cleaner cannot be had here; the text says why, in one line."""


def run(system: System, folder: Path, out: Path, cache: Path) -> dict[str, Answer]:
    """Run a cleaner over a folder and give its answers by the names of the files.

    Raise UnavailableError where it cannot be installed or breaks off.
    """
    python = sys.executable if system.environment is None else installed(system.environment, cache)
    start = [python, "-c", _START, str(Path(__file__).resolve().parents[1]), system.script]
    done = subprocess.run([*start, str(folder), str(out), *system.arguments], capture_output=True, check=False)
    if done.returncode:
        raise UnavailableError(_last_line(done.stderr) or f"exit code {done.returncode}")
    return load(out)


def installed(environment: Environment, cache: Path) -> str:
    """Make the environment unless it is there, and give its Python."""
    place = cache / environment.name
    ready, python = place / "ready.txt", place / "bin" / "python"
    wanted = "\n".join(environment.packages)
    if ready.exists() and ready.read_text(encoding="utf-8") == wanted:
        return str(python)
    shutil.rmtree(place, ignore_errors=True)
    for command in (
        [_interpreter(environment.python), "-m", "venv", str(place)],
        [str(python), "-m", "pip", "install", "--quiet", *environment.packages],
    ):
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            raise UnavailableError(_last_line(done.stderr))
    ready.write_text(wanted, encoding="utf-8")
    return str(python)


def _interpreter(least: tuple[int, int]) -> str:
    """Find a Python of a version or newer."""
    named = (shutil.which(f"python3.{minor}") for minor in range(least[1], 15))
    kept = sorted(glob.glob(str(Path.home() / ".pyenv/versions/*/bin/python")))  # noqa: PTH207
    for python in [sys.executable, *filter(None, named), *kept]:
        done = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False
        )
        if done.returncode == 0 and tuple(map(int, done.stdout.split())) >= least:
            return python
    raise UnavailableError(f"needs Python {least[0]}.{least[1]} or newer")


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""
