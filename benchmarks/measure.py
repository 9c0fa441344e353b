"""Run a command and say what it cost: wall time, CPU seconds of the whole process tree, peak memory."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SOURCE = Path(__file__).parents[1] / "src"
OURS = (sys.executable, "-m", "dedupe_cn")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: seconds by the clock, CPU seconds of it and all it waited for, peak memory of the largest
    process in MB, and its exit code."""

    wall: float
    cpu: float
    memory: float
    code: int


def measure(command: Sequence[str], source: Path = SOURCE, folder: Path | None = None) -> Cost:
    """Run a command to its end, its output to nowhere, so that the speed of a terminal plays no part.

    ``source`` is where Python finds the program, ``folder`` the working folder if not this one. A small process starts
    it: on Linux the peak memory of a command begins with that of who started it.
    """
    environment = {**os.environ, "PYTHONPATH": str(source), "LC_ALL": "C.UTF-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has been compiled
    done = subprocess.run(
        [sys.executable, "-IS", __file__, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    wall, cpu, memory, code = json.loads(done.stdout)
    return Cost(wall, cpu, memory, code)


def _run(command: Sequence[str]) -> tuple[float, float, float, int]:
    """Run a command in this process's stead; give the fields of its cost."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    # ru_maxrss is in KB on Linux, in bytes on macOS.
    memory = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return wall, used.ru_utime + used.ru_stime, memory, process.returncode


def middle(costs: Sequence[Cost]) -> Cost:
    """Give the median of each figure, and the highest memory."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        max(cost.memory for cost in costs),
        costs[-1].code,
    )


def machine() -> str:
    """Describe the machine in one line: processor, cores this process may use, memory, Python."""
    model = platform.processor() or platform.machine()
    memory = 0.0
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores, {memory:.0f} GB, Python {platform.python_version()} on {platform.system()}"


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1:])))
