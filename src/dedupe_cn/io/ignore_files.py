"""What the ignore files around a path say: .gitignore at every level, and .dedupe-cn-ignore over it."""

from __future__ import annotations

import os
from collections.abc import Iterable

from dedupe_cn.io.globs import Globs, compile_lines

OWN_IGNORE = ".dedupe-cn-ignore"
_GIT_IGNORE = ".gitignore"
_GIT_EXCLUDE = ".git/info/exclude"
#: The patterns of the ignore files that hold in a folder, the nearest first.
Chain = tuple[Globs, ...]


class IgnoreFiles:
    """The ignore files of a tree, each read once.

    They are looked for from a path's folder up to the root of its git repository; outside of one up to ``floor``. With
    ``closed`` nothing above ``floor`` counts in any case: that is for a folder a person names though it is ignored.
    """

    def __init__(self, floor: str, closed: bool = False) -> None:
        self._floor = floor
        self._closed = closed
        self._chains: dict[tuple[str, bool], Chain] = {}
        self._in_git: dict[str, bool] = {}

    def chains(self, folder: str, git: bool = True) -> tuple[Chain, ...]:
        """Give what decides on paths in an absolute folder; without ``git`` only .dedupe-cn-ignore counts."""
        found = (self._chain(folder, git=False), self._chain(folder, git=True) if git else ())
        return tuple(chain for chain in found if chain)

    def _chain(self, folder: str, git: bool) -> Chain:
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


def decide(chains: Iterable[Chain], path: str, folder: bool) -> bool:
    """Tell whether an absolute path is ignored: the first chain that speaks of it decides."""
    return next((said for chain in chains if (said := _first(chain, path, folder)) is not None), False)


def _is_repository(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def _read(folder: str, git: bool) -> Iterable[Globs]:
    for name in (_GIT_IGNORE, _GIT_EXCLUDE) if git else (OWN_IGNORE,):
        try:
            with open(os.path.join(folder, name), "rb") as file:
                text = file.read().decode("utf-8", "surrogateescape")
        except OSError:  # none there, or not for us: git goes on as well
            continue
        globs = compile_lines(text.removeprefix("\ufeff").splitlines(), folder)
        if globs.patterns.patterns:
            yield globs


def _first(chain: Chain, path: str, folder: bool) -> bool | None:
    return next((said for globs in chain if (said := globs.decides(path, folder)) is not None), None)
