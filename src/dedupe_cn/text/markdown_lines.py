"""The lines of Markdown as arrays: where they lie, and what their first characters tell of them and of their groups.

A group is what stands between blank lines. Most groups show by the first two characters of their lines that they are
one paragraph, one heading, one list, one quote or one table; only the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.model import Span
from dedupe_cn.text.block_kinds import NUMBERS
from dedupe_cn.text.characters import SPACES
from dedupe_cn.text.exact import ExactForm, line_gaps, rows
from dedupe_cn.text.markup import IS_SPECIAL, kind_alone

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LINE_FEED, _SPACE, _TAB, _HASH = map(ord, "\n \t#")
_WHITE = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
#: Lines that begin with a sign and are still nothing but text, by their next characters.
TEXT_AFTER_ALL = re.compile(
    r"\d(?!\d{0,8}[.)](?:[ \t]|$))|(?i:i(?!mport\s)|e(?!xport\s))|\*\*?[^ \t*\n]|__?[^ \t_\n]|\+[^ \t\n+]|#[^#\s]"
    r"|`(?!``)|~(?!~~)|!(?![\[!])|\?(?!\?\?)|\[(?![!\[])(?i:(?!toc\]))(?![^\]\n]{1,999}\]:)|@(?!\[)|:(?!::|-)"
    r"|<(?![A-Za-z/!?])|\$(?!\$)|\\(?!\[)|\{(?![{%])",
    re.MULTILINE,
)
#: The second characters with which such a line may be more than text, by its first one: with all others it is text.
_MORE = {
    **dict.fromkeys(_DIGITS, _DIGITS + ".)"), **dict.fromkeys("iI", "mM"), **dict.fromkeys("eE", "xX"),
    "*": "* \t\n\r", "_": "_ \t\n\r", "+": "+ \t\n\r", "#": "#" + _WHITE, "`": "`", "~": "~", "!": "[!", "?": "?",
    "@": "[", ":": ":-", "<": _LETTERS + "/!?", "$": "$", "\\": "[", "{": "{%",
}  # fmt: skip
#: With these two characters the ones behind them tell; with all others it is known by the two that more may begin.
_ASKED = _DIGITS + "iIeE*_+`~?[@:"
#: Behind the characters of ASCII in a table of first or second characters: all others.
_OTHERS = 128
#: Signs of the deepest heading.
_DEEPEST = 6
_TEXT, _SIGN, _UNSURE = range(3)


def _marked(characters: str) -> NDArray[np.bool_]:
    """Mark characters of ASCII in a table; what lies behind it is all the others."""
    table = np.zeros(_OTHERS + 1, dtype=bool)
    table[[ord(character) for character in characters]] = True
    return table


#: The first characters with which anything but prose may begin, by which a list may go on behind a blank line, and so on.
_IS_SIGN = _marked("".join(chr(code) for code in range(_OTHERS) if IS_SPECIAL.match(chr(code))) + " \t")
_GOES_ON = _marked("-*+ \t" + _DIGITS)
_BULLET, _RULE, _DIGIT, _BEHIND_NUMBER = _marked("-*+"), _marked("-*_"), _marked(_DIGITS), _marked(".)")


class Lines(NamedTuple):
    """The lines of a text, or of several documents in one text.

    ``starts`` and ``stops`` are code points, a stop is the last character of the line end; ``low`` and ``high`` are the
    same in exact offsets. ``full`` marks those that are not blank, ``first`` gives the first character of each, or of
    its line end. ``signed`` are the numbers of the full lines with which anything but prose may begin.
    """

    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    full: NDArray[np.bool_]
    first: NDArray[np.uint32]
    signed: NDArray[np.int64]


def read_lines(flat: str, form: ExactForm, documents: Sequence[Span]) -> Lines:
    """Give the lines of a text with LF line ends; those outside of the documents in it count as blank."""
    gaps = line_gaps(form)
    breaks = form.gaps[gaps]
    starts, stops = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [len(flat)]))
    # A line break is no part of the exact form: there a line begins where the one before it has ended.
    edges = np.concatenate(([0], breaks - gaps, [form.codes.size]))
    low, high = edges[:-1], edges[1:]
    full = high > low
    unsure = (~full & (stops > starts)).nonzero()[0]
    for index, start, stop in zip(unsure.tolist(), starts[unsure].tolist(), stops[unsure].tolist(), strict=True):
        full[index] = not flat[start:stop].isspace()
    if len(documents) > 1:
        inside = np.zeros(full.size, dtype=bool)
        bounds = starts.searchsorted([(span.start, span.end) for span in documents])
        for begin, end in bounds.tolist():
            inside[begin:end] = True
        full &= inside
    first = form.codes_at(starts, starts - low)
    lines = Lines(starts, stops, low, high, full, first, starts[:0])
    return lines._replace(signed=_signed(flat, form, lines))


def _signed(flat: str, form: ExactForm, lines: Lines) -> NDArray[np.int64]:
    """Give the numbers of the lines with which anything but prose may begin."""
    special = (_IS_SIGN.take(lines.first, mode="clip") & lines.full).nonzero()[0]
    verdict = _pairs()[lines.first[special], np.minimum(_second(form, lines, special), _OTHERS)]
    unsure = (verdict == _UNSURE).nonzero()[0]
    for index, start in zip(unsure.tolist(), lines.starts[special[unsure]].tolist(), strict=True):
        if TEXT_AFTER_ALL.match(flat, start):
            verdict[index] = _TEXT
    return special[verdict != _TEXT]


def _second(form: ExactForm, lines: Lines, which: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Give the second character of some full lines, which may be that of the line end; LF at the end of the text."""
    starts = lines.starts[which]
    before = starts - lines.low[which]
    before += form.is_gap(starts, before)
    second = form.codes_at(starts + 1, before)
    second[starts + 1 == form.codes.size + form.gaps.size] = _LINE_FEED
    return second


@cache
def _pairs() -> NDArray[np.uint8]:
    """Tell by the first two characters of a line, of which the first is a sign, whether it may be more than text."""
    table = np.full((_OTHERS, _OTHERS + 1), _SIGN, np.uint8)
    for first, seconds in _MORE.items():
        table[ord(first)] = np.where(_marked(seconds), _UNSURE if first in _ASKED else _SIGN, _TEXT)
    table[ord("[")] = _UNSURE
    # Blanks and digits are not of ASCII alone.
    table[[ord(first) for first in "#" + _DIGITS], _OTHERS] = _UNSURE
    return table


class Groups(NamedTuple):
    """The groups of lines between blank lines.

    ``first`` and ``behind`` number their lines. Those that are not ``open`` are one block, as ``kinds`` and ``levels``
    say, unless what was read before reaches into them; the others hold lines with a sign and have to be read.
    """

    first: NDArray[np.int64]
    behind: NDArray[np.int64]
    open: NDArray[np.bool_]
    kinds: NDArray[np.uint8]
    levels: NDArray[np.uint8]


def read_groups(flat: str, form: ExactForm, lines: Lines) -> Groups:
    """Tell of every group whether it is one block, mostly by the first characters of its lines."""
    first, behind = rows(lines.full)
    size = behind - first
    owner = first.searchsorted(lines.signed, side="right") - 1
    leading = lines.signed == first[owner]
    signs = lines.first[lines.signed]
    groups = Groups(
        first, behind, np.zeros(size.size, dtype=bool), np.zeros(size.size, np.uint8), np.zeros(size.size, np.uint8)
    )
    groups.open[owner] = True

    def close(which: NDArray[np.int64], kind: str) -> None:
        groups.open[which], groups.kinds[which] = False, NUMBERS[kind]

    def wholly(which: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Mark the groups of which every line is marked among the signed ones."""
        return np.bincount(owner[which], minlength=size.size) == size

    for sign, kind in ((">", "quote"), ("|", "table")):
        close(wholly(signs == ord(sign)).nonzero()[0], kind)
    item, below = _list_lines(form, lines)
    # A list goes on behind a blank line with another item, or with what is indented.
    ends = np.ones(size.size + 1, dtype=bool)
    ends[owner[leading & _GOES_ON.take(signs, mode="clip")]] = False
    begun = np.zeros(size.size, dtype=bool)
    begun[owner[leading & item]] = True
    close((begun & ends[1:] & wholly(item | below)).nonzero()[0], "list")
    alone = owner[leading & (size[owner] == 1)]
    alone = alone[groups.open[alone]]
    levels = _heading_levels(form, lines, first[alone])
    groups.levels[alone] = levels
    close(alone[levels > 0], "heading")
    alone = alone[levels == 0]
    spans = zip(lines.starts[first[alone]].tolist(), lines.stops[first[alone]].tolist(), strict=True)
    for group, (start, stop) in zip(alone.tolist(), spans, strict=True):
        kind = kind_alone(flat[start:stop])
        if kind:
            groups.open[group], groups.kinds[group] = False, NUMBERS[kind]
    return groups


def _list_lines(form: ExactForm, lines: Lines) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark the signed lines that are plainly items, and those that are indented far enough to go on in one.

    A line of which the first two visible characters are not the same is no rule.
    """
    which = lines.signed
    starts, low, signs = lines.starts[which], lines.low[which], lines.first[which]
    seen, begin, then = lines.high[which] - low, form.visible(low), form.visible(low + 1)
    no_rule = (seen > 1) & (begin != then)
    second = _second(form, lines, which)
    blank = (second == _SPACE) | (second == _TAB)
    below = (signs == _TAB) | ((signs == _SPACE) & blank)
    below &= (seen > 0) & (no_rule | ~_RULE.take(begin, mode="clip"))
    item = _BULLET.take(signs, mode="clip") & blank & no_rule & (begin == signs)
    numbered = _DIGIT.take(signs, mode="clip").nonzero()[0]
    size, gap = _leading(form, lines, which[numbered])
    marks = _BEHIND_NUMBER.take(then[numbered], mode="clip") & (size == 2)
    mark = _BEHIND_NUMBER.take(form.visible(low[numbered] + 2), mode="clip")
    marks |= _DIGIT.take(then[numbered], mode="clip") & mark & (size == 3)
    item[numbered] = marks & ((gap == _SPACE) | (gap == _TAB))
    return item, below


def _leading(
    form: ExactForm, lines: Lines, which: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Give how many visible characters some lines begin with, and the character behind; LF at the end of the text."""
    starts = lines.starts[which]
    at = starts - lines.low[which]
    gaps = np.append(form.gaps, form.codes.size + form.gaps.size)
    return gaps[at] - starts, np.append(form.between, np.uint32(_LINE_FEED))[at]


def _heading_levels(form: ExactForm, lines: Lines, which: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Give the levels of the headings among some lines, else 0: one to six signs, and a blank or nothing behind."""
    size, gap = _leading(form, lines, which)
    heading = (size > 0) & (size <= _DEEPEST) & _is_white().take(gap, mode="clip")
    low = lines.low[which]
    for step in range(_DEEPEST):
        heading &= (form.visible(low + step) == _HASH) | (size <= step)
    levels: NDArray[np.uint8] = np.where(heading, size, 0).astype(np.uint8)
    return levels


@cache
def _is_white() -> NDArray[np.bool_]:
    """Mark white space in a table that ends behind the last such character."""
    table = np.zeros(max(map(ord, SPACES)) + 2, dtype=bool)
    table[[ord(character) for character in SPACES + "\r\n"]] = True
    return table
