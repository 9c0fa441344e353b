"""A chapter title that stands twice in a row goes once; the same chapter under two numbers is told."""

from __future__ import annotations

import pytest

from dedupe_cn import clean
from dedupe_cn.model import Kind, Level

BODY = "他把账本合上，望着窗外的雨，很久没有说话，也没有起身去点灯。"
MORE = "第二天天还没有亮，他就沿着河岸往北走，一路上没有遇见一个人。"


def text(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["第十二章 雨夜", "第十二章 雨夜"], ["第十二章 雨夜"]),
        (["第十二章 雨夜", "雨夜"], ["第十二章 雨夜"]),
        (["第十二章", "第十二章 雨夜"], ["第十二章 雨夜"]),
        (["第12回：风雪山神庙", "风雪山神庙"], ["第12回：风雪山神庙"]),
        (["第十二章　谁在敲门？", "第十二章　谁在敲门？"], ["第十二章　谁在敲门？"]),
        (["第十二章 雨夜", "", "第十二章 雨夜", ""], ["第十二章 雨夜", ""]),
        (["第十二章 雨夜", "", "", "雨夜", ""], ["第十二章 雨夜", ""]),
        (["　　第十二章 雨夜", "雨夜"], ["　　第十二章 雨夜"]),
    ],
)
def test_a_title_twice_in_a_row(before: list[str], after: list[str]) -> None:
    whole = text("第十一章 桥", MORE, *before, BODY)
    wanted = text("第十一章 桥", MORE, *after, BODY)
    done = clean(whole)
    assert done.text == wanted
    assert [(removal.rule, removal.why.code) for removal in done.applied] == [("tandem", "title-twice")]
    assert clean(whole, Level.SAFE, disable=["tidy"]).text == whole
    assert clean(wanted).text == wanted


def test_under_a_heading_of_markdown() -> None:
    before = f"# 第十二章 雨夜\n\n第十二章 雨夜\n\n{BODY}\n\n## 第十三章 山\n\n山路\n\n{MORE}\n"
    assert clean(before, kind=Kind.MARKDOWN).text == before.replace("\n\n第十二章 雨夜\n\n", "\n\n", 1)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["第十二章 雨夜", "雨夜，他又来了。", BODY], id="a text that begins with the title"),
        pytest.param(["雨夜", "第一章 雨夜", BODY], id="the name of the book"),
        pytest.param(["第十二章 山", "山", BODY], id="a single character"),
        pytest.param(["第十二章 雨夜", "第十三章 雨夜", BODY], id="another number"),
        pytest.param(["第十二章 雨夜", "第十二章 雨夜（下）", BODY], id="the second part"),
        pytest.param(["第十二章 雨夜", BODY, "第十二章 雨夜", MORE], id="with something between"),
        pytest.param(["第三条 本条例自公布之日起施行", "本条例自公布之日起施行", MORE], id="a clause"),
        pytest.param(["第十二章", "第十二章说到这里，下面是第十三章。", BODY], id="a sentence about a chapter"),
    ],
)
def test_what_only_looks_like_it(lines: list[str]) -> None:
    assert clean(text(*lines)).text == text(*lines)


def test_the_same_chapter_under_two_numbers_is_told() -> None:
    whole = text("第十一章 桥", MORE + "到了晚上，风停了。", "第十二章 雨夜", BODY, MORE, "第十三章 雨夜", BODY, MORE)
    done = clean(whole)
    assert done.text == whole
    assert [removal.why.code for removal in done.reported][:1] == ["differs"]
