"""The lines of HTML: which hold tags alone, which belong together, and what an inline tag looks like.

All patterns stop at what would begin their like anew, so that they are linear on any text.
"""

from __future__ import annotations

import re

from dedupe_cn.regex import regex
from dedupe_cn.text.tree_parts import Line

_BRACES = r"\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*\}"
#: A tag of HTML or JSX: slash, name, attributes, slash.
TAG = (
    r"<(?P<slash>/?)(?P<tag>[A-Za-z][\w.-]*+)(?=[\s/>{\"'])"
    rf"(?:[^<>\"'{{}}/]++|\"[^\"<]*+\"|'[^'<]*+'|{_BRACES}|/(?!>))*(?P<void>/?)>"
)
COMMENT = r"<!--(?P<comment>(?:[^-<]++|-(?!->)|<(?!!--))*)-->"
TEMPLATE = r"\{%-?\s*+(?P<template>[^%{}\n]*+(?:[%{}](?![%}])[^%{}\n]*+)*)-?%\}"
SHORTCODE = r"\{\{[<%]\s*+(?P<code>(?:[^{}\n>%]++|[>%](?!\}\}))*)[>%]\}\}"
#: Handlebars, and what Go's templates open and close with one word.
BLOCK_TAG = r"\{\{[-~]?\s*+(?P<block>(?:[#/^][\w.-]++|(?:if|range|with|else|end)\b)[^{}\n]*+)\}\}"
#: What parts two columns.
COLUMNS = r"(?P<columns>(?m:^)[ \t]*+<--->)"
BOOK_TAG = r":(?P<book>(?:begin|end)_tab):(?:`[^`\n]*+`)?"
COLONS = r"(?m:^[ \t>]*+:{3,}+(?P<colons>[^\n]*+)$)"
_SUMMARY = r"<summary(?:\s[^<>]*+)?>(?:[^<]++|<(?!/summary>))*</summary>"
_ONLY = regex(
    rf"[\s>]*+(?:(?:{_SUMMARY}|{TAG}|{COMMENT}|{TEMPLATE}|{SHORTCODE}|{BLOCK_TAG}|{BOOK_TAG}|{COLUMNS})\s*+)+\Z"
    rf"|[ \t>]*+:{{3,}}[^\n]*\Z"
)
_VOID = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
VOID = frozenset(_VOID)
_HEADING = regex(r"\s*<h([1-6])(?:\s[^<>]*)?>.*</h\1>\s*\Z", re.IGNORECASE | re.DOTALL)
#: Elements that stay whole, whatever their lines are.
_SEALED = regex(r"\s*<(pre|script|style|textarea|svg|table|video|audio|iframe|object|picture)\b", re.IGNORECASE)
_HALF_TAG = regex(r"</?[A-Za-z][^<>]*\Z")
_FENCE = regex(r"\s*(`{3,}|~{3,})[^`\n]*$")
#: Characters with which a line of tags alone begins, behind blanks and marks of quotes.
_FIRST = frozenset("<{:")
#: Longest line that is looked at as one of tags alone, in code points: a bound on the work, no measure.
_LONGEST = 2000


def only_tags(flat: str, start: int, end: int) -> bool:
    """Tell whether a line holds nothing but what opens or closes containers."""
    if end - start > _LONGEST:
        return False
    line = flat[start:end]
    bare = line.lstrip(" \t\u3000>") if line[:1] in " \t\u3000>" else line
    if bare[:1] not in _FIRST or not bare:
        return False
    hit = _ONLY.match(bare)
    return hit is not None and not re.match(r"<(?:img|br|hr|input)\b", bare)


def group_html(flat: str, lines: list[Line]) -> list[tuple[str, int, int, int]]:
    """Group the lines of a block of HTML: kind of leaf, first line, line behind, level of a heading.

    Elements such as tables, comments, and tags that go on in the next line are not divided.
    """
    groups: list[tuple[str, int, int, int]] = []
    index = 0
    while index < len(lines):
        first = index
        body = flat[lines[index].inner : lines[index].stop]
        index += 1
        fence = _FENCE.match(body)
        if fence:
            # People write fences into HTML without a blank line before them.
            while index < len(lines) and not _closes(flat[lines[index].inner : lines[index].stop], fence[1]):
                index += 1
            index = min(index + 1, len(lines))
            groups.append(("code", first, index, 0))
            continue
        closing = _goes_on(body)
        while closing and index < len(lines):
            below = flat[lines[index].inner : lines[index].stop]
            index += 1
            if closing in below.lower():
                body = flat[lines[first].inner : lines[index - 1].stop] if index - first < 50 else below
                closing = "" if closing != ">" else _goes_on(below)
        if not body.strip():
            continue
        heading = _HEADING.match(body)
        if heading:
            groups.append(("heading", first, index, int(heading[1])))
        elif "<" not in body and index - first == 1:
            kind = "tag" if only_tags(body, 0, len(body)) else "paragraph"
            groups.append((kind, first, index, 0))
        else:
            groups.append(("tag" if only_tags(body, 0, len(body)) else "html", first, index, 0))
    return groups


def _closes(line: str, fence: str) -> bool:
    return line.strip().startswith(fence) and not line.strip().strip(fence[0])


def _goes_on(body: str) -> str:
    """Give what has to come, in lower case, before the element, comment or tag of this line ends; nothing if it has."""
    if body.rfind("<!--") > body.rfind("-->"):
        return "-->"
    sealed = _SEALED.match(body)
    if sealed and f"</{sealed[1].lower()}>" not in body.lower() and not body.rstrip().endswith("/>"):
        return f"</{sealed[1].lower()}>"
    return ">" if _HALF_TAG.search(body) else ""
