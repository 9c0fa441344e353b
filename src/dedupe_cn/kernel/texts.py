"""What the finder is given of a text, and what it gives back: the same for both kernels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: Whole numbers in one piece of memory: a memoryview, an array or a NumPy array.
Numbers = Sequence[int]


class Forms(NamedTuple):
    """The forms of a text of n characters (exact form), of which m are letters or digits.

    ``folded`` are its folded code points (uint32, n). The bare form has ``bare`` code points (uint32, m), the exact
    offset of each in ``places`` (int32, m, rising), and in ``words`` the words before each and before the end (int32,
    m + 1).
    """

    folded: memoryview
    bare: memoryview
    places: memoryview
    words: memoryview


class Text(NamedTuple):
    """A text as copies are looked for in it: its forms, and where its lines and sentences begin.

    ``edges`` and ``sentences`` are exact offsets (int64, rising) with the end of the text. A copy further on has
    ``least`` words to be looked at; whole sentences of ``least_sentences`` words are told wherever they stand again.
    """

    forms: Forms
    edges: memoryview
    sentences: memoryview
    least: int
    least_sentences: int


class Chains(NamedTuple):
    """Chains of pieces, the longest first.

    ``pieces`` has three numbers for each piece (int64): where it begins earlier and later, and its size, in letters of
    the bare form. Chain i has the pieces from ``starts[i]`` to ``starts[i + 1]``.
    """

    pieces: memoryview
    starts: memoryview


class Reached(NamedTuple):
    """How far some chains reach.

    ``found`` has six numbers for each (int64): its number, where the earlier stretch begins and ends, the same of the
    later one (exact offsets), and how many runs of equal characters it has. Of these ``runs`` has three numbers each:
    the earlier and the later place, and how many characters; those of the chains stand one behind the other.
    """

    found: memoryview
    runs: memoryview
