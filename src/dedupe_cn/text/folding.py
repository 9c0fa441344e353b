"""The folded form: what is left of a character when width, case, marks, Kangxi and script are not looked at.

Every character folds to exactly one character, so offsets stay. The folded form only proposes near-duplicates and
lines two passages up; it is never written out. Chinese numerals are content: none folds to a digit or to another
numeral (萬 folds to 万, the same numeral in the other script).
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Mapping
from functools import cache

from dedupe_cn.text.tables import read_table

#: Marks of one role; all fold to the first of them. NFKC has been applied before (，to , and so on).
MARK_ROLES = (
    ",，﹐､、﹑",
    ".。．｡﹒",
    ":：﹕∶",
    ";；﹔",
    "!！﹗",
    "?？﹖",
    '"“”„‟「」『』﹁﹂﹃﹄＂〝〞〟«»',
    "'‘’‚‛＇`´",
    "([（［【〔〖﹙﹝",
    ")]）］】〕〗﹚﹞",
    "<《〈＜﹤",
    ">》〉＞﹥",
    "-—–―‐‑‒−－﹣─━",
    "·•・･‧∙⋅●",
    "…⋯",
    "~～〜∼˜",
)

#: Blocks with characters that NFKC or case folding changes one to one; scanning them takes 15 ms, all of Unicode 300.
_BLOCKS = (
    (0x41, 0x2000),
    (0x2000, 0x3400),
    (0xA640, 0xABC0),
    (0xF900, 0xFB50),
    (0xFE10, 0x10000),
    (0x10400, 0x10450),
    (0x1D400, 0x1D800),
    (0x2F800, 0x2FA20),
)


@cache
def variants() -> Mapping[str, str]:
    """Give for each traditional or variant character the simplified one (origin: ``data/VARIANTS.md``)."""
    text = read_table("text", "variants.tsv").decode()
    table: dict[str, str] = {}
    for row in text.splitlines():
        if not row.startswith("#"):
            simple, others = row.split("\t")
            table.update(dict.fromkeys(others, simple))
    return table


@cache
def fold_table() -> dict[int, int]:
    """Give the code points that fold to another one, with where they fold to.

    Sources: NFKC and case folding of Python's Unicode data, taken only where the outcome is a single character and
    not for numbers other than decimal digits (① and ² stay apart from 1 and 2); :data:`MARK_ROLES`; the variant table.
    """
    table: dict[int, int] = {}
    for start, end in _BLOCKS:
        for char in map(chr, range(start, end)):
            folded = unicodedata.normalize("NFKC", char)
            if folded != char and (len(folded) != 1 or unicodedata.category(char) in ("No", "Nl", "Zs", "Cs")):
                folded = char
            lower = folded.casefold()
            if lower != char and len(lower) == 1:
                table[ord(char)] = ord(lower)
    for role in MARK_ROLES:
        for char in role:
            table[ord(char)] = ord(role[0])
    simple = variants()
    for code, target in list(table.items()):
        if chr(target) in simple:
            table[code] = ord(simple[chr(target)])
    table.update({ord(char): ord(root) for char, root in simple.items()})
    for code in table:  # ﹘ is — by NFKC, and — is a mark of the role of -
        while table.get(table[code], table[code]) != table[code]:
            table[code] = table[table[code]]
    return {code: target for code, target in table.items() if code != target}


def fold_text(text: str) -> str:
    """Fold a string; the result has the same length."""
    return text.translate(fold_table())


@cache
def folds() -> memoryview:
    """Give the code point to which each one folds (uint32); those behind the end fold to themselves."""
    table = fold_table()
    row = array("I", range(max(table) + 1))
    for code, folded in table.items():
        row[code] = folded
    return memoryview(row)
