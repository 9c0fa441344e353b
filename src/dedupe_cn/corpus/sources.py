"""The files of a corpus: which format each has, and where its copy goes.

The suffix names the format. A text file is one document; only when it is the single input of a run is each of its
lines a document, because a document alone has nothing to be compared with.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from dedupe_cn.corpus.compressed import open_compressed
from dedupe_cn.corpus.encodings import SAMPLE, UTF_8, find_encoding, read_by_line
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.system_words import of_system
from dedupe_cn.encoding.encodings import is_wide
from dedupe_cn.regex import regex

#: Suffix -> format.
FORMATS = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".mdx"), "text"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
COMPRESSIONS = {".gz": "gz", ".zst": "zst"}
#: How an array of records begins.
_ARRAY = regex(rb"(\xef\xbb\xbf)?[ \t\r\n]*\[[ \t\r\n]*(?=([{\]])?)")


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file: ``format`` text, lines, jsonl, json, csv, tsv or parquet; ``below`` is its place in a folder of output.

    ``encoding`` is empty for UTF-8, and for text files whose encoding is to be found when they are read.
    """

    path: Path
    format: str
    compression: str
    below: PurePath
    encoding: str = ""

    @property
    def wide(self) -> str:
        """Name the encoding of a table that is read as a stream of UTF-8; empty for all others."""
        return self.encoding if self.format not in ("text", "parquet") and is_wide(self.encoding) else ""

    @property
    def text_codec(self) -> str:
        """Name the codec that records of a table are read by, once the file comes as :func:`streams.open_source`."""
        return UTF_8 if self.wide else self.encoding or UTF_8

    @property
    def seekable(self) -> bool:
        """Tell whether places of records are places of the file's own bytes."""
        return not self.compression and not self.wide

    @property
    def name(self) -> str:
        """Give the path as reports and default ids show it."""
        return self.path.as_posix()

    def place(self, record: int) -> str:
        """Name a record (from 1) of this file: the path alone for a file that is one document."""
        return self.name if self.format == "text" else f"{self.name}:{record}"


def format_of(path: PurePath) -> tuple[str, str]:
    """Give format and compression by the suffixes, both empty when unknown.

    >>> format_of(PurePath("a.JSONL.gz"))
    ('jsonl', 'gz')
    """
    compression = COMPRESSIONS.get(path.suffix.lower(), "")
    suffix = PurePath(path.stem).suffix if compression else path.suffix
    known = FORMATS.get(suffix.lower(), "")
    return known, compression if known != "parquet" else ""


def find_sources(inputs: Iterable[Path], encoding: str = "") -> tuple[CorpusFile, ...]:
    """List the files of the inputs in their order, those of a folder by name; a file named twice counts once.

    ``encoding`` is the codec that a person named, else each file's own is found. Raises CorpusError for what is
    missing or unknown, OSError.
    """
    inputs = tuple(inputs)
    found: dict[str, CorpusFile] = {}
    for path in inputs:
        if path.is_dir():
            listed = list(_walk(path))
            if not listed:
                raise CorpusError("no-files", path=path.as_posix())
        elif path.exists():
            listed = [_named(path, alone=len(inputs) == 1)]
        else:
            raise CorpusError("missing", path=path.as_posix())
        for source in listed:
            found.setdefault(os.path.realpath(source.path), source)
    return tuple(_looked_into(source, encoding) for source in found.values())


def _named(path: Path, alone: bool) -> CorpusFile:
    kind, compression = format_of(path)
    if not kind:
        raise CorpusError("unknown-format", path=path.as_posix())
    return CorpusFile(path, "lines" if kind == "text" and alone else kind, compression, PurePath(path.name))


def _walk(root: Path) -> Iterator[CorpusFile]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            kind, compression = format_of(path)
            if kind and not name.startswith(".") and path.is_file():
                source = CorpusFile(path, kind, compression, path.relative_to(root))
                # Of the many uses of .json only an array of records is a corpus.
                if kind != "json" or ((begin := _ARRAY.match(_begin(source))) and begin[2] == b"{"):
                    yield source


def _begin(source: CorpusFile) -> bytes:
    """Read the beginning of a file, decompressed. Raises CorpusError."""
    try:
        with open_compressed(source.path, source.compression) if source.compression else source.path.open("rb") as file:
            return file.read(SAMPLE)
    except OSError as problem:
        raise CorpusError("unreadable", path=source.name, detail=of_system(problem)) from problem


def _looked_into(source: CorpusFile, encoding: str) -> CorpusFile:
    """Find the encoding of a table, and whether ``.json`` is an array or lines."""
    if source.format == "parquet" or (source.format == "text" and not encoding):
        return source
    if source.format == "text":
        return replace(source, encoding=encoding)
    begin = _begin(source)
    codec = read_by_line(encoding) if encoding else find_encoding(begin, len(begin) < SAMPLE)
    if not codec:
        raise CorpusError("by-line", path=source.name, encoding=encoding)
    if encoding in ("utf-16", "utf-32") and begin.startswith((b"\xfe\xff", b"\0\0\xfe\xff")):
        codec = f"{encoding}-be"
    if source.format == "json":
        if codec != UTF_8 and not is_wide(codec):
            raise CorpusError("json-encoding", path=source.name, encoding=codec)
        if is_wide(codec):
            begin = begin[: len(begin) // 4 * 4].decode(codec, "replace").encode()
        source = replace(source, format="json" if _ARRAY.match(begin) else "jsonl")
    return replace(source, encoding="" if codec == UTF_8 else codec)


def find_targets(
    sources: tuple[CorpusFile, ...], inputs: Iterable[Path], output: Path, may_be_full: bool = False
) -> dict[CorpusFile, Path]:
    """Say where the copy of each file goes. Raises CorpusError when it cannot go there.

    A folder must be empty, so that nothing that went still lies there, unless it ``may_be_full`` (it is replaced).
    """
    single = len(sources) == 1 and not any(path.is_dir() for path in inputs)
    if single and not output.is_dir() and not str(output).endswith(("/", os.sep)):
        source = sources[0]
        # A file that holds one document may be named without a suffix.
        if format_of(output)[0] != format_of(source.path)[0] and source.format not in ("text", "lines"):
            raise CorpusError("output-kind", output=output.as_posix(), input=source.name)
        if os.path.realpath(output) == os.path.realpath(source.path):
            raise CorpusError("output-input", output=output.as_posix())
        return {source: output}
    if output.exists() and not output.is_dir():
        raise CorpusError("output-folder", output=output.as_posix())
    if output.is_dir() and any(output.iterdir()) and not may_be_full:
        raise CorpusError("output-full", output=output.as_posix())
    targets: dict[CorpusFile, Path] = {}
    taken: dict[Path, CorpusFile] = {}
    for source in sources:
        target = output / source.below
        if target in taken:
            raise CorpusError(
                "output-twice", first=taken[target].name, second=source.name, output=target.as_posix()
            )
        taken[target] = source
        targets[source] = target
    return targets
