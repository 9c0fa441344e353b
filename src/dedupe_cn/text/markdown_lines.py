"""The lines of Markdown as arrays: where they lie, and what their first two characters tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.text.exact import ExactForm, line_gaps
from dedupe_cn.text.line_kinds import SIGNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINE_FEED = ord("\n")
_WHITE = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
#: The second characters with which a line that begins with a sign may be more than text: with all others it is text.
_MORE = {
    **dict.fromkeys(DIGITS, DIGITS + ".)"), **dict.fromkeys("iI", "mM"), **dict.fromkeys("eE", "xX"),
    "*": "* \t\n\r", "_": "_ \t\n\r", "+": "+ \t\n\r", "#": "#" + _WHITE, "`": "`", "~": "~", "!": "[!", "?": "?",
    "@": "[", ":": ":-", "<": _LETTERS + "/!?", "$": "$", "\\": "[", "{": "{%",
}  # fmt: skip
#: With some of them the text behind is asked, because many lines of prose begin so.
_ASKED = {**dict.fromkeys(DIGITS, DIGITS), **dict.fromkeys("iI", "mM"), **dict.fromkeys("eE", "xX"), "*": "*"}
_TEXT_AFTER_ALL = re.compile(
    r"\d(?!\d{0,8}[.)](?:[ \t]|$))|(?i:i(?!mport\s)|e(?!xport\s))|\*\*[^ \t*\n]|#[^#\s]"
    r"|\[(?![!\[])(?i:(?!toc\]))(?![^\]\n]{1,999}\]:)",
    re.MULTILINE,
)
#: Behind the characters of ASCII in a table of second characters: those that are neither blanks nor digits for sure,
#: which are nearly all of Chinese, and all others.
_HAN, _OTHERS = 128, 129
_HAN_RANGE = (0x3001, 0x9FFF)
_TEXT, _SIGN, _UNSURE = range(3)
#: Lines looked at at a time.
_LINES = 1 << 14


def marked_in_ascii(characters: str) -> NDArray[np.bool_]:
    """Mark characters of ASCII in a table; what lies behind it is all the others."""
    table = np.zeros(_OTHERS + 1, dtype=bool)
    table[[ord(character) for character in characters]] = True
    return table


_IS_SIGN = marked_in_ascii("".join(SIGNS))


class Lines(NamedTuple):
    """The lines of a text.

    ``starts`` and ``stops`` are code points, a stop is the last character of the line end; ``low`` and ``high`` are the
    same in exact offsets. ``full`` marks those that are not blank. ``signed`` are the numbers of the full lines with
    which anything but prose may begin, ``signs`` their first and ``second`` their second characters, the latter one of
    the line end where there is no other; LF at the end of the text.
    """

    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    full: NDArray[np.bool_]
    signed: NDArray[np.int64]
    signs: NDArray[np.uint32]
    second: NDArray[np.uint32]


def read_lines(flat: str, form: ExactForm) -> Lines:
    """Give the lines of a text with LF line ends."""
    gaps = line_gaps(form)
    starts = np.concatenate(([0], form.gaps[gaps] + 1))
    stops = np.append(starts[1:] - 1, len(flat))
    # A line break is no part of the exact form: there a line begins where the one before it has ended.
    edges = np.concatenate(([0], stops[:-1] - gaps, [form.codes.size]))
    del gaps
    low, high = edges[:-1], edges[1:]
    full = high > low
    unsure = (~full & (stops > starts)).nonzero()[0]
    for index, start, stop in one_by_one(unsure, starts, stops):
        full[index] = not flat[start:stop].isspace()
    parts = [_signed(flat, form, begin, starts, low, full) for begin in range(0, full.size, _LINES)]
    return Lines(starts, stops, low, high, full, *(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _signed(
    flat: str,
    form: ExactForm,
    begin: int,
    starts: NDArray[np.int64],
    low: NDArray[np.int64],
    full: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint32]]:
    """Give the lines of a part with which anything but prose may begin, and their first and second characters."""
    part = slice(begin, begin + _LINES)
    before = starts[part] - low[part]
    first = form.codes_at(starts[part], before)
    special = (_IS_SIGN.take(first, mode="clip") & full[part]).nonzero()[0]
    first, before, special = first[special], before[special], special + begin
    heads = starts[special]
    before += form.is_gap(heads, before)
    second = form.codes_at(heads + 1, before)
    second[heads + 1 == len(flat)] = LINE_FEED
    sort = np.where((second >= _HAN_RANGE[0]) & (second <= _HAN_RANGE[1]), _HAN, np.minimum(second, _OTHERS))
    verdict = _pairs()[first, sort]
    for index, start, _ in one_by_one((verdict == _UNSURE).nonzero()[0], heads, heads):
        if _TEXT_AFTER_ALL.match(flat, start):
            verdict[index] = _TEXT
    signed = verdict != _TEXT
    return special[signed], first[signed], second[signed]


def one_by_one(
    which: NDArray[np.int64], starts: NDArray[np.int64], stops: NDArray[np.int64]
) -> Iterator[tuple[int, int, int]]:
    """Give the number, start and stop of some lines, without a list of all of them."""
    for begin in range(0, which.size, _LINES):
        part = which[begin : begin + _LINES]
        yield from zip(part.tolist(), starts[part].tolist(), stops[part].tolist(), strict=True)


@cache
def _pairs() -> NDArray[np.uint8]:
    """Tell by the first two characters of a line, of which the first is a sign, whether it may be more than text."""
    table = np.full((_HAN, _OTHERS + 1), _SIGN, np.uint8)
    for first, seconds in _MORE.items():
        table[ord(first)] = np.where(marked_in_ascii(seconds), _SIGN, _TEXT)
        table[ord(first), marked_in_ascii(_ASKED.get(first, ""))] = _UNSURE
    table[ord("[")] = _UNSURE
    # Blanks and digits are not of ASCII alone.
    table[[ord(first) for first in "#" + DIGITS], _OTHERS] = _UNSURE
    return table
