"""Words that only one copy has: may the shorter copy go because the fuller one says all of it?"""

from __future__ import annotations

from dedupe_cn.repeats.difference_tables import fillers, guarding_words
from dedupe_cn.repeats.marks import is_mark
from dedupe_cn.repeats.places import is_han

_SENTENCE_END = frozenset("。！？!?…”’」』）)")
#: A whole sentence has at least so many letters; shorter ones (以下同。) mostly qualify what stands before.
_SENTENCE = 8


def is_unguarded(exact: str, start: int, end: int) -> bool:
    """Tell whether ``exact[start:end]``, which the other copy lacks, adds without changing the rest.

    Two kinds do: a filler (其实, 当然, 嗯), and a whole sentence between sentence ends, when no word in it limits,
    denies, counts, points back or compares.
    """
    words = exact[start:end]
    letters = "".join(c for c in words if not is_mark(c))
    if letters in fillers():
        return True
    if len(letters) < _SENTENCE or not all(is_han(c) or is_mark(c) for c in words):
        return False
    if any(word in words for word in guarding_words()):
        return False
    before, after = exact[:start], exact[end:]
    opens = not before or before[-1] in _SENTENCE_END
    closes = words[-1] in _SENTENCE_END or not after
    # The aligner may have taken the mark of the sentence before instead of the one behind: 。甲 against 甲。
    turned = words[0] in _SENTENCE_END and after[:1] in _SENTENCE_END
    ends = not opens and words[0] in _SENTENCE_END and not after
    before_letters = before.rstrip("".join(_SENTENCE_END))
    return (opens and closes) or turned or ends or (bool(before) and before_letters != before and closes)
