"""The screen in front of rapidfuzz never hides a pair that rapidfuzz would find."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from dedupe_cn.repeats.near import any_alike

TEXTS = st.text(alphabet="甲乙丙丁", min_size=1, max_size=40)
EDITS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["", "甲", "戊", "戊己"])), max_size=4)


def edited(text: str, edits: list[tuple[int, str]]) -> str:
    for place, put in edits:
        text = text[:place] + put + text[place + (put != "戊己") :]
    return text


@given(text=TEXTS, edits=EDITS, threshold=st.floats(0.45, 1))
@settings(deadline=None, max_examples=400, derandomize=True)
def test_what_is_alike_passes(text: str, edits: list[tuple[int, str]], threshold: float) -> None:
    other = edited(text, edits)
    if fuzz.ratio(text, other) / 100 >= threshold:
        assert any_alike([other, text], threshold)
        assert any_alike([text, "子丑寅卯辰巳午未", other], threshold)


def test_what_is_not_alike_does_not() -> None:
    texts = [
        "他把账本合上望着窗外的雨很久没有说话",
        "这座桥建于一九三五年长一百二十米",
        "会议决定自下月起图书馆延长开放",
    ]
    assert not any_alike(texts, 0.85)
    assert not any_alike([], 0.85)
    assert any_alike([*texts, texts[1][:-1]], 0.85)
