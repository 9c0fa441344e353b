"""The words of the project as frozen values: spans, blocks, edits, repeats, removals and outcomes.

Every offset in this module is a code point of the decoded ORIGINAL text, unless a docstring says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dedupe_cn.reasons import Reason


class Kind(StrEnum):
    """How a document is read: with Markdown's blocks, or line by line."""

    MARKDOWN = "markdown"
    TEXT = "text"


class Level(StrEnum):
    """How much evidence a deletion needs. Members are ordered: a higher level deletes more."""

    SAFE = "safe"
    STANDARD = "standard"
    AGGRESSIVE = "aggressive"

    @property
    def rank(self) -> int:
        """Give the place in the order safe < standard < aggressive, from 0."""
        return tuple(Level).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document: whole lines, without the line break of the last one.

    ``kind`` is one of the names in :mod:`dedupe_cn.text.markup`; ``level`` is the rank of a heading (1-6), else 0.
    """

    kind: str
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded text and what is known of where it came from."""

    text: str
    kind: Kind = Kind.TEXT
    path: str = "-"
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``[start, end)`` by ``replacement``, in the name of ``rule``."""

    start: int
    end: int
    replacement: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two near-identical passages differ; ``kind`` is its class (``number``, ``look-alike``, …)."""

    removed: str
    kept: str
    kind: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A repeat and what became of it.

    ``span`` and ``kept`` begin and end on visible characters; white space that goes with a removed copy is in the
    outcome's edits. ``chars`` counts the exact form (no white space). ``level`` is the lowest level at which the
    repeat is deleted, None when no level does. ``kept_path`` names another file (rule ``duplicate-file`` only).
    """

    rule: str
    span: Span
    kept: Span
    chars: int
    why: Reason
    applied: bool
    level: Level | None = None
    score: float = 1.0
    differences: tuple[Difference, ...] = ()
    kept_path: str | None = None

    @property
    def reason(self) -> str:
        """Say in English why the passage went or stayed."""
        return self.why.words("en")


@dataclass(frozen=True, slots=True)
class Warning:
    """Something a person should know of a text that is only reported: ``rule``, how often, and the first place."""

    rule: str
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What cleaning made of one document.

    ``edits`` are in offsets of the original, in order of application; ``removals`` holds applied and reported
    repeats in order of position.
    """

    original: str
    text: str
    edits: tuple[Edit, ...] = ()
    removals: tuple[Removal, ...] = ()
    warnings: tuple[Warning, ...] = ()

    @property
    def changed(self) -> bool:
        """Tell whether the text differs from the original."""
        return self.text != self.original

    @property
    def applied(self) -> tuple[Removal, ...]:
        """Give the removals that were carried out."""
        return tuple(r for r in self.removals if r.applied)

    @property
    def reported(self) -> tuple[Removal, ...]:
        """Give the repeats that were found and left."""
        return tuple(r for r in self.removals if not r.applied)

    @property
    def edit_counts(self) -> Mapping[str, int]:
        """Count the tidy-ups by rule name (removals are not tidy-ups)."""
        cuts = {r.rule for r in self.removals}
        return dict(sorted(Counter(e.rule for e in self.edits if e.rule not in cuts).items()))


@dataclass(frozen=True, slots=True)
class FileResult:
    """One input of a run: its outcome, or the error that stopped it. What reports are made from.

    ``data`` are the bytes before and after, for a run that shows them as a diff.
    """

    path: str
    outcome: Outcome | None = None
    encoding: str = ""
    error: str | None = None
    changed: bool = False
    written: bool = False
    notes: tuple[str, ...] = field(default=())
    data: tuple[bytes, bytes] | None = None
