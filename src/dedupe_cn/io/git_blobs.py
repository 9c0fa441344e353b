"""The files of a repository as they are staged: their ids, and what they hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.io.git import Repository, ask
from dedupe_cn.io.suffixes import MARKDOWN, TEXT, suffix_of
from dedupe_cn.regex import regex

_STAGED = regex(rb"(\d+) ([0-9a-f]+) 0\t([^\0]+)\0")
#: Modes of what holds text: a link or a submodule holds none.
_FILES = (b"100644", b"100755")
#: Contents that are asked for in one go, which bounds what is in memory.
_AT_ONCE = 1_000


class Staged(NamedTuple):
    """A file of a repository: its name from the top of the working tree, and the id of its staged contents."""

    name: str
    id: str


def staged(repository: Repository) -> list[Staged]:
    """Give the Markdown and plain text that is staged, in the order of names. Raises GitError."""
    said = ask(repository, "ls-files", "--stage", "-z")
    found = (Staged(os.fsdecode(name), id.decode()) for mode, id, name in _STAGED.findall(said) if mode in _FILES)
    return [file for file in found if suffix_of(file.name) in MARKDOWN | TEXT]


def contents(repository: Repository, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Give what git holds under some ids; what it does not have is left out. Raises GitError."""
    for first in range(0, len(ids), _AT_ONCE):
        asked = "".join(f"{id}\n" for id in ids[first : first + _AT_ONCE])
        yield from _read(ask(repository, "cat-file", "--batch", handed=asked.encode()))


def _read(said: bytes) -> Iterator[tuple[str, bytes]]:
    """Read ``<id> blob <size>``, a line feed, the contents and a line feed, again and again."""
    at = 0
    while (end := said.find(b"\n", at)) >= 0:
        id, *rest = said[at:end].split()
        at = end + 1
        if len(rest) == 2:  # else it says that there is no such object
            size = int(rest[1])
            yield id.decode(), said[at : at + size]
            at += size + 1
