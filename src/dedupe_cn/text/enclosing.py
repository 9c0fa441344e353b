"""What is open over a text and around a place in it, by which ``laws.py`` asks whether structure stayed whole."""

from __future__ import annotations

import re
from collections import Counter

from dedupe_cn.model import Kind
from dedupe_cn.regex import regex
from dedupe_cn.text.segments import layout
from dedupe_cn.text.tree import Tree, read_tree
from dedupe_cn.text.tree_parts import WHOLE

_IN_PAIRS = regex(r"<|\{[{%]|:::|_tab:|\*\*|`{3}|~{3}")  # one of these is in all that opens or closes
_FENCE = regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})")


def inmost(tree: Tree, at: int) -> tuple[int, int]:
    """Give the innermost section and container that hold an offset, -1 for none."""
    return tree.section_of(at), tree.container_at(at)


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
    for place, leaf in enumerate(tree.unmarked):
        if leaf.kind == "code":
            found["fence"] += _open_fence(tree.flat[leaf.start : leaf.end])
        elif tree.kind is Kind.MARKDOWN and leaf.kind not in WHOLE and "**" in tree.flat[leaf.start : leaf.end]:
            found["**"] += tree.marks_of(place).alone
    return Counter({name: count for name, count in found.items() if count})


def _open_fence(code: str) -> int:
    """Give 1 for fenced code that is not closed, else 0."""
    opening = _FENCE.match(code)
    return int(opening is not None and re.search(rf"\n[ \t>]*{opening[1]}[`~]*\s*\Z", code) is None)
