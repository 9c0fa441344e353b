"""The decisions file as a report needs it in which a person decides."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dedupe_cn.cli.inputs import STDIN
from dedupe_cn.cli.record import entry_of
from dedupe_cn.io.decisions import KEEP, VERSION, Decisions, row_of
from dedupe_cn.model import Document, FileResult, Kind, Removal
from dedupe_cn.settings import Settings


@dataclass(frozen=True, slots=True)
class Ledger:
    """The verdicts there are, and the rows that ``decide`` would write for the repeats of a run.

    ``read_as`` says by which settings every named input was cleaned, and as what kind of text.
    """

    decisions: Decisions
    read_as: Mapping[str, tuple[Settings, Kind]] = field(default_factory=dict)
    _open: dict[str, tuple[Removal, ...]] = field(default_factory=dict)

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

    def open_of(self, result: FileResult) -> tuple[Removal, ...]:
        """Give the repeats of a file as ``decide`` would list them: each by itself, as if nothing else went."""
        outcome = result.outcome
        if outcome is None or not outcome.removals or not outcome.original or result.path not in self.read_as:
            return ()
        if result.path not in self._open:
            from dedupe_cn import pipeline

            settings, kind = self.read_as[result.path]
            document = Document(outcome.original, kind, result.path, shape=outcome.shape)
            found = pipeline.survey(document, settings, self.decisions.verdicts(result.path))
            self._open[result.path] = found.removals
        return self._open[result.path]

    def rows_of(self, result: FileResult) -> dict[str, dict[str, Any]]:
        """Give for each repeat of a file, by id, the row that keeps all copies there are now."""
        outcome = result.outcome
        if outcome is None or result.path == STDIN:
            return {}
        path = self.decisions.path_of(result.path)
        known = self.decisions.of_file(result.path)
        settled = dict(outcome.settled)
        copies = {removal.id: removal.count for removal in self.open_of(result)}
        brought = Counter[str]()
        for removal in outcome.removals:
            brought[removal.id] += removal.count
        rows: dict[str, dict[str, Any]] = {}
        for removal in (*self.open_of(result), *outcome.removals):
            if not removal.id or removal.id in rows:
                continue
            old = known.get(removal.id)
            kept = settled.get(removal.id, 0) if old is not None and old.verdict == KEEP else 0
            count = kept + copies.get(removal.id, brought[removal.id])
            entry = entry_of(path, removal, outcome, KEEP, count)
            rows[removal.id] = row_of(replace(entry, note=old.note if old else ""))
        return rows
