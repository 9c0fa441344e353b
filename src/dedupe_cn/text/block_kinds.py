"""The kinds of blocks, and a table of the blocks of a text."""

from __future__ import annotations

from typing import NamedTuple

PARAGRAPH = "paragraph"
#: All kinds; their places number them in arrays.
KINDS = (
    PARAGRAPH, "heading", "list", "table", "code", "indented-code", "quote", "html", "front-matter", "directive",
    "link-definition", "image", "math", "rule", "verse",
)  # fmt: skip
#: Their numbers.
NUMBERS = {name: number for number, name in enumerate(KINDS)}
#: Blocks in which only the encoding and line ends may change.
VERBATIM = frozenset({"code", "indented-code", "front-matter", "math", "html"})


class Blocks(NamedTuple):
    """Blocks in order, each from its first line to the end of its last one.

    ``starts`` and ``ends`` are code points (int32, rising); ``kinds`` are indexes into ``KINDS``, ``levels`` those of
    headings (1-6), else 0.
    """

    starts: memoryview
    ends: memoryview
    kinds: bytes
    levels: bytes
