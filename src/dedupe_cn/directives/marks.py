"""Read the marks in a text: comments by which an author says where nothing may be changed.

``<!-- dedupe-cn: off -->`` … ``<!-- dedupe-cn: on -->``, ``ignore-next`` and ``ignore-file``, each alone or with names
of rules and groups. The comment may be MDX's ``{/* … */}``, and marks, brackets and blanks may be the full-width ones
that a Chinese input method writes. In doubt a mark protects: a name that is unknown stands for all rules in ``off`` and
its like, and for none in ``on``. A mark that stands in code is an example of a mark.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.directives.mark_mention import MENTION
from dedupe_cn.model import Block, Kind, Span
from dedupe_cn.model import Warning as Finding
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.settings import GROUPS, RULES
from dedupe_cn.text.code_spans import code_spans, nested_code
from dedupe_cn.text.segments import blocks

EVERY = frozenset(RULES)
WORDS = ("off", "on", "ignore-next", "ignore-file")
#: Blocks in which a comment is no comment.
_CODE = frozenset({"code", "indented-code", "front-matter", "math"})

_DASHES = "(?:-{2,}|－－|[—–]{1,2})"
_OPEN = rf"(?:(?P<html>[<＜《〈][!！]{_DASHES})|[{{｛]\s{{0,9}}/[*＊])\s{{0,99}}dedupe-cn"
#: A mark: opening, name, colon or blank, what it says, and the closing that belongs to the opening.
_MARK = regex(
    rf"{_OPEN}(?P<colon>\s{{0,9}}[:：]\s{{0,9}}|\s{{1,9}})(?P<said>[^<>＜＞《》〈〉{{}}｛｝]{{1,400}}?)\s{{0,99}}"
    rf"(?:(?(html){_DASHES}[>＞》〉]|[*＊]/\s{{0,9}}[}}｝]))",
    re.IGNORECASE,
)
#: White space before the name; characters of an opening before its dashes of one byte.
_MOST_SPACE, _LONGEST = 99, 16
_OPENING = regex(_OPEN, re.IGNORECASE)
_BEGUN = regex(rf"{_OPEN}\s{{0,9}}[:：]", re.IGNORECASE)
_BETWEEN = regex(r"[\s,;、]+")


class Mark(NamedTuple):
    """One mark: the comment, its word, and the rules it is about (all of them when it names none).

    ``named`` tells whether it names rules, all of which are known.
    """

    span: Span
    word: str
    rules: frozenset[str]
    named: bool


class MarkReading(NamedTuple):
    """The marks of a text in order, what is wrong with others, and the blocks of the text."""

    marks: tuple[Mark, ...]
    problems: tuple[Finding, ...]
    blocks: tuple[Block, ...]


def read_marks(text: str, kind: Kind) -> MarkReading:
    """Read the marks that stand outside of code.

    >>> [(m.word, sorted(m.rules)) for m in read_marks("<!-- dedupe-cn：off tandem，bom -->", Kind.MARKDOWN).marks]
    [('off', ['bom', 'tandem'])]
    """
    openings = list(_openings(text))
    found: list[re.Match[str]] = []
    for start in openings:
        if (not found or start >= found[-1].end()) and (whole := _MARK.match(text, start)):
            found.append(whole)
    begun = [match for start in openings if not _is_at(found, start) and (match := _BEGUN.match(text, start))]
    if not found and not begun:
        return MarkReading((), (), ())
    table = tuple(blocks(text, kind))
    in_code = _Code(text, kind, table)
    marks: list[Mark] = []
    problems: list[Finding] = []
    for match in found:
        if not in_code.holds(match.start()):
            mark, said = _mark(match)
            problems += said
            marks += [mark] if mark else []
    problems += [_finding(match, "mark-open") for match in begun if not in_code.holds(match.start())]
    return MarkReading(tuple(marks), tuple(problems), table)


def _openings(text: str) -> Iterator[int]:
    """Give where comments begin that open with the name of the program.

    The name is looked for, not the opening: that is twenty times as fast.
    """
    for name in MENTION.finditer(text):
        at = name.start() - len("dedupe")
        first = at - len(text[max(0, at - _MOST_SPACE) : at]) + len(text[max(0, at - _MOST_SPACE) : at].rstrip())
        while first and text[first - 1] == "-":
            first -= 1
        opening = _OPENING.search(text, max(0, first - _LONGEST), name.end())
        while opening and opening.end() < name.end():  # that one was for a name before
            opening = _OPENING.search(text, opening.end(), name.end())
        if opening:
            yield opening.start()


def _is_at(found: Sequence[re.Match[str]], place: int) -> bool:
    at = bisect_right(found, place, key=lambda match: match.start()) - 1
    return at >= 0 and place < found[at].end()


def _mark(match: re.Match[str]) -> tuple[Mark | None, list[Finding]]:
    """Understand what a comment says: a mark or none, and what is wrong with it."""
    word, *names = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", match["said"]).lower()) if part] or [
        ""
    ]
    if word not in WORDS:
        if not match["colon"].strip():  # a sentence about the program
            return None, []
        return None, [_unknown(match, "mark-word", word, WORDS)]
    rules: set[str] = set()
    problems: list[Finding] = []
    for name in names:
        if name == "all":
            rules |= EVERY
        elif name in GROUPS or name in RULES:
            rules.update(GROUPS.get(name, (name,)))
        else:
            problems.append(_unknown(match, "mark-rule", name, (*RULES, *GROUPS, "all")))
    if not names or (problems and word != "on"):
        rules |= EVERY
    return Mark(Span(*match.span()), word, frozenset(rules), bool(names) and not problems), problems


def _unknown(match: re.Match[str], code: str, name: str, known: Sequence[str]) -> Finding:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return _finding(match, f"{code}-near", name, near[0]) if near else _finding(match, code, name)


def _finding(match: re.Match[str], code: str, *values: str) -> Finding:
    return Finding("unknown-mark", 1, match.start(), Reason(code, values))


class _Code:
    """Where the code of a text lies, looked up block by block and only where a mark stands."""

    def __init__(self, text: str, kind: Kind, table: Sequence[Block]) -> None:
        self._text = text
        self._kind = kind
        self._table = table
        self._index = -1
        self._spans: list[Span] = []

    def holds(self, place: int) -> bool:
        """Tell whether a place lies in code; places are asked for in any order, cheapest in a rising one."""
        index = bisect_right(self._table, place, key=lambda block: block.start) - 1
        if index < 0:
            return False
        block = self._table[index]
        if self._kind is Kind.MARKDOWN and block.kind in _CODE:
            return True
        if block.kind == "html":
            return False
        if index != self._index:
            self._index, self._spans = index, sorted(self._look(Span(block.start, block.end)))
        at = bisect_right(self._spans, place, key=lambda span: span.start) - 1
        return at >= 0 and place < self._spans[at].end

    def _look(self, block: Span) -> Iterator[Span]:
        start = block.start
        if self._kind is Kind.MARKDOWN:
            for fenced in nested_code(self._text, [block]):
                yield fenced
                yield from code_spans(self._text, start, fenced.start)
                start = fenced.end
        yield from code_spans(self._text, start, block.end)
