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


class Sort:
    """What is told of a line of plain text, as bits.

    VISIBLE: it holds something of the exact form, SHORT: not more than so much. SPECIAL: its first visible character is
    one of some. TABS: two tabs and more. EVEN: its visible length is that of the line before, give or take one.
    """

    VISIBLE, SPECIAL, TABS, SHORT, EVEN = (1 << bit for bit in range(5))


class Signs(NamedTuple):
    """What lines are sorted by: code points (uint32, rising) of white space and of special characters, and the longest
    visible length of a short line.
    """

    blanks: memoryview
    specials: memoryview
    longest: int


class Lines(NamedTuple):
    """The lines of a text: start and stop of each, the same in exact offsets (int32), its sort and its lead.

    The stop is the last character of the line end, or the end of the text. The ``sorts`` are bytes of bits; the
    ``leads`` say what the beginning of a line tells of the block that begins with it in Markdown: B a blank line, P and
    p text (p a short line), 1 to 6 a heading, Q a quote, T a row of a table, L an item of a list, I an indented line
    that may go on with one, X what may be anything.
    """

    starts: memoryview
    stops: memoryview
    low: memoryview
    high: memoryview
    sorts: bytes
    leads: bytes


class Groups(NamedTuple):
    """The lines of Markdown between two blank ones: start of the first and stop of the last (int32), and what they are.

    The ``sorts`` say by a lead what kind of block a group is for sure: P prose, 1 to 6 a heading, Q, T and L as the
    leads; X is what only the reader of Markdown tells.
    """

    starts: memoryview
    stops: memoryview
    sorts: bytes


class Read(NamedTuple):
    """A text that was read: its exact form (uint32), what is no part of it, and its lines.

    ``gaps`` are the offsets of the other characters (int32, rising), ``places`` where they lie in the exact form.
    """

    exact: memoryview
    gaps: memoryview
    places: memoryview
    lines: Lines
