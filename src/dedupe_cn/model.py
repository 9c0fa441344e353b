"""The words of the project as frozen values: spans, blocks, edits, repeats, removals and outcomes.

Every offset in this module is a code point of the decoded ORIGINAL text, unless a docstring says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from dedupe_cn.between import Between
from dedupe_cn.reasons import Reason
from dedupe_cn.shape import Shape


def by_constructor(value: Any) -> tuple[type, tuple[Any, ...]]:
    """Pickle a frozen value by its constructor (as ``__reduce__``): dataclasses with slots take three times as long."""
    kind: Any = type(value)
    return kind, _fields_of(kind)(value)


@cache
def _fields_of(kind: Any) -> attrgetter[tuple[Any, ...]]:
    return attrgetter(*kind.__slots__)


class Kind(StrEnum):
    """How a document is read: with Markdown's blocks, or line by line."""

    MARKDOWN = "markdown"
    TEXT = "text"


class Level(StrEnum):
    """How much evidence a deletion needs. Members are ordered: a higher level deletes more."""

    SAFE = "safe"
    STANDARD = "standard"
    AGGRESSIVE = "aggressive"

    @cached_property
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

    __reduce__ = by_constructor


class Block(NamedTuple):
    """One block of a document: whole lines, without the line break of the last one; ``level`` is that of a heading."""

    kind: str
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded text and what is known of where it came from; ``shape`` is there for one from a container."""

    text: str
    kind: Kind = Kind.TEXT
    path: str = "-"
    encoding: str = "utf-8"
    shape: Shape | None = None


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``[start, end)`` by ``replacement``, in the name of ``rule``."""

    start: int
    end: int
    replacement: str = ""
    rule: str = ""

    __reduce__ = by_constructor


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two near-identical passages differ; ``kind`` is its class (``number``, ``look-alike``, …)."""

    removed: str
    kept: str
    kind: str

    __reduce__ = by_constructor


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person has decided on a repeat: whether it stays, and for how many copies that holds.

    ``chars`` are the characters of equal passages (exact form), or those of both, by which they are found in whatever
    company they stand, if known. ``stays`` is ``first`` or ``last``, by place, if it was decided which of them stays.
    """

    keep: bool
    count: int = 1
    chars: tuple[int, ...] = ()
    stays: str = ""


#: How alike two passages are, by the weightiest difference between them: the same; noise only; one lacks whole
#: sentences, an end or some words of the other; they say something else.
LIKENESSES = ("exact", "noise", "contained", "meaning")
#: Findings of a run that stay and are named with their reason in a report that else only counts them.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Removal:
    """A repeat and what became of it.

    ``span`` and ``kept`` begin and end on visible characters; white space that goes with a removed copy is in the
    outcome's edits. ``chars`` counts the exact form (no white space). ``level`` is the lowest level at which the
    repeat is deleted, None when no level does. ``kept_path`` names another file (rule ``duplicate-file`` only).
    ``id`` comes from both passages and is the same in every place, file and level; ``count`` is how many copies beside
    the kept one it stands for; ``lengths`` are the characters (exact form) of equal passages, or those of both.
    ``likeness`` is one of :data:`LIKENESSES`, by the weightiest difference. A class of equal repeats that stay is one
    finding: ``places`` are all further places of it, in order; so many copies of it ``stay`` where the others go.
    ``between`` is there for ``across`` only, where ``kept`` lies in another file."""

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
    id: str = ""
    count: int = 1
    likeness: str = "exact"
    places: tuple[Span, ...] = ()
    lengths: tuple[int, ...] = ()
    stay: int = 0
    between: Between | None = None

    __reduce__ = by_constructor

    @property
    def copies(self) -> int:
        """Count the copies beside the kept one, at all places of the finding, that go at its level."""
        return max(1, 1 + len(self.places) - self.stay)

    @property
    def exact(self) -> bool:
        """Tell whether both passages are the same but for white space."""
        return self.likeness == "exact" and self.score == 1 and not self.differences

    @property
    def reason(self) -> str:
        """Say in English why the passage went or stayed."""
        return self.why.words("en")


@dataclass(frozen=True, slots=True)
class Warning:
    """Something a person should know of a text that is only reported: ``rule``, how often, and the first place.

    ``why`` says more where the name of the rule does not say it all.
    """

    rule: str
    count: int
    start: int
    why: Reason | None = None

    __reduce__ = by_constructor


@dataclass(frozen=True, slots=True)
class Outcome:
    """What cleaning made of one document.

    ``edits`` are in offsets of the original, in order of application; ``removals`` holds applied and reported
    repeats in order of position. ``ignored`` names the rules that a mark in the text switches off for the whole file,
    ``settled`` counts the copies on which verdicts were honoured, by id. Where the reported repeats were only to be
    counted (see :meth:`brief`), ``removals`` lacks them but for the first few: ``left`` counts the copies that would
    go, by the lowest level at which they do (None: at none), and ``whys`` the findings by the code of their reason.
    ``shape`` is that of the original, if that came from a container.
    """

    original: str
    text: str
    edits: tuple[Edit, ...] = ()
    removals: tuple[Removal, ...] = ()
    warnings: tuple[Warning, ...] = ()
    ignored: frozenset[str] = frozenset()
    settled: tuple[tuple[str, int], ...] = ()
    left: tuple[tuple[Level | None, int], ...] = ()
    whys: tuple[tuple[str, int], ...] = ()
    shape: Shape | None = None

    __reduce__ = by_constructor

    def brief(self) -> Outcome:
        """Give an outcome in which the reported repeats are counted, but for the first :data:`NAMED`."""
        left, whys = Counter(dict(self.left)), Counter(dict(self.whys))
        held: list[Removal] = []
        stays = 0
        for removal in self.removals:
            stays += not removal.applied
            if removal.applied or stays <= NAMED:
                held.append(removal)
            else:
                left[removal.level] += removal.copies
                whys[removal.why.code] += 1
        if stays <= NAMED:
            return self
        return replace(self, removals=tuple(held), left=tuple(left.items()), whys=tuple(whys.items()))

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


class Size(NamedTuple):
    """What is known of a text that is no longer there: the ``length`` of the original (code points), that of its exact
    form ``before`` and ``after``, and a ``digest`` of the exact form before, empty when that is.
    """

    length: int
    before: int
    after: int
    digest: bytes


class Glimpse(NamedTuple):
    """What a short report shows of a removal: line and column (from 1), the line of the kept passage, and its ends.

    ``place`` and ``kept_place`` name both in a container.
    """

    line: int
    column: int
    kept_line: int
    passage: str
    place: str = ""
    kept_place: str = ""


class FileResult(NamedTuple):
    """One input of a run: its outcome, or the error that stopped it. What reports are made from.

    The texts of an outcome without edits, removals and warnings may have been let go (both empty), and the text that
    came of a changed one where no diff is shown: a folder is larger than memory. ``size`` says what they were. For a
    short report both have been, and ``glimpses`` say what it shows of the removals that were applied, one of each, and
    then of the first :data:`NAMED` that were not. ``data`` are the bytes before and after, for a diff; ``borderline``
    the pairs nearest to the threshold; ``layout`` its changes by rule; ``errors`` the error in English and Chinese;
    ``kind`` how the text was read, None where nobody asks for its headings.
    """

    path: str
    outcome: Outcome | None = None
    encoding: str = ""
    error: str | None = None
    changed: bool = False
    written: bool = False
    notes: tuple[str, ...] = ()
    size: Size | None = None
    data: tuple[bytes, bytes] | None = None
    borderline: tuple[Removal, ...] = ()
    glimpses: tuple[Glimpse, ...] = ()
    layout: tuple[tuple[str, int], ...] = ()
    errors: tuple[str, str] | None = None
    kind: Kind | None = None
