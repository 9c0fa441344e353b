"""What would break if a stretch of a text went, and what would not."""

from __future__ import annotations

from typing import Any

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.model import Kind
from dedupe_cn.text.enclosing import balance
from dedupe_cn.text.segments import layout
from dedupe_cn.text.structure import Breach, breach
from dedupe_cn.text.tree import Tree, read_tree

A = "夜里下了一场雨，河水涨到石阶第三级，渡船都系在柳树底下。"
B = "早饭过后，抬石头的人扛着杠子上山，铁匠把钻头磨得雪亮。"

#: What a cut takes stands between ⟦ and ⟧. Code -> sentence -> text; a name that begins with a dot is plain text.
BREAKS: dict[str, dict[str, str]] = {
    "container-half": {
        "the opener of an element": f"⟦<div>\n\n{A}⟧\n\n{B}\n\n</div>\n",
        "the closer of an element": f"<div>\n\n{B}\n\n⟦{A}\n\n</div>⟧\n",
        "the opener of the element behind": f"⟦{A}\n\n<details>⟧\n\n{B}\n\n</details>\n",
        "a closer and the opener of the next": f"<Tab>\n\n{A}\n\n⟦</Tab>\n\n<Tab>⟧\n\n{B}\n\n</Tab>\n",
        "the opener of a component": f'⟦<Callout type="info">\n\n{A}⟧\n\n{B}\n\n</Callout>\n',
        "the opener of a directive": f"⟦::: tip\n{A}⟧\n\n{B}\n:::\n",
        "the closer of a directive": f"::: tip\n{B}\n\n⟦{A}\n:::⟧\n",
        "a template tag": f"⟦{{% note info %}}\n{A}⟧\n\n{B}\n{{% endnote %}}\n",
        "a short code": f"⟦{{{{< tip >}}}}\n{A}⟧\n\n{B}\n{{{{< /tip >}}}}\n",
        "the end of a book tab": f":begin_tab:`甲`\n{B}\n\n⟦{A}\n:end_tab:⟧\n",
        "a comment that opens a tab": f"⟦<!-- tab 甲 -->\n{A}⟧\n{B}\n<!-- endtab -->\n",
        "a comment that ends a region": f"<!-- start:甲 -->\n\n{B}\n\n⟦{A}\n\n<!-- end -->⟧\n",
        "the head of an admonition": f"⟦!!! note\n    {A}⟧\n\n    {B}\n",
        "the kind of an alert": f"⟦> [!NOTE]\n> {A}⟧\n>\n> {B}\n",
        "an inline element": f"他说<b>⟦{A}</b>{A}⟧\n",
        "a closer that closes nothing": f"</Tab>\n\n⟦{A}\n\n<Tab>⟧\n",
    },
    "container-empty": {
        "all of an element": f"<div>\n\n⟦{A}⟧\n\n</div>\n",
        "all but the summary": f"<details>\n<summary>甲</summary>\n\n⟦{A}⟧\n\n</details>\n",
        "all but a heading": f"<div>\n\n## 题\n\n⟦{A}⟧\n\n</div>\n",
        "all of a directive": f":::tip 甲\n\n⟦{A}\n\n{B}⟧\n\n:::\n",
        "all of a template tag": f"{{% note %}}\n⟦{A}⟧\n{{% endnote %}}\n",
        "all of a tab of comments": f"<!-- tab 甲 -->\n⟦{A}⟧\n<!-- endtab -->\n",
        "all of an indented tab": f'=== "甲"\n\n    ⟦{A}⟧\n\n=== "乙"\n\n    {A}\n',
        "all of an alert": f"> [!NOTE]\n> ⟦{A}⟧\n",
        "all of an element in a line": f"他说<b>⟦{A}⟧</b>。\n",
    },
    "heading-alone": {
        "a heading loses its section": f"# 甲\n\n{B}\n\n## 乙\n\n⟦{A}⟧\n\n## 丙\n\n{B}\n",
        "a heading keeps a rule": f"## 甲\n\n⟦{A}⟧\n\n---\n\n## 乙\n\n{B}\n",
        "a heading keeps part of a section without it": f"# 甲\n\n{B}\n\n⟦## 乙\n\n{A}⟧\n\n{B}\n",
        "a heading goes from its picture": f"## 甲\n\n{B}\n\n⟦### 乙\n\n{A}⟧\n\n![图](a.png)\n",
        "the heading of what follows goes along": f"## 甲\n\n{B}\n\n⟦{A}\n\n## 乙⟧\n\n{B}\n",
        "a heading of HTML": f"<h2>甲</h2>\n\n⟦{A}⟧\n\n<h2>乙</h2>\n\n{B}\n",
        "a paragraph that would join a heading": f"# 甲⟦乙\n\n{A}⟧{B}\n",
        ".a numbered heading of plain text": f"一、甲\n\n⟦{A}⟧\n\n二、乙\n\n{B}\n",
        ".a chapter": f"第一章 甲\n\n{B}\n\n⟦第二章 乙\n\n{A}⟧\n\n{B}\n",
    },
    "label-alone": {
        ".a question": f"问：迟到了怎么办？\n\n⟦{A}⟧\n\n问：早退了怎么办？\n\n{B}\n",
        ".a place": f"临河\n⟦{A}⟧\n山口\n{B}\n",
        ".a date": f"三月四日\n⟦{A}⟧\n\n三月五日\n{B}\n",
        ".a speaker": f"主持人：\n⟦{A}⟧\n嘉宾：\n{B}\n",
        ".a time in a chat": f"小陈 09:12\n⟦{A}⟧\n\n小周 09:15\n{B}\n",
        ".a word of a dictionary": f"【踌躇】\n⟦{A}⟧\n\n【踟蹰】\n{B}\n",
        ".a version": f"v2.1.3（2024-04-02）\n⟦{A}⟧\n\nv2.1.2\n{B}\n",
        "a bold question": f"**迟到了怎么办？**\n\n⟦{A}⟧\n\n**早退了怎么办？**\n\n{B}\n",
        "a bold line by a line break alone": f"**迟到**\n⟦{A}⟧\n\n**早退**\n{B}\n",
        "a colon before a list": f"{B}\n\n要带的：\n\n⟦- {A}\n- {B}⟧\n\n# 题\n",
        "a label that goes from its list": f"{B}\n\n⟦要带的：⟧\n\n- 雨衣\n- 干粮\n",
        "a label of the same name with a body of its own": f"注意：\n\n{A}\n\n甲。\n\n⟦注意：\n\n{A}⟧\n\n乙。\n",
    },
    "inline-pair": {
        "a closing bold mark": f"前面**{A}⟦{A}**⟧\n",
        "an opening bold mark": f"{A}⟦**{A}⟧{B}**\n",
        "a link cut in two": "看[甲](https://a.example/⟦x)和[乙](https://a.example/⟧x)两页\n",
        "an address": "看 https://a.example/⟦abc/⟧def 一页\n",
        "an image": "看![甲⟦乙](a.png)⟧\n",
        "code": "输入 `make ⟦install` 就⟧ 好\n",
        "math": "取 $a⟦+b$ 为⟧ 和\n",
        "a bracket": "他（⟦从前）住在⟧这里\n",
        "a quotation": "他说：“⟦走吧。”又说：⟧走吧。\n",
        "all between two marks": "这里**⟦很重要⟧**，记住\n",
        "a bracket in a paragraph that it cuts into": f"他（从前{A}⟦{A}）\n\n{B}⟧\n",
        "crossed out": "~~⟦甲乙~~丙⟧丁\n",
        ".a title in plain text": "读《⟦三国》和⟧水浒\n",
        "half a bold mark": "字*⟦*字**甲⟧乙\n",
    },
    "protected-part": {
        "a line of code": "```\n甲\n⟦乙\n⟧丙\n```\n",
        "a fence and what is before it": f"⟦{A}\n\n```\n甲⟧\n```\n",
        "a row of a table": "| 甲 | 乙 |\n|---|---|\n⟦| 丙 | 丁 |⟧\n| 丙 | 丁 |\n",
        "the head of a table": f"⟦{A}\n\n| 甲 | 乙 |\n|---|---|⟧\n| 丙 | 丁 |\n",
        "a line of math": "$$\n甲\n⟦乙⟧\n$$\n",
        "front matter": f"---\n⟦title: 甲\n---\n{A}⟧\n",
        "all of a paragraph of HTML": f"<div>\n<p>⟦{A}⟧</p>\n</div>\n",
        "part of an element on one line": f"<div>\n<img src='a'>{A}⟦{A}⟧\n</div>\n",
        "verbatim code of a template": "{% raw %}\n甲\n⟦乙⟧\n{% endraw %}\n",
        "code in an item": "- 甲\n\n  ```\n  乙\n  ⟦乙⟧\n  ```\n",
        "the line that makes a list HTML": f"{A}\n\n⟦{A}\n\n</div>⟧\n- 甲\n- 乙\n",
        "part of a tag": "::: warn⟦ing 甲\n\n甲\n\n:::⟧\n",
        ".part of a record": "甲,乙,丙\n丁,⟦戊,己\n庚⟧,辛,壬\n",
    },
    "linked-heading": {
        "a heading by its name": f"[看](#乙)\n\n# 甲\n\n{B}\n\n⟦# 乙\n\n{A}⟧\n",
        "the second of two": f"[看](#乙-1)\n\n# 乙\n\n{A}\n\n⟦# 乙\n\n{A}⟧\n",
        "a name with marks": f"[看](#how-to-运行)\n\n# 甲\n\n{B}\n\n⟦## How to 运行？\n\n{A}⟧\n",
        "a name written in percents": f"[看](#%E4%B9%99)\n\n# 甲\n\n{B}\n\n⟦# 乙\n\n{A}⟧\n",
        "an id of its own": f"[看](#run)\n\n# 甲\n\n{B}\n\n⟦# 乙 {{#run}}\n\n{A}⟧\n",
        "an anchor": f'<a href="#run">看</a>\n\n# 甲\n\n{B}\n\n⟦<a id="run"></a>\n\n{A}⟧\n',
    },
    "list-marker": {
        "an item without its text": f"- {B}\n- ⟦{A}⟧\n",
        "a text without its item": f"{B}\n\n⟦- {A}⟧{B}\n",
        "a number without its item": f"1. {B}\n2. ⟦{A}⟧\n",
        "an item from its nested items": f"- {B}\n⟦- {A}⟧\n  - 甲\n",
        "a quote without its text": f"> {B}\n>\n> ⟦{A}⟧\n",
        "a quoted text without its sign": f"{B}\n\n⟦> {A}⟧{B}\n",
        "a sign of a heading": "#⟦# ⟧甲\n\n乙\n",
        "a paragraph that would join an item": f"- {B}⟦{A}\n\n{A}⟧{B}\n",
        "a paragraph that would join a quote": f"> {B}⟦{A}\n\n{A}⟧{B}\n",
        ".a number of a clause": f"一、{B}\n二、⟦{A}⟧\n",
    },
}

STAYS_WHOLE = {
    "a paragraph": f"{A}\n\n⟦{A}⟧\n",
    "the end of a paragraph": f"{A}⟦{A}⟧\n",
    "the middle of a paragraph": f"前{A}⟦{A}⟧{B}\n",
    "a paragraph in an element": f"<div>\n\n{A}\n\n⟦{A}⟧\n\n</div>\n",
    "an element": f"<div>\n\n{A}\n\n</div>\n\n⟦<div>\n\n{A}\n\n</div>⟧\n",
    "a directive": f":::tip\n\n{A}\n\n:::\n\n⟦:::tip\n\n{A}\n\n:::⟧\n",
    "a template tag with what is before it": f"{A}\n\n⟦{A}\n\n{{% note %}}\n{A}\n{{% endnote %}}⟧\n",
    "an inline element": "甲<b>乙</b>，⟦<b>乙</b>，⟧丙\n",
    "a short code without an end": f"{{{{< figure src=a >}}}}\n\n⟦{A}\n\n{{{{< figure src=a >}}}}⟧\n",
    "a break": "甲<br>⟦乙<br>⟧乙\n",
    "a section": f"# 甲\n\n{B}\n\n## 乙\n\n{A}\n\n⟦## 乙\n\n{A}⟧\n\n## 丙\n\n{B}\n",
    "a section with sections": f"# 甲\n\n{B}\n\n⟦## 乙\n\n{A}\n\n### 丙\n\n{A}⟧\n\n## 丁\n\n{B}\n",
    "the end of a section and the next one": f"# 甲\n\n{A}\n\n⟦{A}\n\n## 乙\n\n{A}⟧\n",
    "a section, shifted along itself": f"# 甲\n\n⟦{A}\n\n# 甲⟧\n\n{A}\n",
    "a whole page": f"# 甲\n\n{A}\n\n## 乙\n\n- {B}\n\n⟦# 甲\n\n{A}\n\n## 乙\n\n- {B}⟧\n",
    "what a heading has besides its sections": f"# 甲\n\n⟦{A}⟧\n\n## 乙\n\n{B}\n",
    "a label with its body": f"{B}\n\n要带的：\n\n- {A}\n\n⟦要带的：\n\n- {A}⟧\n",
    "a label that stands twice": f"要带的：\n\n⟦要带的：⟧\n\n- {A}\n",
    "part of what a label names": f"要带的：\n\n- {A}\n⟦- {A}⟧\n",
    ".a question with its answer": f"问：迟到了怎么办？\n{A}\n⟦问：迟到了怎么办？\n{A}⟧\n",
    ".a clause with its paragraphs": f"第一条 {A}\n{B}\n⟦第一条 {A}\n{B}⟧\n第二条 {B}\n",
    ".a chapter": f"第一章 甲\n\n{A}\n\n⟦第一章 甲\n\n{A}⟧\n\n第二章 乙\n\n{B}\n",
    "bold with its marks": f"前面**{A}**⟦**{A}**⟧后面\n",
    "inside of bold": f"**{A}⟦{A}⟧**\n",
    "inside of a bracket": f"（{A}⟦{A}⟧）\n",
    "links and code": "甲[乙](https://a.example/b)`丙`，⟦甲[乙](https://a.example/b)`丙`，⟧丁\n",
    "a quotation that goes on in the next paragraph": f"“{A}⟦{A}⟧\n\n“{B}”\n",
    "from one paragraph into the next": f"{A}⟦{B}\n\n{A}⟧{B}\n",
    "an asterisk that is a sign of multiplication": "三 * 四，⟦三 * 四，⟧五\n",
    "underscores in a name": "用 a_b 表示，⟦用 a_b 表示，⟧好\n",
    "a table": "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n⟦| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |⟧\n",
    "a fence": f"# 题\n\n{A}\n\n```\n甲\n```\n\n⟦{A}\n\n```\n甲\n```⟧\n",
    "a linked heading that stays": f"[看](#乙)\n\n# 乙\n\n{A}\n\n⟦# 乙\n\n{A}⟧\n",
    "a heading linked by what goes along": f"# 甲\n\n{B}\n\n⟦# 乙\n\n{A}[看](#乙)⟧\n",
    "an item": f"- {A}\n⟦- {A}⟧\n- {B}\n",
    "an item with what is in it": f"- {B}\n⟦- {A}\n  - 甲\n\n  {B}⟧\n- {B}\n",
    "the second time in an item": f"- {A}⟦{A}⟧\n",
    "a line of a quote": f"> {A}\n>\n⟦> {A}⟧\n",
    "the second time in a quote": f"> {A}⟦{A}⟧\n",
    "a page glued to a comment": f"# 甲\n\n{A}\n\n<!-- 完 -->⟦# 甲\n\n{A}\n\n<!-- 完 -->⟧\n",
    "a page glued to a name that would be a label": f"# 甲\n\n{A}\n\n附图⟦# 甲\n\n{A}\n\n附图⟧\n",
    ".a clause of the same number, noise aside": f"第八条 {A}\n\n⟦第八条 {A[:-1]}．⟧\n\n（一）{B}\n",
    ".a record": "甲,乙,丙\n甲,乙,丙\n⟦甲,乙,丙⟧\n丁,戊,己\n",
    ".marks of Markdown": "前**甲⟦乙⟧**丙\n",
}


def marked(name: str, text: str) -> tuple[Tree, int, int]:
    start, end = text.index("⟦"), text.index("⟧") - 1
    bare = text.replace("⟦", "").replace("⟧", "")
    return read_tree(layout(bare, Kind.TEXT if name.startswith(".") else Kind.MARKDOWN)), start, end


def rows(table: dict[str, dict[str, str]]) -> list[Any]:
    return [
        pytest.param(code, name, text, id=f"{code}: {name}")
        for code, texts in table.items()
        for name, text in texts.items()
    ]


@pytest.mark.parametrize(("code", "name", "text"), rows(BREAKS))
def test_breaks(code: str, name: str, text: str) -> None:
    found = breach(*marked(name, text))
    assert found is not None
    assert found.code == code
    assert all(isinstance(value, str) for value in found.values)


@pytest.mark.parametrize(("name", "text"), STAYS_WHOLE.items(), ids=STAYS_WHOLE)
def test_stays_whole(name: str, text: str) -> None:
    assert breach(*marked(name, text)) is None


def test_nothing_breaks_where_nothing_goes() -> None:
    tree = read_tree(layout("# 甲\n\n乙\n", Kind.MARKDOWN))
    assert breach(tree, 3, 3) is None
    assert breach(tree, 3, 5) is None  # white space alone


def test_white_space_at_the_ends_does_not_matter() -> None:
    text = f"# 甲\n\n{A}\n\n{A}\n\n# 乙\n\n{B}\n"
    tree = read_tree(layout(text, Kind.MARKDOWN))
    at = text.rindex(A)
    assert breach(tree, at - 2, at + len(A) + 2) is None


PROTECTED = {
    "inside of a link": "看[甲|乙](a)",
    "inside of its address": "看[甲](https://a|b)",
    "inside of an image": "![甲|](a)",
    "inside of code": "输入 `a|b` 好",
    "inside of math": "取 $a|b$ 好",
    "inside of a tag": "甲<b cl|ass='a'>乙</b>",
    "inside of an address": "看 https://a.example/|x 好",
    "inside of an address for mail": "写 a@b|c.example 好",
    "inside of a bold mark": "甲*|*乙**",
}
OPEN = {
    "between two characters": "甲|乙",
    "before a link": "看|[甲](a)",
    "behind a link": "看[甲](a)|。",
    "between a word and Han": "用Word|甲",
    "inside of bold": "**甲|乙**",
    "at the end": "甲乙|",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [(text, True) for text in PROTECTED.values()] + [(text, False) for text in OPEN.values()],
    ids=[*PROTECTED, *OPEN],
)
def test_where_a_cut_may_be(text: str, expected: bool) -> None:
    tree = read_tree(layout(text.replace("|", "") + "\n", Kind.MARKDOWN))
    at = text.index("|")
    assert tree.marks_of(tree.leaf_at(at)).divides(at) is expected


BALANCED = {
    "prose": "甲乙。\n",
    "an element": "<div>\n\n甲\n\n</div>\n",
    "code": "`<div>` 和\n\n```\n<div>\n```\n",
    "void elements": "甲<br>乙<img src='a'/>\n",
    "a fence in a list": "- 甲\n\n  ```\n  乙\n  ```\n",
    "a region of comments": "<!-- start x -->\n\n甲\n\n<!-- end x -->\n",
    "switches": "<!-- markdownlint-disable -->\n甲\n<!-- markdownlint-enable -->\n",
}
UNBALANCED = {
    "an element": ("<div>\n\n甲\n", "<div>"),
    "a closer": ("甲\n\n</Tab>\n", "<tab>"),
    "a directive": ("::: tip\n甲\n", ":::"),
    "a template tag": ("{% note %}\n甲\n", "{%note"),
    "a fence": ("```\n甲\n", "fence"),
    "bold": ("甲**乙\n", "**"),
}


@pytest.mark.parametrize("text", BALANCED.values(), ids=BALANCED)
def test_balanced(text: str) -> None:
    assert balance(text, Kind.MARKDOWN) == {}


@pytest.mark.parametrize(("text", "name"), UNBALANCED.values(), ids=UNBALANCED)
def test_unbalanced(text: str, name: str) -> None:
    assert set(balance(text, Kind.MARKDOWN)) == {name}


LINES = (
    A, B, "# 题一", "## 题二", "---", "```\n码 <b>\n```", f"- {A}", f"- {B}\n  - {A}", f"> {A}", f"> [!NOTE]\n> {A}",
    '<div class="a">', "</div>", "<details><summary>甲</summary>", "</details>", "<Tab>", "</Tab>", "::: tip", ":::",
    "{% note %}", "{% endnote %}", "{{< tip >}}", "{{< /tip >}}", "<!-- start x -->", "<!-- end x -->",
    "**粗的**字和（括号）话", "如下：", "**一问？**", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |", "[链接](#题一)",
    "![图](a.png)",
    f"!!! note\n    {A}", f"<p>{A}</p>",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=9), st.data())
@budget(400)
def test_what_breaks_nothing_keeps_the_balance(lines: list[str], data: st.DataObject) -> None:
    """What was balanced is so afterwards, and every heading and container that stays holds something."""
    text = "\n\n".join(lines) + "\n"
    tree = read_tree(layout(text, Kind.MARKDOWN))
    bounds = sorted({at for leaf in tree.leaves for at in (leaf.start, leaf.end, (leaf.start + leaf.end) // 2)})
    start, end = sorted((data.draw(st.sampled_from(bounds)), data.draw(st.sampled_from(bounds))))
    if not text[start:end].strip() or breach(tree, start, end) is not None:
        return
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    before, after = (balance(one, Kind.MARKDOWN) for one in (text, text[:start] + text[end:]))
    assert {name for name in after if name not in before} == set()


def test_a_breach_has_words() -> None:
    assert Breach("label-alone", ("甲",)).values == ("甲",)
