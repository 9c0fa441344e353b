"""Turn the paths a person names into the list of text files to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Protocol

from dedupe_cn.model import Kind

MARKDOWN = frozenset({".md", ".markdown", ".mdx"})
TEXT = frozenset({".txt", ".text"})
#: Formats that are refused, and the code of the words that say where to go instead.
REFUSED = {
    **dict.fromkeys((".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".gz", ".zst"), "refused-records"),
    **dict.fromkeys((".srt", ".ass", ".vtt", ".lrc"), "refused-subtitles"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xml", ".svg"), "refused-markup"),
    **dict.fromkeys((".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".mobi", ".xls", ".xlsx"), "refused-office"),
}
#: Why a path that would be read is not: somebody chose so.
CHOSEN = frozenset({"ignored", "excluded", "pruned"})
#: Folders of version control: nobody expects text in them, so nothing is said of them.
_STORES = frozenset({".git", ".hg", ".svn", ".jj"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; ``explicit`` when a person named it, ``below`` is its place under a named folder."""

    path: Path
    explicit: bool = True
    below: PurePath | None = None

    @property
    def name(self) -> str:
        """Give the path as reports show it, with forward slashes on every system."""
        return self.path.as_posix()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that gives nothing to read: a code for the words, more on it, and whether it is an error."""

    path: str
    code: str
    detail: str = ""
    error: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths of a run amount to."""

    sources: tuple[Source, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def kind_of(name: str) -> Kind:
    """Tell Markdown from plain text by the suffix.

    >>> kind_of("文章.MD").value, kind_of("-").value
    ('markdown', 'text')
    """
    return Kind.MARKDOWN if PurePath(name).suffix.lower() in MARKDOWN else Kind.TEXT


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


def suffix_of(name: str) -> str:
    """Give the suffix of a file name in small letters.

    >>> suffix_of("文章.MD"), suffix_of(".md"), suffix_of("README")
    ('.md', '', '')
    """
    return os.path.splitext(name)[1].lower()


class Choice(Protocol):
    """Who says which paths belong to the run; paths are absolute, reasons are codes of the words or empty."""

    @property
    def force(self) -> bool: ...

    def why_not_named(self, path: str) -> str: ...

    def below(self, root: str) -> Callable[[str, bool], str]: ...

    def wants(self, path: str) -> bool: ...

    def looked_for(self, folder: str) -> str: ...


class _ByName:
    """The choice when nothing is asked for: Markdown and plain text."""

    force = False

    def why_not_named(self, path: str) -> str:
        return ""

    def below(self, root: str) -> Callable[[str, bool], str]:
        return lambda path, folder: ""

    def wants(self, path: str) -> bool:
        return suffix_of(path) in MARKDOWN | TEXT

    def looked_for(self, folder: str) -> str:
        return " ".join(sorted(MARKDOWN | TEXT))


def discover(paths: Iterable[Path], choice: Choice | None = None) -> Found:
    """List the files that ``paths`` name, each once, in the order of their names.

    The order of the paths does not count. Folders are walked for Markdown and plain text, or for what ``choice``
    wants; what is hidden, and symbolic links, are passed over.
    """
    choice = choice or _ByName()
    sources: list[Source] = []
    skipped: list[Skipped] = []
    for path in paths:
        for item in _look_at(path, choice):
            if isinstance(item, Source):
                sources.append(item)
            else:
                skipped.append(item)
    # An explicit path goes before a walked one: it is the name the person used.
    seen: dict[str, Source] = {}
    folders: dict[Path, str] = {}
    for source in sorted(sources, key=_rank):
        first = seen.setdefault(_without_links(source, folders), source)
        if first is not source and first.path != source.path:
            skipped.append(Skipped(source.name, "same-file", first.name, error=False))
    return Found(tuple(sorted(seen.values(), key=lambda s: s.path.parts)), tuple(skipped))


def _rank(source: Source) -> tuple[bool, bool, tuple[str, ...]]:
    return not source.explicit, source.below is None and source.path.is_symlink(), source.path.parts


def _without_links(source: Source, folders: dict[Path, str]) -> str:
    """Give the path of a file without links; what a walk has found is none, so its folder (noted here) says it."""
    if source.below is None:
        return os.path.realpath(source.path)
    folder = source.path.parent
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], source.path.name)


def _look_at(path: Path, choice: Choice) -> Iterator[Source | Skipped]:
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
        code = REFUSED.get(path.suffix.lower())
        # Who forces the choice on named files hands over what another program found.
        yield Skipped(path.as_posix(), code, path.suffix.lower()) if code else Source(path, explicit=not choice.force)
        return
    found = list(_walk(path, choice))
    yield from found
    if not any(isinstance(item, Source) or item.error or item.code in CHOSEN for item in found):
        yield Skipped(path.as_posix(), "no-text", choice.looked_for(absolute))


def _walk(root: Path, choice: Choice) -> Iterator[Source | Skipped]:
    problems: list[OSError] = []
    why_not = choice.below(os.path.abspath(root))
    for folder, folders, names in os.walk(root, onerror=problems.append):
        here, absolute = Path(folder), os.path.abspath(folder)
        hidden = {name for name in folders if name.startswith(".")} - _STORES
        hidden |= {name for name in names if name.startswith(".") and choice.wants(os.path.join(absolute, name))}
        links = sorted(name for name in folders if not name.startswith(".") and (here / name).is_symlink())
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        for name in sorted(hidden):
            yield Skipped((here / name).as_posix(), "hidden", error=False)
        for name in tuple(folders):
            if why := why_not(os.path.join(absolute, name), True):
                folders.remove(name)
                yield Skipped((here / name).as_posix(), why, error=False)
        for name in sorted(names):
            full = os.path.join(absolute, name)
            if name.startswith(".") or not choice.wants(full):
                continue
            path = here / name
            if path.is_symlink():
                links.append(name)
            elif why := why_not(full, False):
                yield Skipped(path.as_posix(), why, error=False)
            elif (suffix := suffix_of(name)) in REFUSED:
                yield Skipped(path.as_posix(), REFUSED[suffix], suffix, error=False)
            elif path.is_file():
                yield Source(path, explicit=False, below=path.relative_to(root))
        for name in links:
            yield Skipped((here / name).as_posix(), "link", error=False)
    for problem in problems:
        yield Skipped(Path(str(problem.filename)).as_posix(), "unreadable", _words(problem))


def _words(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
