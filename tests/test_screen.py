"""The screen never says that a text holds no repeat when one would be found."""

from __future__ import annotations

import random

import pytest
from budget import budget
from documents import documents
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.copies import screen
from dedupe_cn.copies.screen import may_repeat
from dedupe_cn.judge.case import Page
from dedupe_cn.judge.decide import decide
from dedupe_cn.model import Document, Kind, Level
from dedupe_cn.settings import Settings
from dedupe_cn.text.segments import layout

TEXTS = st.text(alphabet="甲乙丙丁", min_size=15, max_size=40)
EDITS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["", "甲", "戊", "戊己"])), max_size=6)
PAGE = (
    "他把账本合上，望着窗外的雨，很久没有说话。",
    "这座桥建于一九三五年，长一百二十米，是全城最老的桥。",
    "会议决定：自下月起，图书馆每周六延长开放两小时，读者凭证入馆。",
    "春天来了，院子里的杏树一夜之间全开了花",
)


@given(document=documents(), threshold=st.sampled_from([0.5, 0.7, 0.9, 1.0]))
@budget(150)
def test_what_it_passes_holds_no_repeat(document: Document, threshold: float) -> None:
    wanted = Settings(level=Level.AGGRESSIVE, threshold=threshold)
    if not may_repeat(document.text):
        assert decide(Page(layout(document.text, document.kind), wanted)) == []


@given(
    paragraphs=st.lists(st.sampled_from([*PAGE, *(p[:-2] + "呢。" for p in PAGE)]), min_size=1, max_size=5),
    breaks=st.sampled_from(["\n", "\n\n", "\r\n", ""]),
    kind=st.sampled_from(Kind),
    threshold=st.floats(0.5, 1),
)
@budget(150)
def test_pages_with_slight_changes(paragraphs: list[str], breaks: str, kind: Kind, threshold: float) -> None:
    text = breaks.join(paragraphs) + "\n"
    wanted = Settings(level=Level.AGGRESSIVE, threshold=threshold)
    if not may_repeat(text):
        assert decide(Page(layout(text, kind), wanted)) == []


def test_a_plain_page_passes() -> None:
    assert not may_repeat("\n\n".join(PAGE) + "\n")
    assert not may_repeat("")


@pytest.mark.parametrize(
    "more",
    [
        PAGE[1],
        PAGE[1].replace("桥", "橋"),
        PAGE[1][:-2],
        PAGE[0] + PAGE[0],
        "春天来了，院子里的杏树一夜之间",
        "一二三四五六七八九十百千万亿兆" * 2,
    ],
)
def test_a_page_with_a_candidate_does_not(more: str) -> None:
    assert may_repeat("\n\n".join([*PAGE, more]) + "\n")


def test_a_long_text_does_not() -> None:
    rng = random.Random(2)
    assert may_repeat("".join(map(chr, rng.sample(range(0x4E00, 0x9F00), screen.LONGEST + 1))))
