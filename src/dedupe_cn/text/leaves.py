"""Split the blocks of a text into leaves, and find the quotes, list items and indented directives around them.

What stands in a quote, an item or a directive is read by the reader of blocks once more, with the markers taken off.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial

from dedupe_cn.model import Kind
from dedupe_cn.regex import regex
from dedupe_cn.text.block_kinds import KINDS
from dedupe_cn.text.html_lines import group_html, only_tags
from dedupe_cn.text.labels import names_what_follows
from dedupe_cn.text.line_kinds import WITH_BODY
from dedupe_cn.text.markers import ITEM_MARKER, QUOTE_MARKER
from dedupe_cn.text.markup import MarkdownReader
from dedupe_cn.text.records import is_object
from dedupe_cn.text.tree_parts import Container, Leaf, Line, lines_of, squashed

#: Depth of lists and quotes in each other that is read; what is deeper is read line by line.
_DEEPEST = 10
#: A list item that is indented by so many columns more than the one before stands in it.
_NESTED = 2
#: Columns by which the body of a directive is indented, and those of a tab stop.
_BODY = _TAB = 4
_ALERT = regex(r"\[![\w-]+\][+-]?[^\n]*")
_FENCE = regex(r"[ \t]*(?P<mark>`{3,}|~{3,})(?P<rest>[^\n]*)")
#: With these the text of an item of one line may begin that is more than prose.
_SPECIAL = tuple("`~$<|>#!\\:{[=?@ \t")
#: What parts a paragraph in leaves: a line that begins like a tag, or that ends like one that names what follows.
_PARTED = regex(r"^[ \t\u3000>]*+[<{:]|[*_：:>][^\S\n]*+$", re.MULTILINE)
#: What a line begins like that only opens or closes a container, or is an object.
_MARKED = regex(r"[\s>]*+[<{:]")
_PARTING_SIGN = regex("[<{:*_：>]")
_SAME = {"table": "row", "indented-code": "code"}
#: Make a leaf of its values, without the step in between: there are as many as lines.
_leaf = partial(tuple.__new__, Leaf)
#: Blocks that are one leaf as they are.
_LEAVES = frozenset({"heading", "code", "indented-code", "front-matter", "link-definition", "image", "math", "rule"})


class LeafReader:
    """Read the leaves of one text; ``leaves`` and ``containers`` (quotes, items, directives) grow in order.

    ``flat`` is the text with LF line ends, of the same length.
    ``block_of`` gives for each leaf the number of the table, or other block, that it is part of.
    """

    def __init__(self, text: str, flat: str, kind: Kind) -> None:
        self.text = text
        self.flat = flat
        self.kind = kind
        self.leaves: list[Leaf] = []
        self.containers: list[Container] = []
        self.block_of: list[int] = []
        self._blocks = 0

    def block(self, kind: str, start: int, end: int, level: int) -> None:
        """Take one of the flat blocks of the text."""
        self._blocks += 1
        if kind in _LEAVES or (kind == "paragraph" and self.flat.find("\n", start, end) < 0):
            self._leaf(kind if kind != "paragraph" else self._line_kind(start, end), start, end, level)
        elif kind in ("paragraph", "verse") and not self._is_parted(start, end):
            self._leaf(kind, start, end - (self.text[end - 1] == "\r"), level)
        else:
            self._block(kind, lines_of(self.text, self.flat, start, end), level, 0, "")

    def _is_parted(self, start: int, end: int) -> bool:
        return bool(_PARTING_SIGN.search(self.flat, start, end) and _PARTED.search(self.flat, start, end))

    def _leaf(self, kind: str, start: int, end: int, level: int = 0) -> None:
        self.leaves.append(_leaf((_SAME.get(kind, kind), start, end, level, False)))
        self.block_of.append(self._blocks)

    def _line_kind(self, start: int, end: int) -> str:
        if _MARKED.match(self.flat, start, end) is None:
            return "paragraph"
        if only_tags(self.flat, start, end):
            return "tag"
        return "record" if is_object(self.flat[start:end]) else "paragraph"

    def _block(self, kind: str, lines: list[Line], level: int, depth: int, role: str) -> None:
        """Take a block whose markers around it are known; ``role`` is what its prose is: item, quote or none."""
        if kind == "list":
            self._list(lines, depth)
        elif kind == "quote":
            self._quote(lines, depth)
        elif kind == "html":
            self._html(lines, role)
        elif kind == "directive":
            self._directive(lines, depth, role)
        elif kind == "table":
            for line in lines:
                self._leaf("row", line.start, line.stop)
        elif kind in ("paragraph", "verse"):
            self._prose(kind, lines, level, role)
        else:
            self._leaf(kind, lines[0].start, lines[-1].stop, level)

    def _prose(self, kind: str, lines: list[Line], level: int, role: str) -> None:
        """Take the lines of a paragraph; lines that only open or close a container are leaves of their own.

        So is a line that names those below it and stands between them by a line break alone.
        """
        first = 0
        name = role or kind
        for index in range(len(lines) + 1):
            last = index == len(lines)
            tag = not last and only_tags(self.flat, lines[index].inner, lines[index].stop)
            if not (last or tag or (index > first and self._parts(lines[index - 1], lines[index], index - first))):
                continue
            if first < index and all(is_object(self.flat[line.inner : line.stop]) for line in lines[first:index]):
                for line in lines[first:index]:
                    self._leaf("record", line.start, line.stop)
            elif first < index:
                self._leaf(name, lines[first].start, lines[index - 1].stop, level)
                level, name = (0, "paragraph") if name == "item" else (level, name)
            first = index
            if tag:
                self._leaf("tag", lines[index].start, lines[index].stop)
                first = index + 1

    def _parts(self, above: Line, below: Line, number: int) -> bool:
        """Tell whether a line of a paragraph that names what follows ends, or begins, between two lines."""
        flat = self.flat
        if number == 1 and names_what_follows(flat[above.inner : above.stop].strip()):
            return True
        if not names_what_follows(flat[below.inner : below.stop].strip()):
            return False
        return flat[above.inner : above.stop].rstrip()[-1:] in "。！？!?…”：:；"

    def _nested(self, lines: list[Line], depth: int, role: str) -> None:
        """Read what is left of lines behind the markers around them; what is too deep is a leaf a line."""
        if depth > _DEEPEST:
            for line in lines:
                if line.inner < line.stop or line is lines[0]:
                    self._leaf(role or "paragraph", line.start, line.stop, depth if role == "item" else 0)
                    role = "paragraph" if role == "item" else role
            return
        pieces = [self.flat[line.inner : line.stop] + "\n" for line in lines]
        begins = [0]
        for piece in pieces:
            begins.append(begins[-1] + len(piece))
        inside = "".join(pieces)
        reader = MarkdownReader(inside)
        reader.read(len(inside.rstrip()))
        if role == "item" and (not reader.starts or reader.starts[0] >= begins[1]):
            self._leaf("item", lines[0].start, lines[0].stop, depth)
        for start, end, kind, level in zip(reader.starts, reader.ends, reader.kinds, reader.levels, strict=True):
            first, last = bisect_right(begins, start) - 1, bisect_right(begins, max(end - 1, start)) - 1
            if role == "item" and first == 0 and KINDS[kind] == "paragraph":
                self._block("paragraph", lines[: last + 1], depth, depth, "item")
                continue
            self._blocks += 1
            self._block(KINDS[kind], lines[first : last + 1], level, depth, role if role == "quote" else "")

    def _list(self, lines: list[Line], depth: int) -> None:
        """Take a list item by item, each with what is indented below it."""
        if self.kind is Kind.TEXT:
            for line in lines:
                self._leaf("item", line.start, line.stop, 1)
            return
        heads = self._heads(lines)
        if not heads:
            self._prose("paragraph", lines, 0, "")
            return
        for (first, marker), last in zip(heads, [*(head for head, _ in heads[1:]), len(lines)], strict=True):
            self._item(lines[first:last], marker, depth + 1)

    def _heads(self, lines: list[Line]) -> list[tuple[int, int]]:
        """Give the lines with which the items of a list begin, and how long the marker of each is."""
        heads: list[tuple[int, int]] = []
        fence, edge = "", 0
        for index, line in enumerate(lines):
            body = self.flat[line.inner : line.stop]
            marker = ITEM_MARKER.match(body)
            hit = _FENCE.match(body, marker.end() if marker and not fence else 0)
            if fence and hit and hit["mark"].startswith(fence) and not hit["rest"].strip():
                fence = ""
                continue
            if marker and (not heads or _columns(marker[1]) < edge + _NESTED):
                heads.append((index, marker.end()))
                edge = _columns(marker[1])
                if fence:  # it ends with its item
                    fence = ""
                    continue
            elif not heads:
                heads.append((index, 0))
            if hit and not fence and (hit["mark"][0] == "~" or "`" not in hit["rest"]):
                fence = hit["mark"]
        return heads

    def _item(self, lines: list[Line], marker: int, depth: int) -> None:
        head, flat = lines[0], self.flat
        while len(lines) > 1 and flat[lines[-1].inner : lines[-1].stop].isspace() | (lines[-1].inner == lines[-1].stop):
            lines = lines[:-1]
        inner = head.inner + marker
        name = squashed(flat[inner : head.stop])
        self.containers.append(Container("item", name, head.start, inner, lines[-1].stop, lines[-1].stop, -1))
        first = Line(head.start, inner, head.stop)
        plain = ITEM_MARKER.match(flat, inner, head.stop) is None and flat[inner : inner + 1] not in _SPECIAL
        if len(lines) == 1 and plain:
            self._leaf("item", head.start, head.stop, depth)
            return
        indents = [_indent(flat, line) for line in lines[1:]]
        width = min([marker, *(indent for indent in indents if indent >= _NESTED)])
        below = [_without(flat, line, width) for line in lines[1:]]
        self._nested([first, *below], depth, "item")

    def _quote(self, lines: list[Line], depth: int) -> None:
        flat = self.flat
        inside = []
        for line in lines:
            marker = QUOTE_MARKER.match(flat, line.inner, line.stop)
            inside.append(line._replace(inner=marker.end()) if marker else line)
        alert = _ALERT.match(flat, inside[0].inner, inside[0].stop)
        name = squashed(alert[0]) if alert else ""
        start, end = lines[0].start, lines[-1].stop
        if not alert:
            self.containers.append(Container("quote", name, start, start, end, end, -1))
            self._nested(inside, depth + 1, "quote")
            return
        self.containers.append(Container("quote", name, start, inside[0].stop, end, end, -1))
        self._leaf("tag", lines[0].start, lines[0].stop)
        if len(inside) > 1:
            self._nested(inside[1:], depth + 1, "quote")

    def _directive(self, lines: list[Line], depth: int, role: str) -> None:
        head = lines[0]
        body = self.flat[head.inner : head.stop].strip()
        if not body.startswith(WITH_BODY):
            for line in lines:
                tag = only_tags(self.flat, line.inner, line.stop)
                self._leaf("tag" if tag else "directive", line.start, line.stop)
            return
        end = lines[-1].stop
        self._leaf("tag" if len(lines) > 1 else "directive", head.start, head.stop)
        if len(lines) > 1:
            self.containers.append(Container("directive", squashed(body), head.start, head.stop, end, end, -1))
            self._nested([_without(self.flat, line, _BODY) for line in lines[1:]], depth + 1, role)

    def _html(self, lines: list[Line], role: str) -> None:
        """Take a block of HTML: elements that stay whole, lines of tags alone, and the prose between them."""
        prose: list[Line] = []
        for kind, first, last, level in group_html(self.flat, lines):
            if kind == "paragraph":
                prose.extend(lines[first:last])
                continue
            if prose:
                self._prose("paragraph", prose, 0, role)
                prose = []
            self._leaf(kind, lines[first].start, lines[last - 1].stop, level)
        if prose:
            self._prose("paragraph", prose, 0, role)


def _columns(blanks: str) -> int:
    """Count the columns that leading blanks take."""
    return len(blanks.expandtabs(_TAB))


def _indent(flat: str, line: Line) -> int:
    """Count the columns by which a line is indented; 0 for a blank one."""
    body = flat[line.inner : line.stop]
    bare = body.lstrip(" \t")
    return _columns(body[: len(body) - len(bare)]) if bare.strip() else 0


def _without(flat: str, line: Line, width: int) -> Line:
    """Take up to so many columns of blanks off a line."""
    at = line.inner
    column = 0
    while at < line.stop and column < width and flat[at] in " \t":
        column += _TAB - column % _TAB if flat[at] == "\t" else 1
        at += 1
    return line._replace(inner=at)
