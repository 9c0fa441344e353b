"""What finding copies needs of a text: its forms, its lines and its words."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from dedupe_cn import kernel
from dedupe_cn.copies.bare import letters
from dedupe_cn.kernel.texts import Forms, Text
from dedupe_cn.text.characters import SENTENCE_END
from dedupe_cn.text.folding import folds

if TYPE_CHECKING:
    from dedupe_cn.copies.found import Range
    from dedupe_cn.text.segments import Layout

#: Words of a copy further on that any level removes or that is told, and in a text of so few lines.
LEAST, LEAST_IN_FEW, FEW_LINES = 15, 8, 20
#: Words of whole sentences inside of longer lines from which on they are told, and in a text of so few lines.
SENTENCES, SENTENCES_IN_FEW = 45, 20
#: Signs with which sentences end, folded ones among them.
_ENDS = memoryview(array("I", sorted(map(ord, set(SENTENCE_END + ".!?")))))


#: Is shown what reads a text.
Look = Callable[["Reader"], None]


class Reader:
    """One text with what finding copies needs of it; parts are worked out when first asked for."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.size = len(layout.codes)
        #: At each place the characters of the longest stretch there that the search left out; it fills this in.
        self.hidden = memoryview(bytearray(4 * self.size)).cast("i")

    def forget(self) -> None:
        """Let go of what is worked out again when it is asked for: forms are many times as large as the text."""
        for name in ("forms", "folded", "text"):
            self.__dict__.pop(name, None)

    @property
    def codes(self) -> memoryview:
        """Give the code points of the exact form (uint32)."""
        return self.layout.codes

    @property
    def exact(self) -> str:
        """Give the exact form."""
        return self.layout.exact

    @cached_property
    def forms(self) -> Forms:
        """Give the folded and the bare form, with the words in it."""
        return kernel.read_forms(self.codes, folds(), letters())

    @cached_property
    def folded(self) -> str:
        """Give the folded exact form."""
        return str(self.forms.folded, "utf-32-le", "surrogatepass")

    def bare(self, start: int, end: int) -> str:
        """Give the letters and digits of a range, folded."""
        low, high = (bisect_left(self.forms.places, at) for at in (start, end))
        return bytes(self.forms.bare[low:high]).decode("utf-32-le", "surrogatepass")

    @cached_property
    def starts(self) -> Sequence[int]:
        """Give where the lines that hold anything begin (exact offsets, rising), and the end of the text."""
        return memoryview(array("q", dict.fromkeys([0, *self.layout.form.lines.high])))

    @cached_property
    def text(self) -> Text:
        """Give the text as the kernel looks at it."""
        edges = memoryview(self.starts)  # type: ignore[arg-type]
        sentences = kernel.find_sentences(self.forms.folded, _ENDS, edges)
        few = len(edges) - 1 <= FEW_LINES
        return Text(
            self.forms, edges, sentences, LEAST_IN_FEW if few else LEAST, SENTENCES_IN_FEW if few else SENTENCES
        )

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
        places = self.forms.places
        return bisect_left(places, end) - bisect_left(places, start)

    def count_words(self, start: int, end: int) -> int:
        """Count the words of a range, those of addresses and code too."""
        places, words = self.forms.places, self.forms.words
        return words[bisect_left(places, end)] - words[bisect_left(places, start)]

    def sentences(self, start: int, end: int) -> Sequence[int]:
        """Give where they begin from one place to another one."""
        some = self.text.sentences
        return some[bisect_left(some, start) : bisect_right(some, end)]

    def begins_sentence(self, at: int) -> bool:
        """Tell whether a sentence or line begins at a place."""
        return at == 0 or bool(self.sentences(at, at))

    def holds_sentences(self, start: int, end: int) -> bool:
        """Tell whether whole sentences stand in a range that are told wherever they stand again."""
        some = self.text.sentences
        first = some[min(bisect_left(some, start), len(some) - 1)]
        last = some[max(bisect_right(some, end) - 1, 0)]
        return self.count_words(first, last) >= self.text.least_sentences
