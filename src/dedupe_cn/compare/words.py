"""The class of a difference in words: what counts, denies, names, or says the opposite."""

from __future__ import annotations

import re

from dedupe_cn.compare.passages import Passage, Place
from dedupe_cn.compare.tokens import counts, is_harmless, number_class
from dedupe_cn.compare.word_tables import (
    NEGATIONS,
    NUMERALS,
    antonyms,
    limiting_words,
    measure_words,
    names,
    opposed_words,
    units,
)
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import is_han

_LETTERS = regex("[A-Za-z]+")
_LATIN_WORD = regex(r"[A-Za-z][A-Za-z.+#]*")
#: Characters of a longer word, a part of which differs, that are searched for its opposite.
_LONGEST_OPPOSED = 6
#: Characters of a unit that may stand before the one that differs.
_UNIT = 4
#: Words for a sign before a number.
_SIGNED = frozenset("正负")
_COUNT = f"(?=[0-9０-９{''.join(NUMERALS)}])"
#: What before a number makes another number of it, and the class of that.
_BEFORE_NUMBERS = (
    ("date", regex(rf"(?:上午|下午|早上|早晨|清晨|中午|傍晚|晚上|夜里|凌晨|公元前|公元){_COUNT}")),
    ("sign", regex(rf"(?:零下|零上|东经|西经|北纬|南纬){_COUNT}")),
)
#: What behind a number says whether something is before or behind it, inside or outside (三日以前, 五十里以外).
_BOUND = regex(
    rf"[0-9０-９{''.join(NUMERALS)}][\u4e00-\u9fff]{{0,2}}?(?:[以之][前后内外]|(?<=[秒分时点天日周月季年岁])[前后内外])"
)
#: Characters beside a difference in which such a word is looked for.
_REACH = 5
#: What a measure word may stand behind without a number.
_EACH = frozenset("每各")
#: Words of Chinese characters, and clauses of them.
_CLAUSES = regex("[，、；]?[\u3400-\u9fff]+(?:[，、；][\u3400-\u9fff]+)*[，、；]?")
#: Characters that add a tone and make no other word of the next one.
_TONES = frozenset("嗯呃哦噢啊呀啦嘛呢哎唉哈嘿喏很挺颇")
_PLACE_ENDINGS = frozenset("省市县区镇乡村州府国局院部厅委会")


def class_of_substance(first: Passage, second: Passage, place: Place) -> str:
    """Class a stretch in which other letters stand; what is guarded comes first."""
    ours, theirs = first.exact, second.exact
    one, other = ours[place.a : place.a_end], theirs[place.b : place.b_end]
    if (number := _class_of_number(first, second, place)) is not None:
        return number
    if _units_differ(ours, theirs, place):
        return "unit"
    after = ours[place.a_end : place.a_end + 1]
    if (after.isdecimal() and (one + other)[-1:] in _SIGNED) or (after == "]" and ours[place.a - 1 : place.a] == "["):
        return "sign"
    if (kind := _before_number(first, second, place)) is not None:
        return kind
    denial = _denial(first, second, place)
    if denial is not None:
        return denial
    if one and other:
        return class_of_words(first, second, place)
    fuller, start, end = (ours, place.a, place.a_end) if one else (theirs, place.b, place.b_end)
    return "inserted-words" if _only_adds(fuller, start, end) else "word"


def _only_adds(exact: str, start: int, end: int) -> bool:
    """Tell whether words that the other copy lacks limit nothing and name nobody, and make no other word of the next
    one (副主任).
    """
    words = exact[start:end]
    if words in _TONES:
        return True
    if len(words) < 2 or not _CLAUSES.fullmatch(words) or limiting_words().search(words):
        return False
    if exact.endswith(words, 0, start) or exact.startswith(words, end):  # typed twice, it adds nothing
        return False
    known = names()
    return words[-1] not in _PLACE_ENDINGS and not any(known.holds(exact, i, i + 1) for i in range(start, end))


def _before_number(first: Passage, second: Passage, place: Place) -> str | None:
    """Tell half-days, eras and directions before a number (上午九时, 零下5度, 东经120度) from other words, and bounds
    behind it.
    """
    sides = ((first.exact, place.a, place.a_end), (second.exact, place.b, place.b_end))
    for kind, pattern in _BEFORE_NUMBERS:
        told = [[found[0] for found in _found_beside(pattern, *side)] for side in sides]
        if told[0] != told[1]:
            return kind
    bounds = [[found for found in _found_beside(_BOUND, *side) if found.end() > side[1]] for side in sides]
    one, other = ([found[0][-1] for found in side] for side in bounds)
    if not one or not other or one == other:
        return None
    found = bounds[0][0]
    return "date" if number_class(found.string, found.start(), found.start() + 1) == "date" else "amount"


def _found_beside(pattern: re.Pattern[str], exact: str, start: int, end: int) -> list[re.Match[str]]:
    """Find a pattern at a stretch of a text, or directly beside it."""
    found = pattern.finditer(exact, max(0, start - _REACH), min(len(exact), end + _REACH))
    return [match for match in found if match.start() <= end and match.end() > start - 1]


def _class_of_number(first: Passage, second: Passage, place: Place) -> str | None:
    """Class a stretch in which digits or numerals differ; None for another."""
    ours, theirs = first.exact, second.exact
    one, other = ours[place.a : place.a_end], theirs[place.b : place.b_end]
    if any(c.isdigit() or (c.isnumeric() and not is_han(c)) for c in one + other):
        exact, at = (ours, place.a) if any(map(str.isdigit, one)) else (theirs, place.b)
        at = next((i for i in range(at, len(exact)) if exact[i].isdigit()), at)
        return number_class(exact, at, at + 1)
    if _numerals_differ(first, second, place):
        exact, at = (ours, place.a) if set(one) & NUMERALS else (theirs, place.b)
        at = next(i for i in range(at, len(exact)) if exact[i] in NUMERALS)
        kind = number_class(exact, at, at + 1)
        return "numeral" if kind == "number" else kind
    return None


def class_of_words(first: Passage, second: Passage, place: Place) -> str:
    """Class a word that stands for another and neither counts nor denies: ``antonym``, ``name`` or ``word``."""
    return _opposite(first, second, place) or _name(first, second, place) or "word"


def _telling(passage: Passage, start: int, end: int, tellers: frozenset[str], *, alone: bool) -> list[int]:
    """Give the places of numerals or negations in a stretch, but for those in harmless words.

    A character that is all that one copy has more (``alone``) is never excused by the word it makes with its
    neighbours; in a word replaced it is (非洲 by 亚洲).
    """
    exact = passage.exact
    reach = (start, end) if alone else (0, len(exact))
    return [i for i in range(start, end) if exact[i] in tellers and not is_harmless(exact, i, *reach)]


def _numerals_differ(first: Passage, second: Passage, place: Place) -> bool:
    ours, theirs = first.exact, second.exact
    one, other = ours[place.a : place.a_end], theirs[place.b : place.b_end]
    if NUMERALS.isdisjoint(one + other) or [c for c in one if c in NUMERALS] == [c for c in other if c in NUMERALS]:
        return False
    if one and other and set(one) | set(other) <= NUMERALS:
        return True
    alone = not (one and other)
    return any(counts(ours, i) for i in _telling(first, place.a, place.a_end, NUMERALS, alone=alone)) or any(
        counts(theirs, i) for i in _telling(second, place.b, place.b_end, NUMERALS, alone=alone)
    )


def _units_differ(ours: str, theirs: str, place: Place) -> bool:
    """Tell whether a number is followed by other units (20公里 and 20英里, 5mg and 5g), or by other measure words (三箱
    and 三桶, 每箱 and 每桶).
    """
    for back in range(min(_UNIT, place.a, place.b) + 1):
        a, b = place.a - back, place.b - back
        if not a or not b or ours[a - 1] != theirs[b - 1]:
            continue
        number = ours[a - 1].isnumeric() or ours[a - 1] in NUMERALS
        if not number and ours[a - 1] not in _EACH:
            continue
        one, other = _unit(ours, a), _unit(theirs, b)
        if one != other and (number or (one and other)):
            return a + max(len(one), len(other)) > place.a
        one, other = ours[a : a + 1], theirs[b : b + 1]  # nothing, where a text ends with its number
        return back == 0 and one != other and {one, other} <= measure_words()
    return False


def _unit(exact: str, at: int) -> str:
    """Give the unit that stands at a place, the longest that fits."""
    latin = _LETTERS.match(exact, at)
    if latin:
        return latin[0]
    return next((exact[at : at + size] for size in range(_UNIT, 0, -1) if exact[at : at + size] in units()), "")


def _denial(first: Passage, second: Passage, place: Place) -> str | None:
    """Tell a changed negation from 有 against 无."""
    ours, theirs = first.exact, second.exact
    one, other = ours[place.a : place.a_end], theirs[place.b : place.b_end]
    if {one, other} == {"", "有"}:
        return "have-none"
    if NEGATIONS.isdisjoint(one + other):
        return None
    alone = not (one and other)
    no_a = [ours[i] for i in _telling(first, place.a, place.a_end, NEGATIONS, alone=alone)]
    no_b = [theirs[i] for i in _telling(second, place.b, place.b_end, NEGATIONS, alone=alone)]
    if ("有" in one and "无" in other) or ("无" in one and "有" in other):
        return "have-none"
    return "negation" if sorted(no_a) != sorted(no_b) else None


def _opposite(first: Passage, second: Passage, place: Place) -> str | None:
    ours, theirs = first.folded, second.folded
    table, longest = antonyms(), max(_LONGEST_OPPOSED, place.a_end - place.a)
    for left, right in opposed_words().around(ours, place.a, place.a_end):
        start = place.b - (place.a - left)
        end = place.b_end + (right - place.a_end)
        if right - left <= longest and start >= 0 and theirs[start:end] in table[ours[left:right]]:
            return "antonym"
    return None


def _name(first: Passage, second: Passage, place: Place) -> str | None:
    ours, theirs = first.exact, second.exact
    one, other = ours[place.a : place.a_end], theirs[place.b : place.b_end]
    if _LATIN_WORD.fullmatch(one) and _LATIN_WORD.fullmatch(other):
        return "name" if one[0].isupper() or other[0].isupper() else None
    known = names()
    if known.holds(ours, place.a, place.a_end) and known.holds(theirs, place.b, place.b_end):
        return "name"
    behind = ours[place.a_end : place.a_end + 1]
    if behind in _PLACE_ENDINGS and is_han(one[-1]) and is_han(other[-1]) and len(one) <= 4 and len(other) <= 4:
        return "name" if behind in "省市县区镇乡村州" else None
    return "name" if one[-1] in _PLACE_ENDINGS and other[-1] in _PLACE_ENDINGS else None
