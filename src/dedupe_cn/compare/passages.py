"""A passage in the forms in which it is compared, and where its lines and sentences begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dedupe_cn.regex import regex
from dedupe_cn.text.characters import CLOSING_BRACKETS, CLOSING_QUOTES, SENTENCE_END, UNSEEN, squash
from dedupe_cn.text.folding import fold_text

_LATIN = "A-Za-z\u00c0-\u024f"
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
#: White space between two Latin words, or two numbers: `May be` is not `Maybe`, and 1 2 is not 12.
_BORDER = regex(
    f"(?<=[{_LATIN}])[{_UNSEEN}]*+\\s[\\s{_UNSEEN}]*+(?=[{_LATIN}])|(?<=[0-9])[{_UNSEEN}]*+\\s[\\s{_UNSEEN}]*+(?=[0-9])"
)
_LINE_END = regex(r"[\r\n]+")
#: A line with the marks of the quote that it stands in, and what it says.
_QUOTED = regex(r"^[ \t]{0,3}(?P<marks>(?:>[ \t]?)*)(?P<said>[^\r\n]*)", re.MULTILINE)
#: What may stand behind the mark that ends a sentence.
_CLOSERS = frozenset(CLOSING_QUOTES + CLOSING_BRACKETS + "*_")
_ENDS = frozenset(SENTENCE_END)
#: Closing quotes and brackets behind the mark of a sentence, at most.
_MOST_CLOSERS = 6


class Place(NamedTuple):
    """A stretch ``[a, a_end)`` of one exact form that stands against ``[b, b_end)`` of the other."""

    a: int
    a_end: int
    b: int
    b_end: int

    @property
    def swapped(self) -> Place:
        """Give the same place seen from the other copy."""
        return Place(self.b, self.b_end, self.a, self.a_end)


@dataclass(frozen=True)
class Passage:
    """A passage in three forms; ``exact`` and ``folded`` have the same length.

    ``borders`` are the offsets of the white space that counts, which is a blank in ``exact``.
    """

    text: str
    exact: str
    borders: tuple[int, ...] = ()

    @cached_property
    def folded(self) -> str:
        """Give the folded form of ``exact``."""
        return fold_text(self.exact)

    @cached_property
    def letters(self) -> Counter[str]:
        """Count the characters of the folded form."""
        return Counter(self.folded)

    @property
    def dense(self) -> bool:
        """Tell whether the text holds nothing that is not in its exact form."""
        return len(self.text) == len(self.exact)

    @cached_property
    def offsets(self) -> Sequence[int]:
        """Give for each place in ``text``, and its end, how many characters of ``exact`` come from before it."""
        if self.dense:
            return range(len(self.text) + 1)
        offsets: list[int] = []
        at, count, borders = 0, 0, set(self.borders)
        for gap in UNSEEN.finditer(self.text):
            start, end = gap.span()
            offsets += range(count, count + start - at + 1)
            count += start - at + (start in borders)
            offsets += [count] * (end - start - 1)
            at = end
        offsets += range(count, count + len(self.text) - at + 1)
        return offsets

    def origin(self, at: int) -> int:
        """Give the place in ``text`` of a character of ``exact``."""
        return bisect_right(self.offsets, at) - 1

    @cached_property
    def line_starts(self) -> frozenset[int]:
        """Give the offsets in ``exact`` at which lines begin; the end counts as one."""
        inner = (self.offsets[match.end()] for match in _LINE_END.finditer(self.text))
        return frozenset((0, *inner, len(self.exact)))

    @cached_property
    def quote_marks(self) -> frozenset[int]:
        """Give the offsets in ``exact`` of the marks ``>`` with which a quote only goes on.

        They begin a line below another one of the quote, or a line that holds nothing else: how the quote is wrapped
        and set apart, like white space. That there is a quote the mark of its first line says.
        """
        found: list[int] = []
        inside = False
        for line in _QUOTED.finditer(self.text):
            marks = line["marks"]
            if marks and (inside or not line["said"].strip()):
                at = self.offsets[line.start("marks")]
                found += range(at, at + marks.count(">"))
            inside = bool(marks) and (inside or bool(line["said"].strip()))
        return frozenset(found)

    def unquoted(self, start: int, end: int) -> str:
        """Give a stretch of ``exact`` without :attr:`quote_marks`."""
        marks = self.quote_marks
        if not marks:
            return self.exact[start:end]
        return "".join([self.exact[at] for at in range(start, end) if at not in marks])

    def ends_sentence(self, at: int) -> bool:
        """Tell whether a sentence has ended before an offset of ``exact``, closing quotes and brackets behind it."""
        exact = self.exact
        for end in range(at, max(0, at - _MOST_CLOSERS), -1):
            if exact[end - 1] not in _CLOSERS:
                return exact[end - 1] in _ENDS and not (exact[end - 1] == "." and exact[end : end + 1].isalnum())
        return False


def read_passage(text: str) -> Passage:
    """Bring a passage into its three forms.

    >>> [read_passage(text).exact for text in ("他 说", "May\\n be", "第 1 2 号", "用 Go 写")]
    ['他说', 'May be', '第1 2号', '用Go写']
    """
    borders = tuple([match.start() for match in _BORDER.finditer(text)])
    if borders:
        edges = zip((0, *borders), (*borders, len(text)), strict=True)
        exact = " ".join([squash(text[start:end]) for start, end in edges])
    else:
        exact = squash(text)
    return Passage(text, exact, borders)
