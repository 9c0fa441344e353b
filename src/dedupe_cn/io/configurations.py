"""Find the configuration that holds for a path: the nearest one, without merging."""

from __future__ import annotations

import os
from pathlib import Path

from dedupe_cn.io.configuration import OWN, SHARED, Configuration, has_table, load

#: Last parts of a path that do not say that what is before them is its folder.
_NO_NAMES = frozenset({"", ".", ".."})


class Configurations:
    """The configurations of a run, each read once.

    With ``chosen`` that file holds for every path, and its globs count from the working folder; ``isolated`` looks at
    none. Otherwise it is the nearest ``dedupe-cn.toml`` of the path's folder or those above it, in the same folder
    before a ``pyproject.toml`` with a table ``[tool.dedupe-cn]``.
    """

    def __init__(self, chosen: Path | None = None, isolated: bool = False) -> None:
        here = str(Path.cwd())
        self.none = Configuration(here)
        self._chosen = load(chosen, here) if chosen else self.none if isolated else None
        self._by_folder: dict[str, Configuration] = {}
        self._by_name: dict[str, Configuration] = {}  # by the folder as it was named

    def of_folder(self, folder: str) -> Configuration:
        """Give what holds in an absolute folder; ``none`` when there is no file. Raises ConfigurationError."""
        if self._chosen is not None:
            return self._chosen
        passed = []
        found = None
        while found is None:
            found = self._by_folder.get(folder)
            if found is None:
                passed.append(folder)
                file = file_in(folder)
                found = load(file) if file else None
            above = os.path.dirname(folder)
            if found is None and above == folder:
                found = self.none
            folder = above
        self._by_folder.update(dict.fromkeys(passed, found))
        return found

    def of_file(self, path: str) -> Configuration:
        """Give what holds for a file. Raises ConfigurationError."""
        folder, name = os.path.split(path)
        if name in _NO_NAMES:
            return self.of_folder(os.path.dirname(os.path.abspath(path)))
        if folder not in self._by_name:
            self._by_name[folder] = self.of_folder(os.path.abspath(folder))
        return self._by_name[folder]


def file_in(folder: str) -> Path | None:
    """Give the configuration file of one folder, if it has one. Raises ConfigurationError."""
    own, shared = os.path.join(folder, OWN), os.path.join(folder, SHARED)
    if os.path.isfile(own):
        return Path(own)
    return Path(shared) if os.path.isfile(shared) and has_table(Path(shared)) else None
