"""Prove cheaply that a small text holds no repeat, so that cleaning it needs neither NumPy nor rapidfuzz.

Loading those takes longer than all other work on a page. Everything here is a bound that holds for every way to cut
the text into blocks (a block is a number of whole lines), so the text need not be read as Markdown for it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import accumulate, pairwise

from dedupe_cn.settings import Settings
from dedupe_cn.text.characters import squash
from dedupe_cn.text.tables import read_table

#: Longest text looked at, in characters of the exact form: in longer ones something nearly always comes again.
LONGEST = 4_000
#: The shortest passage that counts at any distance when it is no block of its own (``seeds.LONG``), and the shortest
#: unit that counts when it follows itself directly, at most so far away (``tandem.SHORTEST`` and ``SEEDED``).
PASSAGE, UNIT, NEAR = 24, 15, 39
#: The shortest block that near-duplicates are looked for among (``near.SHORTEST``).
BLOCK = 15

_LINE_END = re.compile(r"\r\n?|\n")
#: Characters whose folded form is in the table: ASCII, Chinese characters, and the marks that go with them.
_UNKNOWN = re.compile(r"[^ -~·‐-‧‰-\u205e\u3000-\u303f\u4e00-\u9fff\uff00-\uff65]")


def may_repeat(text: str, settings: Settings) -> bool:
    """Tell whether a text may hold a repeat of any rule; when False, there is none to remove or to report."""
    if len(text) > 4 * LONGEST:  # or it is mostly white space, which is not worth a look
        return True
    lines = [line for line in map(squash, _LINE_END.split(text)) if line]
    exact = "".join(lines)
    if len(exact) > LONGEST or _UNKNOWN.search(exact):
        return True
    # Equal blocks begin with lines of which one is the beginning of the other.
    if any(second.startswith(first) for first, second in pairwise(sorted(lines))):
        return True
    if _comes_again(exact):
        return True
    if "near-duplicate" not in settings.rules:
        return False
    folded = exact.translate(folds())
    return all(_may_be_alike(folded, [len(line) for line in lines], settings.threshold, size) for size in (2, 3))


def _comes_again(exact: str) -> bool:
    """Tell whether a passage stands twice, anywhere or, if it is short, nearby."""
    places = max(0, len(exact) - PASSAGE + 1)
    if len({exact[i : i + PASSAGE] for i in range(places)}) < places:
        return True
    last: dict[str, int] = {}
    for i in range(len(exact) - UNIT + 1):
        unit = exact[i : i + UNIT]
        if i - last.get(unit, -NEAR - 1) <= NEAR:
            return True
        last[unit] = i
    return False


def _may_be_alike(text: str, lines: list[int], threshold: float, size: int) -> bool:
    """Tell whether two blocks of the folded text may reach a similarity (0-1), judged by their grams of ``size``.

    Similarity t of blocks of n and m characters means a common subsequence of t (n + m) / 2. Each character of the
    first outside of it spoils ``size`` of the grams of the first, each of the second one less; the others stand in
    both. So a certain share of the grams of a block, those over its line ends included, must come again in the text.
    """
    spoilt = _most_spoilt(threshold, size)
    counts = Counter(text[i : i + size] for i in range(len(text) - size + 1))
    ends = list(accumulate(lines))
    weights: list[float] = []
    for start, end in zip([0, *ends], ends, strict=False):
        again = sum(counts[text[i : i + size]] > 1 for i in range(start, end - size + 1))
        weights.append(again + size - 1 - (1 - spoilt) * (end - start) + 1e-9)
    for first in range(len(lines)):
        weight, length = 0.0, 0
        for last in range(first, len(lines)):
            weight += weights[last]
            length += lines[last]
            if weight >= 0 and length >= BLOCK:
                return True
    return False


def _most_spoilt(threshold: float, size: int) -> float:
    """Give the largest share of n that may be spoilt: linear in m, so largest for the shortest or longest other block.

    >>> round(_most_spoilt(0.9, 2), 3)
    0.364
    """
    shortest, longest = threshold / (2 - threshold), (2 - threshold) / threshold
    return max(
        size * (1 - threshold * (1 + other) / 2) + (size - 1) * (other - threshold * (1 + other) / 2)
        for other in (shortest, longest)
    )


@cache
def folds() -> dict[int, str]:
    """Give the folded form of the known characters that have another one (``text.folding.fold_table``, but ready)."""
    sources, targets = read_table("repeats", "folds.txt").decode().splitlines()
    return dict(zip(map(ord, sources), targets, strict=True))
