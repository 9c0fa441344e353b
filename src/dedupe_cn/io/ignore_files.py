"""What the ignore files around a path say: .gitignore at every level, and .dedupe-cn-ignore over it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from dedupe_cn.io.globs import Globs, compile_lines

OWN_IGNORE = ".dedupe-cn-ignore"
_GIT_IGNORE = ".gitignore"
_GIT_EXCLUDE = ".git/info/exclude"


class IgnoreFiles:
    """The ignore files of a tree, each read once.

    They are looked for from a path's folder up to the root of its git repository; outside of one up to ``floor``. With
    ``closed`` nothing above ``floor`` counts in any case: that is for a folder a person names though it is ignored.
    """

    def __init__(self, floor: str, closed: bool = False) -> None:
        self._floor = floor
        self._closed = closed
        self._chains: dict[tuple[str, bool], tuple[Globs, ...]] = {}
        self._in_git: dict[str, bool] = {}

    def ignored(self, path: str, folder: bool, git: bool = True) -> bool:
        """Tell whether an absolute path is ignored; without ``git`` only .dedupe-cn-ignore counts."""
        here = os.path.dirname(path)
        decision = _first(self._chain(here, git=False), path, folder)
        if decision is None and git:
            decision = _first(self._chain(here, git=True), path, folder)
        return bool(decision)

    def _chain(self, folder: str, git: bool) -> tuple[Globs, ...]:
        """Give the patterns that hold in a folder, the nearest first."""
        known = self._chains.get((folder, git))
        if known is None:
            above = () if self._ends(folder) else self._chain(os.path.dirname(folder), git)
            known = self._chains[folder, git] = (*_read(folder, git), *above)
        return known

    def _ends(self, folder: str) -> bool:
        """Tell whether nothing above a folder counts."""
        if os.path.dirname(folder) == folder or _is_repository(folder):
            return True
        return folder == self._floor and (self._closed or not self._below_repository(folder))

    def _below_repository(self, folder: str) -> bool:
        passed = []
        while folder not in self._in_git:
            passed.append(folder)
            above = os.path.dirname(folder)
            if _is_repository(folder) or above == folder:
                self._in_git[folder] = above != folder
            folder = above if folder not in self._in_git else folder
        self._in_git.update(dict.fromkeys(passed, self._in_git[folder]))
        return self._in_git[folder]


def _is_repository(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def _read(folder: str, git: bool) -> Iterable[Globs]:
    for name in (_GIT_IGNORE, _GIT_EXCLUDE) if git else (OWN_IGNORE,):
        try:
            text = Path(folder, name).read_bytes().decode("utf-8", "surrogateescape")
        except OSError:  # none there, or not for us: git goes on as well
            continue
        globs = compile_lines(text.removeprefix("\ufeff").splitlines(), folder)
        if globs.patterns.patterns:
            yield globs


def _first(chain: tuple[Globs, ...], path: str, folder: bool) -> bool | None:
    return next((said for globs in chain if (said := globs.decides(path, folder)) is not None), None)
