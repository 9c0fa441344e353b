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
        from dedupe_cn.text.frequencies import CHINESE

        return self.language in CHINESE
