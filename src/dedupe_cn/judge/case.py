"""A copy before the judge, with what more than one question asks of it worked out once."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from dedupe_cn.compare.comparison import EXACT, Comparison
from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.copies.reader import Reader
from dedupe_cn.model import Level
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.settings import Settings
from dedupe_cn.text.characters import ends_sentence, squash
from dedupe_cn.text.inline import WORD
from dedupe_cn.text.markers import markers_end
from dedupe_cn.text.verse import EVEN_ANYWAY, LATIN_LINE, MAX_LINE, MIN_LINES, is_latin_verse, verse_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe_cn.model import Span
    from dedupe_cn.text.segments import Layout
    from dedupe_cn.text.tree import Leaf, Tree

#: Blocks of a short document, at most.
FEW_BLOCKS = 20
_LATIN_BLANK = regex(r"(?<=[A-Za-z0-9])\s+(?=[A-Za-z0-9])")
#: Characters from which on it does not matter how many of them are markup.
_LONG = 2000
#: Where a link or an image points to, and the mark of an image.
_ADDRESS = regex(r"!\[|(?<=\]\()[^()\n]+")
_CAPTION = regex(r"!\[([^\[\]\n]*)\]")
_HEADING = regex(r"#{1,6}(?=\s)")
#: Kinds of leaves in which lines may be verse that the blocks do not show.
_MAY_BE_VERSE = frozenset({"paragraph", "quote", "verse"})


class Page:
    """One text before the judge; ``unseen`` are the places of the tool's own marks, which are no part of a copy."""

    def __init__(
        self, layout: Layout, settings: Settings, reader: Reader | None = None, unseen: Sequence[Span] = ()
    ) -> None:
        self.layout = layout
        self.settings = settings
        self.unseen = unseen
        self.reader = reader or Reader(layout)

    def forget(self) -> None:
        """Let go of everything: cases know each other, so Python would keep them, and the text, for long."""
        self.__dict__.clear()

    @cached_property
    def tree(self) -> Tree:
        """Give the tree of blocks."""
        from dedupe_cn.text.tree import read_tree

        return read_tree(self.layout)

    @cached_property
    def balance(self) -> Counter[str]:
        """Count what the text opens less what it closes, by name; no name has 0."""
        from dedupe_cn.text.enclosing import balance_of

        return balance_of(self.tree)

    @cached_property
    def has_few_blocks(self) -> bool:
        """Tell whether the document is so short that a person is told of shorter passages."""
        return self.tree.count(FEW_BLOCKS + 1) <= FEW_BLOCKS

    @cached_property
    def lines(self) -> Counter[str]:
        """Count the lines by their exact form."""
        exact = self.layout.exact
        return Counter(exact[start:end] for start, end in pairwise(self.reader.starts))

    @cached_property
    def heads(self) -> frozenset[int]:
        """Give where the headings of sections begin (code points)."""
        return frozenset(section.start for section in self.tree.sections)

    @cached_property
    def titles(self) -> Counter[str]:
        """Count the sections by their titles."""
        return Counter(section.title for section in self.tree.sections)

    def said(self, stretch: Range) -> str:
        """Give the text of an exact range without the marks in it."""
        span, text = self.layout.span(*stretch), self.layout.text
        parts, at = [], span.start
        for mark in self.unseen:
            if at <= mark.start and mark.end <= span.end:
                parts.append(text[at : mark.start])
                at = mark.end
        return "".join([*parts, text[at : span.end]])

    def leaves(self, stretch: Range) -> list[Leaf]:
        """Give the leaves that an exact range touches."""
        span = self.layout.span(*stretch)
        return self.tree.leaves_in(span.start, span.end)

    def words(self, stretch: Range) -> int:
        """Count the words of an exact range."""
        span = self.layout.span(*stretch)
        return self.tree.words(span.start, span.end)

    def prose_words(self, stretch: Range) -> int:
        """Count its words that stand in prose."""
        span = self.layout.span(*stretch)
        return self.tree.prose_words(span.start, span.end)

    def size(self, stretch: Range) -> int:
        """Count the characters of an exact range without the marks its lines begin with, and without addresses."""
        size = stretch[1] - stretch[0]
        if size > _LONG:  # there the marks make no difference
            return size
        text = self.layout.slice(*stretch)
        size -= sum(len(squash(mark)) for mark in _ADDRESS.findall(text))
        return size - sum(len(squash(line[: _marks(line)])) for line in text.splitlines())

    def is_verse(self, stretch: Range) -> bool:
        """Tell whether lines in a quote, or set apart by blank lines, read like verse.

        Four and more of nearly one length, not all the same, a third of them without a mark of a sentence at the end.
        """
        ranges = list(self.reader.lines_in(*stretch))
        sizes = [end - start for start, end in ranges]
        if max(sizes, default=0) <= LATIN_LINE and is_latin_verse([self.layout.slice(*line) for line in ranges]):
            return {leaf.kind for leaf in self.leaves(stretch)} <= _MAY_BE_VERSE
        if len(sizes) < MIN_LINES or max(sizes) > MAX_LINE or max(sizes) - min(sizes) > EVEN_ANYWAY:
            return False
        said = [line[_marks(line) :] for line in (self.layout.slice(*line) for line in ranges)]
        open_ended = sum(not ends_sentence(line) for line in said)
        if len(set(said)) == 1 or 3 * open_ended < len(said) or verse_runs(said) != [(0, len(said))]:
            return False
        return {leaf.kind for leaf in self.leaves(stretch)} <= _MAY_BE_VERSE

    def exact(self, offset: int) -> int:
        """Give the exact offset of a code point."""
        return self.layout.form.exact(offset)


class Case:
    """A copy as one of the shapes that rules are about (``rule``).

    ``shown`` is the part of the removed stretch that is compared with ``shown_kept``, where a title or the number of a
    heading goes with it.
    """

    def __init__(
        self, page: Page, rule: str, copy: Copy, shown: Range | None = None, shown_kept: Range | None = None
    ) -> None:
        self.page = page
        self.rule = rule
        self.copy = copy
        #: Whether a title goes that the kept copy has not: then the two cannot change.
        self.titled = shown is not None and shown_kept is None
        self.shown = shown or copy.removed
        self.shown_kept = shown_kept or copy.kept
        self.verdicts: dict[Level, Reason | None] = {}
        #: The same with the copy that stays as the kept one, when that is known.
        self.settled: Case | None = None
        #: Cases of one accident, in which each line stands twice: they go together or not at all.
        self.row: list[Case] = []
        #: Whether any of them stays at a level, shared by all.
        self.torn: dict[Level, bool] = {}
        #: Whether it is what a verdict leaves open of a longer copy: that the two go on alike is known then.
        self.part = False

    def turned(self) -> Case:
        """Give the same with the other copy as the one that stays."""
        other = Case(self.page, self.rule, self.copy.turned(), self.shown_kept, self.shown)
        other.score, other.likeness, other.part = self.score, self.likeness, self.part
        return other

    @property
    def kept(self) -> Range:
        """Give the exact range of the copy that stays."""
        return self.copy.kept

    @property
    def removed(self) -> Range:
        """Give the exact range of what goes."""
        return self.copy.removed

    @property
    def unit(self) -> int:
        """Count the characters of one copy."""
        return self.copy.unit

    @cached_property
    def comparison(self) -> Comparison:
        """Compare both stretches, the kept one as the second."""
        if self._texts is None:
            return EXACT
        from dedupe_cn.compare.differences import compare

        return compare(*self._texts)

    @cached_property
    def _texts(self) -> tuple[str, str] | None:
        """Give the texts to compare, the kept one as the second; None where they are the same."""
        page = self.page
        ours, theirs = page.said(self.shown), page.said(self.shown_kept)
        if self.copy.exact and self.shown == self.removed:
            if ours == theirs or _borders(ours) == _borders(theirs) * (self.copy.times - 1):
                return None
            ours = page.said((self.removed[0], self.removed[0] + self.unit))
        return ours, theirs

    @property
    def says_the_same(self) -> bool:
        """Tell whether both say the same to the letter, however a quote in them is wrapped and set apart."""
        from dedupe_cn.compare.differences import is_same
        from dedupe_cn.compare.passages import read_passage

        ours, theirs = (read_passage(self.page.said(stretch)) for stretch in (self.shown, self.shown_kept))
        return is_same(ours, theirs)

    @cached_property
    def likeness(self) -> str:
        """Give ``exact``, ``noise``, ``contained`` or ``meaning``."""
        if "comparison" not in self.__dict__ and self._texts is not None:
            from dedupe_cn.compare.differences import say_something_else

            if say_something_else(*self._texts):
                return "meaning"
        return self.comparison.likeness

    @cached_property
    def score(self) -> float:
        """Give the similarity of both (0-1)."""
        if "comparison" not in self.__dict__ and self._texts is not None:
            from dedupe_cn.compare.differences import score_of

            told = score_of(*self._texts)
            if told is not None:
                return told
        return self.comparison.score

    @cached_property
    def similarity(self) -> float:
        """Give how similar both stretches are apart from noise (0-1): by their letters and digits, folded."""
        from rapidfuzz.distance import Indel

        ours, theirs = (self.page.reader.bare(*stretch) for stretch in (self.shown, self.shown_kept))
        return max(self.score, Indel.normalized_similarity(ours, theirs))

    @cached_property
    def leaves(self) -> list[Leaf]:
        """Give the leaves that the removed stretch touches."""
        return self.page.leaves(self.removed)

    @cached_property
    def kept_leaves(self) -> list[Leaf]:
        """Give those that the kept one touches."""
        return self.page.leaves(self.kept)

    @cached_property
    def unit_range(self) -> Range:
        """Give the first of the copies that go."""
        start = self.removed[0]
        return (start, start + self.unit) if self.copy.exact and self.shown == self.removed else self.removed

    @cached_property
    def words(self) -> int:
        """Count the words of one copy that goes; of an image that stands twice those of its caption."""
        words = self.page.words(self.unit_range)
        if words or not self.copy.exact or any(leaf.kind != "image" for leaf in self.leaves):
            return words
        return sum(1 for caption in _CAPTION.findall(self.text) for _ in WORD.finditer(caption))

    @cached_property
    def prose_words(self) -> int:
        """Count those in prose."""
        return self.page.prose_words(self.unit_range)

    @cached_property
    def text(self) -> str:
        """Give the text of one copy that goes."""
        return self.page.layout.slice(*self.unit_range)


def _marks(line: str) -> int:
    """Give where a line begins behind the marks of quotes, items and headings."""
    at = markers_end(line, 0, len(line))
    heading = _HEADING.match(line, at)
    return heading.end() if heading else at


def lines_in_both(page: Page, kept: Range, removed: Range) -> Iterator[tuple[Range, Range]]:
    """Give the lines that stand in two stretches to the letter, the kept one first."""
    exact = page.layout.exact
    ours: dict[str, Range] = {}
    for start, end in page.reader.lines_in(*kept):
        ours.setdefault(exact[start:end], (start, end))
    for start, end in page.reader.lines_in(*removed):
        line = ours.get(exact[start:end])
        if line is not None and line != (start, end):
            yield line, (start, end)


def _borders(text: str) -> str:
    """Give the exact form with a sign between Latin words."""
    return squash(_LATIN_BLANK.sub("\ue000", text))
