"""How many processes a run gets."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

#: Bytes of input that pay for one more process: starting it costs as much as cleaning a fraction of that.
_WORTH_FORK, _WORTH_SPAWN = 4_000_000, 16_000_000


def choose_processes(sizes: Sequence[int], jobs: int | None) -> int:
    """Choose for files of these sizes (bytes): what was asked for, or what pays; never more than there are files.

    >>> choose_processes([5_000_000, 5_000_000], 4), choose_processes([300, 500], None)
    (2, 1)
    """
    worth = 1 + sum(sizes) // (_WORTH_FORK if forks() else _WORTH_SPAWN)
    return max(1, min(len(sizes), jobs or min(cores(), worth)))


def cores() -> int:
    """Count the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def forks() -> bool:
    """Tell whether workers are forked: cheap (5 ms), but safe on Linux only."""
    return sys.platform == "linux"
