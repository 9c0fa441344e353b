"""Words that are looked for around a place of a text."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator


class Lexicon:
    """Words by their first character: few stand behind each, so that most places need one look a character."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: defaultdict[str, list[str]] = defaultdict(list)
        self._longest = 0
        for word in words:
            self._words[word[0]].append(word)
            self._longest = max(self._longest, len(word))

    def around(
        self, text: str, start: int, end: int, low: int = 0, high: int = sys.maxsize
    ) -> Iterator[tuple[int, int]]:
        """Give where words stand that hold ``[start, end)``, which is not empty, and lie in ``[low, high)``."""
        for left in range(max(low, end - self._longest), start + 1):
            for word in self._words.get(text[left], ()):
                right = left + len(word)
                if end <= right <= high and text.startswith(word, left):
                    yield left, right

    def holds(self, text: str, start: int, end: int, low: int = 0, high: int = sys.maxsize) -> bool:
        """Tell whether there is such a word."""
        return next(self.around(text, start, end, low, high), None) is not None
