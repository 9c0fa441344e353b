"""What a report is made from: the results of a run and their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from dedupe_cn.model import FileResult, Level, Outcome, Removal, Size
from dedupe_cn.settings import TIDY_ON_REQUEST
from dedupe_cn.text.characters import exact_pieces

#: Bytes of the hash that tells equal files: among a billion, two different ones meet once in 10^20 times.
_DIGEST = 16
DUPLICATE_FILE, ACROSS = "duplicate-file", "across"
#: Rules about several files, which only tell.
OF_SEVERAL = frozenset({DUPLICATE_FILE, ACROSS})


class Ledger(Protocol):
    """The decisions file of a run, for a report in which a person decides: its name, its verdicts, and new ones."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> int: ...

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Give the verdicts it holds, as it writes them."""

    def open_of(self, result: FileResult) -> Sequence[Removal]:
        """Give the repeats of a file each by itself: some a run does not come to, for others go before."""

    def rows_of(self, result: FileResult) -> Mapping[str, Mapping[str, Any]]:
        """Give for each repeat of a file, by id, the row that would keep it; nothing for an input without a name."""


class Run(NamedTuple):
    """A finished run: level, one result an input, wall time, and whether the results were only shown.

    ``results`` may read a result anew at each look: go over them once where once is enough. ``ledger`` is where
    verdicts go, None where none can be recorded. ``compared`` says whether there was anything
    to compare or to change; where not, the run says so once, and there is nothing to add up.
    """

    level: Level
    results: Sequence[FileResult]
    elapsed_s: float = 0.0
    preview: bool = False
    ledger: Ledger | None = None
    compared: bool = True


class Summary(NamedTuple):
    """The sums of a run. ``removals`` were applied, ``reported`` were left: findings, whatever their places.

    ``files`` are all inputs, also those that failed, even where these are no files.
    """

    files: int
    changed: int
    removals: int
    reported: int
    chars_removed: int
    errors: int

    @property
    def read(self) -> int:
        """Count the inputs that were read."""
        return self.files - self.errors


def summarise(run: Run) -> Summary:
    """Add up a run."""
    changed = errors = applied = reported = chars = 0
    for result in run.results:
        changed += result.changed
        errors += result.error is not None
        for removal in result.outcome.removals if result.outcome else ():
            applied += removal.applied
            reported += not removal.applied
            chars += removal.chars if removal.applied else 0
        if result.outcome:
            reported += sum(n for _, n in result.outcome.whys or result.outcome.left)
    return Summary(len(run.results), changed, applied, reported, chars, errors)


def measure(outcome: Outcome) -> Size:
    """Note what reports need of the texts of an outcome besides the passages they show.

    What is hashed is the UTF-16 of the exact form, and what a container holds beside its text.
    """
    from hashlib import sha256  # loads OpenSSL, which one file alone does not need; processors have steps for it

    hashed, before = sha256(), 0
    for piece in exact_pieces(outcome.original):
        hashed.update(_utf_16(piece))
        before += len(piece)
    if outcome.shape is not None:
        for kin in outcome.shape.pieces.kin:
            hashed.update(kin.seal.encode())
    if changes_characters(outcome):
        after = sum(map(len, exact_pieces(outcome.text)))
    else:  # by a law nothing else is missing
        after = before - sum(removal.chars for removal in outcome.removals if removal.applied)
    return Size(len(outcome.original), before, after, hashed.digest()[:_DIGEST] if before else b"")


def _utf_16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def changes_characters(outcome: Outcome) -> bool:
    """Tell whether tidying may have changed the exact form; all but that on request is held to layout by a law."""
    return any(edit.rule in TIDY_ON_REQUEST for edit in outcome.edits)
