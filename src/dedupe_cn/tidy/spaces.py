"""Replace typographic spaces, and drop blanks between ideographs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dedupe_cn.model import Edit, Kind
from dedupe_cn.text.characters import HAN, SPACES

#: NBSP, the spaces of fixed width, narrow NBSP and the mathematical space; U+3000 is structure in Chinese.
_TYPOGRAPHIC = "\xa0\u2000-\u200a\u202f\u205f"
_RUN = re.compile(f"[{_TYPOGRAPHIC}]++")
# All the white space between two visible characters of a line, with a typographic space somewhere in it.
_INSIDE = re.compile(rf"(?<![{SPACES}])(?<=[^\r\n])[\t \u3000]*+[{_TYPOGRAPHIC}][{SPACES}]*+(?=[^\r\n])")
_MARKER = re.compile(r"(?<![^\r\n])[ \t>]*+(?:#{1,6}|[-*+]|\d{1,9}[.)])\Z")
_HAN_BLANKS = re.compile(f"[{HAN}]([ \t]++)(?=[{HAN}])")
# 第一章 总则, 第十二条 ……: the blank sets the number apart.
_NUMBER = re.compile(r"第[\d一二三四五六七八九十百千零〇两]{1,8}[编章节条款项卷回篇部集课讲册]\Z")
#: How far to look back for what a line begins with: farther than any number or marker reaches.
_WINDOW = 64


def typographic_spaces(text: str, kind: Kind) -> list[Edit]:
    """Replace NBSP and typographic spaces by as many ASCII blanks.

    In Markdown they stay at both ends of a line and behind the marker it begins with (``#``, ``1.``), where ASCII
    blanks would make code, a line break, a heading or a list.

    >>> typographic_spaces("一\\xa0二", Kind.TEXT)
    [Edit(start=1, end=2, replacement=' ', rule='typographic-spaces')]
    """
    if not _RUN.search(text):
        return []
    return [
        Edit(run.start(), run.end(), " " * len(run[0]), "typographic-spaces")
        for start, end in (_inside(text) if kind is Kind.MARKDOWN else ((0, len(text)),))
        for run in _RUN.finditer(text, start, end)
    ]


def _inside(text: str) -> Iterator[tuple[int, int]]:
    for match in _INSIDE.finditer(text):
        if not _MARKER.search(text[max(0, match.start() - _WINDOW) : match.start()]):
            yield match.span()


def han_spaces(text: str) -> list[Edit]:
    """Drop ASCII blanks and TABs between two ideographs of a line, except behind a number like 第一章.

    >>> han_spaces("中 文")
    [Edit(start=1, end=2, replacement='', rule='han-spaces')]
    """
    if " " not in text and "\t" not in text:
        return []
    return [
        Edit(match.start(1), match.end(1), "", "han-spaces")
        for match in _HAN_BLANKS.finditer(text)
        if not _NUMBER.search(text[max(0, match.start(1) - _WINDOW) : match.start(1)])
    ]
