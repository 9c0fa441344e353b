"""Verdicts that say which copy stays, by place."""

from __future__ import annotations

import pytest
from budget import budget
from documents import documents
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.laws import check_outcome
from dedupe_cn.model import Document, Kind, Level, Outcome, Verdict
from dedupe_cn.pipeline import clean, survey
from dedupe_cn.settings import REPEAT_RULES, Settings

WELL = "井台边的石板被绳子磨出了三道深沟，夏天的傍晚，孩子们就坐在上面听老人讲古，一直听到露水下来。"
MILL = "磨坊的水轮停了两年，去年秋天有人把渠道清了一遍，它又吱吱呀呀地转起来，夜里也能听见。"
FORD = "过河的人把鞋提在手里，踩着露出水面的石头，一步一步往对岸走，谁也不说话。"
WELL_OCR = WELL.replace("石板", "右板")
OTHER_YEAR = MILL.replace("去年", "前年")
SAFE = Settings(rules=frozenset(REPEAT_RULES)).with_options(level=Level.SAFE)


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def decided(before: str, stays: str, settings: Settings = SAFE) -> Outcome:
    """Clean a text by one verdict on all its repeats."""
    document = Document(before, Kind.MARKDOWN)
    found = survey(document, settings).removals
    return clean(document, settings, {r.id: Verdict(False, r.count, r.lengths, stays) for r in found})


@pytest.mark.parametrize(
    ("paragraphs", "first", "last"),
    [
        pytest.param((WELL, MILL, FORD, WELL), (WELL, MILL, FORD), (MILL, FORD, WELL), id="equal"),
        pytest.param((WELL, MILL, WELL, FORD, WELL), (WELL, MILL, FORD), (MILL, FORD, WELL), id="three"),
        pytest.param((WELL, MILL, FORD, WELL_OCR), (WELL, MILL, FORD), (MILL, FORD, WELL_OCR), id="the worse one"),
        pytest.param((WELL_OCR, MILL, FORD, WELL), (WELL_OCR, MILL, FORD), (MILL, FORD, WELL), id="the worse first"),
        pytest.param((MILL, OTHER_YEAR, FORD), (MILL, FORD), (OTHER_YEAR, FORD), id="a year, one behind the other"),
        pytest.param((FORD, WELL, WELL, WELL), (FORD, WELL), (FORD, WELL), id="three in a row"),
    ],
)
def test_the_copy_that_was_named_stays(
    paragraphs: tuple[str, ...], first: tuple[str, ...], last: tuple[str, ...]
) -> None:
    before = text(*paragraphs)
    for stays, left in (("first", first), ("last", last)):
        outcome = decided(before, stays)
        assert outcome.text == text(*left)
        assert all(r.applied and (r.kept.start < r.span.start) == (stays == "first") for r in outcome.removals)
        assert outcome.settled


def test_a_section_goes_with_its_heading() -> None:
    before = text("# 村史", "## 井", WELL, MILL, "## 渡口", FORD, "## 井", WELL, MILL)
    assert decided(before, "last").text == text("# 村史", "## 渡口", FORD, "## 井", WELL, MILL)


def test_a_title_that_goes_with_one_copy_only_lets_neither_go() -> None:
    before = text("村史", WELL, MILL, "村史", "村史", WELL, MILL)
    assert decided(before, "first").text == text("村史", WELL, MILL)
    assert decided(before, "last").text == before


def test_lines_of_a_page_edge_leave_one() -> None:
    settings = Settings(rules=frozenset({"running-line"})).with_options(level=Level.AGGRESSIVE)
    head = "内部资料 请勿外传"
    before = text(head, WELL, head, MILL, head, FORD, head)
    assert decided(before, "last", settings).text.count(head) == 1


@given(documents(), st.sampled_from(["first", "last"]))
@budget(60)
def test_laws_hold_whichever_stays(document: Document, stays: str) -> None:
    verdicts = {r.id: Verdict(False, r.count, r.lengths, stays) for r in survey(document, SAFE).removals}
    outcome = clean(document, SAFE, verdicts)
    check_outcome(outcome, SAFE.rules)
    left = Document(outcome.text, document.kind)
    assert clean(left, SAFE, verdicts).text == outcome.text
