"""Find the copies of a text as chains of equal pieces, and how far each of them reaches.

The forms and lines that are asked for stand in modules of their own and are named here, so that both kernels have the
same functions in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, pairwise

import numpy as np

from dedupe_cn.kernel.reference import chains as chaining
from dedupe_cn.kernel.reference.anchors import anchors
from dedupe_cn.kernel.reference.chains import Chain, Piece
from dedupe_cn.kernel.reference.edges import is_only_part, served
from dedupe_cn.kernel.reference.ends import Crowd, Ends, equal_ends, find_ends
from dedupe_cn.kernel.reference.joining import joined
from dedupe_cn.kernel.reference.letters import find_sentence_ends, find_sentences, read_forms
from dedupe_cn.kernel.reference.lines import equal_neighbours, recurring_parts
from dedupe_cn.kernel.reference.matches import find_matches
from dedupe_cn.kernel.texts import Chains, Reached, Text

__all__ = [
    "align_chains",
    "equal_neighbours",
    "find_chains",
    "find_sentence_ends",
    "find_sentences",
    "read_forms",
    "recurring_parts",
    "tell_alone",
    "widen",
]

#: Letters between two copies that still may touch.
_TOUCHING = 4


def find_chains(text: Text) -> Chains:
    """Find the chains of a text that say enough to be told of, or touch their own copy.

    Pieces that may follow one another are chained; others are chains alone. Chains are joined over what one copy lacks,
    and pieces of longer ones that touch their own copy are given once more alone: equal ones in a row with others that
    are not.
    """
    columns = (column.tolist() for column in find_matches(np.asarray(text.forms.bare)))
    pieces = list(map(Piece, *columns))
    marks = chaining.may_follow(pieces)
    alone = [Chain((piece,)) for piece, mark in zip(pieces, marks, strict=True) if not mark]
    chained = chaining.chain(piece for piece, mark in zip(pieces, marks, strict=True) if mark)
    rows = [row for row in chain(alone, chained) if _says_enough(text, row)]
    rows = [*rows, *joined(rows), *_equal_rows(rows)]
    return _flat(sorted(rows, key=lambda row: -row.size))


def _says_enough(text: Text, row: Chain) -> bool:
    """Tell whether a chain is long enough to be told of, or touches itself."""
    words = text.forms.words
    touches = row.second <= row.first_end + _TOUCHING
    return touches or words[row.second_end] - words[row.second] >= text.least


def _equal_rows(rows: Iterable[Chain]) -> Iterator[Chain]:
    for row in rows:
        if len(row.pieces) > 1:
            yield from (Chain((piece,)) for piece in row.pieces if piece.size >= piece.second - piece.first)


def _flat(rows: list[Chain]) -> Chains:
    starts = [0, *accumulate(len(row.pieces) for row in rows)] if rows else []
    pieces = [number for row in rows for piece in row.pieces for number in piece]
    return Chains(np.array(pieces, np.int64).data, np.array(starts, np.int64).data)


def _rows(chains: Chains) -> Iterator[Chain]:
    pieces = [Piece(*numbers) for numbers in np.asarray(chains.pieces).reshape(-1, 3).tolist()]
    starts = np.asarray(chains.starts).tolist()
    return (Chain(tuple(pieces[begin:end])) for begin, end in pairwise(starts))


def tell_alone(text: Text, pieces: memoryview) -> memoryview:
    """Mark the pieces (three numbers each) that are told of as chains alone, as far as they reach to the letter."""
    rows = [Chain((Piece(*numbers),)) for numbers in np.asarray(pieces).reshape(-1, 3).tolist()]
    told = [_says_enough(text, row) and not is_only_part(text, equal_ends(text, row)) for row in rows]
    return np.array(told, np.uint8).data


def align_chains(text: Text, chains: Chains, hidden: memoryview) -> Reached:
    """Align chains, in their order, but for those that no rule is about and nobody is told of.

    Where too many reach over one place what is left out is noted in ``hidden`` (int32, one a character): how long the
    longest such stretch is there.
    """
    crowd = Crowd(np.asarray(hidden))
    found: list[int] = []
    runs: list[int] = []
    for number, row in enumerate(_rows(chains)):
        ends = find_ends(text, row, crowd)
        if ends is None or is_only_part(text, ends):
            continue
        equal = list(anchors(text, row, ends))
        found += [number, *ends, len(equal)]
        runs += chain.from_iterable(equal)
    return Reached(np.array(found, np.int64).data, np.array(runs, np.int64).data)


def widen(text: Text, copies: memoryview) -> memoryview:
    """Give the edges that serve where copies begin, then where they end: four numbers each, -1 where none does.

    Of a copy there are four numbers: where its earlier stretch begins and ends, and its later one (exact offsets). The
    four of an answer are the inner edge in both stretches, then the edge of the lines themselves.
    """
    edges: list[int] = []
    for numbers in np.asarray(copies).reshape(-1, 4).tolist():
        for end in (False, True):
            for edge in served(text, Ends(*numbers), end=end):
                edges += edge
    return np.array(edges, np.int64).data
