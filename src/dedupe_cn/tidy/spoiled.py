"""Tell what other tools have spoiled in books, Word files and subtitles; nothing of it is changed."""

from __future__ import annotations

from dedupe_cn.model import Warning as Finding
from dedupe_cn.regex import regex

#: Two ideographs and more whose UTF-8 was read as Latin-1, or as its Windows kin, in which C1 controls are printed.
_C1 = "\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022"
_MISREAD = regex(rf"(?:[\xe3-\xe9][{_C1}\u2026\u2030\u2039\u203a\u20ac\u2122]{{2}}){{2,}}")
#: The hard blank of .ass, which a converter has left as two characters.
_HARD_BLANK = regex(r"\\h(?![A-Za-z])")
#: Controls that no text holds: what is left of a character that was cut to one byte.
_CUT = regex(r"[\x01-\x08\x0e-\x1f]")


def spoiled(text: str) -> list[Finding]:
    """Give what another tool has spoiled, each sort with its count and its first place.

    >>> [finding.rule for finding in spoiled("好\\\\h的，\u00e6\u00ad\u00a3\u00e5\u00b8\u00b8")]
    ['misread-passages', 'hard-blanks']
    """
    found: list[Finding] = []
    for rule, pattern in (("misread-passages", _MISREAD), ("hard-blanks", _HARD_BLANK), ("cut-characters", _CUT)):
        places = [hit.start() for hit in pattern.finditer(text)]
        if places:
            found.append(Finding(rule, len(places), places[0]))
    return found
