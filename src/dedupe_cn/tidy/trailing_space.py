"""Trim white space at the ends of lines."""

from __future__ import annotations

from dedupe_cn.model import Edit, Kind
from dedupe_cn.text.record_runs import RecordRuns
from dedupe_cn.tidy.lines import spaces_before_breaks
from dedupe_cn.tidy.markdown_ends import MarkdownEnds


def trailing_space(text: str, kind: Kind) -> list[Edit]:
    """Trim the white space (U+3000 and NBSP too) at the end of each line, and empty lines of nothing else.

    In plain text the end of a record stays, for TABs there are empty fields; in Markdown what means something does
    (see :class:`~dedupe_cn.tidy.markdown_ends.MarkdownEnds`).

    >>> trailing_space("文 \\n \\n文　", Kind.TEXT)[0]
    Edit(start=1, end=2, replacement='', rule='trailing-space')
    """
    stays = RecordRuns(text).keep if kind is Kind.TEXT else MarkdownEnds(text).keep
    return [Edit(*space, "", "trailing-space") for space in spaces_before_breaks(text) if not stays(*space)]
