"""Turn the paths a person names into the list of text files to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

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


def discover(paths: Iterable[Path]) -> Found:
    """List the files that ``paths`` name, each once, in the order of their names.

    The order of the paths does not count. Folders are walked for Markdown and plain text; what is hidden, and
    symbolic links, are passed over.
    """
    sources: list[Source] = []
    skipped: list[Skipped] = []
    for path in paths:
        for item in _look_at(path):
            if isinstance(item, Source):
                sources.append(item)
            else:
                skipped.append(item)
    # An explicit path goes before a walked one: it is the name the person used.
    seen: dict[str, Source] = {}
    for source in sorted(sources, key=lambda s: (not s.explicit, s.path.is_symlink(), s.path.parts)):
        first = seen.setdefault(os.path.realpath(source.path), source)
        if first is not source and first.path != source.path:
            skipped.append(Skipped(source.name, "same-file", first.name, error=False))
    return Found(tuple(sorted(seen.values(), key=lambda s: s.path.parts)), tuple(skipped))


def _look_at(path: Path) -> Iterator[Source | Skipped]:
    """Look at one path a person named."""
    try:
        path.stat()
    except FileNotFoundError:
        yield Skipped(str(path), "missing")
        return
    except (OSError, ValueError) as problem:
        yield Skipped(str(path), "unreadable", _words(problem))
        return
    if not path.is_dir():
        code = REFUSED.get(path.suffix.lower())
        yield Skipped(path.as_posix(), code, path.suffix.lower()) if code else Source(path)
        return
    found = list(_walk(path))
    yield from found
    if not any(isinstance(item, Source) or item.error for item in found):
        yield Skipped(path.as_posix(), "no-text", " ".join(sorted(MARKDOWN | TEXT)))


def _walk(root: Path) -> Iterator[Source | Skipped]:
    problems: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=problems.append):
        here = Path(folder)
        hidden = sorted(name for name in (*folders, *names) if name.startswith("."))
        links = sorted(name for name in folders if name not in hidden and (here / name).is_symlink())
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in hidden:
            yield Skipped((here / name).as_posix(), "hidden", error=False)
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or path.suffix.lower() not in MARKDOWN | TEXT:
                continue
            if path.is_symlink():
                links.append(name)
            elif path.is_file():
                yield Source(path, explicit=False, below=path.relative_to(root))
        for name in links:
            yield Skipped((here / name).as_posix(), "link", error=False)
    for problem in problems:
        yield Skipped(Path(str(problem.filename)).as_posix(), "unreadable", _words(problem))


def _words(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
