"""Which of the files and folders that are met belong to a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from dedupe_cn.io.configuration import Configuration
from dedupe_cn.io.configurations import Configurations
from dedupe_cn.io.git_rules import IgnoreQueries
from dedupe_cn.io.globs import Globs, compile_globs, inside
from dedupe_cn.io.ignore_files import Ignored, IgnoreFiles
from dedupe_cn.io.names import is_prose
from dedupe_cn.io.suffixes import MARKDOWN, TEXT, suffix_of

#: A folder with this file is a virtual environment, whatever its name.
_ENVIRONMENT = "pyvenv.cfg"
#: Folders of what others wrote or a program made. Hidden ones (.git, .venv, .tox) are passed over anyway.
_PRUNED = frozenset({"node_modules", "bower_components", "site-packages", "__pycache__"})
_WILD = frozenset("*?[]!\\")


class _Include:
    """The globs of files to read: Markdown and plain text among them, and what a glob names by its suffix or name.

    So ``content/`` lets in no picture, and ``*.log`` lets in logs.
    """

    def __init__(self, globs: Sequence[str] | None, root: str) -> None:
        self._globs = compile_globs(globs, root) if globs is not None else None
        lasts = [glob.rsplit("/", 1)[-1] for glob in globs or ()]
        named = {suffix for last in lasts if (suffix := suffix_of(last)) and not _WILD & set(suffix)}
        self._suffixes = MARKDOWN | TEXT | named
        self._names = {last for last in lasts if last and not _WILD & set(last)}
        self.shown = " ".join(globs if globs is not None else sorted(MARKDOWN | TEXT))

    def wants(self, folder: str, name: str) -> bool:
        """Tell whether a file in a folder is to be read."""
        suffix = suffix_of(name)
        if suffix not in self._suffixes and name not in self._names:
            return False
        if self._globs is None:
            return True
        # A glob is given in small letters as a rule, the suffix of a file may be in capitals.
        path = os.path.join(folder, name)
        lower = path[: len(path) - len(suffix)] + suffix
        return self._globs.match(path) or self._globs.match(lower)


    def names(self, name: str) -> bool:
        """Tell whether a glob names a file without wildcards, which lets in what is not for readers, too."""
        return name in self._names


class _Here:
    """What holds in one folder, worked out once for all that is in it."""

    def __init__(self, folder: str, include: _Include, excludes: tuple[Globs, ...], ignored: Ignored) -> None:
        self._folder = folder
        self._include = include
        self._excludes = excludes
        self._ignored = ignored

    def wants(self, name: str) -> bool:
        """Tell whether a file met in the folder is text to read, by its name and ``include``."""
        return self._include.wants(self._folder, name)

    def why_not(self, name: str, folder: bool) -> str:
        """Say why a file or folder in it is left out (a code of the words, or nothing)."""
        if folder and (name in _PRUNED or os.path.exists(os.path.join(self._folder, name, _ENVIRONMENT))):
            return "pruned"
        path = os.path.join(self._folder, name)
        if any(exclude.match(path, folder) for exclude in self._excludes):
            return "excluded"
        if self._ignored.decide(name, folder):
            return "ignored"
        return "" if folder or is_prose(path) or self._include.names(name) else "not-prose"

    def expect(self, names: Sequence[str]) -> None:
        """Take the names that will be asked for, because git is asked faster of many."""
        self._ignored.expect(names)


class Selection:
    """The choice by options and by the configuration nearest to each path.

    ``include`` and ``gitignore`` replace what the configuration says, ``exclude`` is added to it: a glob on the command
    line never lets in what a repository keeps out. Globs of options count from the working folder.
    Raises ValueError for a glob that means nothing.
    """

    def __init__(
        self,
        configurations: Configurations,
        include: Sequence[str] | None = None,
        exclude: Sequence[str] = (),
        gitignore: bool | None = None,
        force: bool = False,
    ) -> None:
        here = str(Path.cwd())
        self.force = force
        self._here = here
        self._configurations = configurations
        self._gitignore = gitignore
        self._include = _Include(include, here) if include is not None else None
        self._exclude = compile_globs(exclude, here) if exclude else None
        self._excludes: dict[Configuration, Globs | None] = {}
        self._includes: dict[Configuration, _Include] = {}
        self._floors: dict[tuple[str, bool], IgnoreFiles] = {}
        self._queries = IgnoreQueries()
        self._left_out: dict[str, str] = {}

    def below(self, root: str) -> Callable[[str], _Here]:
        """Give what says of each folder from a named one on what in it belongs to the run.

        Naming a folder outweighs the exclude or ignore file that leaves it out.
        """
        named = "" if self.force else self._why_not(root, folder=True)
        closed = named == "ignored"
        from_here = not closed and (root == self._here or inside(root, self._here))
        ignore_files = self._ignore_files(self._here if from_here else root, closed)
        return lambda folder: self._inside(folder, ignore_files, excluded=named == "excluded")

    def why_not_named(self, path: str) -> str:
        """Say why an absolute path that was named is left out when the choice is forced on such paths, else nothing.

        The folders it lies in count too, up to the working folder; a walk from there would read the same files.
        """
        if path == self._here or not self.force:
            return ""
        above = os.path.dirname(path)
        if above not in self._left_out:
            self._left_out[above] = self.why_not_named(above) if inside(above, self._here) else ""
        if self._left_out[above]:
            return self._left_out[above]
        name, folder = os.path.basename(path), os.path.isdir(path)
        if name.startswith("."):
            return "hidden"
        if not folder and not self._include_at(above).wants(above, name):
            return "other-kind"
        return self._why_not(path, folder)

    def close(self) -> None:
        """Let go of the processes that were asked."""
        self._queries.close()

    def looked_for(self, folder: str) -> str:
        """Name what is looked for in a folder."""
        return self._include_at(folder).shown

    def _why_not(self, path: str, folder: bool) -> str:
        floor = self._here if inside(path, self._here) else os.path.dirname(path)
        here = self._inside(os.path.dirname(path), self._ignore_files(floor))
        return here.why_not(os.path.basename(path), folder)

    def _inside(self, folder: str, ignore_files: IgnoreFiles, excluded: bool = False) -> _Here:
        """Give what holds in a folder, with the ignore files that hold there; ``excluded`` lets excludes not count."""
        configuration = self._configurations.of_folder(folder)
        globs = () if excluded else (self._exclude, self._exclude_of(configuration))
        git = self._gitignore
        if git is None:
            setting = configuration.settings.get("gitignore")
            git = setting is None or bool(setting.value)
        excludes = tuple(exclude for exclude in globs if exclude)
        return _Here(folder, self._include_at(folder), excludes, ignore_files.within(folder, git))

    def _include_at(self, folder: str) -> _Include:
        if self._include is not None:
            return self._include
        configuration = self._configurations.of_folder(folder)
        if configuration not in self._includes:
            setting = configuration.settings.get("include")
            globs = setting.value if setting else None
            self._includes[configuration] = _Include(globs if isinstance(globs, tuple) else None, configuration.root)
        return self._includes[configuration]

    def _exclude_of(self, configuration: Configuration) -> Globs | None:
        if configuration not in self._excludes:
            setting = configuration.settings.get("exclude")
            globs = setting.value if setting else ()
            self._excludes[configuration] = (
                compile_globs(globs, configuration.root) if isinstance(globs, tuple) and globs else None
            )
        return self._excludes[configuration]

    def _ignore_files(self, floor: str, closed: bool = False) -> IgnoreFiles:
        key = (floor, closed)
        if key not in self._floors:
            self._floors[key] = IgnoreFiles(floor, self._queries, closed)
        return self._floors[key]
