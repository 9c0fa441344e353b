"""Read the body of a Word document: the text of each paragraph as a reader sees it, and a seal for what that hides.

Inserted text is seen, deleted text is not; a tracked move is seen where it moved to. What else there is beside runs of
text goes into the seal with its content: fields, controls, ruby, formulas, pictures, boxes, tracked changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b

from dedupe_cn.containers.assembling import Raw, names
from dedupe_cn.regex import regex
from dedupe_cn.shape import OBJECT

#: Namespaces of WordprocessingML, transitional and strict.
_WORD = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
#: Elements that are plain text or looks; in the properties of runs and paragraphs all but a few are looks.
_PLAIN = names("""
    w:p w:pPr w:r w:rPr w:t w:proofErr w:lastRenderedPageBreak w:tab w:cr w:noBreakHyphen w:softHyphen w:br
    w:bookmarkStart w:bookmarkEnd
    """)
_TEXT_ALONE = names("w:r w:t")
_MEANT_LOOKS = names("w:strike w:dstrike w:vanish w:specVanish w:webHidden w:vertAlign w:rPrChange w:ins w:del")
_MEANT_LOOKS |= names("w:moveFrom w:moveTo w:pPrChange w:framePr w:em")
_SHOWN = {"w:tab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-"}
#: Elements whose text is not shown in their place.
_UNSEEN = names("w:del w:moveFrom w:rt w:instrText w:delText w:delInstrText w:sdtPr w:sdtEndPr w:rubyPr")
_TEXTS = names("w:t w:delText w:instrText w:delInstrText m:t a:t")
_OBJECTS = names("w:drawing w:pict w:object w:sym m:oMath m:oMathPara mc:AlternateContent w:altChunk")
#: What a paragraph holds that something else in the file counts, or that begins or ends elsewhere.
_HOLDING = names("""
    w:sectPr w:footnoteReference w:endnoteReference w:commentReference w:commentRangeStart w:commentRangeEnd
    w:permStart w:permEnd w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd w:framePr
    w:footnoteRef w:endnoteRef w:subDoc w:altChunk
    """)
#: Attributes that say nothing: revision sessions, and numbers by which parts of the file know one another.
_OWN = regex(r"rsid|paraId|textId|anchorId|editId|[Ss]pid$|^id$|^name$|^w:id$|^o:gfxdata$|^relativeHeight$")
_RELATIONS = frozenset({"r:id", "r:embed", "r:link", "r:pict"})
_HEADING = regex(r"(?:heading|标题|標題)\s*([1-6])", re.IGNORECASE)
_AUTOMATIC = frozenset({"_GoBack"})
#: Styles that are based on one another; Word's own are four. A bound on the work.
_DEEPEST = 40


class Styles:
    """The styles of a document, read as a listener of ``styles.xml``: which paragraphs are headings or items."""

    here: Callable[[], int]

    def __init__(self) -> None:
        self._level: dict[str, int] = {}
        self._above: dict[str, str] = {}
        self._items: set[str] = set()
        self._here = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note what is said of a style."""
        value = attributes.get("w:val", "")
        if name == "w:style":
            self._here = attributes.get("w:styleId", "")
        elif name == "w:basedOn":
            self._above[self._here] = value
        elif name == "w:name" and (found := _HEADING.fullmatch(value)):
            self._level[self._here] = int(found[1])
        elif name == "w:outlineLvl" and value.isdigit() and int(value) < 6:
            self._level.setdefault(self._here, int(value) + 1)
        elif name == "w:numPr":
            self._items.add(self._here)

    def end(self, name: str) -> None:
        """Pass over the end of an element."""

    def text(self, said: str) -> None:
        """Pass over text."""

    def level(self, style: str) -> int:
        """Give the level of a heading in a style, 0 for other paragraphs."""
        return next((self._level[name] for name in self._chain(style) if name in self._level), 0)

    def is_item(self, style: str) -> bool:
        """Tell whether paragraphs of a style are items of a list."""
        return any(name in self._items for name in self._chain(style))

    def _chain(self, style: str) -> list[str]:
        found: list[str] = []
        while style and style not in found and len(found) < _DEEPEST:
            found.append(style)
            style = self._above.get(style, "")
        return found


class DocumentReader:
    """Reads the body; ``targets`` are what relations point to, by their ids."""

    here: Callable[[], int]

    def __init__(self, styles: Styles, targets: Mapping[str, str]) -> None:
        self.is_word = False
        self.raws: list[Raw] = []
        self.places: list[tuple[int, int]] = []
        self._styles, self._targets = styles, targets
        self._stack: list[str] = []
        self._tables: list[str] = []  # tables that are open
        self._cells: list[list[str]] = []  # of the row, the paragraphs of each
        self._after_table: list[int] = []  # paragraphs right behind a table, then told whether one follows
        self._last = ""
        self._fields = 0
        self._bookmarks: dict[str, str] = {}
        self._begin = -1
        self._clear(-1, "")

    def _clear(self, begin: int, held: str) -> None:
        self._begin, self._held = begin, held
        self._said: list[str] = []
        self._seal: list[str] = []
        self._seen = self._unseen = self._sealing = 0
        self._style, self._level, self._item = "", -1, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        if name in _TEXT_ALONE and not self._sealing:  # most of all
            self._stack.append(name)
            return
        if not self._stack:
            self.is_word = name == "w:document" and attributes.get("xmlns:w") in _WORD
        parent = self._stack[-1] if self._stack else ""
        self._stack.append(name)
        if self._begin < 0:
            self._outside(name, parent)
        elif self._sealing:
            self._note(name, attributes)
            self._sealing += 1
        else:
            self._inside(name, parent, attributes)

    def _outside(self, name: str, parent: str) -> None:
        if name == "w:tbl":
            if not self._tables and self._after_table and self._last == "w:p":
                self._hold_between()
            self._tables.append(name)
        elif name == "w:tc" and len(self._tables) == 1:
            self._cells.append([])
        elif name == "w:p":
            plain = parent == "w:body"
            self._clear(self.here(), "piece-holds" if self._fields else "" if plain else "piece-cell")

    def _hold_between(self) -> None:
        """Hold the paragraph between two tables, without which they would be one."""
        index = self._after_table.pop()
        if index == len(self.raws) - 1:
            raw = self.raws[index]
            self.raws[index] = raw._replace(text=raw.text if raw.text.strip() else OBJECT, held="piece-holds")

    def _inside(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        """Take a start tag inside of a paragraph."""
        if name in _HOLDING:
            self._held = self._held or "piece-holds"
        if name in _OBJECTS:
            self._say(OBJECT)
            self._note(name, attributes)
            self._sealing = 1
        elif parent == "w:pPr" or "w:pPr" in self._stack[-4:-1]:
            self._property(name, parent, attributes)
        elif parent == "w:rPr":
            off = attributes.get("w:val", "") in ("0", "false", "none", "baseline")
            if name in _MEANT_LOOKS and not off:
                self._note(name, attributes)
        elif name in _PLAIN:
            self._plain(name, parent, attributes)
        else:
            self._special(name, attributes)

    def _property(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        value = attributes.get("w:val", "")
        if "w:pPrChange" in self._stack[:-1]:
            self._note(name, attributes)  # what it was before a tracked change
        elif name == "w:pStyle" and parent == "w:pPr":
            self._style = value
        elif name == "w:outlineLvl" and value.isdigit():
            self._level = int(value) + 1 if int(value) < 6 else 0
        elif name == "w:numPr":
            self._item = True
        elif name in _MEANT_LOOKS:
            self._note(name, attributes)

    def _plain(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if name in _SHOWN and parent == "w:r":
            self._say(_SHOWN[name])
        elif name == "w:br":
            if attributes.get("w:type", "textWrapping") == "textWrapping":
                self._say("\n")
            else:
                self._say(OBJECT)
                self._note(name, attributes)
        elif name == "w:bookmarkStart":
            self._bookmarks[attributes.get("w:id", "")] = attributes.get("w:name", "")
            if attributes.get("w:name", "") not in _AUTOMATIC:
                self._held = self._held or "piece-holds"
        elif name == "w:bookmarkEnd" and self._bookmarks.get(attributes.get("w:id", "")) not in _AUTOMATIC:
            self._held = self._held or "piece-holds"

    def _special(self, name: str, attributes: dict[str, str]) -> None:
        self._note(name, attributes)
        if name == "w:fldChar":
            self._fields += {"begin": 1, "end": -1}.get(attributes.get("w:fldCharType", ""), 0)
        elif name in _UNSEEN:
            self._unseen += 1

    def _note(self, name: str, attributes: dict[str, str]) -> None:
        """Add an element to the seal, with where in the text it stands."""
        told = (
            (key, self._targets.get(value, value) if key in _RELATIONS else value)
            for key, value in sorted(attributes.items())
            if key in _RELATIONS or not (_OWN.search(key) or _OWN.search(key.rpartition(":")[2]))
        )
        self._seal.append(f"{self._seen}<{name} {' '.join(f'{key}={value}' for key, value in told)}")

    def text(self, said: str) -> None:
        """Take text."""
        if self._begin < 0:
            return
        if said.isspace() and self._stack[-1] not in _TEXTS:
            return
        if self._stack[-1] == "w:t" and not self._sealing:
            self._say(said)
        else:
            self._seal.append(said)

    def _say(self, said: str) -> None:
        if self._unseen:
            self._seal.append(said)
            return
        self._said.append(said)
        self._seen += len(said)

    def end(self, name: str) -> None:
        """Take an end tag."""
        self._stack.pop()
        if self._sealing:
            self._sealing -= 1
            return
        if name in _TEXT_ALONE:
            return
        if self._begin < 0:
            self._close(name)
            return
        if name in _UNSEEN:
            if "w:pPr" not in self._stack and self._stack[-1] != "w:rPr":
                self._unseen -= 1
                self._seal.append(">")
        elif name == "w:p":
            self._paragraph()

    def _close(self, name: str) -> None:
        """Take the end of an element outside of paragraphs."""
        if name == "w:tbl":
            self._tables.pop()
            self._last = name
        elif name == "w:tr" and len(self._tables) == 1:
            said = "\t".join(map(" ".join, self._cells))
            self.raws.append(Raw(said, len(self.places), "table", 0, self._group(), "piece-cell"))
            self.places.append((0, 0))
            self._cells.clear()

    def _group(self) -> int:
        """Give one number for the rows of one table: that of the first of them."""
        last = self.raws[-1] if self.raws else None
        return last.group if last is not None and last.kind == "table" and self._last != "w:tbl" else len(self.raws)

    def _paragraph(self) -> None:
        text, begin = "".join(self._said), self._begin
        if self._fields and not self._held:
            self._held = "piece-holds"  # a field that began here goes on in the next paragraph
        seal = blake2b("\n".join(self._seal).encode(), digest_size=8).hexdigest() if self._seal else ""
        level = self._level if self._level >= 0 else self._styles.level(self._style)
        item = self._item or self._styles.is_item(self._style)
        kind = "heading" if level else "list" if item else "paragraph"
        held = self._held
        self._begin = -1
        if self._tables:
            if self._cells and text:
                self._cells[-1].append(text.replace("\n", " "))
            return
        if not text.strip() and (held or self._seal):
            text = OBJECT  # nothing to read, but no blank line either
        if self._last == "w:tbl":
            self._after_table.append(len(self.raws))
        elif self._after_table:
            self._after_table.clear()
        self._last = "w:p"
        group = len(self.raws) if kind == "list" else -1
        if kind == "list" and self.raws and self.raws[-1].kind == "list":
            group = self.raws[-1].group
        self.raws.append(Raw(text, len(self.places), kind, level, group, held, seal))
        self.places.append((begin, self.here()))
