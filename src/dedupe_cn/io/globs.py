"""Globs as .gitignore has them, matched against paths below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pathspec


@dataclass(frozen=True, slots=True, eq=False)
class Globs:
    """Patterns that count from ``root``, an absolute folder; the last one that matches decides."""

    root: str
    patterns: pathspec.GitIgnoreSpec

    def decides(self, path: str, folder: bool = False) -> bool | None:
        """Tell whether an absolute path matches (True), is taken out by ``!`` (False) or is not spoken of (None)."""
        below = inside(path, self.root)
        if not below:
            return None
        return self.patterns.check_file(f"{below}/" if folder else below).include

    def match(self, path: str, folder: bool = False) -> bool:
        """Tell whether an absolute path matches."""
        return bool(self.decides(path, folder))


def compile_globs(globs: Iterable[str], root: str) -> Globs:
    """Read globs. Raises ValueError for one that means nothing."""
    import pathspec

    return Globs(root, pathspec.GitIgnoreSpec.from_lines(globs))


def compile_lines(lines: Iterable[str], root: str) -> Globs:
    """Read the lines of an ignore file; as git does, what means nothing is passed over."""
    kept = []
    for line in lines:
        try:
            compile_globs([line], root)
        except ValueError:
            continue
        kept.append(line)
    return compile_globs(kept, root)


def inside(path: str, folder: str) -> str:
    """Give the way from a folder to a path below it, with forward slashes; empty when it is not below.

    >>> inside("/a/b/c.md", "/a"), inside("/ab", "/a")
    ('b/c.md', '')
    """
    start = folder if folder.endswith(os.sep) else folder + os.sep
    return path[len(start) :].replace(os.sep, "/") if path.startswith(start) else ""
