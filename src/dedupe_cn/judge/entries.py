"""Entries of a series: of ``A text, B text, B other text`` the two in the middle are no row of copies.

What repeats there, shifted along itself, is ``text, B``; but A and B name what stands beside them (principle 3
of docs/how-it-decides.md), and without one ``text, B`` what B says is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_cn.compare.word_tables import NUMERALS
from dedupe_cn.judge.names import differ_little, shown_title
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import HAN, ends_sentence
from dedupe_cn.text.labels import few_words

if TYPE_CHECKING:
    from dedupe_cn.copies.found import Range
    from dedupe_cn.judge.case import Case, Page

#: Similarity (0-1) from which two names without any sign are of one form.
_ONE_FORM = 0.5
#: Characters of a name in the line of what it names; the signs behind one before it, and before one behind it.
_SHORT, _BEHIND_NAME, _BEFORE_NAME = 12, "：:]】", "（(【[—-"
#: Characters that two names may have in common where they end, or begin.
_NEAR = 4
_BEHIND_NUMBER = _BEHIND_NAME + "、.．）)"
_NUMERAL, _STOP = regex(rf"[\d{''.join(NUMERALS)}第（(]+"), regex(r"[，。；！？,;!?]")
#: Characters that the marks of quotes and indents before a line take, at most.
_MARKS = 80
_HAN_RUN = regex(f"[{HAN}]+")
_LETTERS, _DIGITS = regex(r"[^\W\d_]+"), regex(r"\d+")
_SIGN = regex(r"[^字a0\s]")
#: What opens a container.
_OPENS = r"\s*(?:<[A-Za-z]|:::\s*\w|\{[{%]|!!!|\?\?\?|>\s*\[!|@tab)"
_OPENER = regex(_OPENS)
#: What names the lines below it by its form; a blank line behind one.
_FRONT = regex(rf"[:：、](?:\*\*|__)?$|^(?:\*\*|__).*(?:\*\*|__)$|^{_OPENS}")
_BLANK = regex(r"[ \t\r\u3000>]*\n[ \t\r\u3000>]*(?:\n|\Z)")


def other_entry(case: Case) -> Reason | None:
    """Say that lines at the ends of a row of copies name its parts: another one stands before it, or behind it."""
    page, exact = case.page, case.page.layout.exact
    begin, middle = sorted((case.kept[0], case.removed[0]))
    middle_end, end = sorted((case.kept[1], case.removed[1]))
    back, ahead = _common(exact, begin, middle, -1), _common(exact, middle_end, end, 1)
    begin, middle = begin - back, middle - back
    for step, outside, inside in ((-1, begin - 1, middle - 1), (1, end + ahead, middle_end + ahead)):
        if not 0 <= outside < page.reader.size:
            continue
        one, other = page.reader.line(outside), page.reader.line(inside)
        if one == other or (case.copy.lines and other[1] - other[0] >= middle - begin):
            continue  # inside of one line, or the line is a copy by itself
        ours, theirs = (page.layout.slice(*line).strip() for line in (one, other))
        between = page.layout.slice(begin, middle)
        if one[0] < outside + (step < 0) < one[1]:  # a copy begins, or ends, inside of it
            names = _are_in_line(page, (outside, one), (inside, other), step)
        else:
            names = 2 * len(theirs) <= len(between) and differ_little(ours, theirs)
        names = names or (_are_names(ours, theirs) and not all(map(_is_name, between.splitlines())))
        if names and not _names_other_side(page, other, step):
            return Reason("other-label", (shown_title(ours), shown_title(theirs)))
    return None


def _are_in_line(page: Page, one: tuple[int, Range], other: tuple[int, Range], step: int) -> bool:
    """Tell whether two lines differ only in a name before what a copy begins with, or behind what it ends with.

    ``甲：`` or ``[x]`` and their text in one line, ``编号：0031`` or ``（甲）`` behind it. Each line is given with the
    last place outside of the row, going by ``step``.
    """
    names = [page.layout.slice(*((line[0], at + 1) if step < 0 else (at, line[1]))) for at, line in (one, other)]
    if any(len(name) > _SHORT or _STOP.search(name) for name in names):
        return False
    at = one[0]
    near = slice(at + 1, at + 1 + _NEAR) if step < 0 else slice(max(0, at - _NEAR), at)
    beside = set(page.layout.exact[near])
    numbers = all(map(_NUMERAL.fullmatch, names))
    if step > 0:
        return not beside.isdisjoint(_BEFORE_NAME) or (numbers and any(map(str.isdigit, beside)))
    return not beside.isdisjoint(_BEHIND_NUMBER if numbers else _BEHIND_NAME)


def _names_other_side(page: Page, line: Range, step: int) -> bool:
    """Tell whether a line names what stands on the other side of it than the copies do, going by ``step`` from them.

    Headings, openers and what ends in a colon name what follows; elsewhere the blank line tells.
    """
    span, text = page.layout.span(*line), page.layout.text
    before = text[max(0, span.start - _MARKS) : span.start].rstrip(" \t\u3000>").endswith(("\n\n", "\n\r\n"))
    behind = bool(_BLANK.match(text, span.end))
    heads = span.start in page.heads or bool(_FRONT.search(text[span.start : span.end].rstrip()))
    follows = heads or (before and not behind)
    return follows if step > 0 else not heads and behind and not before


def _common(exact: str, one: int, other: int, step: int) -> int:
    """Count how many characters before (or behind) two places are the same, as many as lie between them at most."""
    most = min(other - one, one if step < 0 else len(exact) - other)
    first, second = (exact[at - most : at][::-1] if step < 0 else exact[at : at + most] for at in (one, other))
    return next((at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b), most)


def _are_names(one: str, other: str) -> bool:
    """Tell whether two lines are names of one form: ``甲：`` and ``乙：``, ``:::note`` and ``:::tip``."""
    if not (_is_name(one) and _is_name(other)):
        return False
    form, other_form = (_DIGITS.sub("0", _LETTERS.sub("a", _HAN_RUN.sub("字", line))) for line in (one, other))
    if differ_little(one, other):
        return True
    return form == other_form and (bool(_SIGN.search(form)) or differ_little(one, other, _ONE_FORM))


def _is_name(line: str) -> bool:
    """Tell whether a line is short and neither a sentence nor a part of one, or opens a container."""
    bare = line.strip().rstrip("*_ ")
    part = bare[-1:] in "，；,;" or (bare[-1:] == "、" and len(bare) > _NEAR)
    return bool(_OPENER.match(line)) or (few_words(line) and not part and not ends_sentence(bare))
