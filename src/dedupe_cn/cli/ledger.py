"""The decisions file as a report needs it in which a person decides."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dedupe_cn.cli.inputs import STDIN
from dedupe_cn.cli.record import entry_of
from dedupe_cn.io.decisions import KEEP, VERSION, Decisions, row_of
from dedupe_cn.model import FileResult


@dataclass(frozen=True, slots=True)
class Ledger:
    """The verdicts there are, and the rows that ``decide`` would write for the repeats of a run."""

    decisions: Decisions

    @property
    def name(self) -> str:
        """Write where the file is from the working folder: a report may leave the machine."""
        try:
            return Path(os.path.relpath(self.decisions.file)).as_posix()
        except ValueError:  # another drive
            return self.decisions.file.as_posix()

    @property
    def version(self) -> int:
        """Give the version of the format."""
        return VERSION

    def rows(self) -> list[dict[str, Any]]:
        """Give the rows the file holds, in its order."""
        return [row_of(entry) for entry in sorted(self.decisions.entries, key=lambda e: (e.path, e.id))]

    def rows_of(self, result: FileResult) -> dict[str, dict[str, Any]]:
        """Give for each repeat of a file, by id, the row that keeps all copies there are now.

        A copy that a run removes and one it leaves have removals of their own; a verdict holds for all of them.
        """
        outcome = result.outcome
        if outcome is None or result.path == STDIN:
            return {}
        path = self.decisions.path_of(result.path)
        known = self.decisions.of_file(result.path)
        settled = dict(outcome.settled)
        copies: Counter[str] = Counter()
        for removal in outcome.removals:
            copies[removal.id] += removal.count
        rows: dict[str, dict[str, Any]] = {}
        for removal in outcome.removals:
            if not removal.id or removal.id in rows:
                continue
            old = known.get(removal.id)
            kept = settled.get(removal.id, 0) if old is not None and old.verdict == KEEP else 0
            entry = entry_of(path, removal, outcome, KEEP, kept + copies[removal.id])
            rows[removal.id] = row_of(replace(entry, note=old.note if old else ""))
        return rows
