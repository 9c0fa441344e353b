"""Find the headings of a Markdown text to which links in it point.

The rules by which sites name headings differ (GitHub, markdown-it-anchor, Hexo, pandoc …), but only in what they do
with marks and blanks: names are compared by their letters and digits alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import unquote

from dedupe_cn.text.numbering import bare_title
from dedupe_cn.text.tree_parts import Leaf

_LINK = re.compile(
    r"\]\(\s*<?#(?P<plain>[^()\s<>]+(?:\([^()\s]*\))?)|\bhref\s*=\s*[\"']#(?P<html>[^\"'<>]+)"
    r"|^[ ]{0,3}\[[^\]\n]{1,999}\]:\s*#(?P<below>\S+)",
    re.MULTILINE,
)
_ID = re.compile(
    r"\{[^{}\n#]*#(?P<braces>[\w:.-]+)[^{}\n]*\}"
    r"|<[A-Za-z][^<>]*\s(?:id|name)\s*=\s*[\"'](?P<html>[^\"'<>]+)[\"']"
)
_NUMBERED = re.compile(r"(.+?)-(\d{1,4})$")
#: What is no letter and no digit; ``str.isalnum`` denies it.
_MARKS = re.compile(r"[\W_]+")
_MARKUP = re.compile(
    r"^\s{0,3}#{1,6}\s+|\s+#+\s*$|\n\s{0,3}(?:=+|-+)\s*$|\{#[^{}\n]*\}|</?[A-Za-z][^<>]*>|\]\([^()\n]*\)"
)


def letters(name: str) -> str:
    """Give the letters and digits of a name, in lower case."""
    return _MARKS.sub("", normalize("NFKC", name).casefold())


@dataclass(frozen=True)
class Anchors:
    """What a text can be linked at, and the links to it.

    ``headings`` has the starts of the headings of each name, ``ids`` those of explicit ids; ``links`` the places of the
    links, by name and number (0 for the first heading of the name, n for that with -n).
    """

    headings: dict[str, list[int]]
    ids: dict[str, list[int]]
    links: dict[tuple[str, int], list[int]]
    names: list[tuple[int, str]]

    def broken(self, start: int, end: int) -> str:
        """Name what links outside of a range point to and the range takes away; nothing if there is no such thing."""
        here = self.names[bisect_left(self.names, (start, "")) : bisect_left(self.names, (end, ""))]
        for name in dict.fromkeys(name for _, name in here):
            explicit = name.startswith("#")
            places = (self.ids if explicit else self.headings)[name.removeprefix("#")]
            stay = len(places) - bisect_left(places, end) + bisect_left(places, start)
            for number in range(stay, 1 if explicit else len(places)):
                linked = self.links.get((name.removeprefix("#"), number), [])
                if len(linked) > bisect_left(linked, end) - bisect_left(linked, start):
                    return name
        return ""


def read_anchors(flat: str, leaves: Sequence[Leaf]) -> Anchors:
    """Read the headings, ids and links of a Markdown text; what stands in code is neither."""
    if _LINK.search(flat) is None:
        return Anchors({}, {}, {}, [])
    headings: dict[str, list[int]] = defaultdict(list)
    ids: dict[str, list[int]] = defaultdict(list)
    targets: list[tuple[int, str]] = []
    names: list[tuple[int, str]] = []
    for leaf in leaves:
        if leaf.kind in ("code", "math", "front-matter"):
            continue
        if leaf.kind == "heading":
            heading = flat[leaf.start : leaf.end]
            for name in sorted({letters(_MARKUP.sub("", heading)), letters(bare_title(heading))}):
                headings[name].append(leaf.start)
                names.append((leaf.start, name))
        if flat.find("#", leaf.start, leaf.end) >= 0:
            targets.extend(
                (hit.start(), unquote(hit[hit.lastgroup or 0])) for hit in _LINK.finditer(flat, leaf.start, leaf.end)
            )
        if flat.find("{", leaf.start, leaf.end) >= 0 or flat.find("<", leaf.start, leaf.end) >= 0:
            for hit in _ID.finditer(flat, leaf.start, leaf.end):
                name = letters(hit[hit.lastgroup or 0])
                ids[name].append(hit.start())
                names.append((hit.start(), "#" + name))
    links: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, target in targets:
        name, number = letters(target), 0
        numbered = _NUMBERED.match(target)
        if name not in headings and name not in ids and numbered:
            name, number = letters(numbered[1]), int(numbered[2])
        links[name, number].append(at)
    return Anchors(headings, ids, links, sorted(names))
