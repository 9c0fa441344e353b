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
    spaces = spaces_before_breaks(text)
    if kind is Kind.TEXT:
        runs = RecordRuns(text)
        stays = (lambda start, end: runs.holds(start, text[start:end]))
    else:
        stays = MarkdownEnds(text).hold
    return [Edit(start, end, "", "trailing-space") for start, end in spaces if not stays(start, end)]
