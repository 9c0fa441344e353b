"""A copy between files, complete in itself: where it stands and what it says, so that no report reads a file again."""

from __future__ import annotations

from typing import NamedTuple

#: Characters around a passage that a person is shown: three lines of a page.
AROUND = 240


class Standing(NamedTuple):
    """A passage in a file: offsets in code points of its decoded text, lines and columns from 1, the ends behind it.

    ``named`` is where a person finds it in a container, empty for other files.
    ``headings`` are those above it, the outermost first, as they stand in the file (of Markdown alone); ``before`` and
    ``behind`` are what stands directly around it, up to :data:`AROUND` characters each.
    """

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    headings: tuple[str, ...] = ()
    before: str = ""
    behind: str = ""
    named: str = ""

    @property
    def spot(self) -> str:
        """Give its line, or its place in a container."""
        return self.named or str(self.line)

    @property
    def exact_spot(self) -> str:
        """Give its line and column, or its place in a container."""
        return self.named or f"{self.line}:{self.column}"


class Between(NamedTuple):
    """What a finding of the rule ``across`` is about.

    ``unit`` is ``file``, ``section`` or ``passage``. The ``kept`` place is the first one in the order of paths,
    ``removed`` the second one, in whose file it is told; nothing is ever removed. ``kept_text`` and ``text`` are what
    stands there. ``places`` are all further places with the same text as the second one, noise aside. ``files`` counts
    the files in which it stands, which are more than the places where it stands in very many.
    """

    unit: str
    kept: Standing
    removed: Standing
    kept_text: str
    text: str
    places: tuple[Standing, ...] = ()
    files: int = 2
