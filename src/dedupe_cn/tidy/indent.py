"""Remove the indent that all paragraphs of a plain text have."""

from __future__ import annotations

import re

from dedupe_cn.model import Edit
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import CJK_MARKS, HAN, SHARED_MARKS, ends_sentence, han_share, letter_share
from dedupe_cn.tidy.lines import at_line_starts

_LINE = r"([ \t\u3000]*+)([^\s][^\r\n]*+)"
_CHINESE = regex(f"[{SHARED_MARKS}]*+[{HAN}{CJK_MARKS}]")
# `2024年，……。` is a paragraph, `1. ……` is an item of a list.
_MIXED = regex(r"(?!\d++[.)]\s)[0-9A-Za-z\"'(\[]")
_MIXED_END = frozenset("。！？…；：”’」』）\"'")
_COLUMNS = regex(r"\t| {3}|(?:\.{3}|…{2}|·{3})\s*\d{1,4}$")
#: A line that is an item, a row, code, HTML or a key with its value: layout as much as prose, whatever its words are.
_LAID_OUT = regex(
    r"[-*+•●○◆■□▪·>|<#/{}]|\d{1,3}[.)]\s|[A-Za-z][.)、．）]|[A-Za-z_][\w.-]{0,40}\s?[:=](?:\s|$)"
)
_CHAPTER = regex(
    r"(?:第[\s〇零一二三四五六七八九十百千两\d]{1,12}[章回节卷部篇集幕]"
    r"|[序楔终尾引前后][章言子声记幕](?=[\s:：]|$))"
    r"[^。！？…]{0,40}$"
)
#: Characters up to which a line without a mark at its end may be the title of a document (20 words).
_TITLE = 20


def indent(text: str) -> list[Edit]:
    """Remove the TABs and ASCII blanks in front of the paragraphs of a Chinese text, if all of them have the same.

    What differs in its indent is layout: letters, contents, outlines, plays, hanging lines, tables. So are items,
    columns, keys with values and code, with one indent too. Titles of chapters and of the document, which stand at the
    margin, are no paragraphs. U+3000 in the indent stays.

    >>> indent("\\t　　文章。\\n\\t　　文章。")
    [Edit(start=0, end=1, replacement='', rule='indent'), Edit(start=7, end=8, replacement='', rule='indent')]
    >>> indent("\\t文章。\\n文章。")
    []
    """
    if not _has_ascii_indent(text):
        return []
    edits: list[Edit] = []
    common: str | None = None
    chinese = sentences = titles = 0
    for match in at_line_starts(_LINE, text):
        blanks, body = match[1], match[2].rstrip()
        if not blanks and (_CHAPTER.match(body) or (not edits and not titles and _is_title(text, match, body))):
            titles += 1
            continue
        edit = _without_ascii(match)
        if edit is None or (common is not None and blanks != common) or _COLUMNS.search(body) or _LAID_OUT.match(body):
            return []
        common = blanks
        edits.append(edit)
        chinese += _is_chinese(body)
        sentences += body[-1] in _MIXED_END or ends_sentence(body)
    # Under a title, lines that are no sentences are as likely a poem or a list. A title that was glued to one may be
    # among them, but no more than one line in four (a bound of caution, no measure).
    enough = 2 * chinese >= len(edits) if not titles else 4 * sentences >= 3 * len(edits)
    return edits if enough and chinese else []


def _has_ascii_indent(text: str) -> bool:
    """Tell whether a blank stands where it may be an indent, by plain searches, most of them for one character."""
    if text[:1] in ("\t", " "):
        return True
    edges = [edge for edge in ("\n", "\r", "\u3000") if edge in text]
    return any(blank in text and any(edge + blank in text for edge in edges) for blank in ("\t", " "))


def _is_title(text: str, match: re.Match[str], body: str) -> bool:
    """Tell whether the first line of a text is its title: short, without a mark at its end, and with a blank line."""
    below = text[match.end() : match.end() + 4].replace("\r\n", "\n")
    return len(body) <= _TITLE and (body[-1].isalnum() or body[-1] in "》〉」』）)") and below[:2] in ("\n\n", "\r\r")


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
