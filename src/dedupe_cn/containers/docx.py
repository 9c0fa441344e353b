"""A Word document as a container: its text as a reader sees it; whole paragraphs are cut out of its bytes."""

from __future__ import annotations

import posixpath

from dedupe_cn.containers.assembling import Assembled, Place, Read
from dedupe_cn.containers.markup import Elements, behind, read_markup
from dedupe_cn.containers.wordml import DocumentReader, Styles
from dedupe_cn.containers.zips import Zip
from dedupe_cn.errors import InputError
from dedupe_cn.regex import regex

_ROOT = "_rels/.rels"
_MAIN = "/officeDocument"
#: Properties of a run that are all looks.
_LOOKS = regex(
    rb"<w:rPr>(?:<w:(?:rFonts|sz|szCs|lang|color|kern|b|bCs|i|iCs|u|noProof|spacing|highlight|shd|rStyle|snapToGrid"
    rb"|w|position)(?: [^<>]*)?/>)+</w:rPr>"
)
#: The beginning of a paragraph, and properties of it that are all looks.
_LAYOUT = regex(
    rb"(<w:p(?: [^<>]*)?><w:pPr>(?:<w:pStyle [^<>]*/>)?)((?:<w:(?:spacing|ind|jc|snapToGrid|widowControl|adjustRightInd"
    rb"|autoSpaceDE|autoSpaceDN|textAlignment|kinsoku|wordWrap|overflowPunct|contextualSpacing|keepNext|keepLines)"
    rb"(?: [^<>]*)?/>)+)"
)


class Docx(Assembled):
    """A document that was read. Raises InputError for what is none, or is not well-formed."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(Zip(data, most), "docx")
        main = self._main_part()
        self._styles, self._targets = self._related(main)
        self._assemble([main])

    def _main_part(self) -> str:
        if _ROOT not in self._zip.entries:
            raise InputError.of("docx-none")
        for relation in Elements(_ROOT, self._zip.read(_ROOT)).named("Relationship"):
            if relation.get("Type", "").endswith(_MAIN):
                name = relation.get("Target", "").lstrip("/")
                if name in self._zip.entries:
                    return name
        raise InputError.of("docx-none")

    def _related(self, main: str) -> tuple[Styles, dict[str, str]]:
        """Give the styles, and what the relations of the body point to by their ids."""
        folder, base = posixpath.split(main)
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
        return styles, targets

    def _read_part(self, archive: Zip, name: str) -> Read:
        data = archive.read(name)
        reader = DocumentReader(self._styles, self._targets)
        read_markup(name, _without_looks(data), reader)
        if not reader.is_word:
            raise InputError.of("docx-none")
        places = [Place(start, behind(data, start, end) if end else 0, -1) for start, end in reader.places]
        return Read(places, (), reader.raws)


def _without_looks(data: bytes) -> bytes:
    """Put blanks, as many bytes, in the place of what is looks alone: most of a document, and nobody asks for it."""
    if b"<![CDATA[" in data:
        return data
    data = _LAYOUT.sub(lambda found: found[1] + b" " * len(found[2]), data)
    return _LOOKS.sub(lambda found: b" " * len(found[0]), data)
