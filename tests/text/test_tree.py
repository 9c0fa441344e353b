"""The tree of blocks: leaves, labels, sections, containers, places and words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.model import Kind
from dedupe_cn.text.segments import layout
from dedupe_cn.text.tree import Tree, read_tree

A = "夜里下了一场雨，河水涨到石阶第三级，渡船都系在柳树底下。"
B = "早饭过后，抬石头的人扛着杠子上山，铁匠把钻头磨得雪亮。"


def markdown(text: str) -> Tree:
    return read_tree(layout(text, Kind.MARKDOWN))


def plain(text: str) -> Tree:
    return read_tree(layout(text, Kind.TEXT))


def leaves(tree: Tree) -> list[tuple[str, str]]:
    return [(leaf.kind, tree.text[leaf.start : leaf.end]) for leaf in tree.leaves]


#: sentence -> text, its leaves as (kind, text)
MARKDOWN: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "nothing": ("\n \n", []),
    "paragraphs": ("甲。\n乙。\n\n丙。\n", [("paragraph", "甲。\n乙。"), ("paragraph", "丙。")]),
    "line ends of Windows": ("- 甲\r\n- 乙\r\n", [("item", "- 甲"), ("item", "- 乙")]),
    "an item with lines that go on": ("- 甲\n  乙\n- 丙\n丁\n", [("item", "- 甲\n  乙"), ("item", "- 丙\n丁")]),
    "a nested item": ("- 甲\n  - 乙\n  - 丙\n", [("item", "- 甲"), ("item", "  - 乙"), ("item", "  - 丙")]),
    "an item that is nested too little": ("1. 甲\n  - 乙\n", [("item", "1. 甲"), ("item", "  - 乙")]),
    "a second paragraph in an item": ("- 甲\n\n  乙\n", [("item", "- 甲"), ("paragraph", "  乙")]),
    "code in an item": ("- 甲\n\n  ```\n  - 乙\n  ```\n", [("item", "- 甲"), ("code", "  ```\n  - 乙\n  ```")]),
    "code behind a marker": ("- ```\n  乙\n  ```\n- 丙\n", [("code", "- ```\n  乙\n  ```"), ("item", "- 丙")]),
    "an item without a text": ("-\n\n  甲\n", [("item", "-"), ("paragraph", "  甲")]),
    "a table": ("| 甲 |\n|---|\n| 乙 |\n", [("row", "| 甲 |"), ("row", "|---|"), ("row", "| 乙 |")]),
    "a table in an item": ("- 甲\n\n  | 乙 |\n  |---|\n", [("item", "- 甲"), ("row", "  | 乙 |"), ("row", "  |---|")]),
    "a quote of two paragraphs": ("> 甲\n>\n> 乙\n", [("quote", "> 甲"), ("quote", "> 乙")]),
    "a list in a quote": ("> 甲\n>\n> - 乙\n", [("quote", "> 甲"), ("item", "> - 乙")]),
    "an alert": ("> [!NOTE]\n> 甲\n", [("tag", "> [!NOTE]"), ("quote", "> 甲")]),
    "an element": ("<div>\n\n甲\n\n</div>\n", [("tag", "<div>"), ("paragraph", "甲"), ("tag", "</div>")]),
    "an element without blank lines": (
        "<details><summary>甲</summary>\n乙。\n</details>\n",
        [("tag", "<details><summary>甲</summary>"), ("paragraph", "乙。"), ("tag", "</details>")],
    ),
    "a table of HTML": (
        "<div>\n<table>\n<tr><td>甲</td></tr>\n</table>\n</div>\n",
        [("tag", "<div>"), ("html", "<table>\n<tr><td>甲</td></tr>\n</table>"), ("tag", "</div>")],
    ),
    "a tag over lines": (
        "<div\n  class='a'\n>\n甲\n</div>\n",
        [("tag", "<div\n  class='a'\n>"), ("paragraph", "甲"), ("tag", "</div>")],
    ),
    "a break is no tag that opens": ("<br>\n\n甲\n", [("html", "<br>"), ("paragraph", "甲")]),
    "a tag without a partner": ("<Tab>\n\n甲\n", [("html", "<Tab>"), ("paragraph", "甲")]),
    "a heading of HTML": ('<h2 id="a">甲</h2>\n', [("heading", '<h2 id="a">甲</h2>')]),
    "a fence in HTML": (
        "<div>\n```\n<b>\n```\n</div>\n",
        [("tag", "<div>"), ("code", "```\n<b>\n```"), ("tag", "</div>")],
    ),
    "tags of a template below a line": (
        f"{A}\n{{% note %}}\n{B}\n{{% endnote %}}\n",
        [("paragraph", A), ("tag", "{% note %}"), ("paragraph", B), ("tag", "{% endnote %}")],
    ),
    "a single tag of a template": ("{% include a.md %}\n", [("directive", "{% include a.md %}")]),
    "verbatim code of a template": (
        "甲\n\n{% raw %}\n# 乙\n\n- 丙\n{% endraw %}\n\n丁\n",
        [("paragraph", "甲"), ("code", "{% raw %}\n# 乙\n\n- 丙\n{% endraw %}"), ("paragraph", "丁")],
    ),
    "a directive": ("::: tip\n甲\n:::\n", [("tag", "::: tip"), ("paragraph", "甲"), ("tag", ":::")]),
    "an admonition": (
        "!!! note\n    甲\n\n    - 乙\n\n丙\n",
        [("tag", "!!! note"), ("paragraph", "    甲"), ("item", "    - 乙"), ("paragraph", "丙")],
    ),
    "a bold line that names the next": ("**甲**\n乙。\n", [("paragraph", "**甲**"), ("paragraph", "乙。")]),
    "a line with a colon in the middle": (
        f"{A}\n如下：\n{B}\n",
        [("paragraph", A), ("paragraph", "如下："), ("paragraph", B)],
    ),
    "an underlined heading": ("甲\n===\n\n乙\n", [("heading", "甲\n==="), ("paragraph", "乙")]),
    "front matter, math, a rule, an image": (
        "---\na: 1\n---\n\n$$\nx\n$$\n\n***\n\n![](a.png)\n",
        [("front-matter", "---\na: 1\n---"), ("math", "$$\nx\n$$"), ("rule", "***"), ("image", "![](a.png)")],
    ),
}  # fmt: skip
TEXT: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a paragraph a line": ("甲。\n乙。\n", [("paragraph", "甲。"), ("paragraph", "乙。")]),
    "bullets": ("● 甲\n● 乙\n", [("item", "● 甲"), ("item", "● 乙")]),
    "fields between commas": ("甲,乙,丙\n丁,戊,己\n", [("record", "甲,乙,丙"), ("record", "丁,戊,己")]),
    "two fields in three lines": (
        "甲\t乙\n丙\t丁\n戊\t己\n",
        [("record", "甲\t乙"), ("record", "丙\t丁"), ("record", "戊\t己")],
    ),
    "two fields in two lines": ("甲\t乙\n丙\t丁\n", [("paragraph", "甲\t乙"), ("paragraph", "丙\t丁")]),
    "bars": ("甲|乙|丙\n丁|戊|己\n", [("record", "甲|乙|丙"), ("record", "丁|戊|己")]),
    "JSON": ('{"甲": "乙"}\n', [("record", '{"甲": "乙"}')]),
    "SQL": ("INSERT INTO 甲 VALUES ('乙');\n", [("record", "INSERT INTO 甲 VALUES ('乙');")]),
    "commas of prose": (
        "One, two, three.\nFour, five, six.\n",
        [("paragraph", "One, two, three."), ("paragraph", "Four, five, six.")],
    ),
    "one comma in three sentences": (
        "甲,乙。\n丙,丁。\n戊,己。\n",
        [("paragraph", "甲,乙。"), ("paragraph", "丙,丁。"), ("paragraph", "戊,己。")],
    ),
    "signs of Markdown": ("# 甲\n> 乙\n", [("paragraph", "# 甲"), ("paragraph", "> 乙")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKDOWN.values(), ids=MARKDOWN)
def test_leaves_of_markdown(text: str, expected: list[tuple[str, str]]) -> None:
    assert leaves(markdown(text)) == expected


@pytest.mark.parametrize(("text", "expected"), TEXT.values(), ids=TEXT)
def test_leaves_of_plain_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert leaves(plain(text)) == expected


def test_levels() -> None:
    tree = markdown("## 甲\n\n- 乙\n  - 丙\n\n丁\n")
    assert [leaf.level for leaf in tree.leaves] == [2, 1, 2, 0]


#: sentence -> text whose first line names what follows
LABELS = {
    "a colon": f"带上这些：\n\n{A}\n",
    "an ASCII colon": f"带上这些:\n\n{A}\n",
    "a question": f"迟到了怎么办？\n\n{A}\n",
    "bold": f"**迟到**\n\n{A}\n",
    "a name": f"临河\n\n{A}\n",
    "a date": f"2024年3月4日\n\n{A}\n",
    "a date in words": f"三月四日 星期一\n\n{A}\n",
    "a span of years": f"2016年至2019年 陶瓷厂\n\n{A}\n",
    "a speaker with a time": f"小陈 09:12\n\n{A}\n",
    "a word in brackets": f"【踌躇】\n\n{A}\n",
    "a version": f"v2.1.3（2024-04-02）\n\n{A}\n",
    "a chapter": f"第十七章 渡口\n\n{A}\n",
    "a number": f"三、渡口\n\n{A}\n",
    "a number in brackets": f"（二）渡口\n\n{A}\n",
    "a numbered question": f"1、迟到了怎么办？\n\n{A}\n",
    "a question by its sign": f"问：迟到了怎么办？\n\n{A}\n",
}
NO_LABELS = {
    "a sentence": f"雨停了。\n\n{A}\n",
    "a long line": f"{A[:-1]}\n\n{A}\n",
    "half a sentence": f"雨停了，\n\n{A}\n",
    "a name at the end": "临河\n",
    "a name above another": "临河\n\n山口\n",
    "a name above a heading": "临河\n\n# 山口\n",
    "a question that somebody asks": f"“去哪儿？”\n\n{A}\n",
    "a heading of Markdown": f"# 临河\n\n{A}\n",
    "a numbered sentence": f"三、雨停了。\n\n{A}\n",
    "a number above the same": "一、渡口\n\n二、山口\n",
}


@pytest.mark.parametrize("text", LABELS.values(), ids=LABELS)
def test_labels(text: str) -> None:
    for tree in (markdown(text), plain(text)):
        assert [leaf.label for leaf in tree.leaves] == [True, False]


@pytest.mark.parametrize("text", NO_LABELS.values(), ids=NO_LABELS)
def test_no_labels(text: str) -> None:
    assert not markdown(text).leaves[0].label


#: sentence -> (text, where its last paragraph stands)
PLACES = {
    "headings": (f"# 甲\n\n## 1. 乙\n\n{A}\n", ("甲", "乙")),
    "a heading that has ended": (f"# 甲\n\n## 乙\n\n{B}\n\n# 丙\n\n{A}\n", ("丙",)),
    "a label below a heading": (f"# 甲\n\n注意：\n\n{A}\n", ("甲", "注意：")),
    "a label that a heading ends": (f"注意：\n\n{B}\n\n# 甲\n\n{A}\n", ("甲",)),
    "a label that a label ends": (f"注意：\n\n{B}\n\n**提示**\n\n{A}\n", ("提示",)),
    "a label in an element that has ended": (f"<div>\n\n注意：\n\n{B}\n\n</div>\n\n{A}\n", ()),
    "an element": (f'<div class="a">\n\n{A}\n\n</div>\n', ('<div class="a">',)),
    "an element with a summary": (f"<details>\n<summary>甲</summary>\n\n{A}\n\n</details>\n", ("<details> 甲",)),
    "a component in a component": (f"<Tabs>\n<Tab a='1'>\n\n{A}\n\n</Tab>\n</Tabs>\n", ("<Tabs>", "<Tab a='1'>")),
    "a component with braces": (f"<Tab a={{[{{b: 1}}]}}>\n\n{A}\n\n</Tab>\n", ("<Tab a={[{b: 1}]}>",)),
    "a directive": (f"::: tip 甲\n{A}\n:::\n", ("::: tip 甲",)),
    "directives in each other": (f":::: a\n::: b\n{B}\n:::\n{A}\n::::\n", ("::: a",)),
    "a tag of a template": (f"{{% note info %}}\n{A}\n{{% endnote %}}\n", ("{% note info %}",)),
    "a short code": (f"{{{{% tip %}}}}\n{A}\n{{{{% /tip %}}}}\n", ("{{% tip %}}",)),
    "a tab of a book": (f":begin_tab:`甲`\n{A}\n:end_tab:\n", (":begin_tab:`甲`",)),
    "a region of comments": (f"<!-- tab 甲 -->\n{A}\n<!-- endtab -->\n", ("tab 甲",)),
    "a region with its sign behind": (f"<!-- tabs:start -->\n\n{A}\n\n<!-- tabs:end -->\n", ("tabs:start",)),
    "an indented tab": (f'=== "甲"\n\n    {A}\n', ('=== "甲"',)),
    "an alert": (f"> [!NOTE]\n> {A}\n", ("[!NOTE]",)),
    "a quote": (f"> {A}\n", ("quote",)),
    "an item": (f"- {A}\n", ("item",)),
    "an item in an item": (f"- 甲\n  - {A}\n", ("甲", "item")),
    "an opener that is not closed": (f"<div>\n\n{{% note %}}\n\n::: tip\n\n{A}\n", ()),
    "an opener in code": (f"`<div>` 和别的。\n\n```\n<div>\n```\n\n{A}\n\n</div>\n", ()),
    "a paragraph of a clause": (f"第一条 {B}\n\n{A}\n", ("第一条",)),
}
TEXT_PLACES = {
    "a chapter": (f"第一章 甲\n\n{A}\n", ("甲",)),
    "a number in a chapter": (f"第一章 甲\n一、乙\n（一）丙\n1、丁\n{A}\n", ("甲", "乙", "丙", "丁")),
    "a number that has ended": (f"一、乙\n（一）丙\n{B}\n二、丁\n{A}\n", ("丁",)),
    "a place": (f"临河\n{B}\n山口\n{A}\n", ("山口",)),
    "a question": (f"问：甲？\n{B}\n问：乙？\n{A}\n", ("问：乙？",)),
    "a second paragraph of a clause": (f"第一条 {B}\n第二条 {B}\n{A}\n", ("第二条",)),
    "a point of a clause": (f"第二条 {B}\n（一）{B}\n{A}\n", ("第二条", "（一）")),
    "a date and a time": (f"三月四日\n上午：\n{A}\n", ("三月四日", "上午：")),
}


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_places(text: str, expected: tuple[str, ...]) -> None:
    assert markdown(text).place(text.index(A)) == expected


@pytest.mark.parametrize(("text", "expected"), TEXT_PLACES.values(), ids=TEXT_PLACES)
def test_places_in_plain_text(text: str, expected: tuple[str, ...]) -> None:
    assert plain(text).place(text.index(A)) == expected


TITLES = {
    "# 甲": "甲",
    "## 3. **轮值**的次序 ##": "轮值的次序",
    "## 第三章 总 则": "总 则",
    "## （二）工具": "工具",
    "## 一、[准备](a.md)": "准备",
    "## 2.1 安装 {#install}": "安装",
    "## 1.2.0（2024）": "1.2.0（2024）",
    "## 第三章": "第三章",
    "## 2024 年总结": "2024 年总结",
    "## 3 个办法": "3 个办法",
    "## `open()` 的参数": "open() 的参数",
    "> ## 2. 引": "引",
}


@pytest.mark.parametrize(("heading", "title"), TITLES.items())
def test_titles(heading: str, title: str) -> None:
    (section,) = markdown(heading + "\n\n乙\n").sections
    assert section.title == title


def test_sections() -> None:
    text = "# 甲\n\n乙\n\n## 丙\n\n丁\n\n# 戊\n"
    tree = markdown(text)
    assert [(text[s.start : s.end], text[s.body : s.end], s.level, s.parent) for s in tree.sections] == [
        ("# 甲\n\n乙\n\n## 丙\n\n丁", "乙\n\n## 丙\n\n丁", 1, -1),
        ("## 丙\n\n丁", "丁", 2, 0),
        ("# 戊", "", 1, -1),
    ]
    assert [tree.section_of(text.index(word)) for word in "甲乙丙丁戊"] == [0, 0, 1, 1, 2]
    assert tree.section_of(len(text)) == -1


def test_a_section_ends_with_its_container() -> None:
    text = f"<details>\n\n## 甲\n\n{A}\n\n</details>\n\n{B}\n"
    tree = markdown(text)
    assert tree.section_of(text.index(B)) == -1
    assert markdown(f"<div>\n\n# 甲\n\n</div>\n\n{A}\n").sections[0].end > len(A)


def test_containers() -> None:
    text = "<div>\n\n- 甲\n\n  乙\n\n</div>\n"
    tree = markdown(text)
    found = [(c.kind, text[c.start : c.inner], text[c.inner_end : c.end], c.parent) for c in tree.containers]
    assert found == [("html", "<div>", "</div>", -1), ("item", "- ", "", 0)]


def test_leaf_at() -> None:
    tree = markdown("\n甲\n\n乙\n")
    assert [tree.leaf_at(at) for at in range(6)] == [-1, 0, 0, 0, 1, 1]


#: text -> its words
WORDS = {
    "甲乙丙": 3,
    "かな カナ": 4,
    "two words，三": 3,
    "don't e-mail": 2,
    "2024 年 3 月": 2,
    "iOS17 的 v2": 3,
    "见[说明书](https://a.example/b/c)第二页": 7,
    "见 https://a.example/b?c=d 和 mail@a.example": 2,
    "![图甲](pictures/one.png)": 0,
    "输入 `make install` 再看": 4,
    "取 $a+b$ 的值": 3,
    "<b>粗</b>体": 2,
    "**粗**体": 2,
    "见 {{ page.title }}": 1,
    "```\n代码\n```": 0,
    "$$\nx\n$$": 0,
    "<!-- 注 -->": 0,
    "| 甲 | 乙 |\n|---|---|": 2,
    "[![徽章](a.svg)](b)": 0,
    "[甲]: https://a.example": 0,
    "[^1]: 脚注": 2,
}


@pytest.mark.parametrize(("text", "count"), WORDS.items())
def test_words(text: str, count: int) -> None:
    assert markdown(text + "\n").words(0, len(text)) == count


def test_words_of_prose() -> None:
    text = "甲乙\n\n| 丙 |\n|---|\n\n- 丁\n"
    tree = markdown(text)
    assert tree.words(0, len(text)) == 4
    assert tree.prose_words(0, len(text)) == 3
    assert tree.words(1, text.index("丁")) == 2


LINES = (
    "正文一行。", "正文又一行", "# 题", "===", "---", "```", "~~~", "- 项", "1. 项", "  续", "    缩进", "> 引",
    "> - 引", "| 甲 | 乙 |", "|---|---|", "$$", "<div>", "</div>", "<!-- 注", "-->", "<b>甲</b>", "<table>",
    "{% raw %}", ":::", "::: tip", "!!! note", "[甲]: 乙", "![甲](乙)", "{% note %}", "{% endnote %}",
    "一、甲", "如下：", "**甲**", "-", "> [!NOTE]", "- ```", "甲,乙,丙",
)  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n\n", "\r\n"])), max_size=9),
    st.sampled_from(Kind),
)
@budget(400)
def test_every_visible_line_is_in_one_leaf(lines: list[tuple[str, str]], kind: Kind) -> None:
    text = "".join(line + ending for line, ending in lines)
    tree = read_tree(layout(text, kind))
    end = 0
    for leaf in tree.leaves:
        assert not text[end : leaf.start].strip()
        assert text[leaf.start : leaf.end].strip()
        assert leaf.start == 0 or text[leaf.start - 1] in "\r\n"
        assert text[leaf.end - 1] not in "\r\n"
        end = leaf.end
    assert not text[end:].strip()
    for section in tree.sections:
        assert section.start < section.end <= len(text)
        assert section.parent < 0 or tree.sections[section.parent].end >= section.end
    for container in tree.containers:
        assert container.start <= container.inner <= container.inner_end <= container.end <= len(text)
        assert container.parent < 0 or tree.containers[container.parent].end >= container.end
    assert all(one.start <= other.start for one, other in pairwise(tree.containers))
    for at in range(len(text)):
        assert all(isinstance(name, str) for name in tree.place(at))


HOSTILE = {
    "items in items": "".join(" " * n + "- 甲\n" for n in range(600)),
    "items that are all alike": "- 甲\n" * 30_000,
    "nested quotes": ">" * 100_000 + " 甲\n",
    "open elements": "<div>\n\n" * 20_000,
    "elements in elements": "<div>\n\n" * 10_000 + "</div>\n\n" * 10_000,
    "half tags": '<a "' * 50_000 + "\n",
    "half tags with braces": "<a {" * 50_000 + "\n",
    "open brackets": "[" * 100_000 + "\n",
    "open links": "](" * 100_000 + "\n",
    "open comments in a line": "<!-- " * 50_000 + "\n",
    "open tags of templates": "{% x " * 50_000 + "\n",
    "openers of regions": "{% raw %}\n" * 20_000,
    "marks of emphasis": "**甲 " * 50_000 + "\n",
    "digits": "1" * 200_000 + "\n",
    "addresses": "https://a(" * 30_000 + "\n",
    "labels": "甲：\n乙丙丁。\n" * 20_000,
    "headings of one name": "# 甲\n" * 20_000,
    "fences in items": "- ```\n" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_read_in_one_pass(text: str) -> None:
    """There is no clock here: a reader that is not linear would not come back within the patience of a test run."""
    for kind in Kind:
        tree = read_tree(layout(text, kind))
        assert tree.words(0, len(text)) >= 0
        assert len(tree.holders) == len(tree.leaves)
        assert isinstance(tree.place(len(text) // 2), tuple)
