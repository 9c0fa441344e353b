"""What the beginning of a line of Markdown tells of the block that begins with it."""

from __future__ import annotations

from collections.abc import Container

from dedupe_cn.regex import regex

#: A heading, and a numbered item.
_HEADING = regex(r"(#{1,6})(?!#)(\s|$)")
_ITEM = regex(r"[0-9]{1,9}[.)](?:[ \t]|$)")
#: What may be a digit beyond ASCII: outside of these ranges no character is (Unicode 16, category Nd).
_OTHER_DIGIT = regex("[\x80-\u2fff\ua600-\uabff\uff10-\uff19\U00010000-\U0010ffff]")
#: Lines that begin with a sign and are text for all that.
_TEXT = regex(
    r"([`~?$])(?!\1)|!(?![\[!])|[@\\](?!\[)|:(?![:-])|<(?![A-Za-z/!?])|\{(?![{%])|(?i:i(?!mport\s)|e(?!xport\s))"
    r"|\[(?![!\[])(?i:(?!toc\]))(?![^\]]{1,999}\]:)|#"
)


def lead_of(line: str, blanks: Container[int], short: bool) -> str:
    """Say what a line is: see :class:`dedupe_cn.kernel.texts.Lines`."""
    if all(ord(char) in blanks for char in line):
        return "B"
    lead = _lead_of(line)
    if lead == "P" and "|" in line:
        return "X"  # a table may begin
    return "p" if lead == "P" and short else lead


def _lead_of(line: str) -> str:
    first = line[0]
    heading = _HEADING.match(line)
    if heading:
        return str(len(heading[1]))
    if first in "-*+_":
        if not line.replace(first, "").strip():
            return "X"
        if first == "_":
            return "P"
        if line[1:2] in (" ", "\t"):
            return "L"
        return "X" if first in "-+" and line[1:2] == first else "P"
    if first in "0123456789":
        return _number(line)
    if first in " \t":
        bare = line.lstrip()
        return "X" if bare[0] in "-*_`~" or not (first == "\t" or line[1] in " \t") else "I"
    if first in ">|=":
        return {">": "Q", "|": "T"}.get(first, "X")
    if first not in "#`~?$!@\\:<{[iIeE" or _TEXT.match(line):
        return "P"
    return "X"


def _number(line: str) -> str:
    """Say what a line is that begins with a digit."""
    behind = line.lstrip("0123456789")
    if _OTHER_DIGIT.match(behind):
        return "X"
    return "L" if _ITEM.match(line) else "P"
