"""The folded form: what is left of a character when width, case, marks, Kangxi and script are not looked at.

Every character folds to exactly one character, so offsets stay. The folded form only proposes near-duplicates and
lines two passages up; it is never written out. Chinese numerals are content: none folds to a digit or to another
numeral (萬 folds to 万, the same numeral in the other script).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dedupe_cn.text.tables import read_row, read_table


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
def folds() -> memoryview:
    """Give the code point to which each one folds (uint32); those behind the end fold to themselves.

    ``scripts/fold_tables.py`` says from what this is made.
    """
    return read_row("text", "folds.z")


def fold_text(text: str) -> str:
    """Fold a string; the result has the same length."""
    return text.translate(folds())
