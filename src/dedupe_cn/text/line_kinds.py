"""What one line of Markdown tells of the block that begins with it."""

from __future__ import annotations

import re

from dedupe_cn.regex import regex

FENCE = regex(r" {0,3}(`{3,}+(?=[^`\n]*+$)|~{3,}+)", re.MULTILINE)
HEADING = regex(r" {0,3}(#{1,6})(?:[^\S\n]|$)", re.MULTILINE)
RULE_LINE = r" {0,3}(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,})$"
RULE = regex(RULE_LINE, re.MULTILINE)
ITEM = r"[ \t]*+(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)"
LIST = regex(ITEM, re.MULTILINE)
#: Names with which a block of HTML begins wherever a line begins with them (CommonMark 0.31, section 4.6, sort 6).
_BLOCK_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
#: HTML that also ends a paragraph: sorts 1 to 6.
HTML = regex(
    rf" {{0,3}}<(?:(?i:(?:script|pre|style|textarea)(?=[\s>]|$)|/?(?:{_BLOCK_NAMES})(?=\s|/?>|$))"
    r"|!--|\?|![A-Za-z]|!\[CDATA\[)",
    re.MULTILINE,
)
_ATTRIBUTES = r"(?:[^<>\"'{}\n/]++|\"[^\"\n]*+\"|'[^'\n]*+'|\{[^\n{}]*+(?:\{[^\n{}]*+\}[^\n{}]*+)*\}|/(?!>))*"
#: One tag alone on its line: sort 7, and the tags of JSX with braces.
HTML_ALONE = regex(rf" {{0,3}}</?[A-Za-z][\w.-]*+(?=[\s/>]){_ATTRIBUTES}/?>[ \t]*$", re.MULTILINE)
_HTML_RAW = regex(r" {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_RAW_END = regex(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
#: Equals signs open one (a tab of PyMdown) only with a title behind them; alone they underline a heading or are text.
_DIRECTIVE = regex(
    r"[ \t]*(?::::|!!!|\?\?\?|={3,}(?=[^\S\n]*[^\s=])|\{\{|\{%|@\[|\[toc\]|\[\[toc\]\]|(?:import|export)\s)",
    re.IGNORECASE,
)
_LINK_DEFINITION = regex(r" {0,3}\[[^\]\n]{1,999}\]:")
IMAGES = regex(r"[^\S\n]*+(?:\[?!\[[^\]\n]*+\]\([^)\n]*+\)(?:\]\([^)\n]*+\))?[^\S\n]*+)+$", re.MULTILINE)
_INDENTED = regex(r"(?: {4}| {0,3}\t)")
#: The first visible characters of a kind of block, and how a line that begins one looks; the first that fits holds.
_BEGINNINGS = (
    ("heading", "#", HEADING),
    ("code", "`~", FENCE),
    ("rule", "-*_", RULE),
    ("list", "-*+0123456789", LIST),
    ("quote", ">", regex("")),
    ("html", "<", HTML),
    ("html", "<", HTML_ALONE),
    ("math", "$\\", regex(r"\s*(?:\$\$|\\\[)")),
    ("link-definition", "[", _LINK_DEFINITION),
    ("image", "![", IMAGES),
    ("directive", ":!?={@[ieIE", _DIRECTIVE),
)
_BY_SIGN = {
    sign: tuple((kind, begins) for kind, signs, begins in _BEGINNINGS if sign in signs)
    for sign in set("".join(signs for _, signs, _ in _BEGINNINGS))
}
#: Directives with a body that is indented below.
WITH_BODY = ("!!!", "???", "===")
#: The first visible characters with which anything but a paragraph can begin, or end one; with blanks the first ones.
SPECIAL = "#>*+|<`~!:?={[@\\\\$_0-9ieIE-"
SIGNS = frozenset(chr(code) for code in range(128) if re.match(f"[ \t{SPECIAL}]", chr(code)))


def kind_of_line(body: str, bare: str) -> str | None:
    """Name the kind of block that begins with this line, as far as the line alone tells it."""
    if _INDENTED.match(body):
        return "indented-code"
    return next((kind for kind, begins in _BY_SIGN.get(bare[0], ()) if begins.match(body)), None)


def closing_math(bare: str) -> str:
    return "$$" if bare.startswith("$$") else "\\]"


def html_end(body: str) -> re.Pattern[str] | str | None:
    """Give what ends the HTML that begins with this line, in this line or one below; None where a blank line does."""
    bare = body.lstrip()
    if bare.startswith("<!--"):
        return "-->"
    if bare.startswith("<?"):
        return "?>"
    if bare.startswith("<![CDATA["):
        return "]]>"
    if bare.startswith("<!"):
        return ">"
    return _RAW_END if _HTML_RAW.match(body) else None


def closes_html(body: str) -> bool:
    """Tell whether HTML that begins with this line reaches no further than to the next blank line."""
    end = html_end(body)
    if end is None:
        return True
    return end in body if isinstance(end, str) else end.search(body) is not None
