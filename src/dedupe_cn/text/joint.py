"""Lay out several documents as one text, so that one step over arrays serves all of them.

A step of NumPy takes about a microsecond however little there is to do, and finding repeats takes hundreds of them: of
a page of text they are most of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.model import Kind, Span
from dedupe_cn.text.block_kinds import BETWEEN, Columns, chosen
from dedupe_cn.text.exact import ExactForm, read_exact
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:

    from dedupe_cn.text.characters import Codes

#: What stands between two documents.
SEPARATOR = f"\n\n{BETWEEN}\n\n"


class Joint:
    """Several documents of one kind, none of which holds ``BETWEEN``, laid out as one.

    The blocks of ``layout`` are those of the documents, its ``documents`` the places where they begin.
    """

    def __init__(self, texts: Sequence[str], kind: Kind) -> None:
        self.texts = texts
        text = SEPARATOR.join(texts)
        lengths = np.array([len(part) for part in texts], np.int64)
        #: Where each document begins and ends in the joined text.
        self.ends = np.cumsum(lengths + len(SEPARATOR)) - len(SEPARATOR)
        self.starts = self.ends - lengths
        form = read_exact(text)
        #: The same in exact offsets.
        self.low, self.high = form.exact(self.starts), form.exact(self.ends)
        known = _blocks(text, kind, form, list(map(Span, self.starts.tolist(), self.ends.tolist())))
        self.layout = Layout(text, kind, form, known, self.low)
        #: The first block of each document, and the number of all blocks.
        self.rows = self.layout.starts.searchsorted(np.append(self.low, form.codes.size))

    def codes(self, number: int) -> Codes:
        """Give the exact form of one document."""
        return self.layout.codes[int(self.low[number]) : int(self.high[number])]

    def document(self, number: int) -> Layout:
        """Give the layout of one document; its arrays are parts of the joint ones."""
        start, end = int(self.starts[number]), int(self.ends[number])
        form, table = self.layout.form, self.layout.table
        gaps = slice(*form.gaps.searchsorted([start, end]).tolist())
        own = ExactForm(form.gaps[gaps] - start, self.codes(number), form.between[gaps])
        rows = slice(int(self.rows[number]), int(self.rows[number + 1]))
        low, high = table.low[rows] - self.low[number], table.high[rows] - self.low[number]
        starts, ends = table.starts[rows] - start, table.ends[rows] - start
        known = Columns(starts, ends, low, high, table.kinds[rows], table.levels[rows])
        return Layout(self.texts[number], self.layout.kind, own, known)


def _blocks(text: str, kind: Kind, form: ExactForm, documents: Sequence[Span]) -> Columns:
    """Give the blocks of all documents in offsets of the joined text."""
    if kind is Kind.MARKDOWN:
        from dedupe_cn.text.markdown import markdown_table

        return markdown_table(text, form, documents).visible()
    from dedupe_cn.text.plain import text_table

    lines = text_table(text, form).visible()
    return chosen(lines, form.codes[lines.low] != ord(BETWEEN))
