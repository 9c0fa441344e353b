"""The table of the bare form, which only proposes copies.

The bare form of a text is its letters and digits, folded, with every misread sign folded to the one it looks like.
Noise leaves few scars in it: marks, width, case, script and common misreadings are gone.
"""

from __future__ import annotations

from array import array
from functools import cache

from dedupe_cn.regex import regex
from dedupe_cn.text.folding import fold_table

#: What is no letter and no digit; ``str.isalnum`` denies it.
_MARKS = regex(r"[\W_]+")
#: Code points of the BMP; all beyond it share the last row of the table.
_ROWS = 0x10001


@cache
def letters() -> memoryview:
    """Give what stands in the bare form for each code point of the BMP (uint32); 0 for what is no letter or digit.

    What lies beyond the BMP is one value there.
    """
    from dedupe_cn.compare.word_tables import look_alikes

    every = array("I", range(_ROWS))
    for signs in _MARKS.finditer(every[:-1].tobytes().decode("utf-32-le", "surrogatepass")):
        start, end = signs.span()
        every[start:end] = array("I", bytes(4 * (end - start)))
    row = every[:]
    for code, folded in fold_table().items():
        if code < _ROWS:
            row[code] = every[min(folded, _ROWS - 1)]
    roots: dict[str, str] = {}

    def root(char: str) -> str:
        while char in roots:
            char = roots[char]
        return char

    # Only pairs where one sign is wrong nearly everywhere: with everyday pairs all characters would be one group.
    for pair in (pair for pair, kind in look_alikes().items() if kind == "shape"):
        one, other = sorted(map(root, pair))
        if one != other:
            roots[other] = one
    for char in list(roots):
        if ord(char) < _ROWS - 1:
            row[ord(char)] = ord(root(char))
    return memoryview(row)
