"""What an encoding that may be the right one is; apart from the scoring, which only doubtful bytes need."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """An encoding and how well it fits.

    ``score`` is the log-likelihood (nats) of the sample under the best of its languages less the price of broken
    sequences; only differences between candidates of the same bytes mean anything. ``gain`` says by how much (nats)
    the reading is likelier than random bytes. ``mean`` is the average log probability of a non-ASCII character,
    ``foreign`` their number, ``kinds`` how many different ones there are (as far as it matters). ``broken`` and
    ``cut`` count the broken sequences inside and at the ends, ``skip`` the bytes left out in front because the first
    character is cut. ``alike`` counts the characters that its twin reads the same way (see alike.py).
    """

    encoding: str
    score: float
    language: str = ""
    gain: float = 0.0
    mean: float = 0.0
    foreign: int = 0
    kinds: int = 0
    broken: int = 0
    cut: int = 0
    skip: int = 0
    alike: int = 0

    @property
    def chinese(self) -> bool:
        """Tell whether the best reading is Chinese."""
        from dedupe_cn.encoding.frequencies import CHINESE

        return self.language in CHINESE


#: Encodings that a person is offered to choose from.
OFFERED = 4
#: The encoding of Western lists. Frequencies of letters tell it badly from others with one byte a character.
WESTERN = "cp1252"


def offered(candidates: tuple[Candidate, ...]) -> list[str]:
    """Name the candidates that a person may choose from, the best first; the Western one never goes missing.

    >>> offered(tuple(Candidate(name, 0.0, "script") for name in ("cp1253", "cp866", "cp1251", "koi8-r", "cp1252")))
    ['cp1253', 'cp866', 'cp1251', 'cp1252']
    """
    names = list(dict.fromkeys(candidate.encoding for candidate in candidates))
    lettered = bool(candidates) and candidates[0].language in ("latin", "script")
    if lettered and WESTERN in names[OFFERED:]:
        names[OFFERED - 1] = WESTERN
    return names[:OFFERED]
