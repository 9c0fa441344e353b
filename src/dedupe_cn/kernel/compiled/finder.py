"""Find the copies of a text, by the C files of the finder; see ``reference/finder.py``."""

from __future__ import annotations

from collections.abc import Callable

from dedupe_cn.kernel.compiled.numbers import numbers
from dedupe_cn.kernel.library import call
from dedupe_cn.kernel.texts import Chains, Forms, Reached, Text

#: Numbers that there is room for at first, and one more for so many characters.
_ROOM, _SHARE = 256, 16


def read_forms(codes: memoryview, folds: memoryview, letters: memoryview) -> Forms:
    """Read the forms of a text. Raises ValueError for one of more than 2**31 characters."""
    size = len(codes)
    folded, bare, places, words = numbers("I", size), numbers("I", size), numbers("i", size), numbers("i", size + 1)
    count = call("read_forms", codes, folds, letters, folded, bare, places, words)
    return Forms(folded, bare[:count], places[:count], words[: count + 1])


def find_sentences(codes: memoryview, signs: memoryview, edges: memoryview) -> memoryview:
    """Find where sentences begin and end."""
    return _listed(len(edges) + len(codes) // _SHARE, len(codes) + 1, "find_sentences", codes, signs, edges)


def find_sentence_ends(codes: memoryview, marks: memoryview, closers: memoryview, edges: memoryview) -> memoryview:
    """Find where sentences end that may be doubled."""
    likely = len(edges) + len(codes) // _SHARE
    return _listed(likely, len(codes) + 1, "find_sentence_ends", codes, marks, closers, edges)


def equal_neighbours(codes: memoryview, edges: memoryview) -> memoryview:
    """Find the parts between edges that are equal to the next one."""
    return _listed(_ROOM, len(edges), "equal_neighbours", codes, edges)


def recurring_parts(codes: memoryview, edges: memoryview, shortest: int, longest: int, times: int) -> memoryview:
    """Find the parts between edges that stand often."""
    return _listed(_ROOM, len(edges), "recurring_parts", codes, edges, shortest, longest, times)


def find_chains(text: Text) -> Chains:
    """Find the chains of a text. Raises ValueError for one that is too large."""
    forms = text.forms
    given = forms.bare, forms.words, text.least
    return Chains(*_pair(len(forms.bare), lambda *found: call("find_chains", *given, *found)))


def tell_alone(text: Text, pieces: memoryview) -> memoryview:
    """Mark the chains of one piece of which somebody is told."""
    told = numbers("B", len(pieces) // 3)
    call("tell_alone", *_given(text), pieces, told)
    return told


def align_chains(text: Text, chains: Chains, hidden: memoryview) -> Reached:
    """Align chains, and note what is left out. Raises ValueError for pieces that lie outside of the text."""
    given = *_given(text), chains.pieces, chains.starts, hidden
    return Reached(*_pair(4 * len(chains.pieces), lambda *found: call("align_chains", *given, *found)))


def widen(text: Text, copies: memoryview) -> memoryview:
    """Give the edges of the lines in which copies begin and end."""
    served = numbers("q", 2 * len(copies))
    call("widen", *_given(text), copies, served)
    return served


def _given(text: Text) -> tuple[memoryview, ...]:
    limits = numbers("q", 2)
    limits[0], limits[1] = text.least, text.least_sentences
    forms = text.forms
    return forms.folded, forms.places, forms.words, text.edges, text.sentences, limits


def _listed(likely: int, most: int, name: str, *given: memoryview | int) -> memoryview:
    """Call a function that lists numbers, with more room where that was too little."""
    room = min(likely + _ROOM, most)
    while True:
        found = numbers("q", room)
        try:
            return found[: call(name, *given, found)]
        except BufferError:
            if room == most:
                raise
            room = min(4 * room, most)


def _pair(likely: int, fill: Callable[[memoryview, memoryview, memoryview], int]) -> tuple[memoryview, memoryview]:
    """Have two lists of numbers filled that tell themselves how much room they need."""
    needed = numbers("q", 2)
    room = [_ROOM + likely // _SHARE] * 2
    while True:
        one, other = (numbers("q", size) for size in room)
        try:
            fill(one, other, needed)
        except BufferError:
            room = [max(size, more) for size, more in zip(room, needed, strict=True)]
            continue
        return one[: needed[0]], other[: needed[1]]
