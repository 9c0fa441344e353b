"""The tree of blocks: sections and containers, and in them the leaves of a text, with the labels that name them.

It is read only of documents in which copies were found. All offsets are code points of the text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from dedupe_cn.model import Kind
from dedupe_cn.text.anchors import Anchors, read_anchors
from dedupe_cn.text.block_kinds import KINDS
from dedupe_cn.text.containers import Token, containers, net, tokens
from dedupe_cn.text.inline import Marks, read_marks, words_in
from dedupe_cn.text.labels import Label, read_labels
from dedupe_cn.text.leaves import LeafReader
from dedupe_cn.text.markers import markers_end
from dedupe_cn.text.numbering import bare_title
from dedupe_cn.text.records import record_lines
from dedupe_cn.text.segments import Layout
from dedupe_cn.text.tree_parts import PROSE, WORDLESS, Container, Leaf, Section, lines_of, visible
from dedupe_cn.text.verbatim import verbatim_regions

__all__ = ["Container", "Leaf", "Section", "Tree", "read_tree"]

#: Containers that have a word for their own leaves in ``place``, for they have no name of their own.
_NAMELESS = {"item": "item", "quote": "quote"}


@dataclass(frozen=True)
class Tree:
    """The tree of a text; ``flat`` is the text with LF line ends, of the same length.

    ``block_of`` gives for each leaf the number of the block of which it is a part (the rows of a table have one),
    ``inside`` the innermost container, -1 for none; ``labels`` are the labels by their leaves.
    """

    text: str
    kind: Kind
    flat: str
    leaves: list[Leaf]
    sections: list[Section]
    containers: list[Container]
    block_of: list[int]
    inside: list[int]
    labels: dict[int, Label]
    _marks: dict[int, Marks] = field(default_factory=dict)

    @cached_property
    def starts(self) -> list[int]:
        """Give the starts of the leaves."""
        return [leaf.start for leaf in self.leaves]

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

    def place(self, at: int) -> tuple[str, ...]:
        """Give the titles of the sections, containers and labels above an offset, the outermost first.

        The heading of a section, the opener of a container and the own line of a label or list item are not above
        themselves. An item and a quote without a name are told by these words.
        """
        above: list[tuple[int, str]] = []
        number = self.section_of(at)
        while number >= 0:
            section = self.sections[number]
            if at >= section.body:
                above.append((section.start, section.title))
            number = section.parent
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
            if not label.section and (self.leaves[holder].start, "item") not in kinds:
                above.append((self.leaves[holder].start, label.name))
            holder = self.holders[holder]
        return tuple(name for _, name in sorted(above))

    @cached_property
    def holders(self) -> list[int]:
        """Give for each leaf the leaf of the innermost label that holds for it, -1 for none."""
        return _holders(self)[0]

    @cached_property
    def reach(self) -> dict[int, int]:
        """Give for each leaf with a label the last leaf for which it holds."""
        return _holders(self)[1]

    def words(self, start: int, end: int) -> int:
        """Count the words that begin in a range: what a reader reads (design section 2)."""
        return bisect_left(self._words[0], end) - bisect_left(self._words[0], start)

    def prose_words(self, start: int, end: int) -> int:
        """Count the words of prose that begin in a range."""
        return bisect_left(self._words[1], end) - bisect_left(self._words[1], start)

    def marks_of(self, leaf: int) -> Marks:
        """Give the inline parts of a leaf; they are read once."""
        if leaf not in self._marks:
            here = self.leaves[leaf]
            self._marks[leaf] = read_marks(self.flat, here.start, here.end, self.kind is Kind.MARKDOWN)
        return self._marks[leaf]

    @cached_property
    def _words(self) -> tuple[array[int], array[int]]:
        every, prose = array("q"), array("q")
        for leaf in self.leaves:
            note = leaf.kind == "link-definition" and self.flat.startswith(
                "[^", visible(self.flat, leaf.start, leaf.end)[0]
            )
            if leaf.kind in WORDLESS and not note:
                continue
            found = array("q", words_in(self.flat, leaf.start, leaf.end, self.kind is Kind.MARKDOWN))
            every.extend(found)
            if leaf.kind in PROSE:
                prose.extend(found)
        return every, prose

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

    @cached_property
    def tokens(self) -> list[Token]:
        """Give all openers and closers, also those without a partner."""
        return list(tokens(self.flat, self.leaves))

    @cached_property
    def balance(self) -> Counter[str]:
        """Count openers less closers by name; no name has 0."""
        return net(self.tokens)

    @cached_property
    def anchors(self) -> Anchors:
        """Give the headings to which links may point, and the links."""
        return read_anchors(self.flat, self.leaves)


def read_tree(layout: Layout) -> Tree:
    """Read the tree of a text from its layout, whose blocks it refines."""
    text, kind = layout.text, layout.kind
    reader = LeafReader(text, kind)
    table = layout.table
    columns = (column.tolist() for column in (table.kinds, table.starts, table.ends, table.levels))
    rows = [(KINDS[number], start, end, level) for number, start, end, level in zip(*columns, strict=True)]
    for name, start, end, level in verbatim_regions(reader.flat, rows) if kind is Kind.MARKDOWN else rows:
        reader.block(name, start, end, level)
    flat, leaves = reader.flat, reader.leaves
    if kind is Kind.TEXT:
        _mark_records(reader)
    found = containers(flat, leaves, reader.containers)
    _settle_tags(flat, leaves, found)
    inside = _inside(leaves, found)
    labels = read_labels(flat, kind, leaves, found, inside)
    for index, label in labels.items():
        leaves[index] = leaves[index]._replace(label=label.alone)
    sections = _sections(flat, leaves, found, inside, labels)
    return Tree(text, kind, flat, leaves, sections, found, reader.block_of, inside, labels)


def _mark_records(reader: LeafReader) -> None:
    """Tell the lines of data among paragraphs in a row; lines of one width may have been taken for wrapped prose."""
    text, flat, leaves, blocks = reader.text, reader.flat, reader.leaves[:], reader.block_of[:]
    reader.leaves.clear()
    reader.block_of.clear()
    for paragraph, some in groupby(range(len(leaves)), lambda index: leaves[index].kind == "paragraph"):
        run = list(some)
        rows = [lines_of(text, flat, leaves[index].start, leaves[index].end) if paragraph else [] for index in run]
        marked = record_lines([flat[line.start : line.stop] for lines in rows for line in lines])
        at = 0
        for index, lines in zip(run, rows, strict=True):
            here = marked[at : at + len(lines)]
            at += len(here)
            found = [leaves[index]]
            if here and all(here):
                found = [Leaf("record", line.start, line.stop, 0, False) for line in lines]
            reader.leaves.extend(found)
            reader.block_of.extend([blocks[index]] * len(found))


def _settle_tags(flat: str, leaves: list[Leaf], found: Sequence[Container]) -> None:
    """Let only those lines be tags that open or close a container; the others stand for something themselves."""
    edges = sorted({edge for c in found for edge in (c.start, c.inner_end) if c.kind not in ("item",)})
    for index, leaf in enumerate(leaves):
        if leaf.kind == "tag":
            place = bisect_left(edges, leaf.start)
            if place == len(edges) or edges[place] >= leaf.end:
                start, _ = visible(flat, leaf.start, leaf.end)
                leaves[index] = leaf._replace(kind="html" if flat[start : start + 1] == "<" else "directive")


def _inside(leaves: Sequence[Leaf], found: Sequence[Container]) -> list[int]:
    """Give for each leaf the innermost container that holds all of it."""
    inside = []
    place = last = -1
    for leaf in leaves:
        while place + 1 < len(found) and found[place + 1].start <= leaf.start:
            place += 1
            last = place
        while last >= 0 and found[last].end <= leaf.start:
            last = found[last].parent
        here = last
        while here >= 0 and found[here].end < leaf.end:
            here = found[here].parent
        inside.append(here)
    return inside


def _holders(tree: Tree) -> tuple[list[int], dict[int, int]]:
    holders: list[int] = []
    reach: dict[int, int] = {}
    stack: list[int] = []
    for index, leaf in enumerate(tree.leaves):
        label = tree.labels.get(index)
        while stack:
            top = stack[-1]
            around = tree.inside[top]
            left = around >= 0 and tree.containers[around].end <= leaf.start
            if not (left or leaf.kind == "heading" or (label and label.rank <= tree.labels[top].rank)):
                break
            reach[stack.pop()] = index - 1
        holders.append(stack[-1] if stack else -1)
        if label:
            stack.append(index)
    reach.update(dict.fromkeys(stack, len(tree.leaves) - 1))
    return holders, reach


def _sections(
    flat: str, leaves: Sequence[Leaf], found: Sequence[Container], inside: Sequence[int], labels: dict[int, Label]
) -> list[Section]:
    """Give the sections; one that begins inside a container, and holds anything there, ends with it at the latest."""
    sections: list[Section] = []
    stack: list[tuple[int, int]] = []  # section, and where its container ends

    def close(last: int) -> None:
        number, _ = stack.pop()
        sections[number] = sections[number]._replace(end=leaves[last].end)

    for index, leaf in enumerate(leaves):
        label = labels.get(index)
        level = leaf.level if leaf.kind == "heading" else label.rank if label and label.section else 0
        while stack and (stack[-1][1] <= leaf.start or (level and sections[stack[-1][0]].level >= level)):
            close(index - 1)
        if not level:
            continue
        below = index + 1
        while below < len(leaves) and leaves[below].kind == "tag":
            below += 1
        around = inside[index]
        while around >= 0 and (below == len(leaves) or found[around].end <= leaves[below].start):
            around = found[around].parent
        body = leaves[index + 1].start if index + 1 < len(leaves) else leaf.end
        begin = markers_end(flat, leaf.start, leaf.end) if leaf.kind == "heading" else leaf.start
        title = bare_title(flat[begin : leaf.end])
        sections.append(Section(leaf.start, body, leaf.end, level, title, stack[-1][0] if stack else -1))
        stack.append((len(sections) - 1, found[around].end if around >= 0 else len(flat) + 1))
    while stack:
        close(len(leaves) - 1)
    return sections
