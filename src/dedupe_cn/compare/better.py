"""Which of two copies is the right one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from dedupe_cn.compare.classes import ClassedPlace, Sides
from dedupe_cn.compare.passages import Passage, Place
from dedupe_cn.compare.word_tables import simplified_only
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import is_han
from dedupe_cn.text.folding import variants

#: Blanks between two Chinese characters on one line, and characters without width.
_BLANK = regex(r"(?<=[\u3400-\u9fff])[ \t\u00a0\u2000-\u200a\u3000]+(?=[\u3400-\u9fff])")
_NO_WIDTH = regex("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
#: Doublings beyond which a likelier reading gains no more weight.
_LIMIT = 6.0
#: Weight up to which the evidence is not clear: half a doubling of one reading.
_UNCLEAR = 0.5 / _LIMIT


def find_better(sides: Sides, findings: Sequence[ClassedPlace], common: Iterable[Place]) -> str | None:
    """Say which copy has fewer faults: ``removed`` (the first), ``kept``, or None when that is not clear.

    A fault is a mark or a character that the other copy has right. ``common`` are the stretches that are equal when
    folded; they tell which script the passage is written in.
    """
    balance = float(_loose(sides.first) - _loose(sides.second))
    simplified = any(f.kind == "variant" for f in findings) and _is_simplified(sides.first, common)
    balance += sum(_fault(sides, finding, simplified=simplified) for finding in findings)
    if abs(balance) <= _UNCLEAR:
        return None
    return "kept" if balance > 0 else "removed"


def _loose(passage: Passage) -> int:
    if passage.dense:
        return 0
    return len(_BLANK.findall(passage.text)) + len(_NO_WIDTH.findall(passage.text))


def _is_simplified(passage: Passage, common: Iterable[Place]) -> bool:
    """Tell whether fewer traditional forms than simplified ones stand in what both copies share."""
    table, simple = variants(), simplified_only()
    balance = 0
    for place in common:
        for char in passage.exact[place.a : place.a_end]:
            if char in simple:
                balance += 1
            elif char in table:
                balance -= 1
    return balance >= 0


def _fault(sides: Sides, finding: ClassedPlace, *, simplified: bool) -> float:
    """Weigh one difference: positive when the first copy is at fault, negative when the second is."""
    place = finding.place
    one, other = sides.first.exact[place.a : place.a_end], sides.second.exact[place.b : place.b_end]
    if finding.reading is not None:
        return -max(-_LIMIT, min(_LIMIT, finding.reading.evidence)) / _LIMIT
    if finding.kind == "width":
        return _narrow(sides.first, place.a, place.a_end) - _narrow(sides.second, place.b, place.b_end)
    if finding.kind == "variant":
        table = variants()
        more = sum(c in table for c in one) - sum(c in table for c in other)
        return float(more if simplified else -more) + _compatible(one) - _compatible(other)
    if finding.kind in ("stray-mark", "doubled-mark"):
        return float(len(one) - len(other))
    if finding.kind == "dropped-mark":
        return 0.5 * (len(other) - len(one))
    return 0.0


def _compatible(text: str) -> int:
    """Count Kangxi radicals and other characters that only stand for the everyday one."""
    return sum(is_han(char) and unicodedata.normalize("NFKC", char) != char for char in text)


def _narrow(passage: Passage, start: int, end: int) -> float:
    """Count half-width marks beside Chinese characters, and full-width letters and digits."""
    count = 0
    for at in range(start, end):
        char = passage.exact[at]
        around = passage.exact[max(0, at - 1) : at] + passage.exact[at + 1 : at + 2]
        if (char.isascii() and not char.isalnum()) or char in "｡､｢｣･":
            count += any(map(is_han, around))
        elif unicodedata.east_asian_width(char) == "F" and char.isalnum():
            count += 1
    return float(count)
