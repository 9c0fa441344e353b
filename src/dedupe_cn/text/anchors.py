"""Find the headings of a Markdown text to which links in it point.

The rules by which sites name headings differ (GitHub, markdown-it-anchor, Hexo, pandoc …), but only in what they do
with marks and blanks: names are compared by their letters and digits alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from unicodedata import normalize
from urllib.parse import unquote

from dedupe_cn.regex import regex
from dedupe_cn.text.numbering import bare_title
from dedupe_cn.text.tree_parts import Leaf

_LINK = regex(
    r"\]\(\s*<?#(?P<plain>[^()\s<>]+(?:\([^()\s]*\))?)|\bhref\s*=\s*[\"']#(?P<html>[^\"'<>]+)"
    r"|^[ ]{0,3}\[[^\]\n]{1,999}\]:\s*#(?P<below>\S+)",
    re.MULTILINE,
)
#: One of these is in all that links.
_SIGNS = ("](", "href", "]:")
_ID = regex(
    r"\{[^{}\n#]*#(?P<braces>[\w:.-]+)[^{}\n]*\}"
    r"|<[A-Za-z][^<>]*\s(?:id|name)\s*=\s*[\"'](?P<html>[^\"'<>]+)[\"']"
)
#: Leaves in which nothing is linked.
_CODE = frozenset({"code", "math", "front-matter"})
_NUMBERED = regex(r"(.+?)-(\d{1,4})$")
#: What is no letter and no digit; ``str.isalnum`` denies it.
_MARKS = regex(r"[\W_]+")
_MARKUP = regex(
    r"^\s{0,3}#{1,6}\s+|\s+#+\s*$|\n\s{0,3}(?:=+|-+)\s*$|\{#[^{}\n]*\}|</?[A-Za-z][^<>]*>|\]\([^()\n]*\)"
)


def anchor_letters(name: str) -> str:
    """Give the letters and digits of a name, in lower case."""
    return _MARKS.sub("", normalize("NFKC", name).casefold())


class Anchors:
    """The headings and explicit ids of a Markdown text at which it can be linked, and the links to them.

    What stands in code is neither.
    """

    def __init__(self, flat: str, leaves: Sequence[Leaf]) -> None:
        self._flat = flat
        links = any(sign in flat for sign in _SIGNS) and _LINK.search(flat) is not None
        self._leaves = [leaf for leaf in leaves if leaf.kind not in _CODE] if links else []
        #: The places of the links and what they name.
        self._targets = [target for leaf in self._leaves for target in self._targets_in(leaf)]
        numbered = filter(None, (_NUMBERED.match(target) for _, target in self._targets))
        names = chain((target for _, target in self._targets), (found[1] for found in numbered))
        self._linked = set(map(anchor_letters, names))

    def broken(self, start: int, end: int) -> str:
        """Name what links outside of a range point to and the range takes away; nothing if there is no such thing."""
        if not self._targets:
            return ""
        low, high = (bisect_right(self._leaves, at, key=attrgetter("start")) for at in (start, end - 1))
        here = sorted(name for leaf in self._leaves[max(0, low - 1) : high] for name in self._names_of(leaf))
        for name in dict.fromkeys(name for at, name in here if start <= at < end):
            if name.removeprefix("#") not in self._linked:
                continue
            explicit = name.startswith("#")
            places = self._places[name]
            stay = len(places) - bisect_left(places, end) + bisect_left(places, start)
            for number in range(stay, 1 if explicit else len(places)):
                linked = self._links.get((name.removeprefix("#"), number), [])
                if len(linked) > bisect_left(linked, end) - bisect_left(linked, start):
                    return name
        return ""

    def _targets_in(self, leaf: Leaf) -> Iterator[tuple[int, str]]:
        if self._flat.find("#", leaf.start, leaf.end) >= 0:
            for hit in _LINK.finditer(self._flat, leaf.start, leaf.end):
                yield hit.start(), unquote(hit[hit.lastgroup or 0])

    def _names_of(self, leaf: Leaf) -> Iterator[tuple[int, str]]:
        """Give the names by which a leaf can be linked, those of explicit ids behind a ``#``, and their places."""
        flat = self._flat
        if leaf.kind == "heading":
            heading = flat[leaf.start : leaf.end]
            for name in sorted({anchor_letters(_MARKUP.sub("", heading)), anchor_letters(bare_title(heading))}):
                yield leaf.start, name
        if flat.find("{", leaf.start, leaf.end) >= 0 or flat.find("<", leaf.start, leaf.end) >= 0:
            for hit in _ID.finditer(flat, leaf.start, leaf.end):
                yield hit.start(), "#" + anchor_letters(hit[hit.lastgroup or 0])

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Give where each name stands."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for leaf in self._leaves:
            for at, name in self._names_of(leaf):
                places[name].append(at)
        return places

    @cached_property
    def _links(self) -> dict[tuple[str, int], list[int]]:
        """Give the places of the links by name and number: 0 for the first heading of the name, n for that with -n."""
        links: dict[tuple[str, int], list[int]] = defaultdict(list)
        for at, target in self._targets:
            name, number = anchor_letters(target), 0
            numbered = _NUMBERED.match(target)
            if name not in self._places and "#" + name not in self._places and numbered:
                name, number = anchor_letters(numbered[1]), int(numbered[2])
            links[name, number].append(at)
        return links
