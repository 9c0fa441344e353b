"""Find documents that hold themselves twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.chains import Match, Matches
from dedupe_cn.repeats.found import Repeat
from dedupe_cn.repeats.seeds import counted
from dedupe_cn.repeats.tandem import Run, cut_run, whole_paragraphs
from dedupe_cn.text.block_kinds import PARAGRAPH
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Design section 4: share of the document, least length of a copy, and the same when there is nothing but copies.
COVERAGE = 0.8
LEAST = 200
LEAST_ENTIRE = 40
#: Longest line between two copies: a title glued to one of them.
TITLE = 40


def whole_documents(layout: Layout, matches: Matches) -> Iterator[Repeat]:
    """Give the copies of the document inside itself, the longest first.

    The copies follow each other directly or with one line of at most 40 characters between; a line that repeats the
    document's title goes with the copy.
    """
    size = layout.codes.size
    if not matches.first.size:
        return
    touching = matches.chosen(may_be_copies(matches))
    if not touching.first.size:
        return
    # A row of copies is one match, or with a line between them several of one length: most cannot cover the document.
    lengths, times = counted(touching.length.copy())
    whole = touching.second - touching.first + touching.length
    row = ((times + 1) * lengths)[lengths.searchsorted(touching.length)]
    near = list(touching.chosen(np.maximum(np.where(whole <= 2 * touching.length, whole, 0), row) >= COVERAGE * size))
    for match in sorted(near, key=lambda m: -m.length):
        between = max(0, match.distance - match.length)
        if between:
            covered, repeat = _covered(match, near), _glued(layout, match)
        else:
            run = Run(match.first, match.second + match.length, match.distance)
            covered, repeat = run.end - run.start, cut_run(layout, run, "whole-document")
        if repeat is None:
            continue
        entire = _is_entire(layout, repeat, covered, between)
        if (
            covered >= COVERAGE * size
            and repeat.unit >= (LEAST_ENTIRE if entire else LEAST)
            and _is_text(layout, repeat)
        ):
            yield repeat


def may_be_copies(matches: Matches) -> NDArray[np.bool_]:
    """Mark the matches whose passages are long enough for copies, and stand near enough to each other."""
    near = matches.second - matches.first <= matches.length + TITLE
    result: NDArray[np.bool_] = near & (matches.length >= LEAST_ENTIRE)
    return result


def may_cover(matches: Matches, sizes: NDArray[np.int64], homes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the matches that may be copies of a whole document, in some documents of known sizes.

    ``homes`` are the numbers of the documents they lie in. Whatever row of copies they form, it covers no more than all
    of them and the longest once more.
    """
    copies = may_be_copies(matches)
    lengths = np.where(copies, matches.length, 0)
    longest = np.zeros(sizes.size, np.int64)
    np.maximum.at(longest, homes, lengths)
    covered = np.bincount(homes, weights=lengths, minlength=sizes.size) + longest
    result: NDArray[np.bool_] = copies & (covered >= COVERAGE * sizes)[homes]
    return result


def _is_entire(layout: Layout, repeat: Repeat, covered: int, between: int) -> bool:
    """Tell whether the document is nothing but copies, and between them at most a title that ends its line.

    Words in mid-line are no title: law texts repeat a clause around one word.
    """
    if covered + between < layout.codes.size:
        return False
    if not between:
        return covered % repeat.unit == 0
    gap = layout.text[layout.span(*repeat.kept).end : layout.span(*repeat.removed).start]
    return repeat.removed[0] == repeat.kept[1] or "\n" in gap or "\r" in gap


def _covered(match: Match, near: list[Match]) -> int:
    """Count the characters in copies: those of this match, and of others that go on from it."""
    first, last, copies = match.first, match.second, 2
    joined = True
    while joined:
        joined = False
        for other in near:
            if other.length == match.length and other.first == last:
                last, copies, joined = other.second, copies + 1, True
            elif other.length == match.length and other.second == first:
                first, copies, joined = other.first, copies + 1, True
    return copies * match.length


def _glued(layout: Layout, match: Match) -> Repeat | None:
    """Give the repeat of a match with something between its copies, or None when that is more than one line."""
    kept = (match.first, match.first + match.length)
    removed = (match.second, match.second + match.length)
    line = layout.slice(kept[1], removed[0])
    if "\n" in line or "\r" in line:
        return None
    title = layout.block_text(0) if layout.starts.size else ""
    if line.strip().lstrip("#").strip() == title.strip().lstrip("#").strip():
        removed = (kept[1], removed[1])
    repeat = Repeat("whole-document", kept, removed, match.length)
    paragraphs, blocks = whole_paragraphs(layout, removed)
    return repeat._replace(paragraphs=paragraphs, blocks=blocks)


def _is_text(layout: Layout, repeat: Repeat) -> bool:
    """Tell a pasted document from a list, a table or a listing that says the same thing twice.

    Protected blocks are no evidence by themselves: a copy must hold prose or a heading, or blocks of different
    kinds, or be verse as long as a document.
    """
    kinds = {layout.kind_of(i) for i in layout.blocks_in(*repeat.kept)}
    if kinds == {"verse"}:  # a stanza may be sung twice
        return repeat.unit >= LEAST
    return bool(kinds & {PARAGRAPH, "heading"}) or len(kinds) > 1
