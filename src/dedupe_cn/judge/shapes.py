"""What a copy is: the whole document, a section, one of a row, whole blocks, or a part of a block."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.judge.case import Case, Page
from dedupe_cn.text.characters import squash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_cn.model import Span
    from dedupe_cn.text.tree import Section

#: Share of the letters of a document that two copies of its page cover: the second has half of the first at least.
COVERED = 0.6
#: Letters beside the copies, at least and as a share of the document, that still are a difference at their ends.
BESIDE, BESIDE_SHARE = 16, 0.04
#: Characters of a page, and of one that stands twice to the letter; of verse, always the first.
PAGE, EXACT_PAGE = 200, 40
#: Letters of a title between two copies, at most.
TITLE = 60
#: Share of the words of a section that a copy of it covers, and code points before the copy at which it may begin.
SECTION, _TITLE_BEFORE = 2 / 3, 200
#: Words in which two stretches are no longer alike by chance, and the similarity (0-1) of those before two sections.
_SOME, _LIKE = 10, 0.75
#: Characters from which on a sentence that stands twice goes by itself (docs/how-it-decides.md, tandem).
TANDEM = 40
#: A loop: characters of its unit and in all, and how often it stands there.
LOOP_UNIT, LOOP, LOOP_TIMES = 7, 60, 5
#: Kinds of leaves that are no page by themselves.
_NO_PAGE = frozenset(
    {"code", "row", "record", "rule", "front-matter", "math", "html", "tag", "image", "link-definition"}
)


def shape(page: Page, copy: Copy) -> Case:
    """Give a copy as the largest thing it is."""
    if copy.of_its_own:  # what is a part of a line stays, with the rest of it
        line = all(map(page.reader.is_edge, copy.removed))
        return Case(page, "loop" if copy.grows else "tandem", copy if line else copy.turned())
    found = _whole_document(page, copy) or _section(page, copy)
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


def _whole_document(page: Page, copy: Copy) -> Case | None:
    reader = page.reader
    size, total = reader.size, reader.letters(0, reader.size)
    if copy.reach is not None:  # where the lines are does not matter here
        copy = copy._replace(kept=copy.reach[0], removed=copy.reach[1], bounds=())
    first, last = (copy.bounds[0], copy.bounds[-1]) if copy.in_a_row else (copy.kept[0], copy.removed[1])
    head, tail = reader.letters(0, first), reader.letters(last, size)
    middle = 0 if copy.in_a_row else reader.letters(copy.kept[1], copy.removed[0])
    if total - head - middle - tail < COVERED * total:
        return None
    if copy.in_a_row and (head or tail):
        return None  # nothing stands between the copies: what is beside them is no part of them
    beside = max(BESIDE, BESIDE_SHARE * total)
    if len([part for part in (head, middle, tail) if part > beside]) > 1:
        return None
    case = _two_pages(page, copy, head, middle, tail)
    cut = max(head, middle, tail) > beside
    return None if case is not None and cut and case.likeness == "meaning" else case


def _two_pages(page: Page, copy: Copy, head: int, middle: int, tail: int) -> Case | None:
    """Part a document in two where the second copy, or its title, begins; so many letters stand beside the copies."""
    size = page.reader.size
    if len(copy.bounds) > 3:
        first, last = copy.bounds[0], copy.bounds[-1]
        kept = (0 if copy.kept[0] == first else copy.kept[0], copy.kept[1])
        removed = (copy.removed[0], size if copy.removed[1] == last else copy.removed[1])
        return _page(page, copy, kept, removed)
    if copy.in_a_row and (title := _title_between(page, copy)) is not None:
        return _page(page, copy, (0, title[0]), (title[0], size), (title[1], size))
    if middle and not head and _is_title(page, copy.kept[1], copy.removed[0]):
        return _page(page, copy, (0, copy.kept[1]), (copy.kept[1], size), (copy.removed[0], size))
    at = _boundary(page, copy, head, tail)
    return _page(page, copy, (0, at), (at, size))


def _boundary(page: Page, copy: Copy, head: int, tail: int) -> int:
    """Give where the second copy begins, when something stands between what is alike."""
    end, begin = copy.kept[1], copy.removed[0]
    if end < begin and not head and not tail and _lacks_beginning(page, end, begin):
        return end
    if end >= begin or not head:
        return begin
    if not tail:
        return end
    from rapidfuzz.distance import Indel

    folded, edges = page.reader.folded, page.reader
    places = [end, *(at for at in edges.starts if end < at < begin), begin]

    def likeness(at: int) -> float:
        left = Indel.normalized_similarity(folded[end:at], folded[copy.removed[1] :])
        return left + Indel.normalized_similarity(folded[at:begin], folded[: copy.kept[0]])

    return max(places, key=likeness)


def _lacks_beginning(page: Page, end: int, begin: int) -> bool:
    """Tell whether what stands between two equal stretches begins the second page: the first page lacks it.

    Else it ends the first one, and the second breaks off. Pages begin where sentences do.
    """
    if not page.reader.begins_sentence(end):
        return False
    if not page.reader.begins_sentence(begin):
        return True
    first, second = (page.leaves((at, at + 1))[-1:] for at in (0, end))
    return [leaf.kind for leaf in second] == ["heading"] != [leaf.kind for leaf in first]


def _title_between(page: Page, copy: Copy) -> Range | None:
    """Give where the title of the document stands once more, in front of a second copy that begins with it too."""
    codes, places = page.reader.forms.bare, page.reader.forms.places
    size, second = (bisect_left(places, at) for at in (page.reader.line(0)[1], copy.removed[0]))
    title = codes[:size]
    if not 0 < size <= TITLE or title == codes[size : 2 * size]:
        return None  # or the text takes its title up, in both copies
    for begin in (second, second - size):  # it was taken for the beginning of the second copy, or the end of the first
        if begin >= 0 and title == codes[begin : begin + size] == codes[begin + size : begin + 2 * size]:
            start = copy.removed[0] if begin == second else places[begin]
            return start, places[begin + size - 1] + 1
    return None


def _is_title(page: Page, start: int, end: int) -> bool:
    """Tell whether what stands between the copies is the title of the document again."""
    line = page.reader.line(0)
    said, title = (squash(page.layout.slice(*part)).strip("#*") for part in ((start, end), line))
    return said == title


def _page(page: Page, copy: Copy, kept: Range, removed: Range, shown: Range | None = None) -> Case | None:
    """Give a copy of the whole document, when the two are pages."""
    if kept[0] >= kept[1] or removed[0] >= removed[1]:
        return None
    same = copy.exact and (copy.kept, copy.removed) == (kept, removed)
    said, shown_kept = page.layout.exact, None
    exact = same or (shown is not None and said[slice(*kept)] == said[slice(*shown)])
    one = min(page.size(kept), page.size(removed))
    if one < (EXACT_PAGE if exact else PAGE):
        return None
    bounds = copy.bounds if same else ()
    if not exact and shown is None:
        behind, other = _behind_title(page, kept, removed)
        shown, shown_kept = (other, removed[1]), (behind, kept[1])
    moved = copy._replace(kept=kept, removed=removed, exact=exact, bounds=bounds, lines=False, open=False, wider=False)
    case = Case(page, "whole-document", moved, shown, shown_kept)
    kinds = {leaf.kind for leaf in page.leaves(kept)}
    if kinds <= _NO_PAGE and len(kinds - {"tag"}) <= 1:
        return None
    return None if one < PAGE and (kinds == {"verse"} or page.is_verse((kept[0], removed[1]))) else case


def _behind_title(page: Page, kept: Range, removed: Range) -> tuple[int, int]:
    """Give where two pages begin behind what only marks a title as one: ``# 题``, ``**题**`` and ``题`` over ``===``."""
    (title, body), (other, other_body) = (_title_of(page, stretch) for stretch in (kept, removed))
    if title == other and 0 < len(title) <= TITLE and body < kept[1] and other_body < removed[1]:
        return body, other_body
    signs = (page.layout.slice(stretch[0], min(stretch[1], stretch[0] + 8)) for stretch in (kept, removed))
    marks, other_marks = (len(line) - len(line.lstrip("#")) for line in signs)
    return kept[0] + marks, removed[0] + other_marks


def _title_of(page: Page, stretch: Range) -> tuple[str, int]:
    """Give the title with which a page begins, without markup, and where it ends; a first line may be one."""
    start, (_, end) = page.layout.span(*stretch).start, page.reader.line(stretch[0])
    section = page.tree.sections[number] if (number := page.tree.section_of(start)) >= 0 else None
    if section is not None and section.start == start:
        end = page.exact(section.body)
    said = page.layout.exact[stretch[0] : end]
    if section is not None and not said.startswith("#"):
        said = said.rstrip("=-")
    return said.strip("#*_"), end


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
