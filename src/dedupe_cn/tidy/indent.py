"""Remove the indents of paragraphs in plain text."""

from __future__ import annotations

import re

from dedupe_cn.model import Edit
from dedupe_cn.text.characters import CJK_MARKS, HAN, SHARED_MARKS, han_share, letter_share
from dedupe_cn.tidy.lines import at_line_starts

_INDENTED = r"([ \t\u3000]++)([^\s][^\r\n]*+)"
_CHINESE = re.compile(f"[{SHARED_MARKS}]*+[{HAN}{CJK_MARKS}]")
# `2024年，……。` is a paragraph, `1. ……` is an item of a list.
_MIXED = re.compile(r"(?!\d++[.)]\s)[0-9A-Za-z\"'(\[]")
_MIXED_END = frozenset("。！？…；：”’」』）")
# Neither a number nor a choice (`A. ……`).
_CODE = re.compile(r"(?![A-Za-z][.)、．）])[!-/:-~]")
_SENTENCE_END = frozenset(".!?…。！？\"'”’")
_COLUMNS = re.compile(r"\t| {3}")


def indent(text: str) -> list[Edit]:
    """Remove TABs and ASCII blanks in front of Chinese paragraphs; U+3000 in the indent stays.

    Lines that are set in columns stay, and so do touching indented lines of which a quarter reads like code.

    >>> indent("\\t　　文章。")
    [Edit(start=0, end=1, replacement='', rule='indent')]
    """
    if not _has_ascii_indent(text):
        return []
    edits: list[Edit] = []
    group: list[Edit] = []
    lines = code = 0
    position = 0
    for match in at_line_starts(_INDENTED, text):
        if match.start() != position:
            edits += group if 4 * code < lines else []
            group, lines, code = [], 0, 0
        position = match.end()
        lines += 1
        body = match[2].rstrip()
        if _is_chinese(body):
            edit = _without_ascii(match)
            if edit and not _COLUMNS.search(body):
                group.append(edit)
        elif _CODE.match(body) and body[-1] not in _SENTENCE_END:
            code += 1
    return edits + (group if 4 * code < lines else [])


def _has_ascii_indent(text: str) -> bool:
    """Tell whether a blank stands where it may be an indent, by plain searches of which most need one character."""
    if text[:1] in ("\t", " "):
        return True
    edges = [edge for edge in ("\n", "\r", "\u3000") if edge in text]
    return any(blank in text and any(edge + blank in text for edge in edges) for blank in ("\t", " "))


def _is_chinese(body: str) -> bool:
    if _CHINESE.match(body):
        return True
    return body[-1] in _MIXED_END and _MIXED.match(body) is not None and 2 * han_share(body) >= letter_share(body)


def _without_ascii(match: re.Match[str]) -> Edit | None:
    """Cut from the first to the last ASCII blank of an indent, but for the U+3000 between them."""
    blanks = match[1]
    bare = blanks.strip("\u3000")
    if not bare:
        return None
    start = match.start(1) + len(blanks) - len(blanks.lstrip("\u3000"))
    return Edit(start, start + len(bare), "\u3000" * bare.count("\u3000"), "indent")
