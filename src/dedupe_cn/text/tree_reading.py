"""Read the parts of the tree of blocks from the blocks of a text: leaves, what they stand in, and what names them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from dedupe_cn.model import Kind
from dedupe_cn.text.block_kinds import KINDS, Blocks
from dedupe_cn.text.containers import containers, tokens
from dedupe_cn.text.labels import Label
from dedupe_cn.text.leaves import LeafReader
from dedupe_cn.text.records import record_lines
from dedupe_cn.text.tree_parts import Container, Leaf, Token, lines_of, visible
from dedupe_cn.text.verbatim import Row, may_open, verbatim_regions


class Parts(NamedTuple):
    """The leaves of a text, none of which is marked as a label, the block of each, all containers and tokens."""

    leaves: list[Leaf]
    block_of: list[int]
    containers: list[Container]
    tokens: list[Token]


def rows_of(table: Blocks, first: int = 0, last: int | None = None) -> list[Row]:
    """Give the blocks of a table, or some of them: kind, start, end and level of each."""
    here = slice(first, last)
    columns = (column[here] for column in (table.kinds, table.starts, table.ends, table.levels))
    return [(KINDS[number], start, end, level) for number, start, end, level in zip(*columns, strict=True)]


def read_parts(text: str, flat: str, kind: Kind, rows: Sequence[Row]) -> Parts:
    """Read the leaves and containers of a text from its blocks."""
    reader = LeafReader(text, flat, kind)
    handed_on = kind is Kind.MARKDOWN and may_open(flat)
    for name, start, end, level in verbatim_regions(flat, rows) if handed_on else rows:
        reader.block(name, start, end, level)
    if kind is Kind.TEXT:
        _mark_records(reader)
    leaves = reader.leaves
    read = list(tokens(flat, leaves))
    found = containers(flat, read, reader.containers)
    if _settle_tags(flat, leaves, found):
        read = list(tokens(flat, leaves))
    return Parts(leaves, reader.block_of, found, read)


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


def _settle_tags(flat: str, leaves: list[Leaf], found: Sequence[Container]) -> bool:
    """Let only those lines be tags that open or close a container; the others stand for something themselves.

    Tell whether there are any.
    """
    settled = False
    edges = sorted({edge for c in found for edge in (c.start, c.inner_end) if c.kind not in ("item",)})
    for index, leaf in enumerate(leaves):
        if leaf.kind == "tag":
            place = bisect_left(edges, leaf.start)
            if place == len(edges) or edges[place] >= leaf.end:
                start, _ = visible(flat, leaf.start, leaf.end)
                leaves[index] = leaf._replace(kind="html" if flat[start : start + 1] == "<" else "directive")
                settled = True
    return settled


def read_inside(leaves: Sequence[Leaf], found: Sequence[Container]) -> list[int]:
    """Give for each leaf the innermost container that holds all of it."""
    if not found:
        return [-1] * len(leaves)
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


def read_holders(
    leaves: Sequence[Leaf], labels: dict[int, Label], inside: Sequence[int], found: Sequence[Container]
) -> tuple[list[int], dict[int, int]]:
    """Give for each leaf the innermost label that holds for it (-1 for none), and for each label its last leaf."""
    holders: list[int] = []
    reach: dict[int, int] = {}
    stack: list[int] = []
    for index, leaf in enumerate(leaves):
        label = labels.get(index)
        while stack:
            top = stack[-1]
            left = inside[top] >= 0 and found[inside[top]].end <= leaf.start
            if not (left or leaf.kind == "heading" or (label and label.rank <= labels[top].rank)):
                break
            reach[stack.pop()] = index - 1
        holders.append(stack[-1] if stack else -1)
        if label:
            stack.append(index)
    reach.update(dict.fromkeys(stack, len(leaves) - 1))
    return holders, reach
