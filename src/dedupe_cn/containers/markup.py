"""Read XML with the byte offsets of its elements; entities that it declares, and external ones, are never read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html.entities import html5
from typing import Any, Protocol
from xml.parsers import expat

from dedupe_cn.errors import InputError
from dedupe_cn.regex import regex

_DECLARED = regex(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_TAG = regex(rb"""<(?:"[^"]*"|'[^']*'|[^>"'])*>""")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_BLANK = b" \t\r\n"
#: Bytes of text that expat hands over at once.
_BUFFER = 1 << 16


class Listener(Protocol):
    """Who is told of elements and text, and of ``here``, which gives the byte at which the parser is."""

    here: Callable[[], int]

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, said: str) -> None: ...


def read_markup(name: str, data: bytes, listener: Listener) -> None:
    """Go through an XML part. Raises InputError for one not in UTF-8, with entities, or that is not well-formed."""
    declared = _DECLARED.match(data)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if data.startswith(_WIDE) or encoding not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise InputError.of("xml-encoding", name=name, encoding="UTF-16" if data.startswith(_WIDE) else encoding)
    parser: Any = expat.ParserCreate("utf-8")
    parser.buffer_text, parser.buffer_size = True, _BUFFER

    def skipped(entity: str, parameter: bool) -> None:
        if parameter:
            return
        if (character := html5.get(f"{entity};")) is None:
            raise InputError.of("xml-entities", name=name)
        listener.text(character)

    def declared_entity(*_: object) -> None:
        raise InputError.of("xml-entities", name=name)

    listener.here = lambda: int(parser.CurrentByteIndex)
    parser.StartElementHandler, parser.EndElementHandler = listener.start, listener.end
    parser.CharacterDataHandler = listener.text
    parser.SkippedEntityHandler, parser.EntityDeclHandler = skipped, declared_entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        what = expat.errors.messages[problem.code]
        raise InputError.of("xml-damaged", name=name, line=problem.lineno, what=what) from None
    finally:  # else the two hold each other
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def behind(data: bytes, start: int, closing: int) -> int:
    """Give the byte behind an element that begins at ``start``; ``closing`` is where the parser was at its end."""
    found = _TAG.match(data, start)
    if found is not None and found[0].endswith(b"/>"):
        return found.end()
    return data.index(b">", closing) + 1


def without(data: bytes, cuts: Sequence[tuple[int, int]]) -> bytes:
    """Cut elements (sorted, disjoint) out of a part, each with the white space between it and the tag before it."""
    parts: list[bytes] = []
    at = 0
    for start, end in cuts:
        bare = len(data[at:start].rstrip(_BLANK)) + at
        begin = bare if data[bare - 1 : bare] == b">" or bare == at else start
        parts.append(data[at:begin])
        at = end
    return b"".join([*parts, data[at:]])


class Elements:
    """Collects the elements of a part by name, with their attributes: for parts that are lists of things."""

    here: Callable[[], int]

    def __init__(self, name: str, data: bytes) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []
        read_markup(name, data, self)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element by its name without the prefix."""
        self.found.append((name.rpartition(":")[2], attributes))

    def end(self, name: str) -> None:
        """Pass over the end of an element."""

    def text(self, said: str) -> None:
        """Pass over text."""

    def named(self, name: str) -> list[dict[str, str]]:
        """Give the attributes of all elements of a name, in order."""
        return [attributes for tag, attributes in self.found if tag == name]
