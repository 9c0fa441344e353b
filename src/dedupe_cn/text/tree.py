"""The tree of blocks: sections and containers, and in them the leaves of a text, with the labels that name them.

Each part is read when it is first asked for, and the leaves of a stretch from its own blocks: of most copies the judge
asks for little more. All offsets are code points of the text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from operator import attrgetter

from dedupe_cn.model import Kind
from dedupe_cn.text.anchors import Anchors
from dedupe_cn.text.block_kinds import KINDS, NUMBERS
from dedupe_cn.text.characters import with_line_feeds
from dedupe_cn.text.containers import net
from dedupe_cn.text.inline import Marks, count_words, inline_spans, read_inline, words_in
from dedupe_cn.text.labels import Label, read_labels
from dedupe_cn.text.leaves import LeafReader
from dedupe_cn.text.sections import BlockHeadings, Section, read_sections
from dedupe_cn.text.segments import Layout
from dedupe_cn.text.tree_parts import PROSE, WORDLESS, Container, Leaf, Token, visible
from dedupe_cn.text.tree_reading import Parts, read_holders, read_inside, read_parts, rows_of
from dedupe_cn.text.verbatim import may_open

__all__ = ["Container", "Leaf", "Section", "Tree", "read_tree"]

#: Containers that have a word for their own leaves in ``place``, for they have no name of their own.
_NAMELESS = {"item": "item", "quote": "quote"}
#: Blocks that may hold headings, or no leaf at all.
_NESTING = frozenset(NUMBERS[kind] for kind in ("list", "quote", "html", "directive"))
_MAY_HOLD_HEADINGS = _NESTING | {NUMBERS["heading"]}

#: Code points of a leaf from which on words are counted where they are asked for, if it holds nothing else.
_LONG = 2000


class Tree:
    """The tree of a text from its layout, whose blocks it refines."""

    def __init__(self, layout: Layout) -> None:
        self.text = layout.text
        self.kind = layout.kind
        self.layout = layout
        self._known: dict[int, list[Leaf]] = {}
        self._tagged: set[int] = set()
        self._words: dict[int, array[int]] = {}
        self._plain: dict[int, bool] = {}
        self._marks: dict[int, Marks] = {}

    @cached_property
    def flat(self) -> str:
        """Give the text with LF line ends, of the same length."""
        return with_line_feeds(self.text)

    @cached_property
    def _parts(self) -> Parts:
        return read_parts(self.text, self.flat, self.kind, rows_of(self.layout.table))

    @property
    def containers(self) -> list[Container]:
        """Give the containers in the order of their starts."""
        return self._parts.containers

    @property
    def unmarked(self) -> list[Leaf]:
        """Give all leaves; labels are not marked."""
        return self._parts.leaves

    @property
    def block_of(self) -> list[int]:
        """Give for each leaf the number of the block of which it is a part (the rows of a table have one)."""
        return self._parts.block_of

    @cached_property
    def inside(self) -> list[int]:
        """Give for each leaf the innermost container, -1 for none."""
        return read_inside(self.unmarked, self.containers)

    @cached_property
    def labels(self) -> dict[int, Label]:
        """Give the labels by their leaves."""
        return read_labels(self.flat, self.kind, self.unmarked, self.containers, self.inside)

    @cached_property
    def sections(self) -> list[Section]:
        """Give the sections in the order of their starts."""
        labels = self.labels if self.kind is Kind.TEXT else {}  # in Markdown no label does what a heading does
        return read_sections(self.flat, self.unmarked, self.containers, self.inside, labels)

    @cached_property
    def leaves(self) -> list[Leaf]:
        """Give all leaves, the labels among them marked."""
        leaves = self.unmarked[:]
        for index, label in self.labels.items():
            leaves[index] = leaves[index]._replace(label=label.alone)
        return leaves

    def leaves_in(self, start: int, end: int) -> list[Leaf]:
        """Give the leaves that a range touches, from the last one on that begins before it; labels are not marked."""
        found = self._leaves_near(start, end) if self._is_local else None
        if found is None:
            found = self.unmarked
        first = bisect_right(found, start, key=attrgetter("start")) - 1
        return found[max(0, first) : bisect_right(found, end - 1, key=attrgetter("start"))]

    @cached_property
    def _is_local(self) -> bool:
        """Tell whether what a block holds does not depend on others: no regions over blocks, and no records."""
        return self.kind is Kind.MARKDOWN and not may_open(self.flat)

    def _leaves_near(self, start: int, end: int) -> list[Leaf] | None:
        """Read the leaves of the blocks that a range touches; None where only the whole text tells."""
        starts = self.layout.table.starts
        block, behind = max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)
        parts = [self._leaves_of(number) for number in range(block, behind)]
        found = parts[0] if len(parts) == 1 else [leaf for part in parts for leaf in part]  # a list may be long
        while block > 0 and (not found or found[0].start > start):
            block -= 1
            found = [*self._leaves_of(block), *found]
        return found if self._tagged.isdisjoint(range(block, behind)) else None

    def _leaves_of(self, block: int) -> list[Leaf]:
        if block not in self._known:
            reader = LeafReader(self.text, self.flat, self.kind)
            reader.block(*rows_of(self.layout.table, block, block + 1)[0])
            self._known[block] = reader.leaves
            if any(leaf.kind == "tag" for leaf in reader.leaves):
                self._tagged.add(block)
        return self._known[block]

    def count(self, most: int) -> int:
        """Count the leaves up to a number of them."""
        if self._is_local or self.kind is Kind.TEXT:
            kinds = self.layout.table.kinds
            sure = len(kinds) - sum(map(kinds.count, _NESTING))
            if sure >= most:
                return most
        return min(most, len(self.unmarked))

    def headings_in(self, start: int, end: int) -> set[tuple[int, str]] | None:
        """Give level and compared title of what may begin a section in a range; None where the blocks do not tell."""
        return self._block_headings.within(start, end) if self._is_local else None

    @cached_property
    def _block_headings(self) -> BlockHeadings:
        table = self.layout.table
        rows = zip(*table, strict=True)
        found = [(KINDS[kind], start, end, level) for start, end, kind, level in rows if kind in _MAY_HOLD_HEADINGS]
        return BlockHeadings(self.flat, found)

    @cached_property
    def starts(self) -> list[int]:
        """Give the starts of the leaves."""
        return [leaf.start for leaf in self.unmarked]

    def leaf_at(self, at: int) -> int:
        """Give the index of the leaf that holds an offset, or is the last before it; -1 before the first."""
        return bisect_right(self.starts, at) - 1

    def container_at(self, at: int) -> int:
        """Give the innermost container whose range holds an offset, -1 for none."""
        index = bisect_right(self.container_starts, at) - 1
        while index >= 0 and self.containers[index].end <= at:
            index = self.containers[index].parent
        return index

    def section_of(self, at: int) -> int:
        """Give the innermost section that holds an offset, its heading included; -1 for none."""
        index = bisect_right(self.section_starts, at) - 1
        while index >= 0 and self.sections[index].end <= at:
            index = self.sections[index].parent
        return index

    def sections_above(self, at: int) -> list[Section]:
        """Give the sections in whose bodies an offset stands, the innermost first."""
        above: list[Section] = []
        number = self.section_of(at)
        while number >= 0:
            section = self.sections[number]
            if at >= section.body:
                above.append(section)
            number = section.parent
        return above

    def place(self, at: int) -> tuple[str, ...]:
        """Give the titles of the sections, containers and labels above an offset, the outermost first.

        The heading of a section, the opener of a container and the own line of a label or list item are not above
        themselves. An item and a quote without a name are told by these words.
        """
        above = [(section.start, section.title) for section in self.sections_above(at)]
        leaf = self.leaf_at(at)
        number = self.container_at(at)
        kinds: set[tuple[int, str]] = set()  # an item that is a label is told once
        while number >= 0:
            container = self.containers[number]
            kinds.add((container.start, container.kind))
            own = container.kind == "item" and leaf >= 0 and self.starts[leaf] <= container.start
            if own or not container.name:
                above.append((container.start, _NAMELESS.get(container.kind, container.kind)))
            elif at >= container.inner:
                above.append((container.start, container.name))
            number = container.parent
        holder = self.holders[leaf] if leaf >= 0 else -1
        while holder >= 0:
            label = self.labels[holder]
            if not label.section and (self.starts[holder], "item") not in kinds:
                above.append((self.starts[holder], label.name))
            holder = self.holders[holder]
        return tuple(name for _, name in sorted(above))

    @cached_property
    def holders(self) -> list[int]:
        """Give for each leaf the leaf of the innermost label that holds for it, -1 for none."""
        return self._named[0]

    @cached_property
    def reach(self) -> dict[int, int]:
        """Give for each leaf with a label the last leaf for which it holds."""
        return self._named[1]

    @cached_property
    def _named(self) -> tuple[list[int], dict[int, int]]:
        return read_holders(self.unmarked, self.labels, self.inside, self.containers)

    def words(self, start: int, end: int) -> int:
        """Count the words that begin in a range: what a reader reads."""
        return sum(self._words_of(leaf, start, end) for leaf in self.leaves_in(start, end))

    def prose_words(self, start: int, end: int) -> int:
        """Count the words of prose that begin in a range."""
        return sum(self._words_of(leaf, start, end) for leaf in self.leaves_in(start, end) if leaf.kind in PROSE)

    def _words_of(self, leaf: Leaf, start: int, end: int) -> int:
        """Count the words of a leaf that begin in a range; where they begin is remembered."""
        if leaf.end - leaf.start > _LONG and leaf.kind not in WORDLESS and self._is_plain(leaf):
            return count_words(self.flat, max(start, leaf.start), min(end, leaf.end), leaf.start)
        words = self._words.get(leaf.start)
        if words is None:
            words = self._words[leaf.start] = self._read_words(leaf)
        if start <= leaf.start and leaf.end <= end:
            return len(words)
        return bisect_left(words, end) - bisect_left(words, start)

    def _is_plain(self, leaf: Leaf) -> bool:
        """Tell whether a long leaf holds words alone: no code, links or tags."""
        if leaf.start not in self._plain:
            parts = inline_spans(self.flat, leaf.start, leaf.end, self.kind is Kind.MARKDOWN)
            self._plain[leaf.start] = next(parts, None) is None
        return self._plain[leaf.start]

    def _read_words(self, leaf: Leaf) -> array[int]:
        if leaf.kind in WORDLESS:
            note = leaf.kind == "link-definition" and self.flat.startswith(
                "[^", visible(self.flat, leaf.start, leaf.end)[0]
            )
            if not note:
                return array("q")
        return array("q", words_in(self.flat, leaf.start, leaf.end, self.kind is Kind.MARKDOWN))

    def marks_of(self, leaf: int) -> Marks:
        """Give the inline parts of a leaf; they are read once."""
        if leaf not in self._marks:
            here = self.unmarked[leaf]
            self._marks[leaf] = read_inline(self.flat, here.start, here.end, self.kind is Kind.MARKDOWN)
        return self._marks[leaf]

    @cached_property
    def container_starts(self) -> list[int]:
        """Give the starts of the containers, rising."""
        return [container.start for container in self.containers]

    @cached_property
    def containers_by_end(self) -> tuple[list[int], list[int]]:
        """Give the containers in the order of their ends, and these ends."""
        order = sorted(range(len(self.containers)), key=lambda index: self.containers[index].end)
        return order, [self.containers[index].end for index in order]

    @cached_property
    def section_starts(self) -> list[int]:
        """Give the starts of the sections, rising."""
        return [section.start for section in self.sections]

    @property
    def tokens(self) -> list[Token]:
        """Give all openers and closers, also those without a partner."""
        return self._parts.tokens

    @cached_property
    def balance(self) -> Counter[str]:
        """Count openers less closers by name; no name has 0."""
        return net(self.tokens)

    @cached_property
    def anchors(self) -> Anchors:
        """Give the headings to which links may point, and the links."""
        return Anchors(self.flat, self.unmarked)


def read_tree(layout: Layout) -> Tree:
    """Read the tree of a text from its layout."""
    return Tree(layout)
