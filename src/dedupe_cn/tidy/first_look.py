"""Tell by one look of each kind which rules cannot find anything in a text: nearly every text is clean."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dedupe_cn.text.characters import SPACES, arrays_pay, marks_held
from dedupe_cn.tidy.controls import control_units
from dedupe_cn.tidy.suspicious import SUSPICIOUS, suspicious_units

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NONE: frozenset[str] = frozenset()
#: What is looked for character by character, with its bit in the table.
_SORTS = ((1, frozenset({"bom"})), (2, frozenset({"control-chars"})), (4, SUSPICIOUS))
_BY_CHARACTERS = _NONE.union(*(rules for _, rules in _SORTS))
# A break behind white space, or between two breaks. Three breaks in a row have one in the middle, and a blank line that
# is not empty has white space in front of its break.
_WORK = re.compile(rf"\n(?<=[\n{SPACES}]\n)(?:(?<!\n\n)|(?=\n))")
_LINE_ENDS = frozenset({"line-ends"})
_WITHIN = _LINE_ENDS | {"trailing-space", "blank-lines"}
_LAYOUT = _WITHIN | {"final-newline"}


def idle_by_characters(text: str) -> frozenset[str]:
    """Give the rules and warnings whose characters a text does not hold; layout puts none of them in.

    Gives none of them where NumPy is not loaded: then a look for all takes as long as each one's own.

    >>> import numpy
    >>> sorted(idle_by_characters("\\ufeff文\\ufffd"))
    ['control-chars']
    """
    if not arrays_pay(text):
        return _NONE
    bits = marks_held(text, _table())
    return _NONE.union(*(rules for bit, rules in _SORTS if not bits & bit)) if bits else _BY_CHARACTERS


def idle_by_layout(text: str, eol: str) -> frozenset[str]:
    """Give the rules that find nothing to do at the line breaks of a text.

    Where a line break is or shall be other than LF, each rule looks for itself.

    >>> sorted(idle_by_layout("一\\n\\n二", "keep"))
    ['blank-lines', 'line-ends', 'trailing-space']
    """
    if "\r" in text or eol == "crlf":
        return _NONE
    if text.startswith("\n") or text[-1:] in SPACES or _WORK.search(text):
        return _LINE_ENDS
    return _LAYOUT if text.endswith("\n") and not text.endswith("\n\n") else _WITHIN


@cache
def _table() -> NDArray[np.uint8]:
    import numpy as np

    table = np.zeros(1 << 16, np.uint8)
    table[control_units()] |= 2
    table[suspicious_units()] |= 4
    table[0xFEFF] |= 1
    return table
