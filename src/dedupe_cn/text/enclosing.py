"""What is open over a text and around a place in it: law 4 of the design, looked at from the whole."""

from __future__ import annotations

import re
from collections import Counter

from dedupe_cn.model import Kind
from dedupe_cn.text.segments import layout
from dedupe_cn.text.tree import Tree, read_tree
from dedupe_cn.text.tree_parts import WHOLE

_IN_PAIRS = re.compile(r"<|\{[{%]|:::|_tab:|\*\*|`{3}|~{3}")  # one of these is in all that opens or closes
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})")


def around(tree: Tree, at: int) -> tuple[str, ...]:
    """Name the headings and the kinds of containers around an offset, the innermost first of each."""
    names: list[str] = []
    number = tree.section_of(at)
    while number >= 0:
        names.append(tree.sections[number].title)
        number = tree.sections[number].parent
    number = tree.container_at(at)
    while number >= 0:
        names.append(tree.containers[number].kind)
        number = tree.containers[number].parent
    return tuple(names)


def balance(text: str, kind: Kind) -> Counter[str]:
    """Count openers less closers by name over a text, of tags, directives, template tags, fences and emphasis.

    No name has 0. What is balanced before a deletion has to be so afterwards; a name that is not, such as one of single
    tags without closers, says nothing.
    """
    if _IN_PAIRS.search(text) is None:
        return Counter()
    return balance_of(read_tree(layout(text, kind)))


def balance_of(tree: Tree) -> Counter[str]:
    """Count the same over a text that was read."""
    if _IN_PAIRS.search(tree.text) is None:
        return Counter()
    found = Counter(tree.balance)
    for place, leaf in enumerate(tree.leaves):
        if leaf.kind == "code":
            found["fence"] += _open_fence(tree.flat[leaf.start : leaf.end])
        elif tree.kind is Kind.MARKDOWN and leaf.kind not in WHOLE and "**" in tree.flat[leaf.start : leaf.end]:
            found["**"] += tree.marks_of(place).alone
    return Counter({name: count for name, count in found.items() if count})


def _open_fence(code: str) -> int:
    """Give 1 for fenced code that is not closed, else 0."""
    opening = _FENCE.match(code)
    return int(opening is not None and re.search(rf"\n[ \t>]*{opening[1]}[`~]*\s*\Z", code) is None)
