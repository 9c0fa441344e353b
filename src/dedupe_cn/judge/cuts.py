"""Turn a repeat that goes into the cut of the text, so that nothing shows where the copy was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_cn.model import Edit, Span
from dedupe_cn.regex import regex

if TYPE_CHECKING:
    from dedupe_cn.directives.marked import Marked
    from dedupe_cn.judge.case import Case

#: Characters of no width behind a copy belong to it.
_HIDDEN = regex(r"[\u00ad\u200b-\u200f\u2060\ufeff]*+")
_BREAK = regex(r"\r\n|\n|\r")
#: Rules whose copies touch: what stood between them was made by the accident.
_TOUCHING = frozenset({"tandem", "whole-document"})


def cut(case: Case, marked: Marked | None = None) -> Edit:
    """Give the edit (offsets of the layout's text) that takes the removed copy and the white space it brought.

    Of touching copies the white space between them goes. Between other passages the stronger paragraph break stays,
    with the indent of what follows. No cut reaches into what ``marked`` protects.
    """
    layout, (start, end) = case.page.layout, case.removed
    span = layout.span(start, end)
    before = layout.form.offset(start - 1) + 1 if start else 0
    after = layout.form.offset(end) if end < len(layout.codes) else len(layout.text)
    hidden = _HIDDEN.match(layout.text, span.end, after)
    span = Span(span.start, hidden.end() if hidden else span.end)
    if marked is not None and (gap := marked.gap(layout.text, before, span, after)) != (before, after):
        return _cut_beside_mark(layout.text, span, gap, case.rule)
    if start == 0:
        return Edit(span.start, after, "", case.rule)
    if end == len(layout.codes):
        return Edit(before, span.end, "", case.rule)
    if case.copy.in_a_row or case.rule in _TOUCHING:
        if case.kept[0] >= end:  # the later copy stays
            return Edit(span.start, after, "", case.rule)
        return Edit(before, span.end, "", case.rule)
    breaks_before = len(_BREAK.findall(layout.text, before, span.start))
    behind = list(_BREAK.finditer(layout.text, span.end, after))
    if len(behind) >= breaks_before or not behind:
        return Edit(before, span.end, "", case.rule)
    indent = _BREAK.search(layout.text, before, span.start)
    if indent is None:
        return Edit(before, span.end, "", case.rule)
    last_break = [m.end() for m in _BREAK.finditer(layout.text, before, span.start)][-1]
    return Edit(last_break, behind[-1].end(), "", case.rule)


def _cut_beside_mark(text: str, span: Span, gap: tuple[int, int], rule: str) -> Edit:
    """Give the cut of a span that has a mark, or what one protects, on one side at least.

    ``gap`` is the white space on both sides that may go. The side with the stronger break stays.
    """
    before, after = gap
    if before == 0:
        return Edit(span.start, after, "", rule)
    above = [match.end() for match in _BREAK.finditer(text, before, span.start)]
    below = [match.end() for match in _BREAK.finditer(text, span.end, after)]
    if after < len(text) and len(below) < len(above):
        return Edit(above[-1], below[-1] if below else after, "", rule)
    return Edit(before, span.end, "", rule)
