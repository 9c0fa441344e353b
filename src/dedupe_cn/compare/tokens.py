"""Tokens a difference may fall into: links, code, identifiers, numbers, dates and amounts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.compare.passages import Passage
from dedupe_cn.compare.word_tables import NUMERALS, harmless_words, measure_words
from dedupe_cn.regex import regex

#: An address begins where its row of characters does: without looking behind, long rows would take the square of their
#: length.
_LINK = regex(
    r"(?:https?|ftp|file)://[^\s<>\"'，。；、（）《》「」“”]+|(?<![A-Za-z0-9])www\.[\w.\-/]+"
    r"|(?<=\]\()[^)\s]+|(?<=\]\[)[^\]\s]+|^\[[^\]\n]+\]:\s*\S+"
    r"|(?<![\w.+\-])[\w.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+",
    re.ASCII | re.MULTILINE,
)
#: A bare host or file (`example.com/path`, `note.md`) is what a row of names joined by dots holds up to its last ending
#: of a known kind, with no name behind that (java.io.Reader). Each row is taken once: to try each of its names as a
#: beginning would take the square of its length.
_ROW = regex(r"(?<![A-Za-z0-9\-])[A-Za-z0-9\-]++(?:\.[A-Za-z0-9\-]++)++", re.ASCII)
_ENDING = regex(r"\.(?:com|cn|org|net|io|gov|edu|html?|md|dev)\b(?!\.[A-Za-z0-9])", re.ASCII)
_PATH = regex(r"/[\w\-./?=&%#]*", re.ASCII)
_CODE = regex(r"`+[^`\n]+`+")
#: snake_case, dotted.name, path/name, Class::method, call(), lowerCamel, --option, $variable, @Annotation. Capitalised
#: words joined by a dot or a stroke (Node.js, Redis/MySQL) are names.
#: A plain Latin word is a token too, so that it changes as a whole. What would not match from the beginning of a row of
#: letters matches from no other place of it: without looking behind, long rows would take the square of their length.
_IDENTIFIER = regex(
    r"[$@]\w+|(?<!\w)--?[A-Za-z][\w\-]*|\b[a-z]\w*(?:(?:\.|/|\\)\w+)+|(?<!\w)\w+(?:(?:::|->|_)\w+)+|/\w+(?:/\w+)+"
    r"|(?<![A-Za-z0-9\-])[A-Z]{1,4}-\d+(?:-\w+)*(?![A-Za-z])"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9]+_\w*|(?<!_)_+[A-Za-z]\w*|\b[A-Za-z]\w*\([\w, ]*\)|\b[a-z]+[A-Z]\w*",
    re.ASCII,
)
_LATIN = regex(r"[A-Za-z]+", re.ASCII)
_NUMBER = regex(r"[+\-±]?\d+(?:[.,:/\-~×xX]\d+)*[%‰℃]?")
_NUMERAL = regex(f"[{''.join(NUMERALS)}]{{2,}}")
_DATE_BEHIND = regex(r"[年月日号时分秒点周]|(?:世纪|星期|小时|分钟)")
_AMOUNT_BEHIND = regex(
    r"[百千万亿余多几]*(?:元|角|块钱|美元|欧元|英镑|日元|港元|人民币|两银|文钱|贯|%|％|‰|个?百分点|吨|公斤|千克|斤|公里|平方|亩|公顷)"
)
_DATE_SHAPE = regex(r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}:\d{2}(?::\d{2})?")
_CURRENCY = frozenset("¥￥$€£")
#: What stands before a numeral that counts.
_COUNTING_BEFORE = frozenset("第数几约近共逾超达满足每之前后上下头初余单双各仅")
#: What stands behind a numeral that counts without being exact.
_ABOUT = frozenset("几多余来")


class Tokens(NamedTuple):
    """The tokens of a passage in the order of their ``starts`` in the exact form; none overlaps another.

    Their ``kinds`` are ``link``, ``identifier``, ``number`` and ``latin``.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    kinds: Sequence[str]

    def touching(self, start: int, end: int) -> range:
        """Number the tokens that a changed stretch touches; an empty stretch must lie inside one."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def reach(self, start: int, end: int) -> tuple[int, int]:
        """Say how far the touched tokens reach out of a stretch, to the left and to the right."""
        touched = self.touching(start, end)
        if not touched:
            return 0, 0
        return max(0, start - self.starts[touched[0]]), max(0, self.ends[touched[-1]] - end)


#: What a link cannot do without.
_LINK_SIGN = regex(r"://|www\.|\][(\[:]|@|\.(?:com|cn|org|net|io|gov|edu|html?|md|dev)\b", re.ASCII)
#: What a link, code, an identifier or a Latin word cannot do without.
_SIGN = regex(r"[A-Za-z_`$@\]/]|::|->")
_NUMBERS = ((_NUMBER, "number"), (_NUMERAL, "number"))
_WORDS = ((_CODE, "identifier"), (_IDENTIFIER, "identifier"), *_NUMBERS, (_LATIN, "latin"))


NO_TOKENS = Tokens((), (), ())


def find_tokens(passage: Passage) -> Tokens:
    """Find links, identifiers (also whatever stands between backticks), numbers and Latin words.

    Where two overlap, the one named first holds. The original text is searched, since white space parts tokens.
    """
    text, offsets = passage.text, passage.offsets
    taken = bytearray(len(passage.exact))
    found: list[tuple[int, int, str]] = []
    for spans, kind in _spans(text):
        for begin, stop in spans:
            start, end = offsets[begin], offsets[stop]
            if start < end and taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, kind))
    return Tokens(*zip(*sorted(found), strict=True)) if found else NO_TOKENS


def _spans(text: str) -> Iterator[tuple[Iterable[tuple[int, int]], str]]:
    """Give where all that may be tokens of a text stands, and their kinds, in the order in which they hold."""
    if _LINK_SIGN.search(text):
        yield _links(text), "link"
    for pattern, kind in _WORDS if _SIGN.search(text) else _NUMBERS:
        yield map(re.Match.span, pattern.finditer(text)), kind


def _links(text: str) -> Iterator[tuple[int, int]]:
    """Find links that are known by what stands before them, and then bare hosts and files.

    >>> [text[slice(*span)] for text in ("见...a-b.cn.example.com/甲", "--x.md", "a_b.com") for span in _links(text)]
    ['a-b.cn.example.com/', 'x.md']
    """
    yield from (match.span() for match in _LINK.finditer(text))
    behind = 0
    for row in _ROW.finditer(text):
        if row.start() < behind:
            continue
        start = row.end() - len(row[0].lstrip("-."))
        if text[start - 1 : start] == "_":  # the first name is the end of another one
            start += len(re.split(r"[-.]", row[0], maxsplit=1)[0]) + 1
        endings = list(_ENDING.finditer(text, start + 1, row.end() + 1))
        if endings:
            path = _PATH.match(text, endings[-1].end())
            behind = path.end() if path else endings[-1].end()
            yield start, behind


def find_numbers(text: str) -> list[str]:
    """Give the numbers in a piece of folded text, with their signs, points and per cent marks."""
    return _NUMBER.findall(text)


def number_class(exact: str, start: int, end: int) -> str:
    """Say what a number at ``[start, end)`` is: ``date``, ``amount`` or ``number``."""
    while start and (exact[start - 1].isdecimal() or exact[start - 1] in NUMERALS or exact[start - 1] in ".,:-/"):
        start -= 1
    while end < len(exact) and (exact[end].isdecimal() or exact[end] in NUMERALS or exact[end] in ".,:-/"):
        end += 1
    if _DATE_SHAPE.fullmatch(exact[start:end].strip(".,:-/")) or _DATE_BEHIND.match(exact, end):
        return "date"
    if _AMOUNT_BEHIND.match(exact, end) or (start and exact[start - 1] in _CURRENCY):
        return "amount"
    if exact.endswith("分之", 0, start) or exact.endswith(("%", "％"), start, end):
        return "amount"
    return "number"


def is_harmless(exact: str, at: int, start: int, end: int) -> bool:
    """Tell whether the character belongs to a word that neither counts nor denies (四川, 八戒, 非常).

    The word must lie in ``[start, end)``.
    """
    return harmless_words().holds(exact, at, at + 1, start, end)


def counts(exact: str, at: int) -> bool:
    """Tell whether the numeral at this place counts something: beside a measure word, a numeral or 第."""
    behind = exact[at + 1 : at + 3]
    before = exact[at - 1] if at else ""
    measures = measure_words()
    return (
        behind in measures
        or (bool(behind) and (behind[0] in measures or behind[0] in NUMERALS | _ABOUT or behind[0].isdecimal()))
        or before in _COUNTING_BEFORE
        or before in NUMERALS
        or before.isdecimal()
        or not (before.isalnum() and behind[:1].isalnum())
    )
