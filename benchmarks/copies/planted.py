"""What a planter gives, and what each level of dedupe-cn promises for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from copies.layout import Source, Span, visible

#: What happens to a copy: it goes whole, both stay, or nobody can ask for either.
GOES, STAYS, OPEN = "goes", "stays", "open"
LEVELS = ("safe", "standard", "aggressive")


class Promise(NamedTuple):
    """What each level does with copies of a kind. That of ``standard`` is the truth all others are measured by."""

    safe: str
    standard: str
    aggressive: str


EVERYWHERE = Promise(GOES, GOES, GOES)
FROM_STANDARD = Promise(STAYS, GOES, GOES)
CUT_OFF = Promise(OPEN, GOES, GOES)
NEVER = Promise(STAYS, STAYS, STAYS)
REPLACED_WORD = Promise(STAYS, STAYS, GOES)
MEANT = Promise(STAYS, STAYS, OPEN)
FAR_APART = Promise(STAYS, OPEN, GOES)
DOUBTFUL = Promise(STAYS, OPEN, OPEN)


class Planted(NamedTuple):
    """A text with a copy in it. Spans are half-open ranges of code points of ``text``.

    ``clean`` is the text without the copies, where that is not the source; ``rest`` a line between the two that may be
    left over when the copy goes.
    """

    text: str
    copies: tuple[Span, ...]
    originals: tuple[Span, ...]
    clean: str = ""
    rest: str = ""


Planter = Callable[[Source, Random], Planted | None]


class Kind(NamedTuple):
    """A way to make a copy: ``family`` says what the two differ in."""

    name: str
    variant: str
    family: str
    promise: Promise
    plant: Planter


@dataclass(frozen=True)
class Case:
    """One text with one accident, or with one repeat that is meant."""

    name: str
    kind: Kind
    source: str
    text: str
    clean: str
    copies: tuple[Span, ...]
    originals: tuple[Span, ...]
    rest: str = ""

    @property
    def truth(self) -> str:
        """Tell what should happen: the copy goes, stays, or either."""
        return self.kind.promise.standard


def without(text: str, spans: tuple[Span, ...]) -> str:
    """Give the text without some ranges."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def behind(source: Source, at: int, gap: str, copy: str, original: Span) -> Planted:
    """Put a copy into a text at an offset behind its original."""
    text = source.text[:at] + gap + copy + source.text[at:]
    start = at + len(gap)
    return Planted(text, ((start, start + len(copy)),), (original,))


def with_more(got: str, base: str, more: str) -> bool:
    """Tell whether a text is another one, or that with ``more`` put in somewhere, all without white space."""
    if got == base or not more or len(got) != len(base) + len(more):
        return got == base
    at = got.find(more)
    while at >= 0 and got[:at] + got[at + len(more) :] != base:
        at = got.find(more, at + 1)
    return at >= 0


def check(source: Source, planted: Planted) -> None:
    """Hold that the text without the copies is the clean text; raise AssertionError otherwise."""
    left = visible(without(planted.text, planted.copies))
    right = visible(planted.clean or source.text)
    assert with_more(left, right, visible(planted.rest)), f"planting changed the rest of {source.name}"
