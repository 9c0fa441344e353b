"""Remove indents of U+3000."""

from __future__ import annotations

from dedupe_cn.model import Edit, Kind
from dedupe_cn.rule import RuleText
from dedupe_cn.tidy.lines import at_line_starts
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare

_IDEOGRAPHIC = r"([ \t]*+)(\u3000[ \t\u3000]*+)(?=\S)"
# Dropping the indent in front of these would make a heading, a list, a quote, code or a table of a paragraph.
_MARKUP = frozenset("#>-*+|<`~!:=_[\\${0123456789")


def ideographic_indent(text: str, kind: Kind) -> list[Edit]:
    """Remove U+3000 indents, and what blanks follow in them.

    In Markdown they stay where their line would be read as something else without them.

    >>> ideographic_indent("　　文章。", Kind.TEXT)
    [Edit(start=0, end=2, replacement='', rule='ideographic-indent')]
    """
    if "\u3000" not in text:
        return []
    return [
        Edit(match.start(2), match.end(2), "", "ideographic-indent")
        for match in at_line_starts(_IDEOGRAPHIC, text)
        if kind is Kind.TEXT or text[match.end(2)] not in _MARKUP
    ]


RULE = OnRequest(
    order=90,
    find=ideographic_indent,
    spare=Spare.VERBATIM,
    text=RuleText(
        ("Indents of U+3000 in front of paragraphs go.", "去掉段首的全角空格缩进。"),
        ("Such indents are ordinary Chinese typography.", "这种缩进是正常的中文排版。"),
        "\u3000\u3000这一段前面有两个全角空格。\n",
        "这一段前面有两个全角空格。\n",
    ),
)
