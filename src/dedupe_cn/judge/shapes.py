"""What a copy is: the whole document, a section, one of a row, whole blocks, or a part of a block."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dedupe_cn.copies.found import Copy
from dedupe_cn.judge.case import Case, Page
from dedupe_cn.judge.two_pages import EXACT_PAGE, whole_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_cn.model import Span
    from dedupe_cn.text.tree import Section

#: Share of the words of a section that a copy of it covers, and code points before the copy at which it may begin.
SECTION, _TITLE_BEFORE = 2 / 3, 200
#: Words in which two stretches are no longer alike by chance, and the similarity (0-1) of those before two sections.
_SOME, _LIKE = 10, 0.75
#: Characters from which on a sentence that stands twice goes by itself (docs/how-it-decides.md, tandem).
TANDEM = 40
#: A loop: characters of its unit and in all, and how often it stands there.
LOOP_UNIT, LOOP, LOOP_TIMES = 7, 60, 5


def shape(page: Page, copy: Copy) -> Case:
    """Give a copy as the largest thing it is."""
    if copy.of_its_own:  # what is a part of a line stays, with the rest of it
        line = all(map(page.reader.is_edge, copy.removed))
        return Case(page, "loop" if copy.grows else "tandem", copy if line else copy.turned())
    found = whole_document(page, copy) or _section(page, copy)
    if found is not None:
        return found
    if copy.in_a_row:
        whole = copy.bounds[-1] - copy.bounds[0]
        looped = copy.exact and copy.times >= LOOP_TIMES and copy.unit >= LOOP_UNIT and whole >= LOOP
        return Case(page, "loop" if looped else "tandem", _whole_loop(page, copy) if looped else _set_apart(page, copy))
    return Case(page, "repeated-block", copy)


def _set_apart(page: Page, copy: Copy) -> Copy:
    """Give the second of two copies in a quote with the lines of nothing but ``>`` that set it apart from the first.

    Those behind it stay: they set the one that stays apart from what follows.
    """
    exact, starts, (first, end), (_, last) = page.layout.exact, page.reader.starts, copy.kept, copy.removed
    if copy.exact or not copy.lines or end != copy.removed[0]:
        return copy
    begin = end
    while (line := starts[bisect_left(starts, begin) - 1]) > first and set(exact[line:begin]) == {">"}:
        begin = line
    if begin == end:
        return copy
    while (line := starts[bisect_left(starts, last) - 1]) > end and set(exact[line:last]) == {">"}:
        last = line
    return copy._replace(kept=(first, begin), removed=(begin, last), bounds=(first, begin, last))


def _whole_loop(page: Page, copy: Copy) -> Copy:
    """Give a loop with all its copies, also with one that begins in the middle of a sentence or ends there.

    Wherever in its period a run is cut, the text that is left is the same.
    """
    codes, unit = page.layout.codes, copy.unit
    first, last = copy.bounds[0], copy.bounds[-1]
    if copy.lines or (copy.bounds[-1] - first) % unit:
        return copy
    low, high = first, last
    while low and first - low < unit and codes[low - 1] == codes[low - 1 + unit]:
        low -= 1
    while high < len(codes) and high - last < unit and codes[high] == codes[high - unit]:
        high += 1
    if (high - low) // unit == (last - first) // unit:
        return copy
    begin = first - unit if first - low == unit else first if high - last == unit else low
    bounds = range(begin, begin + (high - begin) // unit * unit + 1, unit)
    kept, removed = (begin, begin + unit), (begin + unit, bounds[-1])
    if copy.kept > copy.removed:
        kept, removed = (bounds[-2], bounds[-1]), (begin, bounds[-2])
    return copy._replace(kept=kept, removed=removed, bounds=bounds)


def _section(page: Page, copy: Copy) -> Case | None:
    """Give a copy as sections, when it covers most of one, or of several in a row, with the same headings."""
    tree, layout = page.tree, page.layout
    if copy.in_a_row or copy.unit < EXACT_PAGE // 2:
        return None
    spans = [layout.span(*stretch) for stretch in (copy.kept, copy.removed)]
    if not _may_share_heading(page, *spans) or not tree.sections:
        return None
    best = _same_sections(page, *spans)
    if best is None or _begins_before(page, copy, best):
        return None
    ends = _ends_of_run(page, best, spans)
    ranges = [
        (page.exact(tree.sections[number].start), page.exact(end)) for number, end in zip(best, ends, strict=True)
    ]
    kept, removed = ranges
    if kept[1] > removed[0]:
        return None
    same = (kept, removed) == (copy.kept, copy.removed)
    if not same:
        exact = layout.exact[slice(*kept)] == layout.exact[slice(*removed)]
        bounds = (kept[0], removed[0], removed[1]) if kept[1] == removed[0] else ()
        copy = Copy(kept, removed, bounds, True, exact)
    rule = "tandem" if copy.in_a_row else "section"
    if copy.exact:
        return Case(page, rule, copy)
    bodies = [(page.exact(tree.sections[n].body), ends[1]) for n, ends in zip(best, ranges, strict=True)]
    return Case(page, rule, copy, bodies[1], bodies[0])


def _may_share_heading(page: Page, *spans: Span) -> bool:
    """Tell whether sections of one level with one title may begin in two stretches; ask without reading the tree."""
    ours, theirs = (page.tree.headings_in(span.start - _TITLE_BEFORE, span.end) for span in spans)
    if ours is None or theirs is None:
        return True
    return not ours.isdisjoint(theirs)


def _same_sections(page: Page, ours: Span, theirs: Span) -> tuple[int, int] | None:
    """Give the first two sections of one level and title that a stretch holds most of."""
    sections = page.tree.sections
    for kept in _sections_at(page, ours):
        for removed in _sections_at(page, theirs):
            one, other = sections[kept], sections[removed]
            same = kept != removed and one.names_the_same(other)
            if same and _holds_most(page, ours, one) and _holds_most(page, theirs, other):
                return kept, removed
    return None


def _sections_at(page: Page, span: Span) -> list[int]:
    """Give the sections that a stretch may hold most of, outermost first."""
    tree = page.tree
    number = tree.section_of(span.start)
    found: list[int] = []
    while number >= 0:
        found.append(number)
        number = tree.sections[number].parent
    first = bisect_left(tree.section_starts, span.start)
    if first < len(tree.sections) and tree.section_starts[first] < span.end and first not in found:
        found.insert(0, first)
    return [number for number in reversed(found) if tree.sections[number].start >= span.start - _TITLE_BEFORE]


def _holds_most(page: Page, span: Span, section: Section) -> bool:
    """Tell whether most words of a section stand in a stretch."""
    tree = page.tree
    inside = tree.words(max(span.start, section.start), min(span.end, section.end))
    return inside >= SECTION * tree.words(section.start, section.end)


def _begins_before(page: Page, copy: Copy, sections: tuple[int, int]) -> bool:
    """Tell whether a copy begins in what stands before two sections: these alone would be a part of it."""
    from rapidfuzz.distance import Indel

    starts = (page.exact(page.tree.sections[number].start) for number in sections)
    one, other = ((begin, at) for (begin, _), at in zip(copy.reach or (copy.kept, copy.removed), starts, strict=True))
    if min(page.words(one), page.words(other)) < _SOME:
        return False
    ours, theirs = (page.reader.folded[slice(*stretch)] for stretch in (one, other))
    return Indel.normalized_similarity(ours, theirs) >= _LIKE


def _ends_of_run(page: Page, first: tuple[int, int], spans: Sequence[Span]) -> list[int]:
    """Give where two rows of sections end that begin with two and go on under equal headings.

    In the last one the copy may break off: the rest of it, and what stands there in its place, is a difference.
    """
    tree = page.tree
    ends = [tree.sections[number].end for number in first]
    while True:
        numbers = [bisect_left(tree.section_starts, end) for end in ends]
        if max(numbers) >= len(tree.sections) or numbers[0] == first[1]:
            return ends
        pair = one, other = [tree.sections[number] for number in numbers]
        if not one.names_the_same(other) or any(one.start >= span.end for one, span in zip(pair, spans, strict=True)):
            return ends
        held = [_holds_most(page, span, one) for one, span in zip(pair, spans, strict=True)]
        reach = [tree.words(one.body, max(one.body, span.end)) for one, span in zip(pair, spans, strict=True)]
        if not any(held) and min(reach) < _SOME:
            return ends
        ends = [one.end for one in pair]
        if not all(held):
            return ends
