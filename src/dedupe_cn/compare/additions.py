"""What only one copy has: whole sentences and lines, an end that was cut off, and words inside a sentence."""

from __future__ import annotations

from collections.abc import Container, Sequence

from dedupe_cn.compare.look_alikes import look_alike_class
from dedupe_cn.compare.passages import Passage, Place
from dedupe_cn.compare.punctuation import PAUSES
from dedupe_cn.compare.word_tables import NEGATIONS, NUMERALS
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import CLOSING_BRACKETS, CLOSING_QUOTES, SENTENCE_END, is_han

#: A whole sentence has at least so many words; shorter ones (以下同。) mostly qualify what stands before.
_SENTENCE = 6
#: Words from which what was cut off in the middle of a sentence is no edit of its last word.
_CUT = 8
#: Words from which a line without a mark at its end is prose, and no label.
_LINE = 20
#: Misreadings in a row beside a missing sentence, at most.
_STUCK = 3
#: Characters along which a stretch is shifted to find its ends; those of a longer period are at its beginning as well.
_SHIFTS = 200
_NUMBER = regex(r"\d+")
_WORD = regex("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]|[A-Za-z\u00c0-\u024f]+")
_ENDED = regex(f"[^{SENTENCE_END}]*[{SENTENCE_END}]+")
_MARKER = r"(?:[-*+•·●▪]|\d{1,3}[.)、．）]|[(（][\d一二三四五六七八九十]{1,3}[)）])"
_ITEM = regex(rf"[ \t\u3000>]*{_MARKER}\s*\S")
_OPENER = regex(f">*{_MARKER}")
#: Characters before the words of an item, at most.
_OPENING = 6
_CLOSERS = CLOSING_QUOTES + CLOSING_BRACKETS
_COLONS = (":", "：")
_CLAUSE = PAUSES | {"、"}
_TELLING = NUMERALS | NEGATIONS


def find_additions(first: Passage, second: Passage, places: Sequence[Place]) -> tuple[list[Place], dict[Place, str]]:
    """Shift what only one copy has to where a sentence or a line of it begins.

    Give all places, and of those that are whole sentences or lines, or an end that was cut off, the class:
    ``missing-sentence`` or ``cut-end``.
    """
    places = [part for place in places for part in _unstick(first, second, place)]
    settled: list[Place] = []
    whole: dict[Place, str] = {}
    for index, place in enumerate(places):
        ours, theirs = first.exact[place.a : place.a_end].strip(), second.exact[place.b : place.b_end].strip()
        if bool(ours) == bool(theirs):
            settled.append(place)
            continue
        of_second = not ours  # but for the blank between the Latin words that a missing line parted
        fuller, seen = (second, place.swapped) if of_second else (first, place)
        other = first if of_second else second
        low = settled[-1].swapped if settled and of_second else settled[-1] if settled else Place(0, 0, 0, 0)
        following = places[index + 1] if index + 1 < len(places) else None
        behind = (following.swapped.a if of_second else following.a) if following else len(fuller.exact)
        lines = fuller.line_starts
        shift = 0 if seen.b < seen.b_end else _best_shift(fuller, seen, (low.a_end, behind), lines, len(other.exact))
        seen = Place(seen.a + shift, seen.a_end + shift, seen.b + shift, seen.b_end + shift)
        kind = _addition(fuller, seen, lines, len(other.exact))
        settled.append(seen.swapped if of_second else seen)
        if kind is not None:
            whole[settled[-1]] = kind
    return settled, whole


def _unstick(first: Passage, second: Passage, place: Place) -> list[Place]:
    """Part a misreading from the missing sentence beside which it stands."""
    a, a_end, b, b_end = place
    size = min(a_end - a, b_end - b)
    if not 0 < size <= _STUCK or abs((a_end - a) - (b_end - b)) < _SENTENCE:
        return [place]
    front = [Place(a, a + size, b, b + size), Place(a + size, a_end, b + size, b_end)]
    back = [Place(a, a_end - size, b, b_end - size), Place(a_end - size, a_end, b_end - size, b_end)]
    ours, theirs = first.folded, second.folded
    at_front, at_back = (_are_alike(ours[p.a : p.a_end], theirs[p.b : p.b_end]) for p in (front[0], back[1]))
    if at_back and (not at_front or first.ends_sentence(a)):
        return back
    return front if at_front else [place]


def _are_alike(one: str, other: str) -> bool:
    return all(x == y or look_alike_class(x, y) is not None for x, y in zip(one, other, strict=True))


def _best_shift(
    fuller: Passage, place: Place, between: tuple[int, int], lines: Container[int], other_length: int
) -> int:
    """Give how far a stretch is best shifted along itself: to whole lines, whole sentences, clauses, an end."""
    folded, start, end = fuller.folded, place.a, place.a_end
    back = ahead = 0
    while back < _SHIFTS and start - back > between[0] and folded[start - back - 1] == folded[end - back - 1]:
        back += 1
    while ahead < _SHIFTS and end + ahead < between[1] and folded[start + ahead] == folded[end + ahead]:
        ahead += 1
    best, rank = 0, -1
    for shift in sorted(range(-back, ahead + 1), key=abs):
        here = _rank(fuller, start + shift, end + shift, lines)
        if here == 0 and (place.b + shift in (0, other_length)) and (start + shift == 0 or end + shift == len(folded)):
            here = 1
        if here > rank:
            best, rank = shift, here
    return best


def _rank(fuller: Passage, start: int, end: int, lines: Container[int]) -> int:
    """Tell whole lines (4), whole sentences (3), those beside which a mark was lost or doubled (2), whole clauses (1),
    and others (0).
    """
    exact = fuller.exact
    if start in lines and end in lines:
        return 4
    item = any(at in lines and _OPENER.fullmatch(exact, at, start) for at in range(max(0, start - _OPENING), start))
    opens, closes = item or start in lines or fuller.ends_sentence(start), end in lines or fuller.ends_sentence(end)
    if opens and closes:
        return 3
    if (opens or exact[start] in SENTENCE_END) and (closes or exact[end] in SENTENCE_END):
        return 2
    folded = fuller.folded
    return int((opens or folded[start - 1] in _CLAUSE) and folded[end - 1] in _CLAUSE)


def _addition(fuller: Passage, place: Place, lines: Container[int], other_length: int) -> str | None:
    """Class a stretch that only ``fuller`` has; None when it is a difference like any other."""
    start, end = place.a, place.a_end
    words = fuller.exact[start:end]
    front, back = start == 0 and place.b == 0, end == len(fuller.exact) and place.b == other_length
    rank = _rank(fuller, start, end, lines)
    if rank < 2:
        if back and _is_last_words(fuller, start):
            return "cut-end"
        least = _LINE if front and words.endswith(_COLONS) else _CUT  # a label is short
        return "cut-end" if (front or back) and _count(words) >= least else None
    if rank == 2:
        words += "。"
    if _holds_sentence(words) or (rank == 4 and _are_items(fuller, start, end, lines)):
        return "cut-end" if front or back else "missing-sentence"
    return None


def _is_last_words(fuller: Passage, start: int) -> bool:
    """Tell whether a copy that ends at ``start``, in mid-sentence, lacks but the few words that end the sentence."""
    exact = fuller.exact
    words = exact[start:]
    if not fuller.ends_sentence(len(exact)) or any(c.isnumeric() or c in _TELLING for c in words):
        return False
    begin = max(exact.rfind(mark, 0, start) for mark in SENTENCE_END) + 1
    return is_han(exact[start - 1]) and begin > 0 and _count(exact[begin:start]) >= _CUT


def _count(words: str) -> int:
    return sum(1 for _ in _WORD.finditer(words))


def _holds_sentence(words: str) -> bool:
    """Tell whether there is prose in whole lines: not only a signature, a date or a number."""
    if _count(words) >= _LINE:
        return True
    for match in _ENDED.finditer(words):
        number, read = len(_NUMBER.findall(match[0])), _count(match[0])
        if number < read and number + read >= _SENTENCE:  # a number is read as a word, but a date is no sentence
            return True
    return False


def _are_items(fuller: Passage, start: int, end: int, lines: Container[int]) -> bool:
    """Tell whether all lines of a stretch are list items with words in them."""
    text, first = fuller.text[: fuller.origin(end - 1) + 1], fuller.origin(start)
    begin = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    rows = [row for row in text[begin:].splitlines() if row.strip()]
    return all(_ITEM.match(row) and any(map(is_han, row)) for row in rows)
