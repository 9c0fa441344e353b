"""Blocks of Markdown found by the leads of their lines, beside those of the reader."""

from __future__ import annotations

import sys

import pytest
from budget import budget
from documents import texts
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.text.block_kinds import KINDS, Blocks
from dedupe_cn.text.characters import SPACES
from dedupe_cn.text.exact import read_exact
from dedupe_cn.text.line_kinds import SIGNS
from dedupe_cn.text.markdown import markdown_blocks
from dedupe_cn.text.markup import MarkdownReader

Found = list[tuple[int, int, str, int]]

#: Lines that begin blocks of every kind or seem to, such that close them, and such that continue them.
LINES = [
    *("", "", "", " ", "\u3000", "\t", "\u200b", "正文一行。", "又一行", "\u200b字", "  缩进两格", " 缩进一格"),
    *("# 一", "###### 六", "####### 七", "#", "##\u3000宽", "#\u200b"),
    *("#题", "#\t表", "  ## 缩进", "# 题 #", "===", "---"),
    *("- 项", "* 项", "+ 项", "- ", "-", "- - -", "- -"),
    *("* **粗**", "* * 星", "-\t表", "-\u3000宽", "  - 下", "\t- 下", " - 下"),
    *("1. 项", "12) 项", "123. 项", "1.", "1.5 倍", "2024 年"),
    *("1２. 项", "１. 项", "1. 2. 3.", "1、项", "  续", "\t续", " \t续"),
    *("> 引", ">引", "  > 引", ">", "| 甲 |", "|", "|---|"),
    *("甲 | 乙", "--- | ---", "***", "___", "_ _ _", "__粗__", "**粗**"),
    *("```", "```py", "``码``", "`码`", "~~~", "~~删~~", "````"),
    *("$$", "$$ x $$", "$x$", "\\[", "\\]", "\\[ x \\]", "\\x"),
    *("<div>", "</div>", "<!-- 注 -->", "<!-- 注", "-->"),
    *("<script>", "</script>", "<pre>x</pre>", "<3", "<http://a.cn>"),
    *("![图](a)", "![图](a) 字", "[![图](a)](b)", "[甲]: 乙", "[甲](乙)"),
    *("[toc]", "[[toc]]", "[!注]", "@[视频](a)", "@某人"),
    *("::: 提示", ":::", ":-)", ":-", "!!! 注意", "!！", "??? 问"),
    *("?", "=== 页", "{{ x }}", "{% x %}", "{x}", "+++", "++"),
    *("import x", "import", "important", "export y", "Export", "ie", "title: 题", "...", "    缩进四格", "     - 深"),
]
DOCUMENTS = st.lists(st.sampled_from(LINES), max_size=24).map("\n".join)

#: Lines of verse, and such that are none or only may be: dialogue, forms, dates, columns, wrapped prose, long lines.
SHORT_LINES = [
    *("床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。", "云在山头走"),
    *("水在山下流", "我走过", "桥下", "桥", "桥"),
    *("天亮了。他起身", "天亮了。”他起身", "“走吗？”", "他说“走”了"),
    *("（唱）好风光", "好风光（唱）", "（『春』）来也", "好。）（来"),
    *("姓名：甲", "二〇二四年五月", "三月五日", "那一日"),
    *("甲  乙", "甲 乙", "\u3000\u3000缩进，", "行尾两格，  ", "零宽\u200b字，"),
    *("他把账本合上，望着窗外的雨很久", "没有说话的人都在等着他先开口说", "那是一年里最冷的一天，河水结冰了"),
    *("他把账本合上，望着窗外的雨，很久没有说话，也没有人去问。"),
    *("一句很长很长的话没有标点也不肯停下来直到这里", "𠀀𠀁𠀂𠀃，"),
    *("啊，", "啊，", "啊，", "啊，", "啊", "啊。", "是！", "是…", "是）", "是'", "是\ue000，"),
]
POEMS = st.lists(st.sampled_from(SHORT_LINES), min_size=3, max_size=9)
#: Documents of all of these.
HOSTILE = DOCUMENTS | POEMS.map("\n".join) | texts()


def listed(found: Blocks) -> Found:
    return [(start, end, KINDS[kind], level) for start, end, kind, level in zip(*found, strict=True)]


def at_once(text: str) -> Found:
    return listed(markdown_blocks(text, read_exact(text)))


def by_the_reader(text: str) -> Found:
    """Read a text with LF line ends block by block."""
    reader = MarkdownReader(text)
    reader.front_matter()
    reader.read(len(text.rstrip()))
    return listed(reader.blocks())


@given(DOCUMENTS)
@budget(800)
def test_what_is_decided_at_once_is_what_the_reader_finds(text: str) -> None:
    assert at_once(text) == by_the_reader(text)


@given(st.lists(POEMS, min_size=1, max_size=3))
@budget(500)
def test_so_is_verse(poems: list[list[str]]) -> None:
    text = "\n\n".join(map("\n".join, poems))
    assert at_once(text) == by_the_reader(text)


@pytest.mark.parametrize("first", sorted(SIGNS))
def test_a_second_character_that_makes_text_makes_it_with_whatever_follows(first: str) -> None:
    """The reader finds a paragraph, alone and below another line."""
    for second in [*map(chr, range(32, 127)), *"\t\x0b\x1c\x85\xa0\u3000１字\u200b"]:
        for rest in ("", " 字", "字", ")", ". 字", first, first + " 字", "port x", "toc]]", "]: 乙", "- -", "---"):
            for above in ("", "上一行\n"):
                text = f"{above}{first}{second}{rest}"
                assert at_once(text) == by_the_reader(text), text


def test_white_space_is_what_patterns_take_for_it() -> None:
    assert set(SPACES) | {"\r", "\n"} == {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}


def test_a_paragraph_below_front_matter_that_ends_inside_of_a_group_is_kept() -> None:
    assert [row[2] for row in at_once("---\n甲\n\n乙\n...\n正文。\n")] == ["front-matter", "paragraph"]


def test_front_matter_may_begin_with_a_blank_line() -> None:
    for sign in ("---", "+++"):
        assert [row[2] for row in at_once(f"{sign}\n\n甲\n{sign}\n\n正文。")] == ["front-matter", "paragraph"]


@given(HOSTILE, st.sets(st.integers(0, 200), max_size=8))
@budget(500)
def test_what_is_unseen_in_the_exact_form_changes_no_block(text: str, edges: set[int]) -> None:
    """As marks are, which are no part of it."""
    places = sorted(edge for edge in edges if edge <= len(text))
    form = read_exact(text, list(zip(places[::2], places[1::2], strict=False)))
    assert listed(markdown_blocks(text, form)) == at_once(text)
