"""Tell verse from prose for many paragraphs at once, as far as arrays can; the rules are those of ``verse.py``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.text.block_kinds import NUMBERS, PARAGRAPH
from dedupe_cn.text.exact import ExactForm, numbers
from dedupe_cn.text.verse import (
    BETWEEN_SENTENCES,
    CLOSING,
    EVEN,
    EVEN_ANYWAY,
    LAST_OF_DATE,
    MARKS,
    MAX_LINE,
    MIN_LINES,
    MIN_WRAP,
    NEVER_FIRST,
    NEVER_IN,
    NEVER_LAST,
    SENTENCE_ENDS,
    SENTENCE_MARKS,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.text.markdown_groups import Groups
    from dedupe_cn.text.markdown_lines import Lines

#: Lines looked at at a time, but for a single paragraph; their characters are at most ``MAX_LINE`` times as many.
_LINES = 1 << 14
#: What a character tells of its line: a sentence ends there, or may have ended before it; the line is no verse, with it
#: anywhere, as the first or as the last one; as the last one it ends a sentence, is a mark, or takes a closer look.
_ENDS, _BETWEEN, _NEVER, _NEVER_FIRST, _NEVER_LAST, _SENTENCE, _MARK, _ASK = (1 << bit for bit in range(8))


def read_stanzas(form: ExactForm, lines: Lines, groups: Groups) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark the paragraphs that are verse as a whole, and those in which verse has to be looked for line by line."""
    verse, unsure = np.zeros((2, groups.first.size), dtype=bool)
    chosen = (~groups.open & (groups.kinds == NUMBERS[PARAGRAPH])).nonzero()[0]
    size = groups.behind[chosen] - groups.first[chosen]
    chosen, size = chosen[size >= MIN_LINES], size[size >= MIN_LINES]
    piece = (np.cumsum(size) - size) // _LINES
    for some in np.split(chosen, (piece[1:] > piece[:-1]).nonzero()[0] + 1):
        _read_some(form, lines, groups, some, verse, unsure)
    return verse, unsure


def _read_some(
    form: ExactForm,
    lines: Lines,
    groups: Groups,
    chosen: NDArray[np.int64],
    verse: NDArray[np.bool_],
    unsure: NDArray[np.bool_],
) -> None:
    """Mark some paragraphs of so many lines that they may hold verse."""
    which, owner = _lines_of(groups, chosen)
    length = lines.high[which] - lines.low[which]
    chosen = chosen[_in_a_row(length <= MAX_LINE, owner, MIN_LINES, chosen.size)]
    if not chosen.size:
        return
    which, owner = _lines_of(groups, chosen)
    low = lines.low[which]
    length = lines.high[which] - low
    # Lines with blanks or anything unseen in them take a closer look, whatever their length.
    known = lines.stops[which] - lines.starts[which] == length
    short = known & (length <= MAX_LINE)
    told = np.zeros(which.size, np.uint8)
    told[short] = _told(form, low[short], length[short])
    may = (length <= MAX_LINE) & (told & _NEVER == 0)
    first, last = form.visible(low), form.visible(low + length - 1)
    sorts = _sorts().take(last, mode="clip")
    heads = owner.searchsorted(np.arange(chosen.size))
    doubtful = np.logical_or.reduceat(~known | (told & _ASK > 0) | _maybe_wrapped(length, sorts), heads)
    # A row of one line is no verse.
    same = np.zeros(which.size, dtype=bool)
    same[:-1] = (length[1:] == length[:-1]) & (first[1:] == first[:-1]) & (last[1:] == last[:-1])
    doubtful |= _in_a_row(same, owner, MIN_LINES - 1, chosen.size)

    begin, size = _runs(may, owner)
    of = owner[begin]
    whole = size == np.diff(heads, append=which.size)[of]
    found = _reads_like_verse(length, sorts, begin, size, whole)
    verse[chosen[of[found & whole & ~doubtful[of]]]] = True
    unsure[chosen[of[doubtful[of] | (found & ~whole)]]] = True


def _maybe_wrapped(length: NDArray[np.int64], last: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mark the lines without which no paragraph around them is broken at a fixed width.

    It has two lines of one length, give or take a character, and half of them end without a mark.
    """
    even = np.abs(np.diff(length, prepend=-MIN_WRAP, append=-MIN_WRAP)) <= 1
    marks: NDArray[np.bool_] = (last & _MARK == 0) & (length >= MIN_WRAP) & (even[1:] | even[:-1])
    return marks


def _runs(may: NDArray[np.bool_], owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give where the runs of lines that may be verse begin, each in one paragraph, and how many lines they have."""
    on = may.copy()
    on[1:] &= may[:-1] & (owner[1:] == owner[:-1])
    on[:1] = False
    begin = (may & ~on).nonzero()[0]
    size = np.add.reduceat(may, begin, dtype=np.int64) if begin.size else begin
    long = size >= MIN_LINES
    return begin[long], size[long]


def _reads_like_verse(
    length: NDArray[np.int64],
    last: NDArray[np.uint8],
    begin: NDArray[np.int64],
    size: NDArray[np.int64],
    whole: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Tell of runs of lines whether they read like verse; ``whole`` marks those that are all of their paragraph."""
    if not begin.size:
        return np.zeros(0, dtype=bool)
    which, heads = numbers(begin, size), np.cumsum(size) - size
    length, last = length[which], last[which]
    spread = np.maximum.reduceat(length, heads) - np.minimum.reduceat(length, heads)
    even = spread <= np.maximum(EVEN_ANYWAY, EVEN * np.add.reduceat(length, heads) / size)
    open_ended = np.add.reduceat(last & _SENTENCE == 0, heads, dtype=np.int64)
    marked = np.bitwise_and.reduceat(last, heads) & _MARK > 0
    result: NDArray[np.bool_] = even | (3 * open_ended >= size) | (whole & marked)
    return result


def _lines_of(groups: Groups, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the numbers of the lines of some groups, and for each to which of them it belongs."""
    first = groups.first[chosen]
    size = groups.behind[chosen] - first
    return numbers(first, size), np.repeat(np.arange(chosen.size), size)


def _in_a_row(marks: NDArray[np.bool_], owner: NDArray[np.int64], count: int, size: int) -> NDArray[np.bool_]:
    """Tell of each owner of lines, ``size`` of them, whether so many of its lines in a row are marked."""
    found = np.zeros(size, dtype=bool)
    if marks.size >= count:
        row = owner[: 1 - count] == owner[count - 1 :]
        for step in range(count):
            row &= marks[step : step - count + 1 or None]
        found[owner[: 1 - count][row]] = True
    return found


def _told(form: ExactForm, low: NDArray[np.int64], length: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Give what the characters of lines, which are short and have no gaps, tell of them; see ``_may_be_verse``."""
    told = np.zeros(low.size, np.uint8)
    for begin in range(0, low.size, _LINES):
        part = slice(begin, begin + _LINES)
        sorts = _sorts().take(form.visible(numbers(low[part], length[part])), mode="clip")
        tails = np.cumsum(length[part]) - 1
        heads = tails + 1 - length[part]
        flags = sorts & _NEVER
        # A sentence may begin inside of a line behind what ends one, or behind what may stand between the two.
        begins = (sorts[1:] & (_ENDS | _BETWEEN) == 0) & (sorts[:-1] & (_ENDS | _BETWEEN) > 0)
        begins[heads[1:] - 1] = False
        at_head = np.zeros(sorts.size, dtype=bool)
        at_head[heads] = True
        behind = begins.nonzero()[0]
        flags[behind[sorts[behind] & _ENDS > 0]] |= _NEVER
        behind = behind[sorts[behind] & _ENDS == 0]
        behind = behind[~at_head[behind]]
        flags[behind[sorts[behind - 1] & _ENDS > 0]] |= _NEVER
        flags[behind[sorts[behind - 1] & _BETWEEN > 0]] |= _ASK
        first, last = sorts[heads], sorts[tails]
        flags[heads[(first & _NEVER_FIRST) > 0]] |= _NEVER
        flags[tails[(last & _NEVER_LAST) > 0]] |= _NEVER
        told[part] = np.bitwise_or.reduceat(flags, heads) | (last & (_SENTENCE | _MARK | _ASK))
    return told


@cache
def _sorts() -> NDArray[np.uint8]:
    """Give what each character tells; those beyond the table tell nothing."""
    table = np.zeros(1 << 16, np.uint8)
    for characters, tells in (
        (SENTENCE_ENDS, _ENDS),
        (BETWEEN_SENTENCES, _BETWEEN),
        (NEVER_IN, _NEVER),
        (NEVER_FIRST, _NEVER_FIRST),
        (NEVER_LAST, _NEVER_LAST),
        (SENTENCE_MARKS, _SENTENCE),
        (MARKS, _MARK),
        (CLOSING + LAST_OF_DATE, _ASK),
    ):
        table[[ord(character) for character in characters]] |= np.uint8(tells)
    return table
