"""Say what would break if a stretch of a text went: structure stays whole, principle 2 of docs/how-it-decides.md.

Every question is asked of the leaves, containers, sections and labels that the stretch touches and of those around it;
the cost is that of the stretch, not of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from dedupe_cn.model import Kind
from dedupe_cn.text.containers import net
from dedupe_cn.text.cuts import Breach, Cut, lone_marker, read_cut, torn_pair
from dedupe_cn.text.markers import markers_end
from dedupe_cn.text.tree import Container, Section, Tree
from dedupe_cn.text.tree_parts import WHOLE, Token, visible

__all__ = ["Breach", "breach", "emptied"]

#: Leaves that are no body of a heading, a label or a container.
_NO_BODY = frozenset({"tag", "rule", "link-definition", "front-matter"})
#: Lines of one thing, which are cut no more than code is.
_LINES = frozenset({"tag", "directive", "rule", "link-definition"})


def breach(tree: Tree, start: int, end: int) -> Breach | None:
    """Say what would break if ``[start, end)`` went, None if nothing does."""
    start, end = visible(tree.text, start, end)
    if start >= end:
        return None
    cut = read_cut(tree, start, end)
    if cut is None:
        return None
    for check in _CHECKS:
        found = check(tree, cut)
        if found is not None:
            return found
    return None


def _halves(tree: Tree, cut: Cut) -> Breach | None:
    """Look for a container whose opener or closer goes without the other."""
    order, ends = tree.containers_by_end
    touched = [*range(bisect_left(tree.container_starts, cut.start), bisect_left(tree.container_starts, cut.end))]
    touched += order[bisect_right(ends, cut.start) : bisect_right(ends, cut.end)]
    here = tree.container_at(cut.start)
    while here >= 0:
        touched.append(here)
        here = tree.containers[here].parent
    for index in touched:
        container = tree.containers[index]
        start, end = visible(tree.text, container.start, container.end)
        if cut.takes(start, end):
            continue
        opener = max(cut.start, start) < min(cut.end, visible(tree.text, container.start, container.inner)[1])
        closer = max(cut.start, container.inner_end) < min(cut.end, container.end)
        if opener or closer:
            return Breach("list-marker" if container.kind == "item" else "container-half", (container.name,))
    inside = tree.tokens[
        bisect_left(tree.tokens, cut.start, key=_start) : bisect_left(tree.tokens, cut.end, key=_start)
    ]
    # Those without a partner may still be what keeps the numbers of both even.
    lost = [name for name in net(inside) if name not in tree.balance]
    return Breach("container-half", (lost[0],)) if lost else None


def _start(token: Token) -> int:
    return token.start


def _body_left(tree: Tree, cut: Cut, first: int, last: int, label: bool = False) -> bool:
    """Tell whether of leaves ``first`` to ``last`` any stays that is a body: looked for from the cut outwards."""
    for places in (range(min(cut.whole, last + 1) - 1, first - 1, -1), range(max(cut.behind, first), last + 1)):
        for index in places:
            if tree.leaves[index].kind not in _NO_BODY and not (label and tree.leaves[index].label):
                return True
    return False


def _empties(tree: Tree, cut: Cut) -> Breach | None:
    """Look for a container that stays and loses all that was in it."""
    here = tree.container_at(cut.start)
    while here >= 0:
        container = tree.containers[here]
        start, end = visible(tree.text, container.start, container.end)
        if end >= cut.end and not cut.takes(start, end):
            if _filled(tree, cut, container):
                return None
            return Breach("list-marker" if container.kind == "item" else "container-empty", (container.name,))
        here = container.parent
    return None


def _filled(tree: Tree, cut: Cut, container: Container) -> bool:
    """Tell whether anything but tags and headings stays in a container around a cut."""
    first, last = tree.leaf_at(container.inner), tree.leaf_at(max(container.inner, container.inner_end - 1))
    for places, low, high in (
        (range(cut.first, first - 1, -1), container.inner, cut.start),
        (range(cut.last, last + 1), cut.end, container.inner_end),
    ):
        for index in places:
            leaf = tree.leaves[max(index, 0)]
            if leaf.kind in _NO_BODY or leaf.kind == "heading" or leaf.label:
                continue
            start, stop = visible(tree.text, max(leaf.start, low), min(leaf.end, high))
            if start < stop and markers_end(tree.flat, start, stop) < stop:
                return True
    return False


def _headings(tree: Tree, cut: Cut) -> Breach | None:
    """Look for a heading that loses its section, or a section that loses its heading."""
    if cut.whole >= cut.behind:
        return None
    low, high = tree.starts[cut.whole], tree.starts[cut.behind - 1] + 1
    for number in range(bisect_left(tree.section_starts, low), bisect_left(tree.section_starts, high)):
        section = tree.sections[number]
        place, last = _leaves_of(tree, section)
        if last >= cut.behind and _body_left(tree, cut, cut.behind, last) and not _same_before(tree, cut, place):
            return Breach("heading-alone", (section.title,))
    number = tree.section_of(low)
    while number >= 0:
        section = tree.sections[number]
        place, last = _leaves_of(tree, section)
        if place < cut.whole:
            if _body_left(tree, cut, place + 1, last):
                return None
            if not _same_behind(tree, cut, place):
                return Breach("heading-alone", (section.title,))
        number = section.parent
    return None


def _leaves_of(tree: Tree, section: Section) -> tuple[int, int]:
    """Give the leaf of a section's heading and its last one."""
    return tree.leaf_at(section.start), tree.leaf_at(max(section.start, section.end - 1))


def _same_before(tree: Tree, cut: Cut, place: int) -> bool:
    """Tell whether the last leaf of a cut is the one before it again, so that the other stands for it."""
    return place == cut.last and cut.first > 0 and cut.whole == cut.first and _alike(tree, cut.first - 1, place)


def _named_before(tree: Tree, cut: Cut, place: int) -> bool:
    """Tell whether what stays behind a cut has the same label before it: the same line, or a clause of that number."""
    if _same_before(tree, cut, place):
        return True
    if tree.labels[place].alone or cut.whole == 0:
        return False
    before = cut.whole - 1
    while before >= 0 and (before not in tree.labels or tree.labels[before].rank > tree.labels[place].rank):
        before = tree.holders[before]
    return before >= 0 and tree.labels[before] == tree.labels[place]


def _same_behind(tree: Tree, cut: Cut, place: int) -> bool:
    """Tell whether the leaf before a cut stands at the cut's end again, so that it goes on to stand above the same."""
    return place == cut.first - 1 and cut.whole == cut.first and cut.behind > cut.last and _alike(tree, place, cut.last)


def _alike(tree: Tree, one: int, other: int) -> bool:
    texts = [tree.text[tree.leaves[index].start : tree.leaves[index].end].split() for index in (one, other)]
    return texts[0] == texts[1]


def _labels(tree: Tree, cut: Cut) -> Breach | None:
    """Look for a label that loses what it names, or the other way round."""
    if cut.whole >= cut.behind:
        return None
    for place in range(cut.whole, cut.behind):
        # What stands beneath a paragraph with a number has the paragraph before it when that goes; a label has none.
        last = tree.reach[place] if place in tree.labels and tree.labels[place].alone else -1
        if last >= cut.behind and _body_left(tree, cut, cut.behind, last) and not _named_before(tree, cut, place):
            return Breach("label-alone", (tree.labels[place].name,))
    place = tree.holders[cut.whole]
    while place >= 0:
        if place < cut.first and tree.labels[place].alone:
            if _body_left(tree, cut, place + 1, tree.reach[place], label=True):
                return None
            if not _same_behind(tree, cut, place):
                return Breach("label-alone", (tree.labels[place].name,))
        place = tree.holders[place]
    return None


def _parts(tree: Tree, cut: Cut) -> Breach | None:
    """Look for code, math, a table or HTML that goes only in part."""
    for place in {cut.first, cut.last}:
        leaf = tree.leaves[place]
        if leaf.kind not in WHOLE and leaf.kind not in _LINES:
            continue
        if not cut.whole <= place < cut.behind and not _behind_html(tree, cut, place):
            return Breach("protected-part", (leaf.kind,))
        for beside in (cut.first - 1, cut.last + 1):
            if leaf.kind == "row" and _one_table(tree, place, beside):
                return Breach("protected-part", ("row",))
    if cut.whole < cut.behind < len(tree.leaves) and _headless(tree, cut):
        return Breach("protected-part", ("html",))
    return None


def _headless(tree: Tree, cut: Cut) -> bool:
    """Tell whether the first line of HTML goes that alone makes the lines below it HTML."""
    head = cut.behind - 1
    if tree.block_of[head] != tree.block_of[cut.behind]:
        return False
    while head > 0 and tree.block_of[head - 1] == tree.block_of[cut.behind]:
        head -= 1
        if head < cut.whole:
            return False
    first, below = (visible(tree.text, *tree.leaves[index][1:3])[0] for index in (head, cut.behind))
    return tree.text[first] == "<" != tree.text[below]


def _behind_html(tree: Tree, cut: Cut, place: int) -> bool:
    """Tell whether a cut begins right behind a tag or comment and takes the rest of its line: a page glued to it."""
    leaf = tree.leaves[place]
    if leaf.kind != "html" or place != cut.first or place >= cut.behind or tree.text[cut.start - 1] != ">":
        return False
    around = tree.container_at(cut.start)
    return (around < 0 or tree.containers[around].start < leaf.start) and not tree.marks_of(place).divides(cut.start)


def _one_table(tree: Tree, row: int, beside: int) -> bool:
    """Tell whether two leaves are rows of one table."""
    if not 0 <= beside < len(tree.leaves) or tree.leaves[beside].kind != "row":
        return False
    return tree.block_of[beside] == tree.block_of[row]


def _links(tree: Tree, cut: Cut) -> Breach | None:
    """Look for a heading to which a link elsewhere points."""
    if tree.kind is not Kind.MARKDOWN:
        return None
    name = tree.anchors.broken(cut.start, cut.end)
    return Breach("linked-heading", (name.removeprefix("#"),)) if name else None


_CHECKS: tuple[Callable[[Tree, Cut], Breach | None], ...] = (
    _parts, _halves, _empties, _headings, _labels, torn_pair, _links, lone_marker,
)  # fmt: skip


def emptied(tree: Tree, stretches: Sequence[tuple[int, int]]) -> set[int]:
    """Number the stretches that only together take all that stands under a heading, a label or in a container."""
    taken: dict[int, frozenset[int]] = {}
    for numbers, start, end in _joined(tree, stretches):
        cut = read_cut(tree, start, end)
        if cut is not None:
            taken.update(dict.fromkeys(range(cut.whole, cut.behind), numbers))
    found: set[int] = set()
    for first, last in {holder for leaf in taken for holder in _holders(tree, leaf)}:
        body = [index for index in range(first, last + 1) if tree.leaves[index].kind not in _NO_BODY]
        takers = frozenset().union(*(taken.get(index, ()) for index in body))
        if first - 1 not in taken and len(takers) > 1 and all(index in taken for index in body):
            found |= takers
    return found


def _joined(tree: Tree, stretches: Sequence[tuple[int, int]]) -> list[tuple[frozenset[int], int, int]]:
    """Join stretches with nothing but white space between them: the lines of one paragraph. Give their numbers."""
    joined: list[tuple[frozenset[int], int, int]] = []
    for start, end, number in sorted((*stretch, number) for number, stretch in enumerate(stretches)):
        if joined and not tree.text[joined[-1][2] : start].strip():
            numbers, first, _ = joined.pop()
            joined.append((numbers | {number}, first, end))
        else:
            joined.append((frozenset({number}), start, end))
    return joined


def _holders(tree: Tree, leaf: int) -> Iterator[tuple[int, int]]:
    """Give, for all that a leaf stands under or in, the first leaf behind its opening line and the last one in it."""
    at = tree.leaves[leaf].start
    number = tree.section_of(at)
    while number >= 0:
        place, last = _leaves_of(tree, tree.sections[number])
        if place < leaf:
            yield place + 1, last
        number = tree.sections[number].parent
    place = tree.holders[leaf]
    while place >= 0:
        if tree.labels[place].alone:
            yield place + 1, tree.reach[place]
        place = tree.holders[place]
    here = tree.container_at(at)
    while here >= 0:
        box = tree.containers[here]
        first, last = tree.leaf_at(box.inner), tree.leaf_at(max(box.inner, box.inner_end - 1))
        if tree.leaves[first].start < box.inner and tree.leaves[first].end <= box.inner:
            first += 1  # behind the opener, and a blank line
        if box.kind not in ("item", "quote") and tree.leaves[first].start >= box.inner:
            yield first, last
        here = box.parent
