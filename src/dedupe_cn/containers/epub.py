"""A book in EPUB 2 or 3 as a container: its text in the order of the spine; whole blocks are cut out of its parts."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from functools import cached_property
from urllib.parse import unquote

from dedupe_cn.containers.assembling import Assembled, Read
from dedupe_cn.containers.markup import Elements
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
_FRAGMENT = regex(rb"""#([^"'\s<>#]++)["']""")


def _stem(name: str) -> str:
    """Give the name of a part without its folder and suffix."""
    return posixpath.splitext(posixpath.basename(name))[0]


class Epub(Assembled):
    """A book that was read. Raises InputError for what is none, is protected, or is not well-formed."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(Zip(data, most), "epub")
        self._refuse_protected()
        manifest = {item.get("id", ""): item for item in self._package.named("item")}
        folder = posixpath.dirname(self._package_name)
        names: dict[str, str] = {}
        for item in manifest.values():
            if item.get("media-type") in _MARKUP:
                names[item.get("id", "")] = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        spine = [ref.get("idref", "") for ref in self._package.named("itemref")]
        read = [id for id in spine if id in names and manifest[id].get("media-type") in _XHTML]
        if not read:
            raise InputError.of("epub-none")
        self._linked = self._find_linked({*names.values(), self._package_name})
        chapters = [names[id] for id in read if "nav" not in manifest[id].get("properties", "").split()]
        self._assemble(list(dict.fromkeys(chapters)))

    def _read_part(self, archive: Zip, name: str) -> Read:
        return read_xhtml(name, archive.read(name), self._linked, _stem(name))

    @cached_property
    def _package_name(self) -> str:
        roots = Elements(_CONTAINER, self._zip.read(_CONTAINER)).named("rootfile")
        name = roots[0].get("full-path", "") if roots else ""
        if name not in self._zip.entries:
            raise InputError.of("epub-none")
        return name

    @cached_property
    def _package(self) -> Elements:
        return Elements(self._package_name, self._zip.read(self._package_name))

    def _refuse_protected(self) -> None:
        entries = self._zip.entries
        methods: list[str] = []
        if _ENCRYPTION in entries:
            found = Elements(_ENCRYPTION, self._zip.read(_ENCRYPTION)).named("EncryptionMethod")
            methods = [attributes.get("Algorithm", "") for attributes in found]
        if any(name in entries for name in _RIGHTS) or not _FONTS.issuperset(methods):
            raise InputError.of("epub-drm")

    def _find_linked(self, names: Collection[str]) -> frozenset[str]:
        """Give the ids to which anything in the book points, whatever part they stand in."""
        found: set[str] = set()
        for name in names:
            if name in self._zip.entries:
                found.update(unquote(id.decode("utf-8", "replace")) for id in _FRAGMENT.findall(self._zip.read(name)))
        return frozenset(found)
