"""The numbers with which headings, clauses and paragraphs open, and their ranks."""

from __future__ import annotations

import re
from typing import NamedTuple

from dedupe_cn.regex import regex
from dedupe_cn.text.tree_parts import squashed

_HAN_DIGITS = "一二三四五六七八九十百千零〇○两廿卅"
_ANY_DIGITS = f"{_HAN_DIGITS}0-9０-９"
_FIGURES = "0-9０-９"
#: What begins a paragraph, by rank: 1 the highest. A dotted number (2.1) ranks below a plain one.
_STYLES: tuple[tuple[int, str], ...] = (
    (1, rf"第[{_ANY_DIGITS}]{{1,9}}(?:部分|部|篇|卷|编|册|辑)(?=[\s:：、.．]|$|\S{{1,30}}$)"),
    (2, rf"第[{_ANY_DIGITS}]{{1,9}}(?:章|回|讲|课|集|幕|话|单元|学时)(?=[\s:：、.．]|$|\S{{1,30}}$)"
        r"|(?:chapter|part)\s+(?:\d+|[ivxlc]+)\b"),
    (3, rf"第[{_ANY_DIGITS}]{{1,9}}节(?=[\s:：、.．]|$|\S{{1,30}}$)"),
    (4, rf"第[{_ANY_DIGITS}]{{1,9}}[条條](?:之[{_HAN_DIGITS}]{{1,3}})?(?!\s*(?:[、和或及至的第中款项规]|所|规定))"),
    (5, rf"[{_HAN_DIGITS}]{{1,5}}(?:、|[.．](?![{_FIGURES}]))"),
    (6, rf"[（(][{_HAN_DIGITS}]{{1,5}}[)）]、?"),
    (7, rf"[{_FIGURES}]{{1,3}}(?:、|[.．)）](?![{_FIGURES}]))"),
    (8, rf"[{_FIGURES}]{{1,2}}(?:[.．][{_FIGURES}]{{1,2}}){{1,3}}(?:[.、．]|(?=\s)|(?=[^\W\d]))"),
    (9, rf"[（(][{_FIGURES}]{{1,3}}[)）]、?|[\u2460-\u2473\u2474-\u249b\u3220-\u3229]"),
    (10, rf"(?:问题?|提问|题|例|Q|q)\s*[{_ANY_DIGITS}]{{0,4}}\s*[:：、.．]"),
)  # fmt: skip
_NUMBER = regex("|".join(f"(?P<r{rank}>{pattern})" for rank, pattern in _STYLES), re.IGNORECASE)
#: Numbers that a title has in front: all but clauses, which are named by them, and `问：`.
_IN_TITLE = frozenset({1, 2, 3, 5, 6, 7, 8, 9})
_EMPHASIS = regex(r"\*+|__+|~~+|`+|</?[A-Za-z][^<>]*>|<!--(?:[^-]|-(?!->))*-->")
_EMPHASIS_SIGN = regex(r"[*_~`<]")
_LINK = regex(r"!?\[([^\[\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])")
_HASHES = regex(r"^\s{0,3}#{1,6}(?:\s+|$)|\s+#+\s*$")
_UNDERLINE = regex(r"\n\s{0,3}(?:=+|-+)\s*$")
_ID = regex(r"\s*\{[#.:][^{}\n]*\}\s*$")
#: A number of a version is a name, not a number of a section.
_VERSION = regex(r"[vV]?\d+(?:\.\d+)+[^\w\s]*\s*(?:$|[（(\[\-–—]|版|发布|更新|release)", re.IGNORECASE)
_LETTER = regex(r"[^\W\d_]")


class Number(NamedTuple):
    """The number a line opens with: its rank (1 the highest), as it stands there, and how long it is."""

    rank: int
    text: str
    length: int


def number_of(line: str) -> Number | None:
    """Read the number that a line opens with.

    >>> number_of("（二）工具") and number_of("（二）工具").rank
    6
    """
    hit = _NUMBER.match(line)
    if hit is None or _VERSION.match(line):
        return None
    rank = int((hit.lastgroup or "r10")[1:])
    return Number(rank, hit[0].strip(" :：、.．"), hit.end())


def bare_title(heading: str) -> str:
    """Give a heading without markup, its number and closing signs.

    >>> bare_title("## 3. **轮值**的次序 ##")
    '轮值的次序'
    """
    text = _UNDERLINE.sub("", heading) if "\n" in heading else heading
    text = _HASHES.sub("", text) if "#" in text else text
    text = _LINK.sub(r"\1", text) if "[" in text else text
    text = _ID.sub("", text) if "{" in text else text
    text = squashed(_EMPHASIS.sub("", text) if _EMPHASIS_SIGN.search(text) else text)
    number = number_of(text)
    if number is None or number.rank not in _IN_TITLE:
        return text
    rest = text[number.length :].strip(" \u3000:：、.．-—")
    return rest if _LETTER.search(rest) else text
