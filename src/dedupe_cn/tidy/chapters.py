"""Tell where the chapters of a text are out of order; nothing of it is changed."""

from __future__ import annotations

from collections.abc import Iterator

from dedupe_cn.model import Warning as Finding
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
#: Where the number of a chapter, or of a volume, may stand; whether it begins a line is asked of the few that match.
_MAY = regex(r"第([〇○零一二三四五六七八九十百千两0-9０-９]{1,9})([章回卷部集篇])")
_TITLE = regex(r"[^\n。，；,;]{0,40}(?=\n|\r|\Z)")
_BEFORE = frozenset(" \t\u3000#*")
#: Chapters of a text in which an order is looked for, and the share of them that may be out of it: where more are, they
#: are no chapters in a row, but entries of a list.
_FEW, _SHARE = 5, 0.2


def chapters_out_of_order(text: str) -> Finding | None:
    """Give the first chapter whose number is not higher than the one before, and how many such there are.

    A new volume may begin anew, and so may a text behind its table of contents.

    >>> text = "".join(f"第{n}章\\n话。\\n" for n in (1, 2, 4, 3, 5, 6))
    >>> chapters_out_of_order(text)
    Warning(rule='chapter-order', count=1, start=21, why=Reason(code='chapter-order', values=('第4章', '第3章')))
    """
    last, name, chapters = 0, "", 0
    wrong: list[tuple[int, str, str]] = []
    for start, number, said, kind in _numbered(text):
        if kind not in "章回":
            last, name = 0, ""
            continue
        chapters += 1
        if number <= last and number > 1:
            wrong.append((start, name, said))
        last, name = number, said
    if chapters < _FEW or not wrong or len(wrong) > max(1, _SHARE * chapters):
        return None
    start, before, said = wrong[0]
    return Finding("chapter-order", len(wrong), start, Reason("chapter-order", (before, said)))


def _numbered(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Give the titles of chapters and volumes: where each stands, its number, how that is written, and its kind."""
    for found in _MAY.finditer(text):
        at = found.start()
        while at and text[at - 1] in _BEFORE:
            at -= 1
        begins = at == 0 or text[at - 1] in "\r\n"
        if begins and _TITLE.match(text, found.end()) and (number := number_from(found[1])):
            yield found.start(), number, found[0], found[2]


def number_from(written: str) -> int:
    """Give the value of a number, in Chinese or in figures; 0 where it has none.

    >>> number_from("一百零二"), number_from("二十"), number_from("十二"), number_from("１０"), number_from("一二三")
    (102, 20, 12, 10, 123)
    """
    if written.isdecimal():
        return int(written)
    if not any(sign in _UNITS for sign in written):
        return int("".join(str(_DIGITS.get(sign, 0)) for sign in written))
    total = digit = 0
    for sign in written:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS.get(sign, 0)
    return total + digit
