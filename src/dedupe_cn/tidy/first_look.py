"""Tell by one look of each kind which rules cannot find anything in a text: nearly every text is clean."""

from __future__ import annotations

from dedupe_cn.regex import regex
from dedupe_cn.text.characters import SPACES

_NONE: frozenset[str] = frozenset()
# A break behind white space, or between two breaks. Three breaks in a row have one in the middle, and a blank line that
# is not empty has white space in front of its break.
_WORK = regex(rf"\n(?<=[\n{SPACES}]\n)(?:(?<!\n\n)|(?=\n))")
_LINE_ENDS = frozenset({"line-ends"})
_WITHIN = _LINE_ENDS | {"trailing-space", "blank-lines"}
_LAYOUT = _WITHIN | {"final-newline"}


def idle_rules(text: str, eol: str, ragged: bool = True) -> frozenset[str]:
    """Give the rules that find nothing to do at the line breaks of a text.

    Where a line break is or shall be other than LF, each rule looks for itself. ``ragged`` tells whether any LF may
    stand behind white space or between two others (:data:`~dedupe_cn.text.odd.RAGGED`).

    >>> sorted(idle_rules("一\\n\\n二", "keep"))
    ['blank-lines', 'line-ends', 'trailing-space']
    """
    if "\r" in text or eol == "crlf":
        return _NONE
    if text.startswith("\n") or text[-1:] in SPACES or (ragged and _WORK.search(text)):
        return _LINE_ENDS
    return _LAYOUT if text.endswith("\n") and not text.endswith("\n\n") else _WITHIN
