"""Repeats looked for in several documents in one go, beside the search in each of them."""

from __future__ import annotations

import numpy as np
import pytest
from budget import budget
from documents import documents, texts
from hypothesis import given
from hypothesis import strategies as st
from mutated import mutated

from dedupe_cn.copies.together import look
from dedupe_cn.model import Document, Kind, Level, Outcome
from dedupe_cn.pipeline import begin, clean, finish, look_together
from dedupe_cn.report.run import changes_characters
from dedupe_cn.settings import RULES, TIDY_DEFAULT, Settings
from dedupe_cn.text.block_kinds import BETWEEN
from dedupe_cn.text.characters import squash, to_text
from dedupe_cn.text.exact import read_exact
from dedupe_cn.text.joint import Joint
from dedupe_cn.text.segments import layout

PROSE = "桥上的雾还没有散，卖花的担子已经响了，撑一把伞慢慢走过去，江水一直向东。"
OTHER = "这座桥建于一九三五年，长一百二十米，是全城最老的桥，每年夏天都有人来看。"
#: Documents that would hold repeats if they were one, and such as try to reach into the next one.
HOSTILE = [
    *("", "\n", "甲", PROSE, PROSE, f"{PROSE}\n\n{OTHER}\n", f"{PROSE}{PROSE}", f"{OTHER}\n\n{PROSE}\r"),
    *("```\n甲乙丙\n", "---\n题: 甲\n", "---\n题: 甲\n---\n", "<div>\n", "$$\nx\n", "> 引\n", "- 甲\n- 乙"),
    *("哈" * 200, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰" * 4, "甲乙丙丁戊己庚辛壬癸子丑寅卯", f"# 题\n{BETWEEN}\n\n{PROSE}"),
    *(f"{PROSE}\r\n\r\n{PROSE}\r\n", "\u200b", "    缩进\n", "| 甲 | 乙 |", "\ufeff甲"),
    "桥上的雾，\n江上的风，\n山里的人，\n路边的灯，",
    "".join(s + s for s in ("水车慢慢地转着。", "面粉落进了布袋。", "驴子绕着磨盘走。", "孩子趴在窗口看。")),
]
SETTINGS = [
    Settings(level=level, keep=keep, rules=frozenset(rules))
    for level in Level
    for keep, rules in (("first", RULES), ("last", RULES), ("first", {"tandem", *TIDY_DEFAULT}))
]


def together(some: list[Document], settings: Settings) -> list[Outcome]:
    works = [begin(document, settings) for document in some]
    look_together(works)
    outcomes = [finish(work) for work in works]
    for work, outcome in zip(works, outcomes, strict=True):
        if work.exact is not None and not changes_characters(outcome):
            assert to_text(work.exact) == squash(outcome.original)
    return outcomes


def held(some: list[Document], settings: Settings) -> None:
    np.empty(0)  # with NumPy loaded, few are looked at together too
    assert together(some, settings) == [clean(document, settings) for document in some]


@given(
    some=st.lists(documents() | st.builds(Document, texts() | mutated(), st.sampled_from(Kind)), max_size=8),
    settings=st.sampled_from(SETTINGS),
)
@budget(150)
def test_documents_are_cleaned_as_if_each_was_alone(some: list[Document], settings: Settings) -> None:
    held(some, settings)


@given(
    some=st.lists(st.builds(Document, st.sampled_from(HOSTILE), st.sampled_from(Kind)), max_size=12),
    settings=st.sampled_from(SETTINGS),
)
@budget(150)
def test_nothing_of_a_document_reaches_into_the_next_one(some: list[Document], settings: Settings) -> None:
    held(some, settings)


def test_two_wordings_with_one_short_stretch_in_common_are_told_in_either_way() -> None:
    one = "说把灯笼挂在门口那里，别再叫夜里大风给吹灭了，老人低着头"
    text = f"窗外的雨下了整整一夜，院子里积了不少水。{one}{one.replace('在', '').replace('吹', '它')}他又回屋里去了。\n"
    some = [Document(text, Kind.TEXT), Document(PROSE, Kind.TEXT)]
    assert [removal.rule for removal in together(some, Settings())[0].removals] == ["tandem"]
    held(some, Settings())


@pytest.mark.parametrize("kind", Kind)
def test_all_of_them_at_once(kind: Kind) -> None:
    held([Document(text, kind) for text in HOSTILE * 3], Settings(level=Level.AGGRESSIVE))


@pytest.mark.parametrize("kind", Kind)
@given(some=st.lists(st.sampled_from([text for text in HOSTILE if BETWEEN not in text]) | texts(), min_size=1))
@budget(60)
def test_the_layout_of_each_is_its_own(kind: Kind, some: list[str]) -> None:
    some = [text.replace(BETWEEN, "") for text in some]
    joint = Joint(some, kind)
    for number, text in enumerate(some):
        one, here = joint.document(number), layout(text, kind)
        assert one.text == text
        assert one.codes.tolist() == here.codes.tolist()
        assert one.form.gaps.tolist() == here.form.gaps.tolist()
        assert one.form.between.tolist() == read_exact(text).between.tolist()
        assert [column.tolist() for column in one.blocks] == [column.tolist() for column in here.blocks]
        assert (one.starts.tolist(), one.ends.tolist()) == (here.starts.tolist(), here.ends.tolist())


def test_equal_documents_repeat_nothing() -> None:
    """A copy in another document is none; in its own it is, wherever it stands among the others."""
    joint = Joint([PROSE, PROSE, f"{PROSE}\n\n{OTHER}\n\n{PROSE}", PROSE, f"{OTHER}{OTHER}"], Kind.MARKDOWN)
    seen = look(joint)
    assert [one is None for one in seen] == [True, True, False, True, False]


def test_what_is_told_of_short_documents_depends_on_their_own_blocks() -> None:
    """A few words are told in a text of few lines, however many lines the others have."""
    alike = [f"他把{thing}合上，望着窗外的雨，很久没有说话。" for thing in ("账本", "账木", "书本")]
    crowd = [f"{PROSE[:9]}{chr(0x4E00 + 97 * number)}{OTHER[:9]}。" for number in range(5)]
    some = ["\n\n".join(part) for part in (alike, crowd, alike[:2], [PROSE])]
    held([Document(text, Kind.MARKDOWN) for text in some], Settings(level=Level.AGGRESSIVE))
    held([Document(text, Kind.MARKDOWN) for text in some], Settings(level=Level.AGGRESSIVE, threshold=0.6))
