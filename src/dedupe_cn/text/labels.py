"""Tell which lines name what follows, though they are no headings, and for what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dedupe_cn.model import Kind
from dedupe_cn.regex import regex
from dedupe_cn.text.inline import WORD
from dedupe_cn.text.markers import markers_end
from dedupe_cn.text.numbering import Number, bare_title, number_of
from dedupe_cn.text.tree_parts import Container, Leaf, squashed

#: Words of the longest label, and code points beyond which none is looked for.
_MOST_WORDS, _LONGEST = 20, 120
#: Ranks of labels without a number; those of numbers are 1-10.
_DATED, _PLAIN = 11, 12
#: Ranks whose short lines in plain text are sections: 第…章 to （1）.
_SECTIONS = range(1, 10)
_KINDS = frozenset({"paragraph", "item", "quote"})
_BODY_KINDS = frozenset({"item", "row", "code", "quote", "verse", "image", "math", "html", "record"})
_EMPTY = frozenset({"tag", "rule"})
_HAN_DIGITS = "〇○零一二三四五六七八九十"
_DAY = rf"(?:\d{{1,2}}|[{_HAN_DIGITS}]{{1,3}})"
_DATE = regex(
    rf"(?:[（(【\[])?(?:公元)?(?:(?:\d{{2,4}}|[{_HAN_DIGITS}]{{2,4}})\s*年(?:\s*{_DAY}\s*月份?)?(?:\s*{_DAY}\s*[日号])?"
    rf"|{_DAY}\s*月\s*{_DAY}\s*[日号]"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|(?:星期|周|礼拜)[一二三四五六日天])(?![的间内])"
)
_VERSION = regex(r"\[?[vV]?\d{1,4}\.\d{1,4}(?:\.\d{1,4})*[\w.-]*\]?(?=\s|$|[（(])")
_BRACKETS = regex(r"[【〖][^【】〖〗\n]{1,40}[】〗]$")
_BOLD = regex(r"(\*\*|__)(?!\s)((?:(?!\1)[^\n])+)(?<!\s)\1[:：。]?$|<(b|strong)>([^<>\n]+)</\3>$")
_COLON = regex(r"[:：]\s*(?:\*\*|__|\*|_)?$")
_QUESTION = regex(r"[?？]\s*(?:\*\*|__|\*|_)?$")
_STOP = regex(r"[。！!；;…](?!$)|[。！!；;…，,、]$")
_NEVER_LAST = frozenset("。！!；;…，,、")
_DIALOGUE = '“「『"‘—'
_SENTENCE_END = regex(r"[。！？!?…；;.][”’」』）)\"'*_]*$")
_TAB_MARK = regex(r"@tab\b|@tab:")


class Label(NamedTuple):
    """What names the leaves behind a leaf.

    ``rank`` is 1 for the highest; ``alone`` tells that the leaf is no more than the label; ``section`` that it does
    what a heading does.
    """

    rank: int
    name: str
    alone: bool
    section: bool


class _Sign(NamedTuple):
    rank: int
    name: str
    alone: bool
    needs_body: bool


def few_words(line: str) -> bool:
    """Tell whether a line has words, and at most as many as a label has."""
    if len(line) > _LONGEST:
        return False
    return 0 < len(WORD.findall(line)) <= _MOST_WORDS


def _is_short(line: str) -> bool:
    return line[-1] not in _NEVER_LAST and few_words(line)


def names_what_follows(line: str) -> bool:
    """Tell of a line inside a paragraph whether it names the lines below: bold as a whole, or a colon at its end."""
    if len(line) > _LONGEST or line[-1:] not in "*_：:>":
        return False
    return bool(_BOLD.match(line) or _COLON.search(line)) and few_words(line)


def _sign(line: str, single: bool) -> _Sign | None:
    """Read what a leaf's first line tells: a label, the number of a paragraph, or nothing."""
    bold = _BOLD.match(line) if line[:1] in "*_<" else None
    bare = (bold[2] or bold[4] or "").strip() if bold else line.lstrip("*_ ")
    short = single and _is_short(line)
    number = number_of(bare)
    if number is not None:
        return _numbered(number, bare, short)
    if not short:
        return None
    if bold or _TAB_MARK.match(bare) or _BRACKETS.match(bare):
        return _Sign(_DATED if bare[:1] in "【〖" else _PLAIN, bare, True, False)
    if bare[:1] in _DIALOGUE:
        return None
    if (_DATE.match(bare) or _VERSION.match(bare)) and not _STOP.search(bare):
        return _Sign(_DATED, bare, True, not _COLON.search(bare))
    if _COLON.search(bare):
        return _Sign(_PLAIN, bare, True, False)
    if _QUESTION.search(bare):
        return _Sign(_PLAIN, bare, True, True)
    if _STOP.search(bare) or _SENTENCE_END.search(bare):
        return None
    return _Sign(_PLAIN, bare, True, True)


def _numbered(number: Number, bare: str, short: bool) -> _Sign:
    rest = bare[number.length :]
    alone = short and not _STOP.search(rest)
    if alone or number.rank == 10:
        return _Sign(number.rank, squashed(bare[:_LONGEST]), alone, False)
    return _Sign(number.rank, number.text, False, False)


def read_labels(
    flat: str, kind: Kind, leaves: Sequence[Leaf], containers: Sequence[Container], inside: Sequence[int]
) -> dict[int, Label]:
    """Give the labels by their leaves; ``inside`` gives for each leaf the innermost container that it stands in."""
    found: dict[int, Label] = {}
    below: int | None = None  # the next leaf that is more than a tag
    sign_below: _Sign | None = None
    seen: _Sign | None = None  # what that leaf may be, if it names anything or not
    for index in range(len(leaves) - 1, -1, -1):
        leaf = leaves[index]
        if leaf.kind in _EMPTY:
            continue
        seen, under = _leaf_sign(flat, leaf) if leaf.kind in _KINDS else None, seen
        sign = seen
        if sign is not None and sign.alone:
            end = containers[inside[index]].end if inside[index] >= 0 else len(flat)
            named = below is not None and leaves[below].kind != "heading" and leaves[below].start < end
            # Numbers in a row name nothing, and neither does a number above a clause of a higher rank.
            numbers = under is not None and under.rank <= sign.rank < _DATED
            if not named or numbers or below is None or not _names(flat, sign, leaves[below], sign_below):
                sign = None
        if sign is not None:
            section = kind is Kind.TEXT and sign.alone and sign.rank in _SECTIONS and not _COLON.search(sign.name)
            name = bare_title(sign.name) or sign.name if sign.rank >= _DATED else sign.name
            found[index] = Label(sign.rank, name, sign.alone, section)
        below, sign_below = index, sign
    return found


def _names(flat: str, sign: _Sign, below: Leaf, sign_below: _Sign | None) -> bool:
    """Tell whether a label names the leaf below: that is no label of the same rank or a higher one."""
    if sign_below is not None and sign_below.alone and sign_below.rank <= sign.rank:
        return False
    return not sign.needs_body or _is_body(flat, below, sign.rank, sign_below)


def _leaf_sign(flat: str, leaf: Leaf) -> _Sign | None:
    begin = markers_end(flat, leaf.start, leaf.end) if leaf.kind != "paragraph" else leaf.start
    stop = flat.find("\n", begin, leaf.end)
    single = stop < 0
    line = flat[begin : min(leaf.end if single else stop, begin + 2 * _LONGEST)].strip()
    return _sign(line, single and leaf.end - begin <= 2 * _LONGEST) if line else None


def _is_body(flat: str, leaf: Leaf, rank: int, sign: _Sign | None) -> bool:
    """Tell whether a leaf is what a name or a date stands above: a sentence, a long line, a list, a lower label …"""
    if leaf.kind in _BODY_KINDS:
        return True
    if sign is not None and sign.alone:
        return sign.rank > rank and not sign.needs_body
    line = flat[leaf.start : leaf.end] if leaf.end - leaf.start <= 2 * _LONGEST else ""
    return not line or bool(_SENTENCE_END.search(line.strip())) or not few_words(line.strip())
