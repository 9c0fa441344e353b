"""Paragraphs that stand in several documents: boilerplate, and what was posted again.

A paragraph is a line of a text. Two are the same when their exact forms are (white space and invisible characters do
not count), by a fingerprint of 128 bits. The first one in keep order stays; the others go, each naming it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_cn import kernel
from dedupe_cn.corpus.forms import fold, join, visible_table
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.regex import regex

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: An odd multiplier from SplitMix64 (Steele, Lea and Flood 2014).
_TURN = np.uint64(0x94D049BB133111EB)
#: Characters of a paragraph that an example shows whole.
_SHOWN = 24
_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def part(texts: Sequence[str], plan: CorpusPlan) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Find the paragraphs of texts that are long enough.

    Gives the characters of each text's exact form, and a row for each paragraph: number of the text, first and last
    (excluded) code point, two halves of the fingerprint.
    """
    codes, sizes = join(texts)
    visible = visible_table()[codes]
    lengths = np.diff(np.searchsorted(np.flatnonzero(visible), np.cumsum(sizes)), prepend=0).astype(np.int64)
    if plan.fold == "full":
        codes = fold(codes)
    starts = np.cumsum(sizes) - sizes
    places = np.flatnonzero(visible)
    if not places.size:
        return lengths, np.zeros((0, 5), np.uint64)
    lines = np.cumsum((codes == 10) | (codes == 13))[places]
    owners = np.repeat(np.arange(sizes.size), lengths)
    first = np.flatnonzero((np.diff(lines, prepend=-1) != 0) | (np.diff(owners, prepend=-1) != 0))
    characters = np.diff(first, append=places.size)
    own = codes[places]
    # The same function over other tokens gives the other half.
    other = kernel.hash_runs(own ^ np.uint32(0x5A5A5A), first) ^ (characters.astype(np.uint64) * _TURN)
    halves = kernel.hash_runs(own, first), other
    last = first + characters - 1
    owner = owners[first]
    begin = starts[owner]
    rows = np.stack(
        [
            owner.astype(np.uint64),
            (places[first] - begin).astype(np.uint64),
            (places[last] - begin + 1).astype(np.uint64),
            *halves,
        ],
        axis=1,
    )
    return lengths, rows[characters >= plan.min_chars]


def cut(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Take the lines that hold the spans out of a text, with the blank line that would be one too many."""
    begins = {start for start, _ in spans}
    kept: list[str] = []
    at, cut_before = 0, False
    for line in _LINE.findall(text):
        end = at + len(line)
        if any(at <= start < end for start in (begins if len(begins) < 8 else _inside(begins, at, end))):
            cut_before = True
        elif cut_before and not line.strip() and (not kept or not kept[-1].strip()):
            pass
        else:
            kept.append(line)
            cut_before = cut_before and not line.strip()
        at = end
    if cut_before:
        while kept and not kept[-1].strip():
            kept.pop()
    result = "".join(kept)
    return result if text.endswith(("\n", "\r")) else result.rstrip("\r\n") if cut_before else result


def _inside(begins: set[int], first: int, last: int) -> Any:
    return (place for place in range(first, last) if place in begins)


def shorten(text: str) -> str:
    """Show a paragraph by its beginning and its end."""
    return text if len(text) <= _SHOWN else f"{text[:12]}…{text[-8:]}"
