from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, tidied

from dedupe_cn.model import Kind

NO_OPS = {
    "no entity": (TEXT, "甲 & 乙; 丙\n"),
    "no semicolon": (TEXT, "a=1&copy=2 &nbsp 甲\n"),
    "an unknown name": (TEXT, "&notit; &foo;\n"),
    "a control": (TEXT, "&#0;&#7;&#x1b;&#10;&NewLine;&Tab;\n"),
    "a surrogate and a number beyond Unicode": (TEXT, "&#xd800; &#9999999;\n"),
    "one whose result would make a new entity": (TEXT, "&amp;lt; &amp;#20013;\n"),
    "several whose results would": (TEXT, "&amp;&#108;t; &#38;nbsp;\n"),
    "one that would, once full-width and zero-width characters are folded": (TEXT, "&am&#8203;p; &&#65345;mp;\n"),
    "ASCII in Markdown, where it would be markup": (MARKDOWN, "&lt;b&gt; &amp; &#42;甲&#42; &vert;\n"),
    "inside code": (MARKDOWN, "```\n&nbsp;\n```\n甲 `&nbsp;` ``a`&copy;`` 乙\n"),
    "inside a tag or the target of a link": (MARKDOWN, "[甲](a?b&copy;c) <a title='&copy;'>\n"),
}
REWRITES = {
    "names": (TEXT, "&lt;甲&gt;&nbsp;&copy;&hellip;\n", "<甲>\xa0©…\n"),
    "numbers": (TEXT, "&#20013;&#x6587;&#X5b57;\n", "中文字\n"),
    "an ampersand in a name": (TEXT, "AT&amp;T\n", "AT&T\n"),
    "an ampersand before an unknown name stays one": (TEXT, "&amp;foo;\n", "&foo;\n"),
    "what numbers of the C1 range mean on the web": (TEXT, "&#147;甲&#148;\n", "“甲”\n"),
    "one of two characters": (TEXT, "&nvlt;甲\n", "<\u20d2甲\n"),
    "beyond ASCII in Markdown": (MARKDOWN, "甲&nbsp;乙&mdash;丙\n", "甲\xa0乙—丙\n"),
    "behind an odd backtick in Markdown": (MARKDOWN, "甲 ` &mdash;\n\n` 乙\n", "甲 ` —\n\n` 乙\n"),
}


@pytest.mark.parametrize(("kind", "text"), NO_OPS.values(), ids=NO_OPS)
def test_stays(kind: Kind, text: str) -> None:
    assert tidied(text, "html-entities", kind=kind) == text


@pytest.mark.parametrize(("kind", "text", "expected"), REWRITES.values(), ids=REWRITES)
def test_changes(kind: Kind, text: str, expected: str) -> None:
    assert tidied(text, "html-entities", kind=kind) == expected
