"""A book in EPUB 2 or 3 as a container: its text in the order of the spine; whole blocks are cut out of its parts."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from urllib.parse import unquote

from dedupe_cn.containers.assembling import Assembled, Part, Whole, assemble, cuts_of
from dedupe_cn.containers.markup import Elements, without
from dedupe_cn.containers.xhtml import read_xhtml
from dedupe_cn.containers.zips import Zip
from dedupe_cn.errors import InputError
from dedupe_cn.regex import regex

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_RIGHTS = ("META-INF/rights.xml", "META-INF/sinf.xml")
#: Fonts whose first bytes are mixed up are no protection of the text (EPUB 3.3, section 4.4, and Adobe's way).
_FONTS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_XHTML = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_MARKUP = frozenset({"application/x-dtbncx+xml", "application/smil+xml", "application/oebps-package+xml", *_XHTML})
#: The part of an address behind its sign for a place in a part.
_FRAGMENT = regex(rb"""#([^"'\s<>]+)["']""")


def _stem(name: str) -> str:
    """Give the name of a part without its folder and suffix."""
    return posixpath.splitext(posixpath.basename(name))[0]


class Epub(Assembled):
    """A book that was read. Raises InputError for what is none, is protected, or is not well-formed."""

    def __init__(self, data: bytes, most: int) -> None:
        self._most = most
        self._zip = Zip(data, most)
        self._contents: dict[str, bytes] = {}
        self.whole = self._read({})

    def _content(self, name: str) -> bytes:
        if name not in self._contents:
            self._contents[name] = self._zip.read(name)
        return self._contents[name]

    def _read(self, known: Mapping[str, Part]) -> Whole:
        self._refuse_protected()
        package = self._package
        manifest = {item.get("id", ""): item for item in package.named("item")}
        folder = posixpath.dirname(self._package_name)
        names: dict[str, str] = {}
        for item in manifest.values():
            if item.get("media-type") in _MARKUP:
                names[item.get("id", "")] = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        spine = [ref.get("idref", "") for ref in package.named("itemref")]
        read = [
            (names[id], manifest[id]) for id in dict.fromkeys(spine)
            if id in names and manifest[id].get("media-type") in _XHTML
        ]
        if not read:
            raise InputError.of("epub-none")
        linked = self._linked({*names.values(), self._package_name})
        chapters = [name for name, item in read if "nav" not in item.get("properties", "").split()]
        self.parts = [
            known.get(name) or read_xhtml(name, self._content(name), linked, _stem(name)) for name in chapters
        ]
        return assemble("epub", self.parts)

    @cached_property
    def _package_name(self) -> str:
        roots = Elements(_CONTAINER, self._zip.read(_CONTAINER)).named("rootfile")
        name = roots[0].get("full-path", "") if roots else ""
        if name not in self._zip.entries:
            raise InputError.of("epub-none")
        return name

    @cached_property
    def _package(self) -> Elements:
        return Elements(self._package_name, self._content(self._package_name))

    def _refuse_protected(self) -> None:
        entries = self._zip.entries
        methods: list[str] = []
        if _ENCRYPTION in entries:
            found = Elements(_ENCRYPTION, self._zip.read(_ENCRYPTION)).named("EncryptionMethod")
            methods = [attributes.get("Algorithm", "") for attributes in found]
        if any(name in entries for name in _RIGHTS) or not _FONTS.issuperset(methods):
            raise InputError.of("epub-drm")

    def _linked(self, names: Collection[str]) -> frozenset[str]:
        """Give the ids to which anything in the book points, whatever part they stand in."""
        found: set[str] = set()
        for name in names:
            if name in self._zip.entries:
                found.update(unquote(id.decode("utf-8", "replace")) for id in _FRAGMENT.findall(self._content(name)))
        return frozenset(found)

    def write(self, gone: Collection[int], times: Mapping[int, tuple[int, int]]) -> bytes:
        """Cut the elements of blocks out of their parts."""
        blocks: defaultdict[int, set[int]] = defaultdict(set)
        for piece in gone:
            part, block = self.whole.places[piece]
            blocks[part].add(block)
        changes = {
            self.parts[number].name: without(
                self._content(self.parts[number].name), cuts_of(self.parts[number], going)
            )
            for number, going in blocks.items()
        }
        return self._zip.replace(changes)

    def again(self, data: bytes) -> str:
        """Read the text anew from bytes to be written: of the parts those that changed."""
        book = Epub.__new__(Epub)
        book._most, book._zip, book._contents = self._most, Zip(data, self._most), {}
        same = {part.name: part for part in self.parts if book._zip.packed(part.name) == self._zip.packed(part.name)}
        for name in same:
            book._contents[name] = self._content(name)
        return book._read(same).text
