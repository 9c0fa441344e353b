"""The kinds of blocks, and a table of the blocks of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T", "Blocks", "Columns")

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

    ``starts`` and ``ends`` are code points; ``kinds`` are indexes into ``KINDS``, ``levels`` those of headings (1-6),
    else 0.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    levels: NDArray[np.uint8]


class Columns(NamedTuple):
    """The same, with ``low`` and ``high``, which are ``starts`` and ``ends`` in exact offsets."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    levels: NDArray[np.uint8]

    def visible(self) -> Columns:
        """Give those that hold anything visible."""
        seen = self.high > self.low
        return self if seen.all() else chosen(self, seen)


def chosen(table: T, which: NDArray[np.bool_ | np.intp]) -> T:
    """Give the blocks that are marked, or numbered, in that order."""
    columns: Any = tuple(table)
    return type(table)(*(column[which] for column in columns))


def in_order(one: T, other: T) -> T:
    """Put blocks of two readings of one text, which do not overlap, into one order."""
    import numpy as np

    columns: Any = zip(one, other, strict=True)
    both = type(one)(*map(np.concatenate, columns))
    return chosen(both, np.argsort(both.starts, kind="stable"))
