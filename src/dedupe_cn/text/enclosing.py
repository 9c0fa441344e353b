"""What is open over a text and around a place in it, by which ``laws.py`` asks whether structure stayed whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dedupe_cn.model import Kind
from dedupe_cn.regex import regex
from dedupe_cn.text.containers import net, tokens
from dedupe_cn.text.sections import Section
from dedupe_cn.text.segments import layout
from dedupe_cn.text.tree import Tree, read_tree
from dedupe_cn.text.tree_parts import WHOLE, Container, Leaf

_IN_PAIRS = regex(r"<|\{[{%]|:::|_tab:|\*\*|`{3}|~{3}")  # one of these is in all that opens or closes
#: Sections or containers; pairs of either that have the same names, with all above them.
Around = Sequence[Section] | Sequence[Container]
Known = tuple[set[tuple[int, int]], set[tuple[int, int]]]
_FENCE = regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})")


def inmost(tree: Tree, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the innermost section and container that hold each of some offsets (rising), -1 for none."""
    return zip(_walk(tree.sections, places), _walk(tree.containers, places), strict=True)


def _walk(stretches: Sequence[Section | Container], places: Sequence[int]) -> Iterator[int]:
    """Give for each place the last stretch of those that begin before it, or the next one above that holds it."""
    begun, here = 0, -1
    for at in places:
        while begun < len(stretches) and stretches[begun].start <= at:
            here = begun
            begun += 1
        while here >= 0 and stretches[here].end <= at:
            here = stretches[here].parent
        yield here


def differing(before: Tree, after: Tree, places: Sequence[int]) -> tuple[list[int], list[int]]:
    """Number the leaves that only one of two texts has; ``places`` are those of the later one in the earlier."""
    leaves, new = before.unmarked, []
    gone = {leaf.start: number for number, leaf in enumerate(leaves)}
    for number, (place, leaf) in enumerate(zip(places, after.unmarked, strict=True)):
        other = gone.get(place)
        if other is not None and _are_equal(before.flat, leaves[other], after.flat, leaf):
            del gone[place]
        else:
            new.append(number)
    return list(gone.values()), new


def _are_equal(flat: str, leaf: Leaf, other_flat: str, other: Leaf) -> bool:
    return leaf.kind == other.kind and flat[leaf.start : leaf.end] == other_flat[other.start : other.end]


def around(tree: Tree, section: int, container: int) -> tuple[str, ...]:
    """Name the headings and kinds of the sections and containers around a place, the innermost (-1: none) first."""
    names: list[str] = []
    while section >= 0:
        names.append(tree.sections[section].title)
        section = tree.sections[section].parent
    while container >= 0:
        names.append(tree.containers[container].kind)
        container = tree.containers[container].parent
    return tuple(names)


def is_same(before: Tree, after: Tree, then: tuple[int, int], here: tuple[int, int], known: Known) -> bool:
    """Tell cheaply that what is around two places has the same names; ``known`` is what was found so far."""
    return _are_same(before.sections, after.sections, then[0], here[0], known[0]) and _are_same(
        before.containers, after.containers, then[1], here[1], known[1]
    )


def _are_same(ours: Around, theirs: Around, one: int, other: int, known: set[tuple[int, int]]) -> bool:
    """Tell whether two sections or containers and all above them have the same headings or kinds."""
    if one < 0 or other < 0 or (one, other) in known:
        return (one < 0) == (other < 0)
    first, second = ours[one], theirs[other]
    # What both have at the same place: level and heading, or kind and name.
    same = first[3:5] == second[3:5] if isinstance(first, Section) else first[0] == second[0]
    if not same or not _are_same(ours, theirs, first.parent, second.parent, known):
        return False
    known.add((one, other))
    return True


def balance(text: str, kind: Kind) -> Counter[str]:
    """Count openers less closers by name over a text, of tags, directives, template tags, fences and emphasis.

    No name has 0. What is balanced before a deletion has to be so afterwards; a name that is not, such as one of single
    tags without closers, says nothing.
    """
    if _IN_PAIRS.search(text) is None:
        return Counter()
    return balance_of(read_tree(layout(text, kind)))


def balance_of(tree: Tree, some: Sequence[int] | None = None) -> Counter[str]:
    """Count the same over a text that was read, or over some of its leaves (their numbers, rising)."""
    if _IN_PAIRS.search(tree.text) is None:
        return Counter()
    leaves = tree.unmarked
    found = Counter(tree.balance if some is None else net(tokens(tree.flat, map(leaves.__getitem__, some))))
    for place in range(len(leaves)) if some is None else some:
        leaf = leaves[place]
        if leaf.kind == "code":
            found["fence"] += _open_fence(tree.flat[leaf.start : leaf.end])
        elif tree.kind is Kind.MARKDOWN and leaf.kind not in WHOLE and "**" in tree.flat[leaf.start : leaf.end]:
            found["**"] += tree.marks_of(place).alone
    return Counter({name: count for name, count in found.items() if count})


def _open_fence(code: str) -> int:
    """Give 1 for fenced code that is not closed, else 0."""
    opening = _FENCE.match(code)
    return int(opening is not None and re.search(rf"\n[ \t>]*{opening[1]}[`~]*\s*\Z", code) is None)
