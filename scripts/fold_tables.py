"""Work out what each character folds to, and write the tables that the program reads.

    python scripts/fold_tables.py

Sources: NFKC and case folding of Python's Unicode data, the roles of marks below, the variants and the look-alikes that
come with the program. The tables were made with Unicode 14 (Python 3.11), and are the same whatever Python reads them.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import zlib
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "dedupe_cn"
sys.path.insert(0, str(PACKAGE.parent))

from dedupe_cn.compare.word_tables import look_alikes  # noqa: E402
from dedupe_cn.text.folding import variants  # noqa: E402

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
#: Blocks whose characters fold; forms of Arabic are not looked at.
BLOCKS = (
    (0x41, 0x2000),
    (0x2000, 0x3400),
    (0xA640, 0xABC0),
    (0xF900, 0xFB50),
    (0xFE10, 0x10000),
    (0x10400, 0x10450),
    (0x1D400, 0x1D800),
    (0x2F800, 0x2FA20),
)
#: Code points of the BMP; all beyond it share the last row of the table of the bare form.
ROWS = 0x10001


def fold_table() -> dict[int, int]:
    """Give the code points that fold to another one, with where they fold to.

    NFKC and case folding count only where the outcome is a single character, and not for numbers other than decimal
    digits (① and ② stay apart from 1 and 2).
    """
    table: dict[int, int] = {}
    for char in (chr(code) for block in BLOCKS for code in range(*block)):
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


def folds() -> list[int]:
    """Give the code point to which each one folds; those behind the end fold to themselves."""
    table = fold_table()
    return [table.get(code, code) for code in range(max(table) + 1)]


def letters() -> list[int]:
    """Give what stands in the bare form for each code point of the BMP, and for all beyond at the end; 0 for no letter.

    Of look-alikes only pairs count where one sign is wrong nearly everywhere: with everyday pairs all characters would
    be one group.
    """
    is_letter = re.compile(r"[^\W_]").fullmatch
    table = fold_table()
    row = []
    for code in range(ROWS):
        folded = min(table.get(code, code), ROWS - 1)
        row.append(folded if folded == ROWS - 1 or is_letter(chr(folded)) else 0)
    roots: dict[str, str] = {}

    def root(char: str) -> str:
        while char in roots:
            char = roots[char]
        return char

    for pair in (pair for pair, kind in look_alikes().items() if kind == "shape"):
        one, other = sorted(map(root, pair))
        if one != other:
            roots[other] = one
    for char in roots:
        if ord(char) < ROWS - 1:
            row[ord(char)] = ord(root(char))
    return row


def packed(row: list[int]) -> bytes:
    """Pack a row as ``text/tables.py`` reads it: the lowest bytes of all, the second ones, the third ones, deflated."""
    return zlib.compress(bytes(code >> shift & 0xFF for shift in (0, 8, 16) for code in row), 9)


def main() -> None:
    """Write the tables into the package."""
    (PACKAGE / "text" / "data" / "folds.z").write_bytes(packed(folds()))
    (PACKAGE / "copies" / "data" / "letters.z").write_bytes(packed(letters()))


if __name__ == "__main__":
    main()
