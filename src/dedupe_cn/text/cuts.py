"""A stretch that is to go, and what it would tear inside of a line: links, code, marks in pairs, markers of items."""

from __future__ import annotations

from typing import NamedTuple

from dedupe_cn.model import Kind
from dedupe_cn.text.markers import markers_end
from dedupe_cn.text.numbering import number_of
from dedupe_cn.text.tree import Tree
from dedupe_cn.text.tree_parts import WHOLE, visible

_MARKED = frozenset({"item", "quote", "heading"})
#: Code points of the longest marker or number that may be left alone.
_LONGEST_MARKER = 40


class Breach(NamedTuple):
    """What would break: a code, and what it is about."""

    code: str
    values: tuple[str, ...]


class Cut(NamedTuple):
    """A stretch from its first to its last visible character, and the leaves that it touches.

    Leaves from ``whole`` to ``behind`` go as a whole; ``first`` and ``last`` are those that it touches at all.
    """

    start: int
    end: int
    first: int
    last: int
    whole: int
    behind: int

    def takes(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


def read_cut(tree: Tree, start: int, end: int) -> Cut | None:
    leaves = tree.leaves
    first, last = tree.leaf_at(start), tree.leaf_at(end - 1)
    if last < 0:
        return None
    if first < 0 or leaves[first].end <= start:
        first += 1
    if first > last:
        return None
    whole = first if visible(tree.text, leaves[first].start, leaves[first].end)[0] >= start else first + 1
    behind = last + 1 if visible(tree.text, leaves[last].start, leaves[last].end)[1] <= end else last
    return Cut(start, end, first, last, whole, max(whole, behind))


def torn_pair(tree: Tree, cut: Cut) -> Breach | None:
    """Look for a link, a code or a mark that the cut takes in part, in the leaves that it cuts into."""
    for place in {cut.first, cut.last}:
        leaf = tree.leaves[place]
        if leaf.kind in WHOLE or cut.whole <= place < cut.behind:
            continue
        marks = tree.marks_of(place)
        for at in (cut.start, cut.end):
            if leaf.start < at < leaf.end and marks.divides(at):
                return Breach("inline-pair", (_around(tree, at),))
        if marks.empties(cut.start, cut.end):
            return Breach("inline-pair", (_around(tree, cut.start),))
        torn = marks.torn(max(cut.start, leaf.start), min(cut.end, leaf.end))
        if torn >= 0:
            return Breach("inline-pair", (_around(tree, torn),))
    return None


def _around(tree: Tree, at: int) -> str:
    return " ".join(tree.text[max(0, at - 10) : at + 10].split())


def lone_marker(tree: Tree, cut: Cut) -> Breach | None:
    """Look for a marker or a number that is left without a text, or a text without its marker."""
    flat = tree.flat
    above = flat.rfind("\n", 0, cut.start) + 1
    left, rest = flat[above : cut.start].strip(), flat[cut.end : _line_end(flat, cut.end)].strip()
    joined = bool(rest) and cut.first == cut.last
    if left and tree.leaves[cut.first].kind in _MARKED and _marker(tree, cut.first, above, cut.start)[1] > cut.start:
        return Breach("list-marker", (left,))
    if left and not joined and len(left) < _LONGEST_MARKER and _only_marker(tree, above, cut.start, left):
        return Breach("list-marker", (left,))
    if left and rest and not joined and (code := _glued(tree, cut)):
        return Breach(code, (rest[:_LONGEST_MARKER],))
    last = tree.leaves[cut.last]
    if not rest or last.kind not in _MARKED:
        return None
    marker = _marker(tree, cut.last, max(flat.rfind("\n", 0, cut.end) + 1, last.start), cut.end)
    if marker[0] < marker[1] and cut.start < marker[1] and marker[0] < cut.end and not (joined and left):
        return Breach("list-marker", (flat[marker[0] : marker[1]],))
    return None


def _line_end(flat: str, at: int) -> int:
    end = flat.find("\n", at)
    return end if end >= 0 else len(flat)


def _glued(tree: Tree, cut: Cut) -> str:
    """Say what breaks where text behind a cut would go on in the leaf before it; nothing where that is of its kind."""
    kinds = tree.leaves[cut.first].kind, tree.leaves[cut.last].kind
    alike = kinds[0] == kinds[1] and tree.inside[cut.first] == tree.inside[cut.last]
    if tree.kind is not Kind.MARKDOWN or alike:
        return ""
    return "heading-alone" if "heading" in kinds else "list-marker"


def _marker(tree: Tree, place: int, begin: int, at: int) -> tuple[int, int]:
    """Give the range of the markers with which a line of a leaf begins; the line holds or begins at ``at``."""
    flat, leaf = tree.flat, tree.leaves[place]
    end = max(at, min(leaf.end, begin + _LONGEST_MARKER))
    if leaf.kind == "heading":
        return visible(flat, begin, end - len(flat[begin:end].lstrip(" #")))
    return visible(flat, begin, markers_end(flat, begin, end))


def _only_marker(tree: Tree, start: int, end: int, left: str) -> bool:
    """Tell whether what stays of a line before a cut is a marker or a number alone."""
    if markers_end(tree.flat, start, end) >= start + len(tree.flat[start:end].rstrip()):
        return True
    if tree.kind is Kind.MARKDOWN and not left.strip("#>-*+ "):
        return True
    number = number_of(left)
    return number is not None and number.length == len(left)
