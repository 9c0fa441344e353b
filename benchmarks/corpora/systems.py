"""What is measured: dedupe-cn and the peers, each with its version, its script and its environment."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from copies.systems import Environment, UnavailableError, installed
from large_corpus import Watch
from measure import OURS, SOURCE

#: How a script is started: the folder of the benchmarks comes last on the path, for one of its modules is called like
#: one of Python's.
_START = (
    "import runpy, sys; sys.path.append(sys.argv.pop(1)); name = sys.argv.pop(1); "
    "runpy.run_module('corpora.peers.' + name, run_name='__main__', alter_sys=False)"
)
_RENSA = Environment("corpus-rensa", ("rensa==0.5.0", "numpy==2.4.6"))
FAST = Environment("corpus-fastsketchlsh", ("fastsketchlsh==1.0.1", "numpy==2.4.6", "regex==2026.11.19"))
_DATASKETCH = Environment("corpus-datasketch", ("datasketch==2.0.0",))
_GAOYA = Environment("corpus-gaoya", ("gaoya==0.2.2",))
_TEXT_DEDUP = Environment("corpus-text-dedup", ("text-dedup==0.4.0",))
_DATATROVE = Environment("corpus-datatrove", ("datatrove[processing,multilingual,io]==0.10.1",))
#: Share of a corpus that the slow ones are given: its first documents.
_SLOW = 0.1


@dataclass(frozen=True, slots=True)
class System:
    """A system: its name, its script with arguments (none for dedupe-cn), and what share of a corpus it is given."""

    name: str
    script: str = ""
    arguments: tuple[str, ...] = ()
    environment: Environment | None = None
    share: float = 1.0


SYSTEMS = (
    System("dedupe-cn"),
    System("dedupe-cn, one process", arguments=("--jobs", "1")),
    System("rensa 0.5.0, 16 bands", "rensa_matrix", ("16",), _RENSA),
    System("rensa 0.5.0, 32 bands", "rensa_matrix", ("32",), _RENSA),
    System("fastsketchlsh 1.0.1, what it flags", "fastsketch", ("16", "drop"), FAST),
    System("fastsketchlsh 1.0.1, 16 bands", "fastsketch", ("16", "compare"), FAST),
    System("fastsketchlsh 1.0.1, 32 bands", "fastsketch", ("32", "compare"), FAST),
    System("rensa 0.5.0, strings", "rensa_tokens", (), _RENSA, _SLOW),
    System("gaoya 0.2.2", "gaoya_index", (), _GAOYA, _SLOW),
    System("datasketch 2.0.0", "datasketch_index", ("found",), _DATASKETCH, _SLOW),
    System("datasketch 2.0.0, sketches compared", "datasketch_index", ("compare",), _DATASKETCH, _SLOW),
    System("text-dedup 0.4.0", "text_dedup_minhash", (), _TEXT_DEDUP, _SLOW),
    System("datatrove 0.10.1", "datatrove_minhash", (), _DATATROVE, _SLOW),
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run cost: seconds of the processor, seconds by the clock, and the peak memory of all processes in MB."""

    cpu: float
    wall: float
    memory: float


def run(system: System, corpus: Path, out: Path, cache: Path, limit: float) -> Run:
    """Run a system on a corpus; the list of what it removed is ``removed.jsonl`` in ``out``.

    Raise UnavailableError where it cannot be installed, breaks off, or takes more seconds by the clock than ``limit``.
    """
    if system.environment is None:
        command = [
            *OURS, "corpus", str(corpus), "-o", str(out / "kept.jsonl"), "--removed", str(out / "removed.jsonl"),
            "--shingle", "chars:5", "--max-removal", "1", "--quiet", *system.arguments,
        ]  # fmt: skip
    else:
        python = installed(system.environment, cache)
        command = [*_started(python, system.script), str(corpus), str(out), *system.arguments]
    return _measured(command, out, limit)


def sketches_alone(corpus: Path, cache: Path) -> str:
    """Give the CPU seconds of ours, of fastsketchlsh's with its hashing, and of its sketches from hashes at hand.

    Raise UnavailableError.
    """
    command = [*_started(installed(FAST, cache), "sketches_alone"), str(corpus)]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise UnavailableError((done.stderr.strip().splitlines() or ["?"])[-1])
    return done.stdout.strip()


def _started(python: str, script: str) -> list[str]:
    return [python, "-c", _START, str(Path(__file__).resolve().parents[1]), script]


def _environment() -> dict[str, str]:
    found = {**os.environ, "PYTHONPATH": str(SOURCE)}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def _measured(command: list[str], out: Path, limit: float) -> Run:
    watch, before, begun = Watch(out), os.times(), time.perf_counter()
    with (out / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment(), start_new_session=True
        )
        code = watch.follow(process, limit)
    wall, used = time.perf_counter() - begun, os.times()
    if code is None:
        raise UnavailableError(f"took more than {limit:.0f} s")
    if code:
        lines = (out / "log.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise UnavailableError(f"exit code {code}: {lines[-1][:200] if lines else ''}")
    cpu = used.children_user + used.children_system - before.children_user - before.children_system
    return Run(cpu, wall, watch.memory / 1e6)
