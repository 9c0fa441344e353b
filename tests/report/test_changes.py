"""What changed between sequences of lines, and between passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.report.changes import Block, changes, passage_changes

LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "", " "]), max_size=30)
PASSAGES = st.text("甲乙，。 \n", max_size=60)


def patched(old: str | list[str], new: str | list[str], blocks: list[Block]) -> list[str]:
    result: list[str] = []
    at = there = 0
    for a, b, c, d in blocks:
        assert a >= at
        assert c - there == a - at
        result += [*old[at:a], *new[c:d]]
        at, there = b, d
    return [*result, *old[at:]]


@given(LINES, LINES)
def test_changes_make_the_new_lines(old: list[str], new: list[str]) -> None:
    assert patched(old, new, changes(old, new)) == new


@given(PASSAGES, PASSAGES)
def test_changes_make_the_new_passage(old: str, new: str) -> None:
    assert "".join(patched(old, new, passage_changes(old, new))) == new


@given(st.lists(PASSAGES, max_size=40), st.lists(PASSAGES, max_size=40))
def test_changes_make_the_new_long_passage(old: list[str], new: list[str]) -> None:
    one, other = "一二三。".join(old), "一二三。".join(new)
    assert "".join(patched(one, other, passage_changes(one, other))) == other


def test_a_copy_far_down_is_one_deletion() -> None:
    page = [f"第{i}行\n" for i in range(1000)]
    assert changes(page * 2, page) == [(1000, 2000, 1000, 1000)]


def test_equal_lines_cost_linear_time() -> None:
    old = ["同一行\n"] * 200_000
    assert sum(b - a for a, b, _, _ in changes(old, old[:100_000])) == 100_000


def test_blank_lines_between_are_only_what_goes() -> None:
    assert changes(["甲\n", *["\n"] * 1000, "乙\n"], ["甲\n", "\n", "乙\n"]) == [(2, 1001, 2, 2)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("天气好", "天气好", []),
        ("今天天气很好。", "今天天气不好。", [(4, 5, 4, 5)]),
        ("去公园散步吧", "去公园吧", [(3, 5, 3, 3)]),
        ("甲一乙", "丙一丁", [(0, 3, 0, 3)]),  # one equal character between two changes is chance
    ],
)
def test_short_passages(old: str, new: str, expected: list[Block]) -> None:
    assert passage_changes(old, new) == expected


def test_a_giant_line_with_three_changes() -> None:
    clauses = [f"第{i}句话说的是第{i}件事，" for i in range(100_000)]
    old = "".join(clauses)
    for i in (7, 50_000, 99_990):
        clauses[i] = clauses[i].replace("说的", "讲的")
    found = passage_changes(old, "".join(clauses))
    assert [(old[a:b], "".join(clauses)[c:d]) for a, b, c, d in found] == [("说", "讲")] * 3
