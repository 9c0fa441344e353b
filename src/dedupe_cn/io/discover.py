"""Turn the paths a person names into the list of text files to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple, Protocol

from dedupe_cn.io.names import is_prose
from dedupe_cn.io.suffixes import MARKDOWN, TEXT, suffix_of, why_refused
from dedupe_cn.model import Kind

#: Why a path that would be read is not: somebody chose so.
CHOSEN = frozenset({"ignored", "excluded", "pruned", "not-prose"})
#: Says as what the file of this name is to be read, None where its suffix decides.
Told = Callable[[str], Kind | None]
#: Folders of version control: nobody expects text in them, so nothing is said of them.
_STORES = frozenset({".git", ".hg", ".svn", ".jj"})


class Source(NamedTuple):
    """A file to read; ``explicit`` when a person named it, ``way`` leads to it from the folder that was named."""

    file: str
    explicit: bool = True
    way: str | None = None

    @property
    def path(self) -> Path:
        """Give its path: of a folder of thousands only those are made that are asked for."""
        return Path(self.file)

    @property
    def below(self) -> PurePath | None:
        """Give its place under a named folder."""
        return None if self.way is None else PurePath(self.way)

    @property
    def name(self) -> str:
        """Give the path as reports show it, with forward slashes on every system."""
        return self.file if os.sep == "/" else self.path.as_posix()

    @property
    def size(self) -> int:
        """Give its size in bytes; 0 when that cannot be known, reading it will say why."""
        try:
            return os.stat(self.file).st_size
        except OSError:
            return 0


class Skipped(NamedTuple):
    """A path that gives nothing to read: a code for the words, more on it, and whether it is an error."""

    path: str
    code: str
    detail: str = ""
    error: bool = True


class Found(NamedTuple):
    """What the paths of a run amount to."""

    sources: tuple[Source, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; a name that the system does not take is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def exists(path: Path) -> bool:
    """Tell whether there is something at a path; at a name that the system does not take there is nothing."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


class Here(Protocol):
    """Who says what of one folder belongs to the run, by names in it; reasons are codes of the words or empty."""

    def wants(self, name: str) -> bool: ...

    def why_not(self, name: str, folder: bool) -> str: ...

    def expect(self, names: Sequence[str]) -> None: ...


class Choice(Protocol):
    """Who says which paths belong to the run; paths are absolute, reasons are codes of the words or empty."""

    @property
    def force(self) -> bool: ...

    def why_not_named(self, path: str) -> str: ...

    def below(self, root: str) -> Callable[[str], Here]: ...

    def looked_for(self, folder: str) -> str: ...

    def close(self) -> None: ...


class _ByName:
    """The choice when nothing is asked for: Markdown and plain text."""

    force = False

    def why_not_named(self, path: str) -> str:
        return ""

    def below(self, root: str) -> Callable[[str], Here]:
        return lambda folder: self

    def wants(self, name: str) -> bool:
        return suffix_of(name) in MARKDOWN | TEXT

    def why_not(self, name: str, folder: bool) -> str:
        return "" if folder or is_prose(name) else "not-prose"

    def expect(self, names: Sequence[str]) -> None:
        pass

    def close(self) -> None:
        pass

    def looked_for(self, folder: str) -> str:
        return " ".join(sorted(MARKDOWN | TEXT))


def _by_suffix(name: str) -> None:
    return None


def discover(paths: Iterable[Path], choice: Choice | None = None, told: Told = _by_suffix) -> Found:
    """List the files that ``paths`` name, each once, in the order of their names.

    The order of the paths does not count. Folders are walked for Markdown and plain text, or for what ``choice``
    wants; what is hidden, and symbolic links, are passed over. What is neither, as far as the suffix tells and unless
    somebody ``told`` how to read it, is refused when it is named, and else passed over.
    """
    choice = choice or _ByName()
    sources: list[Source] = []
    skipped: list[Skipped] = []
    with closing(choice):
        for path in paths:
            for item in _look_at(path, choice, told):
                if isinstance(item, Source):
                    sources.append(item)
                else:
                    skipped.append(item)
    # An explicit path goes before a walked one: it is the name the person used.
    seen: dict[str, Source] = {}
    roots = _Roots()

    def rank(source: Source) -> tuple[bool, bool, tuple[str, ...]]:
        return not source.explicit, source.way is None and source.path.is_symlink(), roots.parts(source)

    for source in sorted(sources, key=rank):
        first = seen.setdefault(roots.without_links(source), source)
        if first is not source and first.file != source.file:
            skipped.append(Skipped(source.name, "same-file", first.name, error=False))
    return Found(tuple(sorted(seen.values(), key=roots.parts)), tuple(skipped))


class _Roots:
    """The folders in which walks began, asked once each: what is below them needs no look of its own."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, tuple[str, ...]]] = {}

    def parts(self, source: Source) -> tuple[str, ...]:
        """Give the parts of the path of a file, by which files are sorted."""
        if source.way is None:
            return source.path.parts
        return self._of(source.file, source.way)[1] + tuple(source.way.split(os.sep))

    def without_links(self, source: Source) -> str:
        """Give the path of a file without links; a walk follows none, so the folder it began at says it."""
        if source.way is None:
            return os.path.realpath(source.file)
        return os.path.join(self._of(source.file, source.way)[0], source.way)

    def _of(self, file: str, way: str) -> tuple[str, tuple[str, ...]]:
        root = file[: -len(way)]
        if root not in self._known:
            self._known[root] = os.path.realpath(root), Path(root).parts
        return self._known[root]


def _look_at(path: Path, choice: Choice, told: Told) -> Iterator[Source | Skipped]:
    """Look at one path a person named."""
    try:
        path.stat()
    except FileNotFoundError:
        yield Skipped(str(path), "missing")
        return
    except (OSError, ValueError) as problem:
        yield Skipped(str(path), "unreadable", _words(problem))
        return
    absolute = os.path.abspath(path)
    if why := choice.why_not_named(absolute):
        yield Skipped(path.as_posix(), why, error=False)
        return
    if not is_folder(path):
        code, what = why_refused(str(path), lambda: told(str(path)))
        # Who forces the choice on named files hands over what another program found.
        yield Skipped(path.as_posix(), code, what) if code else Source(str(path), not choice.force)
        return
    found = list(_walk(path, choice, told))
    yield from found
    if not any(isinstance(item, Source) or item.error or item.code in CHOSEN for item in found):
        yield Skipped(path.as_posix(), "no-text", choice.looked_for(absolute))


def _walk(root: Path, choice: Choice, told: Told) -> Iterator[Source | Skipped]:
    """Go through a folder and those in it. Listing a folder tells files, folders and links apart; none is looked at."""
    problems: list[OSError] = []
    top = os.path.abspath(root)
    begin = "" if root == Path() else str(root)
    here_of = choice.below(top)
    ways = [""]  # to the folders that are open, the next one last
    while ways:
        way = ways.pop()
        try:
            with os.scandir(root / way) as listed:
                entries = {entry.name: entry for entry in listed}
        except OSError as closed:
            problems.append(closed)
            continue
        here = here_of(os.path.join(top, way) if way else top)
        hidden, links, folders, files = _sorted_out(entries, here)
        for name in hidden:
            yield Skipped((root / way / name).as_posix(), "hidden", error=False)
        here.expect([*folders, *files])
        opened = []
        for name in folders:
            if why := here.why_not(name, True):
                yield Skipped((root / way / name).as_posix(), why, error=False)
            else:
                opened.append(os.path.join(way, name))
        for name in files:
            if why := here.why_not(name, False):
                yield Skipped((root / way / name).as_posix(), why, error=False)
                continue
            below = os.path.join(way, name)
            code, what = why_refused(name, partial(told, os.path.join(begin, below)))
            if code:
                yield Skipped((root / below).as_posix(), code, what, error=False)
            elif _is(entries[name].is_file):
                yield Source(os.path.join(begin, below), explicit=False, way=below)
        for name in links:
            yield Skipped((root / way / name).as_posix(), "link", error=False)
        ways += reversed(opened)
    for problem in problems:
        yield Skipped(Path(str(problem.filename)).as_posix(), "unreadable", _words(problem))


def _sorted_out(entries: Mapping[str, os.DirEntry[str]], here: Here) -> tuple[list[str], ...]:
    """Give of a folder, in order, what is hidden, the links, the folders and the files that are wanted."""
    hidden: list[str] = []
    folders: list[str] = []
    files: list[str] = []
    for name in sorted(entries):
        folder = _is(entries[name].is_dir)
        if name not in _STORES if folder else here.wants(name):
            (hidden if name.startswith(".") else folders if folder else files).append(name)
    links = [name for name in (*folders, *files) if entries[name].is_symlink()]
    linked = frozenset(links)
    folders, files = ([name for name in names if name not in linked] for names in (folders, files))
    return hidden, links, folders, files


def _is(asked: Callable[[], bool]) -> bool:
    """Ask what an entry of a folder is; one that cannot be looked at is nothing."""
    try:
        return asked()
    except OSError:
        return False


def _words(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
