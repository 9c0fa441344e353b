"""A Word document as a container: its text as a reader sees it; whole paragraphs are cut out of its bytes."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping

from dedupe_cn.containers.assembling import Assembled, Part, assemble, cuts_of
from dedupe_cn.containers.markup import Elements, Place, read_markup, without
from dedupe_cn.containers.wordml import DocumentReader, Styles
from dedupe_cn.containers.zips import Zip
from dedupe_cn.errors import InputError

_ROOT = "_rels/.rels"
_MAIN = "/officeDocument"


class Docx(Assembled):
    """A document that was read. Raises InputError for what is none, or is not well-formed."""

    def __init__(self, data: bytes, most: int) -> None:
        self._most = most
        self._zip = Zip(data, most)
        self._main = self._main_part()
        self._content = self._zip.read(self._main)
        self.part = self._read()
        self.whole = assemble("docx", [self.part])

    def _main_part(self) -> str:
        if _ROOT not in self._zip.entries:
            raise InputError.of("docx-none")
        for relation in Elements(_ROOT, self._zip.read(_ROOT)).named("Relationship"):
            if relation.get("Type", "").endswith(_MAIN):
                name = relation.get("Target", "").lstrip("/")
                if name in self._zip.entries:
                    return name
        raise InputError.of("docx-none")

    def _read(self) -> Part:
        folder, base = posixpath.split(self._main)
        targets: dict[str, str] = {}
        styles = Styles()
        relations = f"{folder}/_rels/{base}.rels"
        if relations in self._zip.entries:
            for relation in Elements(relations, self._zip.read(relations)).named("Relationship"):
                target = relation.get("Target", "")
                inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                # An image that was pasted twice is two entries of the same bytes.
                known = str(self._zip.packed(inside)) if inside in self._zip.entries else target
                targets[relation.get("Id", "")] = known
                if relation.get("Type", "").endswith("/styles") and inside in self._zip.entries:
                    read_markup(inside, self._zip.read(inside), styles)
        reader = DocumentReader(styles, targets)
        read_markup(self._main, self._content, reader)
        if not reader.is_word:
            raise InputError.of("docx-none")
        return Part(self._main, [Place(*place, -1) for place in reader.places], (), reader.raws)

    def write(self, gone: Collection[int], times: Mapping[int, tuple[int, int]]) -> bytes:
        """Cut paragraphs out of the body."""
        blocks = {self.whole.places[piece][1] for piece in gone}
        return self._zip.replace({self._main: without(self._content, cuts_of(self.part, blocks))})

    def again(self, data: bytes) -> str:
        """Read the text anew from bytes to be written."""
        return Docx(data, self._most).text
