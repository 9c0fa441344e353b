"""The groups of lines of Markdown, which are what stands between blank lines, and the blocks that they plainly are.

Most groups show by the first characters of their lines that they are one paragraph, one heading, one list, one quote or
one table; only the others have to be read.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.text.block_kinds import NUMBERS
from dedupe_cn.text.characters import SPACES
from dedupe_cn.text.exact import ExactForm, rows
from dedupe_cn.text.line_kinds import kind_alone
from dedupe_cn.text.markdown_lines import DIGITS, LINE_FEED, Lines, marked_in_ascii, one_by_one

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SPACE, _TAB, _HASH = map(ord, " \t#")
_BULLET, _DIGIT, _BEHIND_NUMBER = map(marked_in_ascii, ("-*+", DIGITS, ".)"))
_ITEM, _RULE, _FENCE, _GOES_ON = map(marked_in_ascii, ("-*+" + DIGITS, "-*_", "`~", "-*+ \t" + DIGITS))
#: Signs of the deepest heading.
_DEEPEST = 6


class Groups(NamedTuple):
    """The groups of lines of a text.

    ``first`` and ``behind`` number their lines. Those that are not ``open`` are one block, as ``kinds`` and ``levels``
    say, unless what was read before reaches into them; the others hold lines with a sign and have to be read.
    """

    first: NDArray[np.int64]
    behind: NDArray[np.int64]
    open: NDArray[np.bool_]
    kinds: NDArray[np.uint8]
    levels: NDArray[np.uint8]

    def close(self, which: NDArray[np.int64], kind: str) -> None:
        """Note of which kind some groups are."""
        self.open[which], self.kinds[which] = False, NUMBERS[kind]


def read_groups(flat: str, form: ExactForm, lines: Lines) -> Groups:
    """Tell of every group whether it is one block, mostly by the first characters of its lines."""
    first, behind = rows(lines.full)
    none = np.zeros((2, first.size), np.uint8)
    groups = Groups(first, behind, np.zeros(first.size, dtype=bool), *none)
    owner = first.searchsorted(lines.signed, side="right") - 1
    groups.open[owner] = True
    signs = lines.signs
    leading = lines.signed == first[owner]
    for sign, kind in ((">", "quote"), ("|", "table")):
        same = signs == ord(sign)
        if same.any():
            groups.close(_wholly(groups, owner[same]).nonzero()[0], kind)
    _close_lists(form, lines, groups, owner, leading)
    alone = leading & (behind - first == 1)[owner]
    _close_headings(form, lines, groups, owner[alone & (signs == _HASH)])
    alone &= groups.open[owner]
    which = owner[alone]
    for group, start, stop in one_by_one(which, lines.starts[first], lines.stops[first]):
        found = kind_alone(flat[start:stop])
        if found is not None:
            groups.open[group], groups.kinds[group] = False, NUMBERS[found]
    return groups


def _wholly(groups: Groups, owner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the groups to which all of their lines are counted; ``owner`` gives the group of each line that counts."""
    result: NDArray[np.bool_] = np.bincount(owner, minlength=groups.first.size) == groups.behind - groups.first
    return result


def _close_lists(
    form: ExactForm, lines: Lines, groups: Groups, owner: NDArray[np.int64], leading: NDArray[np.bool_]
) -> None:
    """Find the groups that are one list: items, and what is indented below them."""
    signs = lines.signs
    begun, going_on = np.zeros((2, groups.first.size + 1), dtype=bool)
    begun[owner[leading & _ITEM.take(signs, mode="clip")]] = True
    which = begun[owner].nonzero()[0]
    if not which.size:
        return
    item, below = _list_lines(form, lines, which)
    owned = owner[which]
    begun[:] = False
    begun[owned[leading[which] & item]] = True
    # It goes on behind a blank line with another item, or with what is indented.
    going_on[owner[leading & _GOES_ON.take(signs, mode="clip")]] = True
    ended = begun[:-1] & ~going_on[1:] & _wholly(groups, owned[item | below])
    groups.close(ended.nonzero()[0], "list")


def _list_lines(form: ExactForm, lines: Lines, which: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark those of some signed lines that are plainly items, and those that are indented far enough to stand in one.

    A line of which the first two visible characters are not the same is no rule and no fence.
    """
    numbers = lines.signed[which]
    low, signs, second = lines.low[numbers], lines.signs[which], lines.second[which]
    seen, begin, then = lines.high[numbers] - low, form.visible(low), form.visible(low + 1)
    no_rule = (seen > 1) & (begin != then)
    blank = (second == _SPACE) | (second == _TAB)
    below = (signs == _TAB) | ((signs == _SPACE) & blank)
    below &= (seen > 0) & (no_rule | ~_RULE.take(begin, mode="clip") & ~_FENCE.take(begin, mode="clip"))
    item = _BULLET.take(signs, mode="clip") & blank & no_rule & (begin == signs)
    digit = _DIGIT.take(signs, mode="clip").nonzero()[0]
    size, gap = _leading(form, lines, numbers[digit])
    then = then[digit]
    number = (size == 2) & _BEHIND_NUMBER.take(then, mode="clip")
    third = _BEHIND_NUMBER.take(form.visible(low[digit] + 2), mode="clip")
    number |= (size == 3) & _DIGIT.take(then, mode="clip") & third
    item[digit] = number & ((gap == _SPACE) | (gap == _TAB))
    return item, below


def _close_headings(form: ExactForm, lines: Lines, groups: Groups, which: NDArray[np.int64]) -> None:
    """Find the headings among groups of one line: one to six signs, and a blank or nothing behind."""
    numbers = groups.first[which]
    level, gap = _leading(form, lines, numbers)
    heading = (level > 0) & (level <= _DEEPEST) & _is_white().take(gap, mode="clip")
    low = lines.low[numbers]
    for step in range(_DEEPEST):
        heading &= (form.visible(low + step) == _HASH) | (level <= step)
    groups.levels[which[heading]] = level[heading]
    groups.close(which[heading], "heading")


def _leading(form: ExactForm, lines: Lines, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Give how many characters without a gap some lines begin with, and the gap behind; LF at the end of the text."""
    starts = lines.starts[numbers]
    if not form.gaps.size:
        return form.codes.size - starts, np.full(starts.size, LINE_FEED, np.uint32)
    before = starts - lines.low[numbers]
    last = before == form.gaps.size
    ends = np.where(last, form.codes.size + form.gaps.size, form.gaps.take(before, mode="clip"))
    return ends - starts, np.where(last, np.uint32(LINE_FEED), form.between.take(before, mode="clip"))


@cache
def _is_white() -> NDArray[np.bool_]:
    """Mark white space in a table that ends behind the last such character."""
    table = np.zeros(max(map(ord, SPACES)) + 2, dtype=bool)
    table[[ord(character) for character in SPACES + "\r\n"]] = True
    return table
