"""What a report is made from: the results of a run and their sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dedupe_cn.model import FileResult, Level, Removal

DUPLICATE_FILE = "duplicate-file"


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: level, one result an input, wall time, and whether the results were only shown."""

    level: Level
    results: tuple[FileResult, ...]
    elapsed_s: float = 0.0
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """The sums of a run. ``removals`` were applied, ``reported`` were left."""

    files: int
    changed: int
    removals: int
    reported: int
    chars_removed: int
    errors: int


def summarise(run: Run) -> Summary:
    """Add up a run."""
    applied = [removal for removal in removals(run) if removal.applied]
    return Summary(
        files=len(run.results),
        changed=sum(result.changed for result in run.results),
        removals=len(applied),
        reported=sum(not removal.applied for removal in removals(run)),
        chars_removed=sum(removal.chars for removal in applied),
        errors=sum(result.error is not None for result in run.results),
    )


def removals(run: Run) -> Iterator[Removal]:
    """Go through the removals of all files, applied and reported."""
    for result in run.results:
        if result.outcome:
            yield from result.outcome.removals
