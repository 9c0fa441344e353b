"""Globs as .gitignore has them, matched against paths below a folder."""

from __future__ import annotations

import os
import re
import string
import unicodedata
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.regex import regex

if TYPE_CHECKING:
    import pathspec

#: What the names of POSIX (``[[:digit:]]``) stand for inside of brackets; a slash never matches there.
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \t",
    "cntrl": "\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-.0-~",
    "lower": "a-z",
    "print": " -.0-~",
    "punct": "".join(f"\\{mark}" for mark in string.punctuation if mark != "/"),
    "space": " \t-\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
#: A set in brackets, with escapes and names of classes; ``]`` in front belongs to it.
_SET = regex(r"\\.|\[[!^]?\]?(?:\[:[a-z]*:\]|\\.|[^]\\])*\]", re.DOTALL)
_CLASS = regex(r"(\\.)|\[:([a-z]*):\]", re.DOTALL)
#: git matches bytes. They are carried in strings: printable ASCII as it is, so that patterns keep their meaning, all
#: others in the private use area, where none is white space.
_CARRIED = {byte: 0xE000 + byte for byte in range(256) if not 0x20 <= byte < 0x7F}


class Globs(NamedTuple):
    """Patterns that count from ``root``, an absolute folder; the last one that matches decides.

    They match characters, however these are composed in a name, or with ``by_bytes`` its bytes, as in an ignore file.
    """

    root: str
    patterns: pathspec.GitIgnoreSpec
    by_bytes: bool = False

    def decides(self, path: str, folder: bool = False) -> bool | None:
        """Tell whether an absolute path matches (True), is taken out by ``!`` (False) or is not spoken of (None)."""
        below = inside(path, self.root)
        if not below:
            return None
        below = _carry(os.fsencode(below)) if self.by_bytes else _composed(below)
        return self.patterns.check_file(f"{below}/" if folder else below).include

    def match(self, path: str, folder: bool = False) -> bool:
        """Tell whether an absolute path matches."""
        return bool(self.decides(path, folder))


def compile_globs(globs: Iterable[str], root: str) -> Globs:
    """Read globs. Raises ValueError for one that means nothing."""
    return Globs(root, _compile(map(_composed, globs)))


def compile_lines(data: bytes, root: str) -> Globs:
    """Read an ignore file; as git does, what means nothing is passed over."""
    kept = []
    for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        pattern = _carry(line.removesuffix(b"\r"))
        try:
            if _compile([pattern]).patterns:
                kept.append(pattern)
        except ValueError:
            continue
    return Globs(root, _compile(kept), by_bytes=True)


def _compile(globs: Iterable[str]) -> pathspec.GitIgnoreSpec:
    import pathspec

    with warnings.catch_warnings():
        # Of brackets in a set, and of whatever else a later version makes of a pattern that somebody wrote.
        warnings.simplefilter("ignore")
        return pathspec.GitIgnoreSpec.from_lines([_SET.sub(_spell_classes, glob) for glob in globs])


def _composed(name: str) -> str:
    """Compose letters and their marks: file systems and archives of Apple's take them apart."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _carry(data: bytes) -> str:
    return data.decode("latin-1").translate(_CARRIED)


def _spell_classes(found: re.Match[str]) -> str:
    """Spell out the names of classes in a set. Raises ValueError for one that does not exist."""
    if "[:" not in found[0] or found[0].startswith("\\"):
        return found[0]
    return _CLASS.sub(_spell_class, found[0])


def _spell_class(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    if found[2] not in _CLASSES:
        raise ValueError(found[0])
    return _CLASSES[found[2]].translate(_CARRIED)


def inside(path: str, folder: str) -> str:
    """Give the way from a folder to a path below it, with forward slashes; empty when it is not below.

    >>> inside("/a/b/c.md", "/a"), inside("/ab", "/a")
    ('b/c.md', '')
    """
    start = folder if folder.endswith(os.sep) else folder + os.sep
    return path[len(start) :].replace(os.sep, "/") if path.startswith(start) else ""
