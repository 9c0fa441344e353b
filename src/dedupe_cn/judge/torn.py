"""A copy that reaches further than what could go: half of it would be torn off."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import takewhile

from dedupe_cn.judge.case import Case
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import SENTENCE_END

#: Characters beside both copies that are compared, and the similarity (0-1) from which the copy reaches further.
_BESIDE, _TORN = 40, 0.6
#: Han characters without which what stands beside tells nothing, and how many of it go on to the letter at least.
_TELLING, _GOES_ON = 10, 15
#: Letters of one more copy that breaks off.
_BEGUN = 8
#: Letters with which a sentence goes on behind a row of copies, at least, and the similarity (0-1) from which it is
#: as before.
_GONE_ON, _NEARLY = 4, 0.7
_HAN = regex(r"[\u3400-\u9fff]")


def torn(case: Case) -> Reason | None:
    """Say that what stands beside both stretches is alike too: then only a part of the copy would go.

    Where one copy follows the other, what stands between them is the one that stays itself, and all of both is noise or
    equal: what is like it before them is another text.
    """
    (kept, kept_end), (removed, removed_end) = case.kept, case.removed
    exact = case.page.layout.exact
    if case.copy.in_a_row and ((case.copy.exact and _breaks_off(case)) or _goes_on_alike(case) or _is_taken_up(case)):
        return Reason("torn")
    if case.copy.in_a_row and case.likeness == "noise":
        return None
    # What stands between the two is looked at; behind it stands one of them, which tells nothing of what is beside it.
    beside = min(_BESIDE, max(removed - kept_end, kept - removed_end)) or _BESIDE
    if removed_end != kept and abs(removed - kept) >= _BESIDE:
        before = (exact[max(0, at - beside) : at][::-1] for at in (kept, removed))
        if _same(*before):
            return Reason("torn")
    if kept_end != removed and abs(removed_end - kept_end) >= _BESIDE:
        behind = (exact[at : at + beside] for at in (kept_end, removed_end))
        if _same(*behind):
            return Reason("torn")
    return None


def _breaks_off(case: Case) -> bool:
    """Tell whether behind a row of copies one more begins that breaks off at the end of a line."""
    reader, end = case.page.reader, max(case.kept[1], case.removed[1])
    if end >= reader.size:
        return False
    line = reader.starts[min(bisect_right(reader.starts, end), len(reader.starts) - 1)]
    if not reader.is_edge(end) or line - end >= case.unit or reader.letters(end, line) < _BEGUN:
        return False
    exact, first = case.page.layout.exact, end - case.unit
    return not reader.is_edge(first + line - end) and exact[end:line] == exact[first : first + line - end]


def _goes_on_alike(case: Case) -> bool:
    """Tell whether the sentence in which a row of copies ends goes on nearly as the one before it does.

    Then the copies are whole sentences, one of them with another word, and what stands before the first one happens to
    end as both do: 有关规定。甲按照有关规定。甲按照无关规定。 holds 有关规定。甲按照 twice.
    """
    reader, exact = case.page.reader, case.page.layout.exact
    end = max(case.kept[1], case.removed[1])
    begin = max(case.kept[0], case.removed[0]) if case.copy.times == 2 else end - case.unit  # where the last one begins
    if reader.is_edge(end) or reader.begins_sentence(end):
        return False
    begun = _sentence_end(exact, begin, reader.line(begin)[1])
    if begun > end:
        return False  # one sentence holds the whole copy and goes on behind it
    ours, theirs = exact[end : _sentence_end(exact, end, reader.line(end)[1])], exact[begin:begun]
    if ours == theirs or reader.letters(end, end + len(ours)) < _GONE_ON:
        return False
    from rapidfuzz.distance import Indel

    size = min(len(ours), len(theirs))
    return Indel.normalized_similarity(ours[:size], theirs[:size]) >= _NEARLY


def _is_taken_up(case: Case) -> bool:
    """Tell whether a paragraph takes up the last sentence of the one before and goes on with it: A。B。 and B，C。

    Then only the mark before B happens to be the one between the two. A copy has its line ends where the original has.
    """
    reader, exact = case.page.reader, case.page.layout.exact
    first, second = sorted((case.kept[0], case.removed[0]))
    end = max(case.kept[1], case.removed[1])
    if not case.copy.exact or case.copy.times > 2 or exact[first] not in SENTENCE_END or reader.begins_sentence(end):
        return False
    marks = next((number for number, char in enumerate(exact[first:second]) if char.isalnum()), 0)
    return not reader.is_edge(first + marks) and reader.is_edge(second + marks)


def _sentence_end(exact: str, at: int, line: int) -> int:
    """Give where the sentence ends that goes on at a place, the end of its line at the latest."""
    return min((found + 1 for sign in SENTENCE_END if (found := exact.find(sign, at, line)) >= 0), default=line)


@lru_cache(maxsize=4096)
def _same(one: str, other: str) -> bool:
    """Tell whether what stands beside two copies is alike; both are read away from the copy."""
    if min(len(_HAN.findall(one)), len(_HAN.findall(other))) < _TELLING:
        return False
    equal = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    if len(_HAN.findall("".join(sign for sign, _ in equal))) >= _GOES_ON:
        return True
    from rapidfuzz.distance import Indel

    # What stands in both in order is at least as much as what stands in both in blocks.
    if Indel.normalized_similarity(one, other) < _TORN:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _TORN
