"""Run a command and say what it cost: wall time, CPU seconds of the whole process tree, peak memory."""

from __future__ import annotations

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


def measure(command: Sequence[str], output: str = os.devnull) -> Cost:
    """Run a command to its end, its output to a file, so that the speed of a terminal plays no part."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8"}
    with Path(output).open("wb") as sink:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.DEVNULL, env=environment
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    # ru_maxrss is in KB on Linux, in bytes on macOS.
    memory = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Cost(wall, used.ru_utime + used.ru_stime, memory, process.returncode)


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
        names = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                 if line.startswith("model name")]
        model = names[0] if names else model
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores, {memory:.0f} GB, Python {platform.python_version()} on {platform.system()}"
