"""How many examples a property is held against: the same ones on every run, or many by chance (tests/fuzz/fuzz.py)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

#: The environment's factor on all numbers of examples; with one they are drawn by chance.
FACTOR = "DEDUPE_CN_EXAMPLES"


def budget(examples: int) -> settings:
    """Give the settings of a property.

    Without a factor the examples are the same on every run, so that a fault that chance finds does not stop another
    change. Time is no measure: machines differ.
    """
    factor = int(os.environ.get(FACTOR, "0"))
    return settings(
        max_examples=examples * max(1, factor),
        derandomize=not factor,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
