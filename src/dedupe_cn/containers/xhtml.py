"""Read the blocks of an XHTML part: what a reader sees of each, and a seal for what the text does not show."""

from __future__ import annotations

from collections.abc import Callable, Collection
from hashlib import blake2b
from typing import NamedTuple

from dedupe_cn.containers.assembling import Place, Raw, Read, names
from dedupe_cn.containers.markup import behind, read_markup
from dedupe_cn.regex import regex
from dedupe_cn.shape import OBJECT

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {"pre": "code", "blockquote": "quote"}
_BLOCKS = names("""
    html body section article aside header footer nav main div p h1 h2 h3 h4 h5 h6 hgroup ul ol li dl dt dd blockquote
    pre figure figcaption table caption thead tbody tfoot colgroup col tr td th hr address form fieldset details summary
    center noscript
    """)
#: Elements that are no more than looks.
_LOOKS = names("""
    span b i em strong u small big font tt code kbd samp var cite dfn abbr acronym mark time wbr bdi label data q br
    """)
#: What stands for itself, and what of the text is not shown in its place.
_OBJECTS = names("img image svg math audio video object iframe input canvas embed picture")
_UNSEEN = names("rt rp script style title head template select textarea datalist math svg audio video object")
#: What has no place of its own among the attributes that tell two elements apart.
_OWN = frozenset({"id", "class", "style", "lang", "xml:lang", "name", "title", "dir", "data-amznremoved"})
#: Elements that stay, even when nothing is left in them, and those in which a link to them means all that they hold.
_LASTING = frozenset({"html", "body"})
_OPEN = frozenset({"html", "body", "section", "article", "main", "div"})
_STRUCK = regex(r"line-through|display\s*:\s*none|visibility\s*:\s*hidden")
_HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden")
_BLANKS = regex(r"[ \t\r\n\f]+")
#: A line break of the source between two wide characters is none of the text.
_WRAPPED = regex(r"(?<=[\u2e80-\uffef]) ?[\r\n][ \t\r\n\f]*(?=[\u2e80-\uffef])")
#: What stands for a line break and for the end of a cell until blanks are put together: no XML may hold them.
_BREAK, _CELL = "\x00", "\x01"


#: Attributes by which others point to an element, and names of tags without prefix, in small letters, as they come.
_NAMES = ("id", "xml:id", "name")
_TAGS: dict[str, str] = {}


class _Open(NamedTuple):
    """An open element: its name, its number among blocks (-1 for none), whether it began to hide text or to seal."""

    tag: str
    block: int
    unseen: bool
    sealed: bool


class XhtmlReader:
    """Reads one part; ``linked`` are the ids in the book to which something points."""

    here: Callable[[], int]

    def __init__(self, linked: Collection[str]) -> None:
        self.linked = linked
        #: Of each block where it begins, where the parser was at its end, and the block around it.
        self.places: list[tuple[int, int, int]] = []
        self.lasting: set[int] = set()
        self.raws: list[Raw] = []
        self._tags: list[str] = []
        self._stack: list[_Open] = []
        self._said: list[str] = []
        self._seal: list[str] = []
        self._held = ""
        self._seen = 0
        self._unseen = 0
        self._full: set[int] = set()  # blocks in which other blocks stand
        self._linked_around = 0
        self._blocks: list[int] = []
        self._kinds: list[tuple[str, int]] = []  # of blocks, with the group

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        tag = _TAGS.get(name) or _TAGS.setdefault(name, name.rpartition(":")[2].lower())
        style = attributes.get("style", "")
        linked = bool(attributes) and any(attributes.get(key) in self.linked for key in _NAMES)
        hides = tag in _UNSEEN or (bool(attributes) and _is_hidden(attributes))
        block = -1
        if tag in _BLOCKS and not self._unseen:
            block = self._begin(tag, linked)
        elif linked:
            self._held = "piece-linked"
        seals = block < 0 and _is_more_than_looks(tag, attributes)
        if seals or (style and _STRUCK.search(style)) or "hidden" in attributes:
            told = sorted(f"{key}={value}" for key, value in attributes.items() if key not in _OWN)
            self._seal.append(f"{self._seen}<{tag} {' '.join(told)} {''.join(_STRUCK.findall(style))}")
        if tag == "br":
            self._said.append(_BREAK)
        elif tag in _OBJECTS and not self._unseen:
            self._say(OBJECT)
        self._stack.append(_Open(tag, block, hides, seals))
        self._unseen += hides

    def _begin(self, tag: str, linked: bool) -> int:
        if self._kinds and self._kinds[-1][0] == "table":
            if tag in ("td", "th") and self._said:
                self._said.append(_CELL)
            if linked:
                self._held = "piece-linked"
            return -1
        if self._blocks:
            self._flush()
            self._full.add(self._blocks[-1])
        number, above = len(self.places), self._blocks[-1] if self._blocks else -1
        self.places.append((self.here(), -1, above))
        self._kinds.append(_kind(tag, above, self._kinds[-1] if self._kinds else ("paragraph", -1)))
        self._blocks.append(number)
        self._tags.append(tag)
        if tag in _LASTING or linked:
            self.lasting.add(number)
        if linked:
            self._held = "piece-linked"
            self._linked_around += tag not in _OPEN
        return number

    def end(self, name: str) -> None:
        """Take an end tag."""
        opened = self._stack.pop()
        self._unseen -= opened.unseen
        if opened.sealed:
            self._seal.append(f"{self._seen}>")
        if opened.block < 0:
            return
        self._flush(closing=True)
        number = self._blocks.pop()
        tag = self._tags.pop()
        self._kinds.pop()
        start, _, above = self.places[number]
        self.places[number] = start, self.here(), above
        if number in self.lasting and tag not in _OPEN:
            self._linked_around -= 1

    def text(self, said: str) -> None:
        """Take text."""
        if self._unseen:
            if self._seal or not said.isspace():
                self._seal.append(said)
        elif self._blocks:
            self._say(said)

    def _say(self, said: str) -> None:
        self._said.append(said)
        self._seen += len(said) - sum(map(said.count, " \t\r\n"))

    def _flush(self, closing: bool = False) -> None:
        """End a block, or what stands in it before another one begins."""
        number, tag = self._blocks[-1], self._tags[-1]
        shown = _as_shown("".join(self._said), tag == "pre")
        leaf = number not in self._full and closing
        if shown or (leaf and tag not in _LASTING):
            held = self._held or ("piece-linked" if self._linked_around else "") or ("" if leaf else "piece-mixed")
            level = _HEADINGS.get(tag, 0)
            kind, group = ("heading", -1) if level else self._kinds[-1]
            seal = blake2b("\n".join(self._seal).encode(), digest_size=8).hexdigest() if self._seal else ""
            self.raws.append(Raw(shown, number, kind, level, group, held if shown or self._held else "", seal))
            self._held = ""
        elif closing:
            self._held = ""
        self._said.clear()
        self._seal.clear()
        self._seen = 0


def _kind(tag: str, above: int, around: tuple[str, int]) -> tuple[str, int]:
    """Give the kind and the group of what stands in a block: its own, else those of the block around it, ``above``."""
    if tag in ("tr", "li"):
        return ("table" if tag == "tr" else "list"), above
    return (_KINDS[tag], -1) if tag in _KINDS else around


def _is_hidden(attributes: dict[str, str]) -> bool:
    """Tell whether an element is one that no reader shows."""
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def _is_more_than_looks(tag: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element among text says something that the text does not: all but looks, and a mere place."""
    return tag not in _LOOKS and not (tag == "a" and "href" not in attributes)


def _as_shown(said: str, as_is: bool) -> str:
    """Give text as a reader sees it: blanks put together, breaks and cells as they are."""
    if not as_is and (not said.isprintable() or "  " in said):  # most of it is neither
        said = _BLANKS.sub(" ", _WRAPPED.sub("", said)).replace(_BREAK, "\n").replace(_CELL, "\t")
    elif as_is:
        said = said.replace(_BREAK, "\n").replace(_CELL, "\t")
    return said.strip(" \t\r\n\f")


def read_xhtml(name: str, data: bytes, linked: Collection[str], title: str) -> Read:
    """Read a part. Raises InputError."""
    reader = XhtmlReader(linked)
    read_markup(name, data, reader)
    places = [Place(start, behind(data, start, closing), above) for start, closing, above in reader.places]
    return Read(places, reader.lasting, reader.raws, title)
