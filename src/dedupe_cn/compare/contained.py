"""Words that only one copy has: may the shorter copy go because the fuller one says all of it?"""

from __future__ import annotations

from dedupe_cn.compare.marks import is_mark
from dedupe_cn.compare.word_tables import fillers, guarding_words
from dedupe_cn.text.characters import is_han

_SENTENCE_END = frozenset("。！？!?…”’」』）)")
#: A whole sentence has at least so many letters; shorter ones (以下同。) mostly qualify what stands before.
_SENTENCE = 8


def is_unguarded(exact: str, start: int, end: int) -> bool:
    """Tell whether ``exact[start:end]``, which the other copy lacks, adds without changing the rest.

    The stretch begins and ends with a letter. Two kinds add only: a filler (其实, 当然, 嗯), and a whole sentence
    between sentence ends, when no word in it limits, denies, counts, points back or compares.
    """
    words = exact[start:end]
    if words in fillers():
        return True
    letters = sum(map(is_han, words))
    if letters < _SENTENCE or not all(is_han(c) or is_mark(c) for c in words):
        return False
    opens = start == 0 or exact[start - 1] in _SENTENCE_END
    closes = end == len(exact) or exact[end] in _SENTENCE_END
    return opens and closes and not any(word in words for word in guarding_words())
