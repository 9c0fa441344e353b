"""The kinds of blocks, and a table of the blocks of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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

#: The line, between blank ones, that parts documents which are laid out as one text (``text/joint.py``): U+FFFF, which
#: is no character (Unicode 23.7). No repeat holds it, for it stands in no document.
BETWEEN = "\uffff"


class Blocks(NamedTuple):
    """Blocks in order, each from its first line to the end of its last one.

    ``starts`` and ``ends`` are code points; ``kinds`` are indexes into ``KINDS``, ``levels`` those of headings (1-6),
    else 0.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    levels: NDArray[np.uint8]

    def chosen(self, which: NDArray[np.bool_ | np.intp]) -> Blocks:
        """Give those that are marked, or numbered, in that order."""
        return Blocks(self.starts[which], self.ends[which], self.kinds[which], self.levels[which])


class Columns(NamedTuple):
    """The same, with ``low`` and ``high``, which are ``starts`` and ``ends`` in exact offsets."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    levels: NDArray[np.uint8]


def in_order(one: Blocks, other: Blocks) -> Blocks:
    """Put blocks of two readings of one text, which do not overlap, into one order."""
    import numpy as np

    both = Blocks(
        np.concatenate((one.starts, other.starts)),
        np.concatenate((one.ends, other.ends)),
        np.concatenate((one.kinds, other.kinds)),
        np.concatenate((one.levels, other.levels)),
    )
    return both.chosen(np.argsort(both.starts, kind="stable"))
