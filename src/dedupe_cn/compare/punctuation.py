"""Differences in marks: which are noise, and which say something else."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from dedupe_cn.compare.word_tables import NUMERALS
from dedupe_cn.text.characters import is_han
from dedupe_cn.text.folding import fold_text

#: Marks between which a copy may waver: each only says that the sentence rests here.
PAUSES = frozenset(",.:;")
#: Pairs of marks that open and close; folded forms.
ENCLOSING = frozenset("\"'()<>")
#: Marks of sentences, folded: only these can be doubled, dropped or stray.
_SENTENCE = PAUSES | ENCLOSING | frozenset("!?…-·")
#: Han characters that scanners read out of dirt and rules.
STRAY_HAN = frozenset("丨丶丿亅亠冂囗")
#: Signs that between two Chinese characters can only be dirt: boxes, bars, dots, tildes, carets.
_DIRT = frozenset("■□▪▫▮▯◻◼●○◯◆◇~∼|¦^\\·•‧′″‖¬¤'") | STRAY_HAN
#: Marks of Markdown: dirt when a single one stands between two Chinese characters.
LAYOUT = frozenset("*_`#")
_SIGNS = frozenset("%‰％±+＋")
_DASHES = frozenset("-－—–﹣−‐‑‒―─━")
#: Points that belong to the number behind them, and tildes that say "about".
_POINTS = frozenset(".．﹒·~～∼〜≈")
#: Quotes of feet, minutes and seconds, and what compares.
_BESIDE_NUMBERS = frozenset("'\"′″<>＜＞")
#: Signs that say something else when there is one more (－ and －－), unlike a dash or an ellipsis.
_COUNTED = frozenset("-－−﹣・･")
#: Shapes that count where there are several of them.
_SHAPES = frozenset("■□▪▫▮▯◻◼●○◯◆◇▲△▼▽※")


@lru_cache(maxsize=4096)
def is_mark(char: str) -> bool:
    """Tell whether the character is punctuation, a symbol or a blank (not a letter, not a number)."""
    return unicodedata.category(char)[0] in "PSZ" and not is_han(char)


@lru_cache(maxsize=4096)
def _is_sign(char: str) -> bool:
    """Tell whether a mark is a sign that says something by itself and counts: +, ★, ￥, ↑, ✗, ℃."""
    return char in _SIGNS or (unicodedata.category(char)[0] == "S" and char not in _DIRT and char not in "<>`＜＞｀")


def class_of_marks(first: str, second: str, before: str, after: str, *, last: bool) -> str:
    """Name the class of a difference made of marks only.

    ``before`` and ``after`` are the characters that both copies have around it, empty at an end; ``last`` says that
    nothing but marks follows. Marks between two digits or inside a Latin token carry meaning (1.5 and 15, a.b and ab),
    and so do those that touch nothing Chinese: they are code.
    """
    strong = _strong_class(first, second, before, after)
    if strong is not None:
        return strong
    if not any(map(_is_chinese, (before, after))):
        return "mark"
    folded_first, folded_second = fold_text(first), fold_text(second)
    if not first or not second:
        return _inserted(folded_first or folded_second, first or second, fold_text(before), fold_text(after))
    roles = set(folded_first) | set(folded_second)
    if set(folded_first) == set(folded_second):
        return "doubled-mark" if roles <= _SENTENCE else "mark"
    if _is_ellipsis(folded_first) and _is_ellipsis(folded_second):
        return "width"
    if roles <= PAUSES:
        return "mark" if last and roles & {";", ":"} else "punctuation"
    return "mark"


def _strong_class(first: str, second: str, before: str, after: str) -> str | None:
    """Name the class of marks that belong to a number, a word of Latin letters or a count; None for those of prose."""
    both = first + second
    if before.isdecimal() and after.isdecimal():
        return "number"
    if before.isalnum() and after.isalnum() and before.isascii() and after.isascii():
        return "identifier"
    if list(filter(_is_sign, fold_text(first))) != list(filter(_is_sign, fold_text(second))):
        return "sign"
    tail = first[-1:] if len(first) > len(second) else second[-1:]
    if _counts(both, bool(first and second), before, after) or (after.isdecimal() and tail in _DASHES | _POINTS):
        return "sign"
    if after.isascii() and after.isalnum() and tail == ".":
        return "mark"
    return None


def _counts(both: str, replaced: bool, before: str, after: str) -> bool:
    """Tell whether marks are signs of a number, of a name of Latin letters, or shapes that are counted."""
    if not _SHAPES.isdisjoint(both) and (len(both) > 2 or replaced or before in _SHAPES or after in _SHAPES):
        return True
    if _COUNTED.issuperset(both) and not _COUNTED.isdisjoint((before, after)):
        return True
    if (before.isdecimal() or after.isdecimal()) and not _BESIDE_NUMBERS.isdisjoint(both):
        return True
    return before.isascii() and before.isalnum() and both in _DASHES | {"#", "＃"}  # Rh-, C#


def _is_chinese(char: str) -> bool:
    """Tell whether a neighbour is a Chinese character or a mark of Chinese text."""
    return is_han(char) or (char != "" and not char.isascii() and is_mark(char))


def _inserted(folded: str, exact: str, before: str, after: str) -> str:
    """Class of marks that only one copy has."""
    if set(folded) <= {before, after} and set(folded) <= _SENTENCE:
        return "doubled-mark"
    dirt = (len(exact) <= 2 and _DIRT.issuperset(exact)) or (len(exact) == 1 and exact in LAYOUT)
    if dirt and is_han(before) and is_han(after):
        return "stray-mark"
    if set(folded) <= PAUSES:
        return "number" if before in NUMERALS and after in NUMERALS else "dropped-mark"
    if _is_ellipsis(folded) or (set(folded) <= {"-"} and exact != "-"):  # a lone hyphen opens an item of a list
        return "dropped-mark"
    if set(folded) <= ENCLOSING and len(folded) == 1 and before and after:
        return "dropped-mark"
    return "mark"


def _is_ellipsis(folded: str) -> bool:
    return len(folded) >= 1 and ("…" in folded or len(folded) >= 3) and set(folded) <= {"…", ".", "·"}
