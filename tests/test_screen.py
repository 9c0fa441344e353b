"""The screen never says that a text holds no repeat when one would be found."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from budget import budget
from documents import documents
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from dedupe_cn.model import Document, Kind, Level
from dedupe_cn.repeats import near, screen, seeds, tandem
from dedupe_cn.repeats.find import decide
from dedupe_cn.repeats.screen import _UNKNOWN, _may_be_alike, folds, may_repeat
from dedupe_cn.settings import REPEAT_RULES, Settings
from dedupe_cn.text.folding import fold_table
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
    if not may_repeat(document.text, wanted):
        assert decide(layout(document.text, document.kind), wanted) == []


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
    if not may_repeat(text, wanted):
        assert decide(layout(text, kind), wanted) == []


CUTS = st.sets(st.integers(1, 14))


@given(text=TEXTS, edits=EDITS, size=st.sampled_from([2, 3]), threshold=st.floats(0.45, 1), cuts=CUTS)
@budget(500)
def test_blocks_that_are_alike_are_never_missed(
    text: str, edits: list[tuple[int, str]], size: int, threshold: float, cuts: set[int]
) -> None:
    other = text
    for place, put in edits:
        other = other[:place] + put + other[place + (put != "戊己") :]
    if len(other) >= 15 and fuzz.ratio(text, other) / 100 >= threshold:
        places = [0, *sorted(cuts), len(text)]
        lines = [b - a for a, b in pairwise(places)] + [len(other)]
        assert _may_be_alike(text + other, lines, threshold, size)


def test_a_plain_page_passes() -> None:
    assert not may_repeat("\n\n".join(PAGE) + "\n", Settings())
    assert not may_repeat("", Settings())


@pytest.mark.parametrize(
    "more",
    [
        PAGE[1],
        PAGE[1].replace("桥", "橋"),
        PAGE[1][:-2],
        PAGE[0] + PAGE[0],
        "春天来了，院子里的杏树一夜之间",
        "😀",
        "一二三四五六七八九十百千万亿兆" * 2,
    ],
)
def test_a_page_with_a_candidate_does_not(more: str) -> None:
    assert may_repeat("\n\n".join([*PAGE, more]) + "\n", Settings())


def test_a_long_text_does_not() -> None:
    rng = random.Random(2)
    assert may_repeat("".join(map(chr, rng.sample(range(0x4E00, 0x9F00), screen.LONGEST + 1))), Settings())


def test_without_near_duplicates_only_exact_ones_count() -> None:
    text = f"{PAGE[1]}\n\n{PAGE[1].replace('三', '二').replace('长', '高')}\n"
    assert may_repeat(text, Settings())
    assert not may_repeat(text, Settings(rules=frozenset(REPEAT_RULES) - {"near-duplicate"}))


def test_its_numbers_are_those_of_the_finders() -> None:
    assert seeds.LONG.k >= screen.PASSAGE
    assert (tandem.SHORTEST, tandem.SEEDED) == (screen.UNIT, screen.NEAR + 1)
    assert near.SHORTEST >= screen.BLOCK


def test_the_ready_table_is_the_folding() -> None:
    known = [(code, target) for code, target in fold_table().items() if not _UNKNOWN.match(chr(code))]
    assert folds() == {code: chr(target) for code, target in known}, "run python scripts/write_folds.py"
