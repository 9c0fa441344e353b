"""The table of the bare form, which only proposes copies.

The bare form of a text is its letters and digits, folded, with every misread sign folded to the one it looks like.
Noise leaves few scars in it: marks, width, case, script and common misreadings are gone.
"""

from __future__ import annotations

from functools import cache

from dedupe_cn.text.tables import read_row


@cache
def letters() -> memoryview:
    """Give what stands in the bare form for each code point of the BMP (uint32); 0 for what is no letter or digit.

    What lies beyond the BMP is one value there. ``scripts/fold_tables.py`` says from what this is made.
    """
    return read_row("copies", "letters.z")
