"""A document that is one page twice: where the second page begins, and what the two are compared by."""

from __future__ import annotations

from bisect import bisect_left

from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.judge.case import Case, Page
from dedupe_cn.text.characters import squash

#: Share of the letters of a document that two copies of its page cover: the second has half of the first at least.
COVERED = 0.6
#: Letters beside the copies, at least and as a share of the document, that still are a difference at their ends.
BESIDE, BESIDE_SHARE = 16, 0.04
#: Characters of a page, and of one that stands twice to the letter; of verse, always the first.
PAGE, EXACT_PAGE = 200, 40
#: Letters of a title between two copies, at most.
TITLE = 60
#: Kinds of leaves that are no page by themselves.
_NO_PAGE = frozenset(
    {"code", "row", "record", "rule", "front-matter", "math", "html", "tag", "image", "link-definition"}
)


def whole_document(page: Page, copy: Copy) -> Case | None:
    """Give a copy as that of the whole document, when there is nothing but two pages."""
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
    """Give where two pages begin behind what only marks a title as one: ``# 题``, ``**题**``, ``题`` over ``===``."""
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
