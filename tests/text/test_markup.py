"""The kinds of blocks of Markdown and plain text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.model import Block, Kind
from dedupe_cn.text.block_kinds import KINDS, PARAGRAPH
from dedupe_cn.text.code_spans import nested_code
from dedupe_cn.text.markdown import may_hold_verbatim
from dedupe_cn.text.markup import MarkdownReader
from dedupe_cn.text.segments import blocks, protected_spans

#: Lines of every kind, and some that reach beyond a blank line.
LINES = (
    "正文一行。", "正文又一行", "床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。",
    "# 题", "===", "---", "***", "+++", "```", "```py", "~~~", "- 项", "1. 项", "  续", "    缩进", "\t制表",
    "> 引", "| 甲 | 乙 |", "|---|---|", "甲 | 乙", "$$", "$$ x $$", "<div>", "</div>", "<!-- 注", "-->", "<script>",
    "</script>", ":::", "!!! note", "[甲]: 乙", "![甲](乙)", "import x", "i 文", "\\x", "_x_", "{{ x }}", "　　段落",
    "　", "0. 文", "-",
)  # fmt: skip

Expected = list[tuple[str, str]]

#: sentence -> (text, the blocks as (kind, their text))
MARKDOWN: dict[str, tuple[str, Expected]] = {
    "an empty text": ("", []),
    "nothing but blank lines": ("\n \n\t\n　\n", []),
    "one paragraph": ("正文。\n", [("paragraph", "正文。")]),
    "a paragraph of two lines": ("上一行\n下一行\n", [("paragraph", "上一行\n下一行")]),
    "a paragraph without a final newline": ("正文", [("paragraph", "正文")]),
    "paragraphs of Windows": ("一。\r\n\r\n二。\r\n", [("paragraph", "一。"), ("paragraph", "二。")]),
    "paragraphs of old Macs": ("一。\r\r二。\r", [("paragraph", "一。"), ("paragraph", "二。")]),
    "headings of all ranks": (
        "# 一\n###### 六\n####### 七\n",
        [("heading", "# 一"), ("heading", "###### 六"), ("paragraph", "####### 七")],
    ),
    "a mark without a blank is no heading": ("#话题 今天\n", [("paragraph", "#话题 今天")]),
    "a heading behind a paragraph": (
        "正文。\n## 题\n正文。\n",
        [("paragraph", "正文。"), ("heading", "## 题"), ("paragraph", "正文。")],
    ),
    "underlined headings": ("题目\n====\n\n小题\n---\n", [("heading", "题目\n===="), ("heading", "小题\n---")]),
    "an underline behind a blank line is a rule": ("题目\n\n---\n", [("paragraph", "题目"), ("rule", "---")]),
    "rules": ("***\n\n- - -\n\n___\n", [("rule", "***"), ("rule", "- - -"), ("rule", "___")]),
    "a fence of backticks": (
        "```py\nx = 1\n\n# 非标题\n```\n正文。\n",
        [("code", "```py\nx = 1\n\n# 非标题\n```"), ("paragraph", "正文。")],
    ),
    "a fence of tildes with backticks inside": ("~~~\n```\n甲\n```\n~~~\n", [("code", "~~~\n```\n甲\n```\n~~~")]),
    "a long fence is not closed by a short one": (
        "````\n```\n甲\n````\n乙\n",
        [("code", "````\n```\n甲\n````"), ("paragraph", "乙")],
    ),
    "a fence that is not closed": ("```\n甲\n\n乙\n", [("code", "```\n甲\n\n乙")]),
    "a fence is not closed by one with a word": ("```\n甲\n```py\n乙\n```\n", [("code", "```\n甲\n```py\n乙\n```")]),
    "a fence behind a paragraph": ("正文：\n```\n甲\n```\n", [("paragraph", "正文："), ("code", "```\n甲\n```")]),
    "backticks inside a line are no fence": ("```甲``` 乙\n", [("paragraph", "```甲``` 乙")]),
    "a list": ("- 一\n- 二\n", [("list", "- 一\n- 二")]),
    "a list of numbers": ("1. 一\n2) 二\n", [("list", "1. 一\n2) 二")]),
    "a Chinese enumeration is prose": ("1、一\n", [("paragraph", "1、一")]),
    "a nested list with blank lines": (
        "- 一\n\n  续段。\n\n  - 甲\n\n    再续。\n\n- 二\n\n正文。\n",
        [("list", "- 一\n\n  续段。\n\n  - 甲\n\n    再续。\n\n- 二"), ("paragraph", "正文。")],
    ),
    "a list with code inside": (
        "1. 一\n\n   ```\n   甲\n   ```\n\n2. 二\n",
        [("list", "1. 一\n\n   ```\n   甲\n   ```\n\n2. 二")],
    ),
    "a line that lazily goes on in an item": (
        "- 一\n续行\n\n正文。\n",
        [("list", "- 一\n续行"), ("paragraph", "正文。")],
    ),
    "a heading ends a list": ("- 一\n# 题\n", [("list", "- 一"), ("heading", "# 题")]),
    "a list behind a paragraph": ("如下：\n- 一\n- 二\n", [("paragraph", "如下："), ("list", "- 一\n- 二")]),
    "a quote with a lazy line": ("> 引文\n续行\n\n正文。\n", [("quote", "> 引文\n续行"), ("paragraph", "正文。")]),
    "two quotes": ("> 甲\n\n> 乙\n", [("quote", "> 甲"), ("quote", "> 乙")]),
    "a table": (
        "| 甲 | 乙 |\n| --- | :-: |\n| 一 | 二 |\n\n正文。\n",
        [("table", "| 甲 | 乙 |\n| --- | :-: |\n| 一 | 二 |"), ("paragraph", "正文。")],
    ),
    "a table without outer bars and a head of letters": (
        "a | b\n--- | ---\n一 | 二\n",
        [("table", "a | b\n--- | ---\n一 | 二")],
    ),
    "a table without outer bars and a Chinese head": (
        "名称 | 说明\n--- | ---\n一 | 二\n",
        [("table", "名称 | 说明\n--- | ---\n一 | 二")],
    ),
    "a bar in prose is no table": ("甲 | 乙\n丙丁\n", [("paragraph", "甲 | 乙\n丙丁")]),
    "a block of HTML": (
        "<div>\n<p>甲</p>\n</div>\n\n正文。\n",
        [("html", "<div>\n<p>甲</p>\n</div>"), ("paragraph", "正文。")],
    ),
    "a comment over blank lines": (
        "<!-- 甲\n\n乙 -->\n正文。\n",
        [("html", "<!-- 甲\n\n乙 -->"), ("paragraph", "正文。")],
    ),
    "a script over blank lines": (
        "<script>\n\nx\n</script>\n正文。\n",
        [("html", "<script>\n\nx\n</script>"), ("paragraph", "正文。")],
    ),
    "a link in angles is prose": (
        "<https://example.org> 是主页。\n",
        [("paragraph", "<https://example.org> 是主页。")],
    ),
    "a smaller-than sign is prose": ("<3 表示喜欢。\n", [("paragraph", "<3 表示喜欢。")]),
    "math in dollars": ("$$\nx^2\n\ny\n$$\n正文。\n", [("math", "$$\nx^2\n\ny\n$$"), ("paragraph", "正文。")]),
    "math on one line": ("$$x^2$$\n正文。\n", [("math", "$$x^2$$"), ("paragraph", "正文。")]),
    "math in brackets": ("\\[\nx\n\\]\n正文。\n", [("math", "\\[\nx\n\\]"), ("paragraph", "正文。")]),
    "a directive in colons": (
        ":::tip\n正文。\n:::\n",
        [("directive", ":::tip"), ("paragraph", "正文。"), ("directive", ":::")],
    ),
    "an admonition with its indented body": (
        "!!! note\n    正文。\n\n其他。\n",
        [("directive", "!!! note\n    正文。"), ("paragraph", "其他。")],
    ),
    "a table of contents": ("[TOC]\n\n正文。\n", [("directive", "[TOC]"), ("paragraph", "正文。")]),
    "link definitions": (
        "[甲]: https://example.org\n[^1]: 脚注。\n",
        [("link-definition", "[甲]: https://example.org"), ("link-definition", "[^1]: 脚注。")],
    ),
    "images alone": (
        "![图](a.png)\n\n[![图](a.png)](b)\n",
        [("image", "![图](a.png)"), ("image", "[![图](a.png)](b)")],
    ),
    "an image with words is prose": ("![图](a.png) 如图。\n", [("paragraph", "![图](a.png) 如图。")]),
    "front matter": (
        "---\ntitle: 甲\n---\n正文。\n",
        [("front-matter", "---\ntitle: 甲\n---"), ("paragraph", "正文。")],
    ),
    "front matter in plus signs": ("+++\na = 1\n+++\n", [("front-matter", "+++\na = 1\n+++")]),
    "front matter only at the very beginning": (
        "正文。\n\n---\n甲\n\n---\n",
        [("paragraph", "正文。"), ("rule", "---"), ("paragraph", "甲"), ("rule", "---")],
    ),
    "indented code": (
        "正文。\n\n    代码一\n\n    代码二\n\n正文。\n",
        [("paragraph", "正文。"), ("indented-code", "    代码一\n\n    代码二"), ("paragraph", "正文。")],
    ),
    "code behind a tab": ("\t代码\n", [("indented-code", "\t代码")]),
    "a Chinese indent is prose": (
        "　　正文一。\n\n　　正文二。\n",
        [("paragraph", "　　正文一。"), ("paragraph", "　　正文二。")],
    ),
    "an indented line goes on in its paragraph": ("正文\n    续行。\n", [("paragraph", "正文\n    续行。")]),
    "three blanks are no code": ("   正文。\n", [("paragraph", "   正文。")]),
    "verse in a paragraph": (
        "床前一盏灯，\n照见旧时人，\n窗外三更雨，\n滴到五更明。\n",
        [("verse", "床前一盏灯，\n照见旧时人，\n窗外三更雨，\n滴到五更明。")],
    ),
    "emphasis at the beginning is prose": (
        "**注意**：请先断电。\n*斜体*。\n",
        [("paragraph", "**注意**：请先断电。\n*斜体*。")],
    ),
    "a year at the beginning of a line": ("他生于\n1998 年冬天。\n", [("paragraph", "他生于\n1998 年冬天。")]),
}

PROSE = "天桥上的人渐渐多了起来，卖早点的小贩推着车从坡道上来，热气在冷风里散得很快。"
TEXT: dict[str, tuple[str, Expected]] = {
    "an empty text": ("", []),
    "one paragraph a line": (
        "甲。\n乙。\n\n丙。\n",
        [("paragraph", "甲。"), ("paragraph", "乙。"), ("paragraph", "丙。")],
    ),
    "Markdown's marks mean nothing": ("# 甲\n> 乙\n", [("paragraph", "# 甲"), ("paragraph", "> 乙")]),
    "bullets": ("• 甲\n• 乙\n- 丙\n正文。\n", [("list", "• 甲\n• 乙\n- 丙"), ("paragraph", "正文。")]),
    "a dash of dialogue is prose": ("——你来了？\n", [("paragraph", "——你来了？")]),
    "rows of tabs": ("甲\t乙\t丙\n一\t二\t三\n", [("table", "甲\t乙\t丙\n一\t二\t三")]),
    "an indent of tabs is no table": ("\t\t甲乙丙。\n", [("paragraph", "\t\t甲乙丙。")]),
    "rows of bars": ("| 甲 | 乙 |\n| 一 | 二 |\n", [("table", "| 甲 | 乙 |\n| 一 | 二 |")]),
    "tags": ("<p>甲</p>\n正文。\n", [("html", "<p>甲</p>"), ("paragraph", "正文。")]),
    "verse is a block for each line": (
        "床前一盏灯，\n照见旧时人，\n窗外三更雨，\n滴到五更明。\n",
        [("verse", "床前一盏灯，"), ("verse", "照见旧时人，"), ("verse", "窗外三更雨，"), ("verse", "滴到五更明。")],
    ),
    "three lines are no verse": (
        "床前一盏灯，\n照见旧时人，\n窗外三更雨。\n",
        [("paragraph", "床前一盏灯，"), ("paragraph", "照见旧时人，"), ("paragraph", "窗外三更雨。")],
    ),
    "verse without marks and of unequal lines": (
        "我走过\n那座没有名字的桥\n桥下\n是去年的雪水\n",
        [("verse", "我走过"), ("verse", "那座没有名字的桥"), ("verse", "桥下"), ("verse", "是去年的雪水")],
    ),
    "stanzas of verse": (
        "云在山头走\n水在山下流\n人在山间住\n月在山后头\n\n正文从这里开始。\n",
        [
            ("verse", "云在山头走"),
            ("verse", "水在山下流"),
            ("verse", "人在山间住"),
            ("verse", "月在山后头"),
            ("paragraph", "正文从这里开始。"),
        ],
    ),
    "short dialogue is no verse": (
        "“走吗？”\n“不走。”\n“走吧。”\n“不走。”\n",
        [("paragraph", "“走吗？”"), ("paragraph", "“不走。”"), ("paragraph", "“走吧。”"), ("paragraph", "“不走。”")],
    ),
    "a form is no verse": (
        "姓名：甲\n性别：女\n年龄：四十\n职业：教师\n",
        [
            ("paragraph", "姓名：甲"),
            ("paragraph", "性别：女"),
            ("paragraph", "年龄：四十"),
            ("paragraph", "职业：教师"),
        ],
    ),
    "lines with a sentence mark inside are prose": (
        "天亮了。他起身\n推开门。雪停了\n远处有钟声。他\n站了很久。没有动\n",
        [
            ("paragraph", "天亮了。他起身"),
            ("paragraph", "推开门。雪停了"),
            ("paragraph", "远处有钟声。他"),
            ("paragraph", "站了很久。没有动"),
        ],
    ),
    "short paragraphs set apart are prose": (
        "他来了。\n\n她走了。\n\n灯灭了。\n\n门开了。\n",
        [("paragraph", "他来了。"), ("paragraph", "她走了。"), ("paragraph", "灯灭了。"), ("paragraph", "门开了。")],
    ),
    "prose wrapped at a fixed width is one paragraph": (
        "\n".join((PROSE[:16], PROSE[16:32], PROSE[32:])) + "\n",
        [("paragraph", "\n".join((PROSE[:16], PROSE[16:32], PROSE[32:])))],
    ),
    "Windows line ends": ("甲。\r\n乙。\r\n", [("paragraph", "甲。"), ("paragraph", "乙。")]),
}


def rows(table: dict[str, tuple[str, Expected]]) -> list[Any]:
    return [pytest.param(*row, id=sentence) for sentence, row in table.items()]


def found(text: str, kind: Kind) -> Expected:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text, kind)]


@pytest.mark.parametrize(("text", "expected"), rows(MARKDOWN))
def test_markdown(text: str, expected: Expected) -> None:
    assert found(text, Kind.MARKDOWN) == expected


@pytest.mark.parametrize(("text", "expected"), rows(TEXT))
def test_plain_text(text: str, expected: Expected) -> None:
    assert found(text, Kind.TEXT) == expected


MATH_LIKE = {"a line that begins with math": "$$x^2$$ 是平方。", "an escaped bracket": "\\[1\\] 见上文。"}


@pytest.mark.parametrize("line", MATH_LIKE.values(), ids=MATH_LIKE)
def test_math_that_ends_in_its_line_leaves_the_next_paragraph_alone(line: str) -> None:
    first, second = found(f"{line}\n\n正文。\n", Kind.MARKDOWN)
    assert first[1] == line
    assert second == ("paragraph", "正文。")


RANKS = {"# 一\n": 1, "### 三\n": 3, "题\n===\n": 1, "题\n---\n": 2, "正文。\n": 0}


@pytest.mark.parametrize(("text", "rank"), RANKS.items(), ids=["one", "three", "double line", "single line", "none"])
def test_rank_of_a_heading(text: str, rank: int) -> None:
    (block,) = blocks(text, Kind.MARKDOWN)
    assert block.level == rank


def test_blocks_cover_every_visible_line_once() -> None:
    for kind in Kind:
        for text, _ in (MARKDOWN | TEXT).values():
            end = 0
            for block in blocks(text, kind):
                assert not text[end : block.start].strip()
                assert block.start < block.end
                assert text[block.start : block.end].strip()
                end = block.end
            assert not text[end:].strip()


def test_protected_spans_are_all_blocks_but_prose() -> None:
    for text, _ in MARKDOWN.values():
        verbatim, protected = protected_spans(text, Kind.MARKDOWN)
        wanted = [b for b in blocks(text, Kind.MARKDOWN) if b.kind != PARAGRAPH]
        assert [(s.start, s.end) for s in protected] == [(b.start, b.end) for b in wanted]
        assert set(verbatim) <= set(protected)


#: Texts that make a careless reader go back and forth; most have 10^5 units, more than anything quadratic gets through.
HOSTILE = {
    "open brackets": "[" * 100_000,
    "open brackets with marks of images": "![" * 100_000 + "\n",
    "closed brackets behind open ones": "[" * 50_000 + "]" * 50_000 + "\n",
    "nested quotes": ">" * 100_000 + " 甲\n",
    "lines of quotes": "> 甲\n" * 100_000,
    "fences": "```\n" * 100_000,
    "fences that are longer each time": "".join("`" * n + "\n" for n in range(3, 800)),
    "fences of both sorts in turn": "```\n~~~\n" * 50_000,
    "open comments": "<!--\n" * 100_000,
    "open dollars": "$$ 甲\n\n" * 50_000,
    "open tags": "<div>\n\n" * 50_000,
    "images without an end": "![](" * 50_000 + "\n",
    "images on one line": "![a](b)" * 30_000 + " 甲\n",
    "bars and dashes": "|-" * 100_000 + "\n" + "|-" * 100_000 + "x\n",
    "rules that are none": "-" * 100_000 + "x\n",
    "blanks": " " * 100_000 + "\n" + "\n" * 100_000,
    "one short line over and over": "甲乙丙丁，\n" * 100_000,
    "one letter over and over": "啊" * 200_000,
    "items": "- 甲\n" * 100_000,
    "items in items": "".join(" " * n + "- 甲\n" for n in range(400)),
    "underlines": "===\n" * 100_000,
    "closing marks": "甲。" + "”" * 15 + "\n" + "。" * 19 + "\n" + "甲，\n" * 1000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_read_in_one_pass(text: str) -> None:
    """There is no clock here: a reader that is not linear would not come back within the patience of a test run."""
    for kind in Kind:
        result = blocks(text, kind)
        assert all(isinstance(block, Block) for block in result)
        assert all(a.end <= b.start for a, b in pairwise(result))


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n", "\n\n"])), max_size=14))
@budget(300)
def test_paragraphs_taken_at_once_are_those_that_the_reader_takes(lines: list[tuple[str, str]]) -> None:
    """Groups of plain lines are not read line by line: that must not show."""
    text = "".join(line + ending for line, ending in lines).rstrip() + "\n"
    reader = MarkdownReader(text)
    reader.front_matter()
    reader.read(len(text))
    wanted = zip((KINDS[number] for number in reader.kinds), reader.starts, reader.ends, reader.levels, strict=True)
    assert [(b.kind, b.start, b.end, b.level) for b in blocks(text, Kind.MARKDOWN)] == list(wanted)


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n\n", "\r\n"])), max_size=6))
@budget(300)
def test_a_text_that_may_not_hold_verbatim_blocks_holds_none(lines: list[tuple[str, str]]) -> None:
    text = "".join(line + ending for line, ending in lines)
    if not may_hold_verbatim(text):
        assert protected_spans(text, Kind.MARKDOWN)[0] == ()


@given(st.lists(st.tuples(st.sampled_from((*LINES, "- ```", "> ~~~")), st.sampled_from(["\n", "\n\n"])), max_size=8))
@budget(300)
def test_verbatim_blocks_are_known_by_their_first_line(lines: list[tuple[str, str]]) -> None:
    """So edits above it are not concerned: a look at the text up to the end of their line tells."""
    text = "".join(line + ending for line, ending in lines)
    verbatim, protected = protected_spans(text, Kind.MARKDOWN)
    for span in [*verbatim, *nested_code(text, protected)]:
        line_end = text.find("\n", span.start)
        assert may_hold_verbatim(text, line_end if line_end >= 0 else None)
