"""Fences and HTML are read as CommonMark reads them: markdown-it-py says what that is."""

from __future__ import annotations

from bisect import bisect_right

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dedupe_cn.model import Kind
from dedupe_cn.text.code_spans import FENCES
from dedupe_cn.text.segments import blocks, layout
from dedupe_cn.text.tree import read_tree

Rows = set[tuple[int, int]]
READER = MarkdownIt("commonmark").enable("table")

TEXTS = {
    "a tag at the beginning of a line of prose": "<br>写法如下：\n```python\nstart()\n\nend()\n```\n\n完。\n",
    "a word in bold at the beginning of a line": "<b>注意</b>：先断电。\n```\n甲\n```\n",
    "an anchor before a fence": '<a name="x"></a>\n```\n甲\n```\n',
    "one tag alone": '<span class="a">\n甲\n```\n乙\n\n丙\n',
    "one closing tag alone": "</span>\n甲\n\n乙\n",
    "one tag alone below a line": "正文\n<span>\n```\n甲\n```\n",
    "a block tag below a line": "正文\n<div>\n```\n甲\n\n乙\n```\n",
    "a block tag with words": "<div>甲\n```\n乙\n```\n\n丙\n",
    "a summary": "<details><summary>甲</summary>\n乙\n\n```\n丙\n```\n\n</details>\n",
    "a name that only begins like one": "<divide>甲\n```\n乙\n```\n",
    "a comment over blank lines": "<!-- 甲\n\n```\n\n-->\n乙\n",
    "a comment in the middle of HTML": "<div> <!-- 甲\n\n```\n乙\n```\n",
    "a comment that ends in its line": "<!-- 甲 -->\n```\n乙\n```\n",
    "a script over blank lines": "<script>\n\nx\n</script>\n```\n乙\n```\n",
    "a pre that another name closes": "<pre>\n\n甲</style>\n\n```\n乙\n```\n",
    "a name that begins like pre": "<pre-x>\n\n甲\n",
    "a processing instruction": "<?php\n\n$x = 1;\n?>\n正文\n",
    "a declaration": "<!DOCTYPE\n\nhtml>\n正文\n",
    "data of characters": "<![CDATA[\n\n甲 ]]>\n正文\n",
    "an exclamation mark that is none": "<!甲>\n```\n乙\n```\n",
    "a rule as first line of a fence in a list": "1. 一\n\n   ```yaml\n   ---\n   name: x\n\n   b: 1\n   ```\n\n完。\n",
    "a rule in a fence of a list without a blank line": "- 一\n  ```\n  ---\n  甲\n\n  乙\n  ```\n- 二\n",
    "a rule in a fence behind a marker": "- ```\n  ***\n\n  甲\n  ```\n",
    "a heading and items in a fence of a list": "1. 一\n\n   ```\n   # 甲\n   - 乙\n\n   1. 丙\n   ```\n\n   完。\n",
    "a fence in an item in an item": "- 一\n  - 二\n\n    ~~~\n    ---\n\n    甲\n    ~~~\n- 三\n",
    "a fence that its item ends": "- 一\n\n  ```\n  甲\n\n正文。\n\n```\n乙\n```\n",
    "a fence that the next item ends": "- ```\n  甲\n- 二\n\n  ```\n  丙\n  ```\n",
    "a fence that is not indented far enough": "10. 一\n   ```\n   ---\n\n   甲\n   ```\n",
    "a fence at the margin below an item": "1. 一\n```\n---\n\n甲\n```\n",
    "a fence behind a tab": "-\t一\n\n\t```\n\t---\n\n\t甲\n\t```\n",
    "a fence in a quote": "> ```\n> ---\n>\n> 甲\n> ```\n\n完。\n",
    "a fence at the top with a rule": "```yaml\n---\na: 1\n\n---\n```\n",
    "a tag below a quote": '> 引\n<a href="x">\n~~~\n甲\n~~~\n',
}  # fmt: skip
LINES = (
    "正文一行。", "# 题", "***", "```", "```py", "~~~", "- 项", "1. 项", "  ```", "   ```", "  ---", "   ---", "- ```",
    "  - 子", "> 引",
    "<div>", "</div>", "<br>写法", "<br>", "<b>甲", "<!-- 注", "-->", "<!-- 注 -->", "<pre>", "</pre>",
    "<?x", "?>", '<a href="x">', "</a>", "<details><summary>甲</summary>", "``` a`b", "````",
)  # fmt: skip


def trimmed(text: str, rows: list[int] | None) -> tuple[int, int]:
    assert rows is not None
    first, behind = rows
    lines = text.split("\n")
    while behind > first + 1 and not lines[behind - 1].strip():
        behind -= 1
    return first, behind


def wanted(text: str) -> tuple[Rows, Rows, Rows]:
    """Give the lines of fences and HTML at the top, and of all code."""
    tokens = READER.parse(text)
    top = [token for token in tokens if token.level == 0]
    return (
        {trimmed(text, token.map) for token in top if token.type == "fence"},
        {trimmed(text, token.map) for token in top if token.type == "html_block"},
        {trimmed(text, token.map) for token in tokens if token.type == "fence"},
    )


def found(text: str) -> tuple[Rows, Rows, Rows]:
    begins = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]

    def rows(start: int, end: int) -> tuple[int, int]:
        return bisect_right(begins, start) - 1, bisect_right(begins, end - 1)

    top = blocks(text, Kind.MARKDOWN)
    html = [block for block in top if block.kind == "html"]
    # The tree also knows the fences that people write into HTML, which CommonMark does not.
    code = [
        leaf
        for leaf in read_tree(layout(text, Kind.MARKDOWN)).leaves
        if leaf.kind == "code" and not any(block.start <= leaf.start < block.end for block in html)
    ]
    return (
        {rows(block.start, block.end) for block in top if block.kind == "code"},
        {rows(block.start, block.end) for block in html},
        {rows(leaf.start, leaf.end) for leaf in code if any(sign in text[leaf.start : leaf.end] for sign in FENCES)},
    )


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_fences_and_html(text: str) -> None:
    assert found(text) == wanted(text)


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n\n"])), max_size=3))
@budget(300)
def test_fences_at_the_top_of_any_text(lines: list[tuple[str, str]]) -> None:
    text = "".join(line + ending for line, ending in lines)
    assert found(text)[0] == wanted(text)[0]
