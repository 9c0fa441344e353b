"""What is ignored around a path: by .dedupe-cn-ignore, else by git, and without it by .gitignore at every level."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from dedupe_cn.io.git_rules import IgnoreQueries
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

    def __init__(self, floor: str, queries: IgnoreQueries, closed: bool = False) -> None:
        self._floor = floor
        self._queries = queries
        self._closed = closed
        self._chains: dict[tuple[str, bool], Chain] = {}
        self._in_git: dict[str, bool] = {}

    def within(self, folder: str, git: bool = True) -> Ignored:
        """Give what decides on names in an absolute folder; without ``git`` only .dedupe-cn-ignore counts."""
        return Ignored(self, folder, self._queries if git and not self._closed else None, git)

    def says(self, path: str, folder: bool, git: bool) -> bool | None:
        """Tell what the ignore files say of an absolute path: ``git``'s, or our own."""
        chain = self._chain(os.path.dirname(path), git)
        return next((said for globs in chain if (said := globs.decides(path, folder)) is not None), None)

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


class Ignored:
    """What of one folder is ignored; git is asked of many names at once where somebody says which will come."""

    def __init__(self, files: IgnoreFiles, folder: str, queries: IgnoreQueries | None, git: bool) -> None:
        self._files = files
        self._folder = folder
        self._queries = queries
        self._git = git
        self._answers: dict[str, bool] = {}

    def expect(self, names: Sequence[str]) -> None:
        """Ask git of names at once."""
        if self._queries is not None:
            answers = self._queries.ask(self._folder, names)
            self._answers.update(zip(names, answers or (), strict=False))

    def decide(self, name: str, folder: bool) -> bool:
        """Tell whether a file or folder in it is ignored."""
        path = os.path.join(self._folder, name)
        said = self._files.says(path, folder, git=False)
        if said is not None or not self._git:
            return bool(said)
        if name not in self._answers:
            self.expect([name])
        if name in self._answers:
            return self._answers[name]
        return bool(self._files.says(path, folder, git=True))


def _is_repository(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def _read(folder: str, git: bool) -> Iterable[Globs]:
    for name in (_GIT_IGNORE, _GIT_EXCLUDE) if git else (OWN_IGNORE,):
        try:
            with open(os.path.join(folder, name), "rb") as file:
                data = file.read()
        except OSError:  # none there, or not for us: git goes on as well
            continue
        globs = compile_lines(data, folder)
        if globs.patterns.patterns:
            yield globs
