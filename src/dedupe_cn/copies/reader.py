"""What finding copies needs of a text: its forms, its lines and its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.copies.bare import Bare, read_bare
from dedupe_cn.copies.found import Range
from dedupe_cn.text.characters import SENTENCE_END, to_codes, to_text
from dedupe_cn.text.exact import line_breaks
from dedupe_cn.text.folding import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.segments import Layout

#: The first code point of Han characters and kana, and the last digit.
_HAN, _DIGIT = 0x2E80, ord("9")
#: Words of a copy further on that any level removes or that is told, and in a text of so few lines (design section 4).
LEAST, LEAST_IN_FEW, FEW_LINES = 15, 8, 20
#: Words of whole sentences inside of longer lines from which on they are told, and in a text of so few lines.
SENTENCES, SENTENCES_IN_FEW = 45, 20


class Reader:
    """One text with what finding copies needs of it; parts are worked out when first asked for."""

    def __init__(self, layout: Layout, bare: Bare | None = None) -> None:
        self.layout = layout
        self.bare = bare or read_bare(layout.codes)
        self.size = int(layout.codes.size)
        #: Where its documents begin (exact offsets, rising): one, unless the text is several joined.
        self.low = np.zeros(1, np.int64) if layout.documents is None else layout.documents

    @cached_property
    def high(self) -> NDArray[np.int64]:
        """Give where its documents end: one character stands between two."""
        return np.append(self.low[1:] - 1, self.size)

    @cached_property
    def letters_before(self) -> NDArray[np.int64]:
        """Count the letters of the bare form before each document."""
        result: NDArray[np.int64] = self.bare.places.searchsorted(self.low)
        return result

    def document_of(self, at: NDArray[np.int64]) -> NDArray[np.intp]:
        """Give the number of the document in which each place lies."""
        return self.low.searchsorted(at, side="right") - 1

    @cached_property
    def hidden(self) -> NDArray[np.int32]:
        """Give at each place the characters of the longest stretch there that the search left out; it fills this in."""
        return np.zeros(self.size, np.int32)

    @cached_property
    def folded_codes(self) -> NDArray[np.uint32]:
        """Give the code points of the folded exact form."""
        return fold(self.layout.codes)

    @cached_property
    def folded(self) -> str:
        """Give the folded exact form."""
        return to_text(self.folded_codes)

    @cached_property
    def backwards(self) -> str:
        """Give it from its end to its beginning."""
        return self.folded[::-1]

    @cached_property
    def edges(self) -> NDArray[np.int64]:
        """Give where the lines that hold anything begin (exact offsets, rising), and the end of the text."""
        breaks = self.layout.form.exact(line_breaks(self.layout.form))
        edges = np.concatenate(([0], breaks, [self.size]))
        result: NDArray[np.int64] = edges[np.append(True, edges[1:] > edges[:-1])]
        return result

    @cached_property
    def starts(self) -> list[int]:
        """Give the same as a list."""
        starts: list[int] = self.edges.tolist()
        return starts

    @cached_property
    def words(self) -> NDArray[np.int64]:
        """Count the words before each letter of the bare form and before its end: Han characters and Latin words."""
        codes, places = self.bare
        wide, letter = codes >= _HAN, codes > _DIGIT
        begins = letter & ~wide
        begins[1:] &= wide[:-1] | ~letter[:-1] | (places[1:] > places[:-1] + 1)
        counts = np.zeros(codes.size + 1, np.int64)
        np.cumsum(begins | wide, out=counts[1:])
        return counts

    @cached_property
    def has_few_lines(self) -> NDArray[np.bool_]:
        """Tell which documents are so short that a person is told of shorter passages."""
        lines = self.edges.searchsorted(self.high) - self.edges.searchsorted(self.low)
        result: NDArray[np.bool_] = lines <= FEW_LINES
        return result

    @cached_property
    def least(self) -> NDArray[np.int64]:
        """Give the words that a copy further on in each document has at least to be looked at."""
        return np.where(self.has_few_lines, LEAST_IN_FEW, LEAST)

    def line(self, at: int) -> Range:
        """Give the line that holds a place."""
        number = min(max(1, bisect_right(self.starts, at)), max(1, len(self.starts) - 1))
        return self.starts[number - 1], self.starts[min(number, len(self.starts) - 1)]

    def lines_in(self, start: int, end: int) -> Iterator[Range]:
        """Give the lines that lie in a range as a whole."""
        low, high = bisect_left(self.starts, start), bisect_right(self.starts, end)
        return pairwise(self.starts[low:high])

    def is_edge(self, at: int) -> bool:
        """Tell whether a line begins or ends at a place."""
        number = bisect_left(self.starts, at)
        return number < len(self.starts) and self.starts[number] == at

    def letters(self, start: int, end: int) -> int:
        """Count the letters and digits of a range."""
        low, high = self.bare.places.searchsorted([start, end]).tolist()
        return int(high - low)

    def count_words(self, start: int, end: int) -> int:
        """Count the words of a range, those of addresses and code too."""
        low, high = self.bare.places.searchsorted([start, end]).tolist()
        return int(self.words[high] - self.words[low])

    @cached_property
    def _sentences(self) -> NDArray[np.int64]:
        """Give where sentences and lines begin and end (exact offsets, rising)."""
        ends = np.isin(self.folded_codes, to_codes(SENTENCE_END + ".!?"))
        return np.union1d(np.flatnonzero(ends) + 1, self.edges)

    def sentences(self, start: int, end: int) -> list[int]:
        """Give where they begin from one place to another one."""
        low, high = self._sentences.searchsorted(start), self._sentences.searchsorted(end, side="right")
        found: list[int] = self._sentences[low:high].tolist()
        return found

    def begins_sentence(self, at: int) -> bool:
        """Tell whether a sentence or line begins at a place."""
        return at == 0 or bool(self.sentences(at, at))

    def holds_sentences(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell in which of some ranges whole sentences stand that are told wherever they stand again."""
        some = self._sentences
        first = some.take(some.searchsorted(starts), mode="clip")
        last = some.take(some.searchsorted(ends, side="right") - 1, mode="clip")
        low, high = (self.words.take(self.bare.places.searchsorted(at)) for at in (first, last))
        least = np.where(self.has_few_lines, SENTENCES_IN_FEW, SENTENCES).take(self.document_of(starts))
        result: NDArray[np.bool_] = high - low >= least
        return result
