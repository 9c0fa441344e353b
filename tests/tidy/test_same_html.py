"""Tidying changes nothing in the HTML of Markdown, white space aside: markdown-it says what that is."""

from __future__ import annotations

import re

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tidying import MARKDOWN

from dedupe_cn import clean

RENDERERS = (
    MarkdownIt("commonmark", {"html": True}),
    MarkdownIt("gfm-like", {"html": True, "linkify": False}),
)
PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)

TEXTS = {
    "a line of U+3000": "桨\n\n　\n\n舵\n",
    "a line of U+3000 in a paragraph": "桨\n　\n舵\n",
    "a break above such a line": "桨  \n　\n舵\n",
    "a line of NBSP in a quote": "> 桨\n> \u00a0\n> 舵\n",
    "U+3000 behind a line under a heading": "桨\n---　\n\n舵\n===　\n",
    "U+3000 behind the rule of a table": "| 桨 |\n|---|　\n| 舵 |\n",
    "U+3000 in an item without text": "桨\n- 　\n",
    "U+3000 behind the signs that close a heading": "# 桨 #　\n",
    "CR CR LF": "桨\r\r\n舵\r\r\n\r\r\n- 帆\r\r\n- 缆\r\r\n",
    "CR CR LF in a fence": "```\r\r\n桨\r\r\n```\r\r\n",
    "two lists behind an empty item": "1. 桨\n2.\n\n\n1. 舵\n",
    "such lists in a list": "- 桨\n\n  1. 舵\n  2.\n\n\n  1. 帆\n",
    "code in a list": "- 桨\n\n      a = 1  \n        \n\n\n      b = 2 \n\n- 舵\n",
    "code behind a marker": "-     a = 1 \n\n\n      b = 2 \n",
    "code below an empty item": "-\n      a = 1 \n",
    "code below a heading in an item": "- # 桨\n      a = 1 \n",
    "code in a quote": ">     a = 1 \n>      \n>     b = 2 \n",
    "code at the margin of a directive": "!!! note\n\n    a = 1 \n\n\n    b = 2 \n",
    "a fence in a list that U+3000 does not close": "- ```\n  a \n  ```　\n  b \n  ```\n",
    "a fence behind a TAB that nothing closes": "-\t```\n\n\n\n桨\n",
    "a fence below an item that nothing closes": "1. 桨\n\n\t~~~\n\ta = 1\n\n\t\n\n# 舵\n",
    "a fence that nothing closes above another": "- ```\n1.\t```\n\n  \n桨\n",
    "pre in a list": "- 桨\n\n  <pre>\n  a  \n\n\n  b \n  </pre>\n",
    "a heading with two blanks, and one in a paragraph": "# 桨  \n舵\n    # 帆  \n缆\n",
    "bars that are no table": "|桨|  \n|舵|\n",
    "a backslash before a blank": "桨\\ \n舵\n",
    "equals signs above a line that makes them a heading": "====\n-\n    锚 \n桨\n",
    "a directive above such a line": "::: 帆\n-\n    锚 \n桨\n",
    "code that looks like an item below an empty one": "1.\n       * 锚 \n桨\n",
    "such code below a heading in an item": "- ## 帆\n      2. 锚 \n桨\n",
    "such code in a list in a list": "* 帆\n\n    -\n          + 锚 \n桨\n",
    "code below a table in an item": "- | 帆 |\n  |---|\n      - 锚 \n桨\n",
    "code behind an empty item and a blank line": "2.\n\n    锚 　\n桨\n",
    "code beside an item with a wide marker": "10)  帆\n\n    锚 \n桨\n",
    "a heading beside an item in an item": "2.\n      +  　\n       # 锚 \n桨\n",
    "an item below HTML in a wide one": "   7. 帆\n      <hr>\n    + \n锚\n",
    "a fence below a bar in an item": "2.   帆\n|\n     ```\n\n\n\n锚\n",
    "a quote beside an item that holds another": "   7. 帆\n      + 舵\n    > 锚 　\n桨\n",
    "an item below a heading beside an item": "   7. 帆\n    ##\n    + \n锚\n",
    "an item below text that goes on in two quotes": "> - > 帆\n!!! 舵\n     - \n锚\n",
    "a fence below text that HTML in an item parts from it": "+ <hr>\n帆\n  ~~~\n锚\t\n舵\n",
    "a heading below text that goes on": "   7. 帆\n舵\n    # \n锚\n",
    "an empty item in a paragraph": "帆\n3.  \n锚\n",
    "an item in HTML": "<div>\n- 帆\n\n    锚 \n桨\n",
    "code that goes on behind blank lines": "> *\n      锚\n\n     \n      舵 \n桨\n",
    "a definition that goes on below": "[帆]:\n/锚 　\n桨\n",
    "code below a definition": "* ##\n[帆]: /锚\n       舵 \n桨\n",
    "a fence that a deeper one does not close": "2. ~~~\n           ~~~\n       锚 \n桨\n",
    "a fence below text that no item holds": "+ #\n帆\n  ```\n锚\n     \n",
    "a fence below text, too deep to be one": "-\t帆\n\t    ~~~\n\t~~~\n\t- 锚 　\n桨\n",
    "code without text in the first line": "     　\n      \n    - 锚\n桨\n",
    "a quote with a bar below a table": "| 帆 |\n|---|\n> ~~~a|b\n>   \n> 锚\n",
    "an item with a bar below a table": "|---|\n- ~~~a|b\n  舵 \n桨\n",
    "a fence below NBSP that no item holds": "+ 帆\n\n\u00a0\n  ```\n锚 \n桨\n",
}
#: Beginnings of lines, what stands in them, and how they end.
STARTS = (
    *("", "", "- ", "1. ", "  ", "   ", "    ", "      ", "> ", "> - ", "# ", "\t", "-\t", ">     ", "        "),
    *("- # ", "  - ", "    - ", "      - ", "1.  ", "   1. ", ">  - ", "- - ", "       ", "          ", "| "),
)
BODIES = (
    *("", "", "桨", "舵。", "a = 1", "-", "---", "===", "1.", "```", "~~~", "　", "\u00a0"),
    *("| 帆 |", "|---|", "帆|舵", "---|---", "\\", "#", "***", "* * *", "$$", "**桨**", "`a", "a`", "> 帆", "[x] 帆"),
    *("::: note", "!!! note", '=== "a"', "{% x %}", "<div>", "</div>", "<!-- a -->", "[a]: b", "[^1]: 桨", "![](a)"),
)
TAILS = ("", "", " ", "  ", "\t", "　", " 　", "　  ")
ENDS = ("\n",) * 8 + ("\r\n", "\r\r\n", "\r")
LINES = st.tuples(*map(st.sampled_from, (STARTS, BODIES, TAILS, ENDS))).map("".join)


def folded(html: str) -> str:
    """Give HTML with one blank for white space, but inside of ``<pre>``; what parts tags does not count.

    Nor do the line ends of a text that ends in code that is never closed: a text ends with one.
    """
    html = re.sub(r"\s+((?:</[^<>]*>\s*)+)\Z", r"\1", html)
    parts = PRE.split(html)
    loose = [re.sub(r"\s+", " ", part) for part in parts[::2]]
    parts[::2] = [re.sub(r" ?(<[^<>]*>) ?", r"\1", part) for part in loose]
    return "".join(parts).rstrip()


def check(text: str) -> None:
    after = clean(text, kind=MARKDOWN, disable=["repeats"]).text
    for renderer in RENDERERS:
        assert folded(renderer.render(after)) == folded(renderer.render(text))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts(text: str) -> None:
    check(text)


@given(st.lists(LINES, max_size=8).map("".join))
@budget(300)
def test_any_lines(text: str) -> None:
    check(text)


