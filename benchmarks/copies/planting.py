"""Plant copies: the same seed gives the same cases, on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from copies import blocks, meant, pages, sections, stretches
from copies.layout import Source
from copies.planted import Case, Kind, check

#: So often a kind tries the texts before it gives up: some have few places where it can be planted.
_ROUNDS = 6


def kinds() -> list[Kind]:
    """Give every kind of copy."""
    return [*pages.kinds(), *sections.kinds(), *stretches.kinds(), *blocks.kinds(), *meant.kinds()]


def plant(texts: Sequence[Source], seed: int = 1, each: int = 5) -> list[Case]:
    """Plant ``each`` copies of every kind, in different texts as long as there are enough of them."""
    return [case for kind in kinds() for case in _of(kind, texts, seed, each)]


def _of(kind: Kind, texts: Sequence[Source], seed: int, each: int) -> Iterator[Case]:
    chance = Random(f"{seed}/{kind.name}/{kind.variant}")
    made: set[str] = set()
    for _ in range(_ROUNDS):
        for source in chance.sample(texts, len(texts)):
            if len(made) == each:
                return
            planted = kind.plant(source, chance)
            if planted is None or planted.text in made:
                continue
            check(source, planted)
            suffix = source.name.rpartition(".")[2]
            name = f"{kind.name}.{kind.variant}.{len(made)}.{suffix}"
            made.add(planted.text)
            clean = planted.clean or source.text
            yield Case(name, kind, source.name, planted.text, clean, planted.copies, planted.originals, planted.rest)
