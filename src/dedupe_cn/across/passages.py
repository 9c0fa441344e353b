"""Two files and their stretches that may say the same: the passages that do, compared and worth a person's time.

Around each stretch a few lines of both files are put one behind the other, with a heading between them that stands
nowhere else; so the finder and the judge look at them as at one text, and what is noise inside of a file is noise here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.across.chains import Stretch, cover_both
from dedupe_cn.across.compared import compare_files, spared
from dedupe_cn.copies.find import chained
from dedupe_cn.copies.reader import Reader
from dedupe_cn.judge.case import Case, Page
from dedupe_cn.judge.identity import digest_of, pair_of
from dedupe_cn.judge.table import numbered
from dedupe_cn.model import Difference, Kind, Span
from dedupe_cn.regex import regex
from dedupe_cn.text.block_kinds import NUMBERS
from dedupe_cn.text.characters import squash
from dedupe_cn.text.segments import layout

if TYPE_CHECKING:
    from dedupe_cn.across.file_text import FileText
    from dedupe_cn.copies.found import Copy, Range
    from dedupe_cn.settings import Settings

#: Words of a passage that is told, and of one that is only a part of a line.
WORDS, PART = 20, 45
#: Similarity (0-1) of two files, and of two sections of one title, that are told though they say something else.
_LIKE = 0.75
#: Similarity of the stretches themselves below which chance has put their links together.
_CORE = 0.85
#: Lines before and behind a stretch that are looked at.
_AROUND = 4
#: Kinds of blocks in which all words are prose, but for the letters of addresses; and verse.
_PLAIN = frozenset(NUMBERS[kind] for kind in ("paragraph", "heading", "verse"))
_VERSE = frozenset({NUMBERS["verse"]})
#: Headings before the first line that may have a number of its own.
_HEADINGS = regex(r"(?:\s*#{1,6} [^\n]*\n)+\s*")
#: The first Han character.
_WIDE = "\u3400"
#: Rare signs, in an order in which nobody writes them.
_SEAM = "\n\n# " + "".join(chr(0xA000 + 7 * step) for step in range(40)) + "\n\n"


class Twin(NamedTuple):
    """Two passages of two files that say the same, or nearly; the first one stands in the earlier file.

    ``lengths`` and ``chars`` count the exact form; ``files`` are those that hold it.
    """

    unit: str
    first: Span
    second: Span
    likeness: str
    score: float
    differences: tuple[Difference, ...]
    id: str
    lengths: tuple[int, ...]
    chars: int
    files: int


def twins(one: FileText, other: FileText, found: Sequence[Stretch], settings: Settings) -> list[Twin]:
    """Compare the stretches of two files, as the files they are or passage by passage, the longest first.

    What stands in one file more often than in the other is told once: how often within a file is another matter.
    """
    if cover_both(list(found), len(one.layout.codes), len(other.layout.codes)):
        whole = _whole(one, other, max(stretch.files for stretch in found))
        if whole is not None:
            return [whole]
    told: list[Twin] = []
    looked: list[tuple[Span, Span]] = []
    for stretch in sorted(_likely(one, other, found), key=lambda stretch: stretch.first - stretch.first_end):
        spans = one.layout.span(*stretch[:2]), other.layout.span(*stretch[2:4])
        if any(_inside(spans[0], known[0]) and _inside(spans[1], known[1]) for known in looked):
            continue  # the finder has seen it beside a longer one
        looked.append((one.window(*stretch[:2], _AROUND), other.window(*stretch[2:4], _AROUND)))
        told += _passages(one, other, *looked[-1], stretch.files, settings)
    kept: list[Twin] = []
    for twin in sorted(told, key=lambda twin: (-twin.chars, twin.second, twin.first)):
        if not any(_common(twin.first, known.first) or _common(twin.second, known.second) for known in kept):
            kept.append(twin)
    return kept


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _common(span: Span, other: Span) -> bool:
    """Tell whether most of a span lies in another one."""
    return 2 * (min(span.end, other.end) - max(span.start, other.start)) > len(span)


def _whole(one: FileText, other: FileText, files: int) -> Twin | None:
    """Compare two files as a whole, where they are alike and of some length."""
    spans = [Span(*_visible(file)) for file in (one, other)]
    if one.is_off(spans[0]) or other.is_off(spans[1]) or Reader(other.layout).count_words(0, len(other.exact)) < WORDS:
        return None
    compared = compare_files(other.text, one.text)
    if compared.score < _LIKE:
        return None
    ids = [digest_of(file.exact) for file in (one, other)]
    lengths = (len(one.exact),) if one.exact == other.exact else (len(one.exact), len(other.exact))
    facts = compared.likeness, round(compared.score, 4), compared.differences, pair_of(*ids), lengths
    return Twin("file", spans[0], spans[1], *facts, len(other.exact), files)


def _visible(file: FileText) -> tuple[int, int]:
    span = file.layout.span(0, len(file.layout.codes))
    return span.start, span.end


def _likely(one: FileText, other: FileText, found: Sequence[Stretch]) -> Iterator[Stretch]:
    """Leave out the stretches that are too short or not alike, asked cheaply."""
    from rapidfuzz.distance import Indel

    for stretch in found:
        ours = one.exact[stretch.first : stretch.first_end]
        words = sum(map(_WIDE.__le__, ours)) + len(ours) // 5  # a Latin word has four letters or more, mostly
        if words < WORDS:
            continue
        sides = (one, *stretch[:2]), (other, *stretch[2:4])
        lines = [file.lines_around(start, end) for file, start, end in sides]
        fill = all(2 * (end - start) >= line[1] - line[0] for (_, start, end), line in zip(sides, lines, strict=True))
        if (words < PART and not fill) or _are_clauses(one, other, *lines):
            continue
        theirs = other.exact[stretch.second : stretch.second_end]
        if Indel.normalized_similarity(ours, theirs, score_cutoff=_CORE) >= _CORE:
            yield stretch


def _are_clauses(one: FileText, other: FileText, ours: Range, theirs: Range) -> bool:
    """Tell whether two ranges are single lines with other numbers that say something else: clauses of two rows."""
    texts = [file.layout.slice(*line) for file, line in ((one, ours), (other, theirs))]
    if any("\n" in text for text in texts):
        return False
    found = [numbered.match(text) for text in texts]
    if found[0] is None or found[1] is None or found[0][0] == found[1][0]:
        return False
    return squash(texts[0][found[0].end() :]) != squash(texts[1][found[1].end() :])


def _passages(
    one: FileText, other: FileText, ours: Span, theirs: Span, files: int, settings: Settings
) -> Iterator[Twin]:
    """Give the passages in a window of both files that a person is told of."""
    behind = len(ours) + len(_SEAM)
    text = one.text[ours.start : ours.end] + _SEAM + other.text[theirs.start : theirs.end]
    kind = one.kind if one.kind is other.kind else Kind.TEXT
    unseen = [*_moved(one.unseen, ours, 0), *_moved(other.unseen, theirs, behind)]
    here = layout(text, kind, unseen)
    reader = Reader(here)
    seam = here.form.exact(len(ours)), here.form.exact(behind)
    page = Page(here, settings, reader, unseen)
    for found in chained(reader):
        copy = None if found.kept[1] > seam[0] or found.removed[0] < seam[1] else _behind_numbers(page, found)
        if copy is None:
            continue
        first, second = here.span(*copy.kept), here.span(*copy.removed)
        first = Span(first.start + ours.start, first.end + ours.start)
        second = Span(second.start - behind + theirs.start, second.end - behind + theirs.start)
        if one.is_off(first) or other.is_off(second):
            continue
        unit = _unit(one, other, first, second)
        case = Case(page, "repeated-block", copy)
        if _is_told(case, unit):
            yield _twin(case, unit, first, second, files)


def _moved(spans: Sequence[Span], window: Span, to: int) -> Iterator[Span]:
    """Give the spans within a window where they stand in the text that begins there."""
    step = to - window.start
    return (Span(s.start + step, s.end + step) for s in spans if window.start <= s.start and s.end <= window.end)


def _unit(one: FileText, other: FileText, first: Span, second: Span) -> str:
    """Tell whether two passages are sections of one level and title."""
    ours, theirs = one.section(first), other.section(second)
    if ours is None or theirs is None or ours.level != theirs.level:
        return "passage"
    return "section" if one.title(ours) == other.title(theirs) != "" else "passage"


def _is_told(case: Case, unit: str) -> bool:
    """Tell whether two passages are worth a person's time: prose of some words, whole lines unless equal."""
    copy: Copy = case.copy
    least = WORDS if copy.lines else PART
    if not (copy.lines or copy.exact) or case.page.reader.count_words(*copy.removed) < least:
        return False
    layout = case.page.layout
    kinds = {layout.table.kinds[number] for number in layout.blocks_in(*copy.removed)}
    if not kinds <= _PLAIN and case.prose_words < least:  # else nearly all its words are prose
        return False
    alike = copy.exact or case.score >= (_LIKE if unit == "section" else case.page.settings.threshold)
    return (alike and (copy.exact or not kinds <= _VERSE)) or case.likeness != "meaning"


def _behind_numbers(page: Page, copy: Copy) -> Copy | None:
    """Leave the numbers out with which two passages begin, where these differ; None for clauses of two rows.

    What says the same under another number is a copy, what differs besides is another clause (as within a file).
    """
    texts = [page.layout.slice(*stretch) for stretch in (copy.kept, copy.removed)]
    heads = [_HEADINGS.match(text) for text in texts]
    starts = [head.end() if head else 0 for head in heads]
    ours, theirs = (numbered.match(text, start) for text, start in zip(texts, starts, strict=True))
    if (ours and ours[0]) == (theirs and theirs[0]):
        return copy
    if ours is None or theirs is None:
        return None
    kept, removed = (
        (stretch[0] + len(squash(number.string[: number.end()])), stretch[1])
        for stretch, number in ((copy.kept, ours), (copy.removed, theirs))
    )
    exact = page.layout.exact
    same = kept[0] < kept[1] and exact[slice(*kept)] == exact[slice(*removed)]
    return copy._replace(kept=kept, removed=removed, exact=True) if same else None


def _twin(case: Case, unit: str, first: Span, second: Span, files: int) -> Twin:
    exact = case.page.layout.exact
    ours, theirs = exact[slice(*case.kept)], exact[slice(*case.removed)]
    lengths = (len(ours),) if ours == theirs else (len(ours), len(theirs))
    compared = spared(case.comparison)
    facts = compared.likeness, round(case.score, 4), compared.differences
    name = pair_of(digest_of(ours), digest_of(theirs))
    return Twin(unit, first, second, *facts, name, lengths, len(theirs), files)
