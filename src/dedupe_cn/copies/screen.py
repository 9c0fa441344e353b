"""Tell cheaply that a text holds no copy, so that cleaning it needs neither NumPy nor rapidfuzz.

Loading those takes longer than all other work on a page.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from dedupe_cn.text.characters import squash

#: Longest text whose grams are looked at, in characters: in longer ones something nearly always comes again.
LONGEST = 6_000
#: Letters of grams that come again in every copy: of the eight of a seed, one may be a look-alike (``bare.py``).
GRAM = 5
#: Characters of a line that is told when it directly repeats, and of a running line (``running.LONGEST``).
LINE, RUNNING, TIMES = 4, 40, 3
_MARKS = re.compile(r"[\W_]+")
_LINE_END = re.compile(r"\r\n?|\n")


def lines_repeat(text: str) -> bool:
    """Tell whether a line directly repeats, or a short one stands three times."""
    lines = [line for line in map(squash, _LINE_END.split(text)) if line]
    if any(one == other and len(one) >= LINE for one, other in pairwise(lines)):
        return True
    counts = Counter(line for line in lines if LINE <= len(line) <= RUNNING)
    return bool(counts) and max(counts.values()) >= TIMES


def may_repeat(text: str) -> bool:
    """Tell whether a text may hold a copy; when False, there is none to remove or to report."""
    if len(text) > LONGEST or lines_repeat(text):
        return True
    from dedupe_cn.text.folding import fold_text

    bare = _MARKS.sub("", fold_text(text))
    grams = max(0, len(bare) - GRAM + 1)
    return len({bare[at : at + GRAM] for at in range(grams)}) < grams
